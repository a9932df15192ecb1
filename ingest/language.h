#pragma once

#include <string>
#include <string_view>

namespace ingest {

// A language tag in the spelling of RFC 5646 section 2.1.1 ("en_us" → "en-US"); empty for what is
// no tag.
std::string normalise_language(std::string_view tag);

// The language that a text is in (BCP 47), by CLD2; empty when it is too short to tell or the guess
// is not reliable.
std::string detect_language(std::string_view text);

// The first stated one, or else the detected one.
std::string language_of(std::string_view stated, std::string_view text);

}  // namespace ingest
