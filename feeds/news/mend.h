#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/model/result.h"

namespace feeds::news {

// Markup that a parser of XML refuses, made into some that it takes, with what was done and where
// ("line 7, byte 1204" of `text`). For feeds and lists whose first parse failed:
// - an end tag closes what stands open inside its element; one that closes nothing goes;
// - what an entry consists of (title, link, guid, …) does not stand inside one another, and entries
//   do not either: the next one closes the last;
// - HTML's elements without an end tag (<br>, <img>) are closed at once;
// - attributes get the quotes and values that they lack;
// - "<" that begins no tag is text; what is open at the end is closed.
// Linear in the text; at most 20 warnings, the last of which counts the others.
struct Mended {
  std::string text;
  std::vector<model::Warning> warnings;
};
Mended mend(std::string_view text);

}  // namespace feeds::news
