#pragma once

#include <string>
#include <string_view>

namespace feeds::news {

// HTML that may be shown: only elements and attributes of a list, no scripts, no URLs that run
// code, styles reduced to harmless properties, everything quoted. Relative links are made absolute
// by `base` when there is one. `type` is the media type the text was stated in.
std::string sanitize(std::string_view html, std::string_view base, std::string_view type);

// True for elements that sanitize() lets through.
bool is_allowed_element(std::string_view name);

// The declarations of a style attribute that may stay; empty when none may.
std::string sanitize_style(std::string_view style, bool svg);

}  // namespace feeds::news
