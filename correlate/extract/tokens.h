#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/claim.h"

namespace correlate::extraction {

enum class TokenKind : std::uint8_t {
  kWord,    // letters and marks of a script that puts blanks between words
  kNumber,  // decimal digits of any script
  kGlyph,   // one character of a script that writes without blanks, or a Hangul syllable
  kPunct,   // one other character
};

// A piece of a text. Apostrophes and hyphens are tokens of their own.
struct Token {
  TokenKind kind = TokenKind::kPunct;
  bool spaced = false;      // white space stands before it
  bool paragraph = false;   // a blank line stands before it
  bool capital = false;     // begins with an upper-case letter
  bool upper = false;       // has two or more letters, all upper case
  bool plain = false;       // small letters of ASCII alone, as most words are
  std::uint32_t begin = 0;  // bytes
  std::uint32_t end = 0;
  std::uint32_t first = 0;  // code points
  std::uint32_t last = 0;
  std::uint32_t sentence = 0;
  std::int64_t number = -1;  // of kNumber: its value; -1 for more than 15 digits
  std::uint64_t hash = 0;    // of `folded`, by hash_bytes
  std::string_view folded;   // as model::fold gives it; of the text, or kept by Tokens
};

// The hash of look-ups of words (FNV-1a, 64 bits), which goes on byte by byte.
constexpr std::uint64_t kHashSeed = 14695981039346656037ULL;
constexpr std::uint64_t hash_byte(std::uint64_t hash, char byte) {
  return (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
}
constexpr std::uint64_t hash_bytes(std::uint64_t hash, std::string_view bytes) {
  for (char byte : bytes) hash = hash_byte(hash, byte);
  return hash;
}

// A text cut into tokens, sentences numbered from 0. The text must outlive it and be UTF-8.
class Tokens {
 public:
  explicit Tokens(std::string_view text);
  Tokens(Tokens&&) noexcept = default;
  Tokens& operator=(Tokens&&) noexcept = default;
  Tokens(const Tokens&) = delete;
  Tokens& operator=(const Tokens&) = delete;
  ~Tokens() = default;

  std::size_t size() const { return tokens_.size(); }
  bool empty() const { return tokens_.empty(); }
  const Token& operator[](std::size_t i) const { return tokens_[i]; }
  std::string_view text() const { return text_; }
  // The folded form at `i`; empty past the end.
  std::string_view word(std::size_t i) const {
    return i < tokens_.size() ? tokens_[i].folded : std::string_view();
  }
  std::string_view raw(std::size_t i) const {
    return i < tokens_.size() ? text_.substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin)
                              : std::string_view();
  }
  // The characters of the tokens [from, to).
  model::Span span(std::size_t from, std::size_t to) const;
  std::size_t sentences() const { return tokens_.empty() ? 0 : tokens_.back().sentence + 1; }
  // Tokens [first, second) of a sentence.
  std::pair<std::size_t, std::size_t> sentence(std::size_t number) const;

 private:
  void cut();
  void number_sentences();

  std::string_view text_;
  std::vector<Token> tokens_;
  std::deque<std::string> folded_;   // of the tokens that the text does not hold so
  std::vector<std::size_t> starts_;  // first token of each sentence
};

}  // namespace correlate::extraction
