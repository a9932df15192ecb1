#pragma once

#include <string>
#include <string_view>

namespace feeds::render {

// The text with U+FFFD for what XML 1.0 forbids and cannot even escape (section 2.2).
std::string legal_xml(std::string_view text);

}  // namespace feeds::render
