#pragma once

#include <string>
#include <string_view>

namespace feeds::news {

// UTF-8 of one code point; U+FFFD for what is no character (HTML standard 13.2.5.80).
void append_utf8(std::string& out, char32_t c);

// What a C1 control character stands for where a windows-1252 byte was taken for a code point
// (HTML standard 13.2.5.80); any other code point is its own.
char32_t from_windows_1252(char32_t c);

// The characters of a named reference, `name` without "&" and ";" ("nbsp" → U+00A0). Empty when
// HTML has no such name. The table is gumbo's.
std::string named_entity(std::string_view name);

// Text in which named and numeric character references are replaced as in HTML text.
std::string decode_entities(std::string_view text);

}  // namespace feeds::news
