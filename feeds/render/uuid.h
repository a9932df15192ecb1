#pragma once

#include <string>
#include <string_view>

namespace feeds::render {

// The UUID of version 5 (RFC 9562) of a name of ours: the same for the same thing, always.
std::string uuid_of(std::string_view kind, std::string_view id);

}  // namespace feeds::render
