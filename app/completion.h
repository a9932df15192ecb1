#pragma once

#include <string>

namespace app {

// What shells offer behind "faultline": commands, their parts, options, and words that an option
// may be; files else. Made from the option table.
std::string bash_completion();
std::string zsh_completion();

}  // namespace app
