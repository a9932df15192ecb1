#pragma once

#include <string>
#include <string_view>

namespace store::query {

// The folded words of a text, a blank between them: what names are compared by. "Guardians of
// Peace!" and "GUARDIANS  of peace" are the same.
std::string folded_words(std::string_view text);

}  // namespace store::query
