#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "correlate/extract/tokens.h"

namespace correlate::extraction {

// Numbers phrases from 0 in the order they are added, and finds them again by the hash of their
// words joined by blanks. Nothing is copied to look one up; a hash alone is never believed.
class PhraseIndex {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  bool empty() const { return phrases_.empty(); }
  std::size_t size() const { return phrases_.size(); }
  const std::string& operator[](std::size_t i) const { return phrases_[i]; }

  std::uint32_t add(std::string_view phrase) {
    std::uint64_t hash = hash_bytes(kHashSeed, phrase);
    std::uint32_t known = find(hash, [&](const std::string& other) { return other == phrase; });
    if (known != kNone) return known;
    phrases_.emplace_back(phrase);
    if (phrases_.size() * 2 > slots_.size()) grow();
    put(hash, static_cast<std::uint32_t>(phrases_.size() - 1));
    return static_cast<std::uint32_t>(phrases_.size() - 1);
  }

  std::uint32_t find(std::string_view phrase) const {
    return find(hash_bytes(kHashSeed, phrase),
                [&](const std::string& one) { return one == phrase; });
  }

  // The phrase with this hash that `same` accepts, or kNone.
  template <typename Same>
  std::uint32_t find(std::uint64_t hash, Same same) const {
    if (slots_.empty()) return kNone;
    for (std::size_t i = slot_of(hash);; i = (i + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots_[i];
      if (slot.phrase == kNone) return kNone;
      if (slot.hash == hash && same(phrases_[slot.phrase])) return slot.phrase;
    }
  }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t phrase = kNone;
  };

  std::size_t slot_of(std::uint64_t hash) const {
    return (hash ^ (hash >> 29)) & (slots_.size() - 1);
  }
  void put(std::uint64_t hash, std::uint32_t phrase) {
    std::size_t i = slot_of(hash);
    while (slots_[i].phrase != kNone) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = {hash, phrase};
  }
  void grow() {
    std::vector<Slot> old(std::max<std::size_t>(64, slots_.size() * 2));
    slots_.swap(old);
    for (const auto& slot : old) {
      if (slot.phrase != kNone) put(slot.hash, slot.phrase);
    }
  }

  std::vector<std::string> phrases_;
  std::vector<Slot> slots_;  // a power of two, at most half full
};

// The folded tokens [at, at + count) joined by blanks, the last one cut to `last` bytes, are
// `phrase`.
inline bool reads(const Tokens& tokens, std::size_t at, std::size_t count, std::size_t last,
                  std::string_view phrase) {
  for (std::size_t i = 0; i < count; ++i) {
    std::string_view word = tokens.word(at + i);
    if (i + 1 == count) word = word.substr(0, last);
    if (i > 0) {
      if (phrase.empty() || phrase.front() != ' ') return false;
      phrase.remove_prefix(1);
    }
    if (!phrase.starts_with(word)) return false;
    phrase.remove_prefix(word.size());
  }
  return phrase.empty();
}

// How long phrases can be, told from their first two words. Most words of a text begin none.
class FirstWords {
 public:
  // `stem`: the last word of the phrase goes on with any ending.
  void add(const Tokens& phrase, bool stem) {
    std::size_t first = words_.add(phrase.word(0));
    if (first >= longest_.size()) {
      longest_.resize(first + 1);
      any_second_.resize(first + 1);
    }
    longest_[first] = std::max(longest_[first], phrase.size());
    if (phrase.size() == 2 && stem) any_second_[first] = true;
    if (phrase.size() > 1) pairs_[pair(phrase, 0)] = true;
  }

  // Tokens of the longest phrase that may be at `at`; 0 for none.
  std::size_t longest(const Tokens& tokens, std::size_t at) const {
    const Token& token = tokens[at];
    auto first =
        words_.find(token.hash, [&](const std::string& one) { return one == token.folded; });
    if (first == PhraseIndex::kNone) return 0;
    std::size_t most = std::min(longest_[first], tokens.size() - at);
    return most > 1 && !any_second_[first] && !pairs_[pair(tokens, at)] ? 1 : most;
  }

 private:
  static constexpr std::size_t kPairs = 1 << 16;

  static std::size_t pair(const Tokens& tokens, std::size_t at) {
    std::uint64_t both = tokens[at].hash * 3 + tokens[at + 1].hash;
    return (both ^ (both >> 31)) % kPairs;
  }

  PhraseIndex words_;
  std::vector<std::size_t> longest_;
  std::vector<bool> any_second_;
  std::vector<bool> pairs_ = std::vector<bool>(kPairs);
};

// A fixed set of folded words.
class WordSet {
 public:
  WordSet(std::initializer_list<std::string_view> words) {
    for (auto word : words) index_.add(word);
  }
  bool contains(const Token& token) const {
    return index_.find(token.hash, [&](const std::string& one) { return one == token.folded; }) !=
           PhraseIndex::kNone;
  }

 private:
  PhraseIndex index_;
};

// A fixed set of folded words, each with a value.
template <typename Value>
class WordMap {
 public:
  WordMap(std::initializer_list<std::pair<std::string_view, Value>> words) {
    for (const auto& [word, value] : words) {
      if (index_.add(word) == values_.size()) values_.push_back(value);
    }
  }
  // The word's value, or null.
  const Value* find(const Token& token) const {
    auto found =
        index_.find(token.hash, [&](const std::string& one) { return one == token.folded; });
    return found == PhraseIndex::kNone ? nullptr : &values_[found];
  }

 private:
  PhraseIndex index_;
  std::vector<Value> values_;
};

// Phrases of which only the beginning is given: their last word goes on with any ending.
class StemIndex {
 public:
  bool empty() const { return stems_.empty(); }
  std::uint32_t add(std::string_view stem) {
    if (!stem.empty()) begins_[begin_of(stem)] = true;
    return stems_.add(stem);
  }

  // The longest stem of the tokens [at, at + count), no more than `most` letters cut off; kNone.
  // `before` is the hash of what stands before the last of them, blank included.
  std::uint32_t find(const Tokens& tokens, std::size_t at, std::size_t count, std::uint64_t before,
                     int most) const {
    if (stems_.empty() || !begins_[begin_of(tokens.word(at))]) return PhraseIndex::kNone;
    std::string_view word = tokens.word(at + count - 1);
    // Ends of letters, the last ones kept, with the hash up to there.
    constexpr std::size_t kKept = 8;
    std::array<std::pair<std::size_t, std::uint64_t>, kKept> ends;
    std::size_t letters = 0;
    std::uint64_t hash = before;
    for (std::size_t i = 0; i < word.size(); ++i) {
      hash = hash_byte(hash, word[i]);
      bool ends_letter =
          i + 1 == word.size() || (static_cast<unsigned char>(word[i + 1]) & 0xC0U) != 0x80U;
      if (ends_letter) ends[letters++ % kKept] = {i + 1, hash};
    }
    for (int cut = 0; cut <= most && static_cast<std::size_t>(cut) < std::min(letters, kKept);
         ++cut) {
      auto [size, so_far] = ends[(letters - 1 - static_cast<std::size_t>(cut)) % kKept];
      if (count == 1 && size <= 2) break;
      std::uint32_t found = stems_.find(so_far, [&, size = size](const std::string& stem) {
        return reads(tokens, at, count, size, stem);
      });
      if (found != PhraseIndex::kNone) return found;
    }
    return PhraseIndex::kNone;
  }

 private:
  static std::size_t begin_of(std::string_view word) {
    std::uint32_t begin = 0;
    for (std::size_t i = 0; i < 3 && i < word.size(); ++i) {
      begin = begin * 37 + static_cast<unsigned char>(word[i]);
    }
    return begin % kBegins;
  }

  static constexpr std::size_t kBegins = 8192;
  PhraseIndex stems_;
  std::vector<bool> begins_ = std::vector<bool>(kBegins);  // first three bytes of any stem
};

}  // namespace correlate::extraction
