#include "correlate/extract/tokens.h"

#include <utility>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "correlate/extract/one_of.h"
#include "correlate/extract/phrase_index.h"
#include "store/model/text.h"

namespace correlate::extraction {
namespace {

enum class Class : std::uint8_t { kBlank, kLetter, kDigit, kGlyph, kPunct };

bool is_glyph(char32_t c) {
  bool unspaced = (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
                  (c >= 0x1780 && c <= 0x17FF);  // Thai, Lao, Burmese, Khmer
  return unspaced || (c >= 0x1100 && model::is_cjk(c));
}

Class classify(char32_t c) {
  auto code = static_cast<UChar32>(c);
  if (c == 0x00AD || c == 0x200C || c == 0x200D) return Class::kLetter;  // invisible in words
  if (u_charType(code) == U_FORMAT_CHAR) return Class::kBlank;
  if (u_isUWhiteSpace(code) != 0 || u_iscntrl(code) != 0) return Class::kBlank;
  if (u_charDigitValue(code) >= 0) return Class::kDigit;
  if (is_glyph(c)) return u_ispunct(code) != 0 ? Class::kPunct : Class::kGlyph;
  bool mark = (U_GET_GC_MASK(code) & U_GC_M_MASK) != 0;
  if (u_isalpha(code) != 0 || mark) return Class::kLetter;
  return Class::kPunct;
}

// UTF-8 (RFC 3629).
std::string encode(char32_t c) {
  auto tail = [&](int shift) { return static_cast<char>(0x80U | ((c >> shift) & 0x3FU)); };
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) return {static_cast<char>(0xC0U | (c >> 6U)), tail(0)};
  if (c < 0x10000) return {static_cast<char>(0xE0U | (c >> 12U)), tail(6), tail(0)};
  return {static_cast<char>(0xF0U | (c >> 18U)), tail(12), tail(6), tail(0)};
}

struct Letter {
  Class kind = Class::kPunct;
  bool upper = false;
  std::string folded;
};

Letter describe(char32_t c) {
  return {classify(c), u_isUUppercase(static_cast<UChar32>(c)) != 0, model::fold(encode(c))};
}

// What is known of the characters below U+2500, which nearly all text that is not CJK consists of.
const std::vector<Letter>& letters() {
  static const std::vector<Letter> kTable = [] {
    std::vector<Letter> out(0x2500);
    for (char32_t c = 0; c < out.size(); ++c) out[c] = describe(c);
    return out;
  }();
  return kTable;
}

bool is_plain_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_small_letter(char c) { return c >= 'a' && c <= 'z'; }

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
char32_t decode(std::string_view text, std::size_t& pos) {
  UChar32 c = 0;
  U8_NEXT(text.data(), pos, text.size(), c);
  return c < 0 ? U'\uFFFD' : static_cast<char32_t>(c);
}
#pragma GCC diagnostic pop

// Words after which a full stop ends no sentence.
bool is_abbreviation(const Token& word) {
  static const WordSet kWords = {
      "mr",  "mrs", "ms",  "dr",  "prof", "gen",  "col",  "lt",  "sgt", "sen", "rep", "gov",
      "st",  "jr",  "sr",  "vs",  "etc",  "inc",  "corp", "co",  "ltd", "jan", "feb", "mar",
      "apr", "jun", "jul", "aug", "sep",  "sept", "oct",  "nov", "dec", "no",  "fig", "approx",
      "al",  "bzw", "ca",  "dez", "okt",  "mme",  "sra",  "hr",  "nr",  "z",   "str", "u"};
  return word.folded.size() == 1 || kWords.contains(word);
}

// Words that begin a sentence and never go on with a date, after "11 a.m." and the like.
bool begins_sentence(const Token& word) {
  static const WordSet kWords = {
      "the", "a",  "an", "it",  "he",  "she",  "they",  "we",   "i",    "you",  "this",  "that",
      "in",  "on", "at", "but", "and", "some", "no",    "most", "many", "its",  "their", "there",
      "as",  "by", "if", "so",  "for", "from", "after", "when", "then", "what", "who",   "his"};
  return kWords.contains(word);
}

bool is_stop(std::string_view mark) {
  return one_of(mark, ".", "!", "?", "…", "。", "！", "？", "؟", "।", "۔");
}

bool is_closing(std::string_view mark) {
  return one_of(mark, "\"", "'", ")", "]", "”", "’", "»", "」");
}

Token begun(Class kind, bool upper) {
  Token token;
  token.kind = kind == Class::kLetter  ? TokenKind::kWord
               : kind == Class::kDigit ? TokenKind::kNumber
               : kind == Class::kGlyph ? TokenKind::kGlyph
                                       : TokenKind::kPunct;
  token.capital = token.upper = upper;
  token.number = kind == Class::kDigit ? 0 : -1;
  return token;
}

// The folded form of a token while it is read: a piece of the text as long as the text has it so.
class Folding {
 public:
  explicit Folding(std::string_view text) : text_(text) {}

  void begin(std::size_t at) {
    begin_ = end_ = at;
    copied_ = false;
  }
  // The character at [at, end) of the text folds to `folded`.
  void add(std::size_t at, std::size_t end, std::string_view folded) {
    bool same = end - at == folded.size() &&
                (folded.data() == text_.data() + at || text_.substr(at, end - at) == folded);
    if (!copied_ && at == end_ && same) {
      end_ = end;
      return;
    }
    copy();
    copy_ += folded;
  }
  void add(std::size_t at, char folded) {
    if (!copied_ && at == end_ && text_[at] == folded) {
      ++end_;
      return;
    }
    copy();
    copy_ += folded;
  }
  bool is_of_text() const { return !copied_; }
  // The whole; what the text does not hold is put into `kept`.
  std::string_view take(std::deque<std::string>& kept) const {
    return copied_ ? std::string_view(kept.emplace_back(copy_)) : read();
  }

 private:
  std::string_view read() const { return text_.substr(begin_, end_ - begin_); }
  void copy() {
    if (!copied_) copy_ = read();
    copied_ = true;
  }

  std::string_view text_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool copied_ = false;
  std::string copy_;
};

// The rest of a word of plain letters, which is most of any text in Latin script. Their number.
std::uint32_t take_plain_letters(std::string_view text, std::size_t& pos, Token& token,
                                 Folding& folding) {
  std::size_t begin = pos;
  std::size_t at = begin;
  while (at < text.size() && is_small_letter(text[at])) ++at;
  if (at > begin) {
    token.upper = false;
    folding.add(begin, at, text.substr(begin, at - begin));
  }
  for (; at < text.size() && is_plain_letter(text[at]); ++at) {
    bool upper = text[at] <= 'Z';
    token.upper = token.upper && upper;
    folding.add(at, upper ? static_cast<char>(text[at] + ('a' - 'A')) : text[at]);
  }
  pos = at;
  token.end = static_cast<std::uint32_t>(at);
  token.last += static_cast<std::uint32_t>(at - begin);
  return static_cast<std::uint32_t>(at - begin);
}

// What is known of a token once all of it is read.
void finish(Token& token, const Folding& folding, std::deque<std::string>& kept) {
  token.folded = folding.take(kept);
  token.hash = hash_bytes(kHashSeed, token.folded);
  token.upper = token.upper && token.last - token.first > 1;
  token.plain = token.kind == TokenKind::kWord && folding.is_of_text() &&
                token.end - token.begin == token.last - token.first;
}

}  // namespace

Tokens::Tokens(std::string_view text) : text_(text) {
  cut();
  number_sentences();
}

void Tokens::cut() {
  const auto& table = letters();
  std::uint32_t point = 0;
  int newlines = 0;
  bool spaced = true;
  Letter rare;
  Folding folding(text_);
  tokens_.reserve(text_.size() / 5 + 4);
  for (std::size_t pos = 0; pos < text_.size(); ++point) {
    std::size_t begin = pos;
    if (text_[pos] == ' ') {
      spaced = true;
      ++pos;
      continue;
    }
    char32_t c = decode(text_, pos);
    if (c >= table.size()) rare = describe(c);
    const Letter& letter = c < table.size() ? table[c] : rare;
    if (letter.kind == Class::kBlank) {
      spaced = true;
      newlines += c == '\n' ? 1 : 0;
      continue;
    }
    bool joins = !spaced && !tokens_.empty() &&
                 ((letter.kind == Class::kLetter && tokens_.back().kind == TokenKind::kWord) ||
                  (letter.kind == Class::kDigit && tokens_.back().kind == TokenKind::kNumber));
    if (!joins) {
      if (!tokens_.empty()) finish(tokens_.back(), folding, folded_);
      Token token = begun(letter.kind, letter.upper);
      token.spaced = spaced;
      token.paragraph = newlines > 1;
      token.begin = static_cast<std::uint32_t>(begin);
      token.first = point;
      tokens_.push_back(token);
      folding.begin(begin);
    }
    Token& token = tokens_.back();
    token.end = static_cast<std::uint32_t>(pos);
    token.last = point + 1;
    token.upper = token.upper && letter.upper;
    if (token.kind == TokenKind::kNumber && token.number >= 0) {
      token.number = token.last - token.first > 15
                         ? -1
                         : token.number * 10 + u_charDigitValue(static_cast<UChar32>(c));
    }
    folding.add(begin, pos, letter.folded);
    spaced = false;
    newlines = 0;
    if (token.kind == TokenKind::kWord) point += take_plain_letters(text_, pos, token, folding);
  }
  if (!tokens_.empty()) finish(tokens_.back(), folding, folded_);
}

void Tokens::number_sentences() {
  std::uint32_t number = 0;
  if (!tokens_.empty()) starts_.push_back(0);
  for (std::size_t i = 1; i < tokens_.size(); ++i) {
    const Token& token = tokens_[i];
    std::size_t mark = i - 1;
    auto is_mark = [&](std::size_t at) { return tokens_[at].kind == TokenKind::kPunct; };
    while (mark > starts_.back() && is_mark(mark) && is_closing(tokens_[mark].folded)) --mark;
    bool stop = tokens_[mark].kind == TokenKind::kPunct && is_stop(raw(mark));
    bool wide = tokens_[mark].end - tokens_[mark].begin > 1;  // the full stops of other scripts
    bool ends = stop && (token.spaced || wide) && !is_closing(token.folded);
    if (ends && raw(mark) == "." && mark > 0) {
      bool abbreviation = is_abbreviation(tokens_[mark - 1]) && !tokens_[mark].spaced;
      bool lower = token.kind == TokenKind::kWord && !token.capital && token.begin < text_.size() &&
                   static_cast<unsigned char>(text_[token.begin]) < 0xD6;
      bool digits = tokens_[mark - 1].kind == TokenKind::kNumber &&
                    tokens_[mark - 1].last - tokens_[mark - 1].first < 3 && !token.paragraph;
      // "22. Dezember": an ordinal; "at 5. The": a sentence.
      ends = !lower && (!abbreviation || (token.capital && begins_sentence(token))) &&
             (!digits || begins_sentence(token));
    }
    // What goes on for longer than this is a list or a table; sentences stay short for the readers.
    constexpr std::size_t kLongest = 300;
    if (ends || token.paragraph || i - starts_.back() >= kLongest) {
      ++number;
      starts_.push_back(i);
    }
    tokens_[i].sentence = number;
  }
}

model::Span Tokens::span(std::size_t from, std::size_t to) const {
  if (from >= to || to > tokens_.size()) return {};
  const Token& first = tokens_[from];
  const Token& last = tokens_[to - 1];
  return {first.first, last.last, std::string(text_.substr(first.begin, last.end - first.begin))};
}

std::pair<std::size_t, std::size_t> Tokens::sentence(std::size_t number) const {
  if (number >= starts_.size()) return {tokens_.size(), tokens_.size()};
  std::size_t end = number + 1 < starts_.size() ? starts_[number + 1] : tokens_.size();
  return {starts_[number], end};
}

}  // namespace correlate::extraction
