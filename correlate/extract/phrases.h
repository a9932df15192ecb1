#pragma once

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "correlate/extract/tokens.h"

namespace correlate::extraction {

// The folded tokens [at, at + count), joined by blanks.
inline std::string joined_words(const Tokens& tokens, std::size_t at, std::size_t count) {
  std::string out(tokens.word(at));
  for (std::size_t i = 1; i < count; ++i) {
    out += ' ';
    out += tokens.word(at + i);
  }
  return out;
}

// Cuts one letter off the end of UTF-8 text that is not empty.
inline std::string_view without_last_letter(std::string_view word) {
  do {
    word.remove_suffix(1);
  } while (!word.empty() && (static_cast<unsigned char>(word.back()) & 0xC0U) == 0x80U);
  bool lead = !word.empty() && static_cast<unsigned char>(word.back()) >= 0xC0U;
  if (lead) word.remove_suffix(1);
  return word;
}

// A sieve for the first words of phrases: says of most other words that none begins with them,
// without a hash of the whole word. It looks at the first four bytes.
class Heads {
 public:
  void add(std::string_view word, bool stem) {
    bool prefix = stem && word.size() < kLetters;
    shortest_ = prefix ? std::min(shortest_, word.size()) : shortest_;
    bits_[slot(word, word.size())] = true;
  }
  bool may_have(std::string_view word) const {
    if (bits_[slot(word, word.size())]) return true;
    for (std::size_t length = shortest_; length < std::min(word.size(), kLetters); ++length) {
      if (bits_[slot(word, length)]) return true;
    }
    return false;
  }

 private:
  static constexpr std::size_t kLetters = 4;
  static constexpr unsigned kSlotBits = 15;

  static std::size_t slot(std::string_view word, std::size_t length) {
    std::uint32_t key = 0;
    for (std::size_t i = 0; i < std::min(length, kLetters); ++i) {
      key = key << 8U | static_cast<unsigned char>(word[i]);
    }
    return key * 2654435761U >> (32U - kSlotBits);  // Knuth's multiplicative hash
  }

  std::bitset<std::size_t{1} << kSlotBits> bits_;
  std::size_t shortest_ = kLetters;  // bytes of the shortest stem
};

// Phrases of one or more words with what they mean, found at a place in constant time.
template <typename T>
class Phrases {
 public:
  struct Found {
    const std::vector<T>* meanings = nullptr;  // never empty
    std::size_t length = 0;                    // tokens

    explicit operator bool() const { return meanings != nullptr; }
  };

  // A form that ends in "*" matches every word that begins with its last word.
  void add(std::string_view form, const T& meaning) {
    bool stem = !form.empty() && form.back() == '*';
    if (stem) form.remove_suffix(1);
    Tokens tokens(form);
    if (tokens.empty() || tokens.size() > kMost) return;
    (stem ? stems_ : exact_)[joined_words(tokens, 0, tokens.size())].push_back(meaning);
    heads_.add(tokens.word(0), stem && tokens.size() == 1);
    auto& longest = longest_[std::string(tokens.size() == 1 && stem ? "" : tokens.word(0))];
    longest = std::max(longest, tokens.size());
  }

  // The longest phrase at `at`.
  Found find(const Tokens& tokens, std::size_t at) const {
    if (!heads_.may_have(tokens.word(at))) return {};
    auto longest = longest_.find(tokens.word(at));
    if (longest != longest_.end()) {
      std::size_t most = std::min(longest->second, tokens.size() - at);
      for (std::size_t count = most; count > 0; --count) {
        std::string key = joined_words(tokens, at, count);
        if (auto found = exact_.find(key); found != exact_.end()) return {&found->second, count};
        if (const auto* meanings = by_stem(key)) return {meanings, count};
      }
    }
    if (tokens[at].kind != TokenKind::kWord) return {};
    if (const auto* meanings = by_stem(tokens.word(at))) return {meanings, 1};
    return {};
  }

 private:
  static constexpr std::size_t kMost = 8;   // words of a phrase
  static constexpr int kLongestEnding = 7;  // letters that an inflection adds

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  using Map = std::unordered_map<std::string, std::vector<T>, Hash, std::equal_to<>>;

  const std::vector<T>* by_stem(std::string_view word) const {
    if (stems_.empty()) return nullptr;
    for (int cut = 0; cut <= kLongestEnding && word.size() > 2; ++cut) {
      if (auto found = stems_.find(word); found != stems_.end()) return &found->second;
      word = without_last_letter(word);
    }
    return nullptr;
  }

  Heads heads_;
  Map exact_;
  Map stems_;
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> longest_;
};

// Walks over a table of lines "HEAD: form | form" and calls `row(head, form)` for every form.
template <typename Row>
void each_form(std::string_view table, Row row) {
  auto trim = [](std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
  };
  while (!table.empty()) {
    std::string_view line = table.substr(0, table.find('\n'));
    table.remove_prefix(std::min(table.size(), line.size() + 1));
    std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    std::string_view head = trim(line.substr(0, colon));
    std::string_view forms = line.substr(colon + 1);
    while (!forms.empty()) {
      std::string_view form = forms.substr(0, forms.find('|'));
      forms.remove_prefix(std::min(forms.size(), form.size() + 1));
      row(head, trim(form));
    }
  }
}

}  // namespace correlate::extraction
