#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace feeds::page {

// No page that a person wrote nests deeper; what lies below is read as if it stood at this depth.
inline constexpr std::size_t kDeepest = 256;
// The longest pages of newspapers have some 20,000 tags. What follows the last one is left out.
inline constexpr std::size_t kMostTags = 400'000;

// A page that a tree builder can take in linear time and little memory, whatever it was:
// - elements that no reader sees (style, svg, template, scripts other than JSON-LD) are left out,
//   and so are comments;
// - formatting elements (b, font, i, …) are left out, their text stays: the HTML standard's rules
//   for misnested ones square the size of a hostile page, and none of them tells what is article;
// - of attributes those stay that the page reader asks for;
// - nesting and the number of tags are bounded.
struct Tame {
  std::string html;
  bool cut = false;   // it had more than kMostTags
  bool flat = false;  // it nested deeper than kDeepest
};
Tame tame(std::string_view html);

}  // namespace feeds::page
