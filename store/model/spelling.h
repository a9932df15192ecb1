#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace model {

// How many letters must be put in, left out or changed to make one of the other (Levenshtein 1966).
// Quadratic: for names.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The one of `known` that was probably meant, the first of equals; empty where there is none.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace model
