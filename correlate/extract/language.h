#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/extract/tokens.h"

namespace correlate::extraction {

// BCP 47 code of the language that a text is written in, by CLD2. Of a text too short for it, or
// that it cannot tell, the script decides where one language is most written in it (Hangul, kana,
// Hebrew, …); "en" otherwise.
std::string detect_language(std::string_view text);

// The country that most who write a language live in, by CLDR's likely subtags, where one country
// has nearly all of them; empty for languages of many countries. A weak prior for a text that names
// no place.
std::string main_country(std::string_view language);

// The primary language of a BCP 47 tag (RFC 5646 section 2.2.1), by the code of today where it had
// another one ("iw"), where CLDR has data of it; else "en". They are some two hundred, whatever a
// text says of its own, so that what is made for each is bounded.
std::string known_language(std::string_view tag);

// The language of each sentence of a text: that of its paragraph where the paragraph is long enough
// to tell and is sure to be in another than the text's, else the text's.
class Languages {
 public:
  Languages(const Tokens& tokens, std::string text_language);

  // The text's first, then the others in the order of the text; `kMost` at most.
  const std::vector<std::string>& all() const { return all_; }
  // Which of all() a sentence is in.
  std::size_t of_sentence(std::size_t sentence) const {
    return sentence < of_.size() ? of_[sentence] : 0;
  }

 private:
  static constexpr std::size_t kMost = 4;

  std::vector<std::string> all_;
  std::vector<std::uint8_t> of_;  // by sentence; empty: all in the text's
};

}  // namespace correlate::extraction
