#pragma once

#include <string_view>

namespace feeds::news {

// 1 … 12 for the name of a month, whole or abbreviated, in the languages that feeds are known to
// write dates in; 0 for any other word. Case, accents and a full stop do not matter.
int month_number(std::string_view word);

}  // namespace feeds::news
