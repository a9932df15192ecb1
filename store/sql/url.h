#pragma once

#include <string>
#include <string_view>

namespace store::sql {

// A URL as messages and marks may hold it: what stands between the user's name and the host is left
// out. Values of options called "password" are, too.
std::string without_password(std::string_view url);

}  // namespace store::sql
