#include "app/durations.h"

#include <map>

#include <CLI/CLI.hpp>

namespace app {

void add_duration(CLI::App& options, const std::string& name, std::int64_t& seconds,
                  const std::string& does) {
  const std::map<std::string, std::int64_t> units{
      {"s", 1}, {"m", 60}, {"min", 60}, {"h", 3600}, {"d", 86400}};
  options.add_option(name, seconds, does)
      ->transform(CLI::AsNumberWithUnit(units, CLI::AsNumberWithUnit::CASE_SENSITIVE))
      ->type_name("TIME");
}

}  // namespace app
