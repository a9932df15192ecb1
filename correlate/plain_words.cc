#include "correlate/plain_words.h"

#include <algorithm>

namespace correlate {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_of_word(char c) { return is_letter(c) || is_digit(c); }
// ICU has rules of its own for "@", and "_" is one where it stands twice.
bool is_plain(char c) { return static_cast<unsigned char>(c) < 0x80 && c != '@' && c != '_'; }

// WB6, WB7: letters go on over one of these, WB11, WB12: digits over one of those.
bool joins_letters(char c) { return c == '\'' || c == '.'; }
bool joins_digits(char c) { return c == '\'' || c == '.' || c == ',' || c == ';'; }

}  // namespace

std::vector<model::Piece> plain_words(std::string_view text) {
  if (!std::all_of(text.begin(), text.end(), is_plain)) return model::words(text);
  std::vector<model::Piece> out;
  for (std::size_t begin = 0; begin < text.size();) {
    if (!is_of_word(text[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    for (; end < text.size(); ++end) {
      char c = text[end];
      if (is_of_word(c)) continue;
      bool between = end + 1 < text.size();
      char before = text[end - 1];
      bool letters = between && joins_letters(c) && is_letter(before) && is_letter(text[end + 1]);
      bool digits = between && joins_digits(c) && is_digit(before) && is_digit(text[end + 1]);
      if (!letters && !digits) break;
    }
    out.push_back({begin, end});
    begin = end;
  }
  return out;
}

}  // namespace correlate
