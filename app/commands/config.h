#pragma once

#include <CLI/App.hpp>

namespace app {

// `faultline config check` of a command line that was parsed, or was until a value of the
// configuration or of the environment stopped it. The exit code.
int check_configuration_of(const CLI::App& options);

// The configuration file of that command line: --config, or FAULTLINE_CONFIG; empty: none.
std::string configuration_file(const CLI::App& options);

}  // namespace app
