#include "store/model/text.h"

#include <cstdint>
#include <cstring>
#include <memory>

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

namespace model {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// A break iterator of this thread. Making one costs about 50 µs, so it is made once.
icu::BreakIterator& break_iterator(bool of_words) {
  auto make = [](bool word) {
    UErrorCode failure = U_ZERO_ERROR;
    return std::unique_ptr<icu::BreakIterator>(
        word ? icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), failure)
             : icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), failure));
  };
  thread_local std::unique_ptr<icu::BreakIterator> word_breaks = make(true);
  thread_local std::unique_ptr<icu::BreakIterator> sentence_breaks = make(false);
  return of_words ? *word_breaks : *sentence_breaks;
}

// ICU's view of our UTF-8, closed at the end of its scope. Offsets are bytes.
class Utf8View {
 public:
  explicit Utf8View(std::string_view text) {
    utext_openUTF8(&view_, text.data(), static_cast<std::int64_t>(text.size()), &failure_);
  }
  ~Utf8View() { utext_close(&view_); }
  Utf8View(const Utf8View&) = delete;
  Utf8View& operator=(const Utf8View&) = delete;
  UText* get() { return &view_; }

 private:
  UErrorCode failure_ = U_ZERO_ERROR;
  UText view_ = UTEXT_INITIALIZER;
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
// The code point at `pos`, which moves behind it; negative where the bytes are not UTF-8.
UChar32 decode(std::string_view text, std::size_t& pos) {
  UChar32 c = 0;
  U8_NEXT(text.data(), pos, text.size(), c);
  return c;
}
#pragma GCC diagnostic pop

char32_t next(std::string_view text, std::size_t& pos) {
  UChar32 c = decode(text, pos);
  return c < 0 ? U'\uFFFD' : static_cast<char32_t>(c);
}

// How many bytes from `from` on are ASCII; eight at a time.
std::size_t ascii_run(std::string_view text, std::size_t from) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  std::size_t at = from;
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & kHighBits) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at - from;
}

bool is_ascii(std::string_view text) { return ascii_run(text, 0) == text.size(); }

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

Piece trimmed(std::string_view text, std::size_t begin, std::size_t end) {
  while (begin < end && is_blank(text[begin])) ++begin;
  while (end > begin && is_blank(text[end - 1])) --end;
  return {begin, end};
}

std::size_t cells_of(char32_t c) {
  auto code = static_cast<UChar32>(c);
  auto type = u_charType(code);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  if (type == U_CONTROL_CHAR) return 0;
  auto width = u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace

std::string fold(std::string_view text) {
  if (is_ascii(text)) {
    std::string out(text);
    for (char& c : out) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return out;
  }
  UErrorCode failure = U_ZERO_ERROR;
  const auto* casefold = icu::Normalizer2::getNFKCCasefoldInstance(failure);
  const auto* decompose = icu::Normalizer2::getNFDInstance(failure);
  const auto* compose = icu::Normalizer2::getNFCInstance(failure);
  icu::UnicodeString folded = casefold->normalize(
      icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), failure);
  icu::UnicodeString apart = decompose->normalize(folded, failure);
  icu::UnicodeString bare;
  for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    UChar32 c = apart.char32At(i);
    // Only marks on Latin, Greek, Cyrillic and Arabic letters: the voicing marks of Japanese and
    // the vowel signs of Indic scripts make other letters.
    if (u_charType(c) != U_NON_SPACING_MARK || (c > 0x036F && (c < 0x064B || c > 0x0652))) {
      bare.append(c);
    }
  }
  std::string out;
  compose->normalize(bare, failure).toUTF8String(out);
  return out;
}

std::vector<Piece> words(std::string_view text) {
  std::vector<Piece> out;
  Utf8View view(text);
  UErrorCode failure = U_ZERO_ERROR;
  auto& breaks = break_iterator(true);
  breaks.setText(view.get(), failure);
  std::int32_t begin = breaks.first();
  for (std::int32_t end = breaks.next(); end != icu::BreakIterator::DONE; end = breaks.next()) {
    if (breaks.getRuleStatus() >= UBRK_WORD_NONE_LIMIT) {
      out.push_back({static_cast<std::size_t>(begin), static_cast<std::size_t>(end)});
    }
    begin = end;
  }
  return out;
}

std::vector<Piece> sentences(std::string_view text) {
  std::vector<Piece> out;
  auto add = [&](std::size_t begin, std::size_t end) {
    Piece piece = trimmed(text, begin, end);
    if (piece.begin < piece.end) out.push_back(piece);
  };
  Utf8View view(text);
  UErrorCode failure = U_ZERO_ERROR;
  auto& breaks = break_iterator(false);
  breaks.setText(view.get(), failure);
  std::int32_t begin = breaks.first();
  for (std::int32_t end = breaks.next(); end != icu::BreakIterator::DONE; end = breaks.next()) {
    add(static_cast<std::size_t>(begin), static_cast<std::size_t>(end));
    begin = end;
  }
  return out;
}

std::string repair_utf8(std::string_view text) {
  if (is_utf8(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t pos = 0; pos < text.size();) {
    std::size_t begin = pos;
    UChar32 c = decode(text, pos);
    out += c < 0 ? kReplacement : text.substr(begin, pos - begin);
  }
  return out;
}

bool is_utf8(std::string_view text) {
  for (std::size_t pos = ascii_run(text, 0); pos < text.size(); pos += ascii_run(text, pos)) {
    if (decode(text, pos) < 0) return false;
  }
  return true;
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return count;
}

std::size_t byte_offset(std::string_view text, std::size_t code_point) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U) continue;
    if (seen++ == code_point) return i;
  }
  return text.size();
}

std::size_t display_width(std::string_view text) {
  std::size_t cells = 0;
  for (std::size_t pos = 0; pos < text.size();) cells += cells_of(next(text, pos));
  return cells;
}

std::string truncate(std::string_view text, std::size_t cells) {
  if (display_width(text) <= cells) return std::string(text);
  std::size_t used = 0;
  std::size_t kept = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    used += cells_of(next(text, pos));
    if (used + 1 > cells) break;
    kept = pos;
  }
  return std::string(trim(text.substr(0, kept))) + "…";
}

std::string squeeze(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (char c : text) {
    if (!is_blank(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string_view trim(std::string_view text) {
  Piece piece = trimmed(text, 0, text.size());
  return piece.of(text);
}

bool is_cjk(char32_t c) {
  return (c >= 0x1100 && c <= 0x11FF) || (c >= 0x2E80 && c <= 0x2FDF) ||
         (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3130 && c <= 0x318F) ||
         (c >= 0x31F0 && c <= 0x31FF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

std::string cjk_bigrams(std::string_view text) {
  std::string out;
  std::string_view previous;  // the character before, when it was one of the run
  bool paired = false;        // it already stands in a pair
  auto finish = [&] {
    if (!previous.empty() && !paired) out.append(previous).append(" ");
    previous = {};
    paired = false;
  };
  for (std::size_t pos = 0; pos < text.size();) {
    std::size_t begin = pos;
    char32_t c = next(text, pos);
    if (!is_cjk(c)) {
      finish();
      continue;
    }
    std::string_view current = text.substr(begin, pos - begin);
    if (!previous.empty()) {
      out.append(previous).append(current).append(" ");
      paired = true;
    }
    previous = current;
  }
  finish();
  if (!out.empty()) out.pop_back();
  return out;
}

}  // namespace model
