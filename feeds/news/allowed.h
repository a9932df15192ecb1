#pragma once

#include <string_view>

// The names that sanitize() lets through, by vocabulary. Names are looked up in lower case.
namespace feeds::news::allowed {

bool element(std::string_view name);    // HTML
bool attribute(std::string_view name);  // HTML
bool url_attribute(std::string_view name);

bool mathml_element(std::string_view name);
bool mathml_attribute(std::string_view name);

// As SVG spells it ("linearGradient" for "lineargradient"); empty when it is not on the list.
std::string_view svg_element(std::string_view name);
std::string_view svg_attribute(std::string_view name);

bool css_property(std::string_view name);
bool css_keyword(std::string_view word);
bool svg_css_property(std::string_view name);

}  // namespace feeds::news::allowed
