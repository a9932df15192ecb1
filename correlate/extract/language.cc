#include "correlate/extract/language.h"

#include <algorithm>

#include <cld2/public/compact_lang_det.h>

namespace correlate::extraction {

std::string detect_language(std::string_view text) {
  // Beyond this much text the verdict does not change.
  constexpr std::size_t kEnough = 4096;
  std::size_t length = std::min(text.size(), kEnough);
  while (length < text.size() && length > 0 &&
         (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) {
    --length;
  }
  bool reliable = false;
  auto language = CLD2::DetectLanguage(text.data(), static_cast<int>(length), true, &reliable);
  if (language == CLD2::UNKNOWN_LANGUAGE) return "en";
  std::string code = CLD2::LanguageCode(language);
  if (code == "un") return "en";
  if (code == "iw") return "he";
  if (code == "no") return "nb";
  return code;
}

}  // namespace correlate::extraction
