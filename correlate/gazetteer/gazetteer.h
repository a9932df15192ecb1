#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Names of places, actors and things, as one compact file that is used where it lies: embedded in
// the program, or a blob of the database. README.md tells what is in it and where it comes from.
namespace correlate::gazetteer {

// What a name stands for. Numbers are in files: new ones go at the end.
enum class Kind : std::uint8_t {
  kCity,
  kActor,    // a group that attacks
  kMalware,  // ransomware and tools too
  kOrganisation,
  kOther,
  kPerson,
  kWork,    // a film, a product
  kNetwork  // an AS and who holds it; its id is "AS17557"
};
std::string_view to_string(Kind kind);  // "city", "actor", "malware", "organisation", …
std::optional<Kind> kind_named(std::string_view name);

// One thing with a name. Empty members say nothing.
struct Record {
  Kind kind = Kind::kOther;
  std::string id;       // of its source: "geonames:1871859"
  std::string name;     // the canonical one
  std::string country;  // ISO 3166-1 alpha-2
  std::string region;   // of cities: the first-order division, in English
  double latitude = 0;  // WGS 84, degrees
  double longitude = 0;
  std::uint32_t population = 0;

  friend bool operator==(const Record&, const Record&) = default;
};

// FNV-1a of 64 bits, over words as they come, with a blank between them.
class WordHash {
 public:
  void add(std::string_view word) {
    if (any_) step(' ');
    any_ = true;
    for (char c : word) step(static_cast<unsigned char>(c));
  }
  std::uint64_t value() const { return hash_; }

 private:
  void step(unsigned char octet) { hash_ = (hash_ ^ octet) * 0x100000001B3ULL; }
  std::uint64_t hash_ = 0xCBF29CE484222325ULL;
  bool any_ = false;
};

class Gazetteer {
 public:
  static constexpr std::size_t kMostWords = 8;  // of a name

  struct Found {
    std::size_t words = 0;                 // how many the name has; 0: nothing was found
    std::span<const std::uint32_t> ids{};  // its records, those with the most people first
  };

  // A file as Builder made it; the bytes must outlive it. Nothing where they are none.
  static std::optional<Gazetteer> of(std::string_view bytes);

  // The longest name that begins with word(0): `word` gives the folded (model::fold) words from
  // there on, and is empty past the end. O(words of the longest name), no memory is taken.
  template <typename Word>
  Found find(const Word& word) const {
    WordHash hash;
    hash.add(word(0));
    auto longest = longest_from(hash.value());
    if (longest == 0) return {};
    std::array<std::uint64_t, kMostWords> hashes{};
    hashes[0] = hash.value();
    std::size_t count = 1;
    for (; count < longest && !word(count).empty(); ++count) {
      hash.add(word(count));
      hashes[count] = hash.value();
    }
    for (; count > 0; --count) {
      const auto* slot = slot_of(hashes[count - 1]);
      if (slot != nullptr && is_key(*slot, count, word)) return {count, ids_of(*slot)};
    }
    return {};
  }

  Record record(std::uint32_t id) const;
  // Without making one: what is asked most.
  Kind kind(std::uint32_t id) const { return static_cast<Kind>(records_[id].kind); }
  std::string_view country(std::uint32_t id) const {
    return {records_[id].country, records_[id].country[0] == 0 ? 0U : 2U};
  }
  std::string_view region(std::uint32_t id) const { return text(records_[id].region); }
  std::string_view name(std::uint32_t id) const { return text(records_[id].name); }
  std::uint32_t population(std::uint32_t id) const { return records_[id].population; }

  std::size_t size() const { return records_.size(); }
  std::size_t names() const { return names_; }
  std::string_view title() const { return text(title_); }
  std::string_view licence() const { return text(licence_); }

 private:
  friend class Builder;

  // A piece of the strings.
  struct Text {
    std::uint32_t at;
    std::uint32_t size;
  };
  struct StoredRecord {
    Text id, name, region;
    float latitude, longitude;
    std::uint32_t population;
    char country[2];
    std::uint8_t kind;
    std::uint8_t none;
  };
  struct Slot {
    std::uint64_t hash;
    Text key;
    std::uint32_t first;  // of ids
    std::uint32_t count;  // 0: the slot is empty
  };
  struct First {
    std::uint64_t hash;
    std::uint64_t longest;  // words; 0: the slot is empty
  };
  struct Header {
    char magic[8];
    std::uint32_t records, ids, slots, firsts, strings, names;
    Text title, licence;
  };
  static_assert(sizeof(StoredRecord) == 40 && sizeof(Slot) == 24 && sizeof(First) == 16 &&
                sizeof(Header) == 48);

  std::string_view text(Text piece) const;
  std::size_t longest_from(std::uint64_t hash) const;
  const Slot* slot_of(std::uint64_t hash) const;
  std::span<const std::uint32_t> ids_of(const Slot& slot) const;

  template <typename Word>
  bool is_key(const Slot& slot, std::size_t count, const Word& word) const {
    auto key = text(slot.key);
    for (std::size_t i = 0; i < count; ++i) {
      std::string_view next = word(i);
      if (i > 0) {
        if (!key.starts_with(' ')) return false;
        key.remove_prefix(1);
      }
      if (!key.starts_with(next)) return false;
      key.remove_prefix(next.size());
    }
    return key.empty();
  }

  std::span<const StoredRecord> records_;
  std::span<const std::uint32_t> ids_;
  std::span<const Slot> slots_;    // open addressing, a power of two
  std::span<const First> firsts_;  // likewise
  std::string_view strings_;
  std::size_t names_ = 0;
  Text title_{};
  Text licence_{};
};

// Makes a gazetteer's file. Deterministic: the same calls give the same bytes.
class Builder {
 public:
  Builder(std::string title, std::string licence);

  // A thing with the folded words of each of its names; those of more than kMostWords words, or of
  // none, are left out. Returns how many were taken.
  std::size_t add(const Record& record, const std::vector<std::vector<std::string>>& names);
  std::string bytes() const;

 private:
  struct Name {
    std::string key;
    std::string first;
    std::size_t words;
    std::uint32_t record;
  };
  struct Tables;
  void add_names(Tables& tables) const;

  std::string title_, licence_;
  std::vector<Record> records_;
  std::vector<Name> names_;
};

}  // namespace correlate::gazetteer
