#pragma once

#include <functional>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "app/context.h"
#include "ingest/measure/adapters.h"

namespace app {

// `faultline sources add ioda --country KP`.
struct MeasuredSource {
  ingest::measure::Wanted wanted;
  std::string since;  // as given; empty: 30 days ago
  std::vector<std::string> groups;
};
void add_measured_options(CLI::App& options, MeasuredSource& given);
int add_measured(MeasuredSource given, const Context& context);

// `faultline sources add`, `remove` and `export`.
std::function<int()> sources_add(CLI::App& options, const Context& context);
std::function<int()> sources_remove(CLI::App& options, const Context& context);
std::function<int()> sources_export(CLI::App& options, const Context& context);

}  // namespace app
