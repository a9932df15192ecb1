#include "app/configuration.h"

#include <map>
#include <string>
#include <utility>

namespace app {

std::vector<CLI::ConfigItem> Configuration::from_config(std::istream& input) const {
  std::vector<CLI::ConfigItem> others;
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> tables;
  for (auto& item : CLI::ConfigTOML::from_config(input)) {
    bool ours = !item.parents.empty() && item.parents.front() == "mapping";
    if (!ours) {
      others.push_back(std::move(item));
      continue;
    }
    // "++" and "--" are where CLI11 marks that a table begins and ends.
    bool mark = item.name == "++" || item.name == "--";
    if (mark || item.parents.size() < 2) continue;
    tables[item.parents[1]].emplace_back(item.name, item.inputs.empty() ? "" : item.inputs.front());
  }
  for (const auto& [name, settings] : tables) {
    auto mapping = feeds::outages::mapping_of(name, settings);
    if (mapping) {
      context_.mappings.insert_or_assign(name, *std::move(mapping));
    } else if (context_.configuration_error.empty()) {
      context_.configuration_error = mapping.error().message;
    }
  }
  return others;
}

}  // namespace app
