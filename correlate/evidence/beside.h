#pragma once

#include <cstddef>
#include <string_view>

namespace correlate::evidence {

// Whether the words around text[begin, end) (bytes) say that something was near that place and not
// in it: "near Egypt", "off the Egyptian coast", "in Saudi waters", "ao largo da …".
bool is_beside(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace correlate::evidence
