#pragma once

#include <cstdint>
#include <string>

#include <CLI/App.hpp>

namespace app {

// A length of time on the command line: "90", "90s", "15min", "6h", "1d"; kept in seconds.
void add_duration(CLI::App& options, const std::string& name, std::int64_t& seconds,
                  const std::string& does);

}  // namespace app
