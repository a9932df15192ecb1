#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/extract/phrase_index.h"
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

// Phrases of one or more words with what they mean, found at a place in constant time.
template <typename T>
class Phrases {
 public:
  struct Found {
    const std::vector<T>* meanings = nullptr;  // never empty
    std::size_t length = 0;                    // tokens
    bool stem = false;                         // the last of them has an ending

    explicit operator bool() const { return meanings != nullptr; }
  };

  // A form that ends in "*" matches every word that begins with its last word.
  void add(std::string_view form, const T& meaning) {
    bool stem = !form.empty() && form.back() == '*';
    if (stem) form.remove_suffix(1);
    Tokens tokens(form);
    if (tokens.empty() || tokens.size() > kMost) return;
    std::string phrase = joined_words(tokens, 0, tokens.size());
    std::size_t index = stem ? stems_.add(phrase) : exact_.add(phrase);
    auto& all = stem ? of_stems_ : of_exact_;
    if (index >= all.size()) all.resize(index + 1);
    all[index].push_back(meaning);
    if (tokens.size() == 1 && stem) return;
    firsts_.add(tokens, stem);
  }

  // The longest phrase at `at`.
  Found find(const Tokens& tokens, std::size_t at) const {
    const Token& token = tokens[at];
    std::size_t most = firsts_.longest(tokens, at);
    if (most > 0) {
      std::array<std::uint64_t, kMost + 1> hashes{kHashSeed, token.hash};
      for (std::size_t count = 2; count <= most; ++count) {
        hashes[count] = hash_bytes(hash_byte(hashes[count - 1], ' '), tokens.word(at + count - 1));
      }
      for (std::size_t count = most; count > 0; --count) {
        auto exact = exact_.find(hashes[count], [&](const std::string& phrase) {
          return reads(tokens, at, count, std::string_view::npos, phrase);
        });
        if (exact != PhraseIndex::kNone) return {&of_exact_[exact], count};
        auto before = count == 1 ? kHashSeed : hash_byte(hashes[count - 1], ' ');
        auto stem = stems_.find(tokens, at, count, before, kLongestEnding);
        if (stem != PhraseIndex::kNone) return {&of_stems_[stem], count, true};
      }
      return {};
    }
    if (token.kind != TokenKind::kWord) return {};
    auto stem = stems_.find(tokens, at, 1, kHashSeed, kLongestEnding);
    if (stem != PhraseIndex::kNone) return {&of_stems_[stem], 1, true};
    return {};
  }

 private:
  static constexpr std::size_t kMost = 8;   // words of a phrase
  static constexpr int kLongestEnding = 7;  // letters that an inflection adds

  PhraseIndex exact_;
  StemIndex stems_;
  FirstWords firsts_;  // of all phrases but single stems
  std::vector<std::vector<T>> of_exact_;
  std::vector<std::vector<T>> of_stems_;
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
