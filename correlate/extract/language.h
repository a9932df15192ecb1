#pragma once

#include <string>
#include <string_view>

namespace correlate::extraction {

// BCP 47 code of the language that a text is written in, by CLD2; "en" where it cannot tell.
std::string detect_language(std::string_view text);

}  // namespace correlate::extraction
