#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace app::sign {

// RFC 4648 section 4, with padding, on one line.
std::string base64(std::string_view bytes);
// Nothing for what is none.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace app::sign
