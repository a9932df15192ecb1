#pragma once

#include <string>
#include <string_view>

namespace feeds::news {

// `reference` made absolute by RFC 3986 section 5.2; `reference` itself when `base` is empty. It
// never fails and changes nothing but what the merge must: feeds hold IRIs, blanks and other things
// that a strict parser rejects, and a link has to come back as it was published.
std::string resolve(std::string_view base, std::string_view reference);

// False for schemes that run code or reach into the reader's machine ("javascript:", "data:", …).
// A reference without a scheme is safe.
bool is_safe(std::string_view url);

// resolve(), or nothing when the result is not safe.
std::string resolve_safely(std::string_view base, std::string_view reference);

}  // namespace feeds::news
