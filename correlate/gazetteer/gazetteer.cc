#include "correlate/gazetteer/gazetteer.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <utility>

namespace correlate::gazetteer {
namespace {

constexpr std::string_view kMagic = "FLGAZ001";
constexpr std::string_view kKinds[] = {"city",  "actor",  "malware", "organisation",
                                       "other", "person", "work",    "network"};
static_assert(std::endian::native == std::endian::little, "the file is little-endian");

// Takes `count` values off the front; nothing where there are not so many.
template <typename T>
std::optional<std::span<const T>> take(std::string_view& bytes, std::size_t count) {
  if (bytes.size() / sizeof(T) < count) return std::nullopt;
  std::span<const T> out(reinterpret_cast<const T*>(bytes.data()), count);
  bytes.remove_prefix(count * sizeof(T));
  return out;
}

template <typename T>
void append(std::string& out, const std::vector<T>& values) {
  out.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

// Half full at most, so that a search ends soon.
std::size_t room_for(std::size_t count) {
  return std::bit_ceil(std::max<std::size_t>(2 * count, 2));
}

// The place of a hash in a table: its own, or the first free one behind it.
template <typename Table, typename IsFree>
std::size_t place(const Table& table, std::uint64_t hash, IsFree is_free) {
  auto mask = table.size() - 1;
  auto at = static_cast<std::size_t>(hash ^ hash >> 32U) & mask;
  for (std::size_t tried = 0; tried < table.size(); ++tried, at = (at + 1) & mask) {
    if (is_free(table[at]) || table[at].hash == hash) return at;
  }
  return table.size();  // full, which no file of ours is
}

}  // namespace

std::string_view to_string(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<Kind> kind_named(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kKinds); ++i) {
    if (kKinds[i] == name) return static_cast<Kind>(i);
  }
  return std::nullopt;
}

std::optional<Gazetteer> Gazetteer::of(std::string_view bytes) {
  bool aligned = reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(Slot) == 0;
  auto head = aligned ? take<Header>(bytes, 1) : std::nullopt;
  if (!head || std::string_view(head->front().magic, kMagic.size()) != kMagic) return std::nullopt;
  const auto& header = head->front();
  bool tables = std::has_single_bit(header.slots) && std::has_single_bit(header.firsts);
  // In the order of their alignment: slots, firsts, records, ids, strings.
  auto slots = take<Slot>(bytes, header.slots);
  auto firsts = take<First>(bytes, header.firsts);
  auto records = take<StoredRecord>(bytes, header.records);
  auto ids = take<std::uint32_t>(bytes, header.ids);
  if (!tables || !slots || !firsts || !records || !ids || bytes.size() != header.strings) {
    return std::nullopt;
  }
  for (auto id : *ids) {
    if (id >= header.records) return std::nullopt;
  }
  for (const auto& record : *records) {
    if (record.kind >= std::size(kKinds)) return std::nullopt;
  }
  Gazetteer out;
  out.slots_ = *slots;
  out.firsts_ = *firsts;
  out.records_ = *records;
  out.ids_ = *ids;
  out.strings_ = bytes;
  out.names_ = header.names;
  out.title_ = header.title;
  out.licence_ = header.licence;
  return out;
}

std::string_view Gazetteer::text(Text piece) const {
  bool inside = piece.at <= strings_.size() && piece.size <= strings_.size() - piece.at;
  return inside ? strings_.substr(piece.at, piece.size) : std::string_view();
}

std::size_t Gazetteer::longest_from(std::uint64_t hash) const {
  auto at = place(firsts_, hash, [](const First& first) { return first.longest == 0; });
  if (at == firsts_.size()) return 0;
  return std::min<std::size_t>(static_cast<std::size_t>(firsts_[at].longest), kMostWords);
}

const Gazetteer::Slot* Gazetteer::slot_of(std::uint64_t hash) const {
  auto at = place(slots_, hash, [](const Slot& slot) { return slot.count == 0; });
  return at == slots_.size() || slots_[at].count == 0 ? nullptr : &slots_[at];
}

std::span<const std::uint32_t> Gazetteer::ids_of(const Slot& slot) const {
  if (slot.first > ids_.size() || slot.count > ids_.size() - slot.first) return {};
  return ids_.subspan(slot.first, slot.count);
}

Record Gazetteer::record(std::uint32_t id) const {
  const auto& stored = records_[id];
  Record out;
  out.kind = kind(id);
  out.id = text(stored.id);
  out.name = text(stored.name);
  out.country = country(id);
  out.region = text(stored.region);
  out.latitude = static_cast<double>(stored.latitude);
  out.longitude = static_cast<double>(stored.longitude);
  out.population = stored.population;
  return out;
}

Builder::Builder(std::string title, std::string licence)
    : title_(std::move(title)), licence_(std::move(licence)) {}

std::size_t Builder::add(const Record& record, const std::vector<std::vector<std::string>>& names) {
  auto number = static_cast<std::uint32_t>(records_.size());
  records_.push_back(record);
  std::size_t taken = 0;
  for (const auto& words : names) {
    if (words.empty() || words.size() > Gazetteer::kMostWords) continue;
    Name name{words.front(), words.front(), words.size(), number};
    for (std::size_t i = 1; i < words.size(); ++i) name.key += ' ' + words[i];
    names_.push_back(std::move(name));
    ++taken;
  }
  return taken;
}

// The parts of the file.
struct Builder::Tables {
  std::string strings;
  std::map<std::string, Gazetteer::Text> known;  // strings, each once
  std::vector<Gazetteer::Slot> slots;
  std::vector<Gazetteer::First> firsts;
  std::vector<Gazetteer::StoredRecord> records;
  std::vector<std::uint32_t> ids;
  std::uint32_t names = 0;

  Gazetteer::Text text(const std::string& value) {
    auto [found, is_new] = known.try_emplace(value);
    if (is_new) {
      found->second = {static_cast<std::uint32_t>(strings.size()),
                       static_cast<std::uint32_t>(value.size())};
      strings += value;
    }
    return found->second;
  }

  // Of two names of one hash the second cannot be found.
  void add_name(const std::string& key, const std::vector<std::uint32_t>& of) {
    WordHash hash;
    hash.add(key);  // with its blanks: the same as word by word
    auto& slot = slots[place(slots, hash.value(), [](const auto& one) { return one.count == 0; })];
    if (slot.count > 0) return;
    slot.hash = hash.value();
    slot.key = text(key);
    slot.first = static_cast<std::uint32_t>(ids.size());
    slot.count = static_cast<std::uint32_t>(of.size());
    ids.insert(ids.end(), of.begin(), of.end());
    ++names;
  }

  void add_first(const std::string& word, std::size_t longest) {
    WordHash hash;
    hash.add(word);
    auto at = place(firsts, hash.value(), [](const auto& one) { return one.longest == 0; });
    firsts[at] = {hash.value(), std::max<std::uint64_t>(firsts[at].longest, longest)};
  }

  void add_record(const Record& record) {
    Gazetteer::StoredRecord one{};
    one.id = text(record.id);
    one.name = text(record.name);
    one.region = text(record.region);
    one.latitude = static_cast<float>(record.latitude);
    one.longitude = static_cast<float>(record.longitude);
    one.population = record.population;
    if (record.country.size() == 2) std::memcpy(one.country, record.country.data(), 2);
    one.kind = static_cast<std::uint8_t>(record.kind);
    records.push_back(one);
  }
};

void Builder::add_names(Tables& tables) const {
  std::map<std::string, std::vector<std::uint32_t>> by_key;
  std::map<std::string, std::size_t> longest;
  for (const auto& name : names_) {
    by_key[name.key].push_back(name.record);
    auto& most = longest[name.first];
    most = std::max(most, name.words);
  }
  tables.slots.resize(room_for(by_key.size()));
  tables.firsts.resize(room_for(longest.size()));
  for (auto& [key, records] : by_key) {
    // The most people first, then in the order they were added.
    std::sort(records.begin(), records.end(), [this](std::uint32_t a, std::uint32_t b) {
      auto people = [this](std::uint32_t id) { return records_[id].population; };
      return people(a) != people(b) ? people(a) > people(b) : a < b;
    });
    records.erase(std::unique(records.begin(), records.end()), records.end());
    tables.add_name(key, records);
  }
  for (const auto& [word, most] : longest) tables.add_first(word, most);
}

std::string Builder::bytes() const {
  Tables tables;
  add_names(tables);
  tables.records.reserve(records_.size());
  for (const auto& record : records_) tables.add_record(record);
  Gazetteer::Header header{};
  std::memcpy(header.magic, kMagic.data(), kMagic.size());
  header.title = tables.text(title_);
  header.licence = tables.text(licence_);
  header.records = static_cast<std::uint32_t>(tables.records.size());
  header.ids = static_cast<std::uint32_t>(tables.ids.size());
  header.slots = static_cast<std::uint32_t>(tables.slots.size());
  header.firsts = static_cast<std::uint32_t>(tables.firsts.size());
  header.strings = static_cast<std::uint32_t>(tables.strings.size());
  header.names = tables.names;
  std::string out(reinterpret_cast<const char*>(&header), sizeof header);
  append(out, tables.slots);
  append(out, tables.firsts);
  append(out, tables.records);
  append(out, tables.ids);
  return out + tables.strings;
}

}  // namespace correlate::gazetteer
