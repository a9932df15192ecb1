#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace correlate::gazetteer {

// A name in the words that a text is cut into, folded. Empty for what would be found everywhere: a
// name of fewer than three letters, or of one character in scripts that write without blanks.
std::vector<std::string> words_of(std::string_view name);

}  // namespace correlate::gazetteer
