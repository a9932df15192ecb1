#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace model {

// A piece of a text. Offsets are bytes into the UTF-8 text that was cut.
struct Piece {
  std::size_t begin;
  std::size_t end;

  std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
};

// Lower case by Unicode case folding, NFKC, without diacritics: "Phénix" and "PHENIX" fold alike.
// What every comparison of words in Faultline uses. Invalid UTF-8 becomes U+FFFD.
std::string fold(std::string_view text);

// Words by Unicode text segmentation (UAX 29, dictionaries for Chinese, Japanese, Thai …);
// white space and punctuation are left out.
std::vector<Piece> words(std::string_view text);

// Sentences by UAX 29; a blank line ends a sentence too. Surrounding white space is left out.
std::vector<Piece> sentences(std::string_view text);

// Every byte sequence that is not UTF-8 becomes one U+FFFD.
std::string repair_utf8(std::string_view text);
bool is_utf8(std::string_view text);

// Number of code points in valid UTF-8.
std::size_t code_points(std::string_view text);
// Code point offset → byte offset; the end of the text when it is past the end.
std::size_t byte_offset(std::string_view text, std::size_t code_point);

// Cells on a terminal: wide East Asian characters count two, combining marks none.
std::size_t display_width(std::string_view text);
// Cuts to at most `cells` cells, with "…" where something was cut off.
std::string truncate(std::string_view text, std::size_t cells);

// Runs of white space become one blank; none at either end.
std::string squeeze(std::string_view text);
std::string_view trim(std::string_view text);

// True for a code point of the scripts that are written without blanks between words.
bool is_cjk(char32_t c);
// Text as an index of two-character pieces for those scripts sees it: every run of CJK characters
// becomes its overlapping pairs, separated by blanks; everything else is left out.
std::string cjk_bigrams(std::string_view text);

}  // namespace model
