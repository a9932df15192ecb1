#pragma once

#include <istream>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/context.h"

namespace app {

// The configuration file: TOML as CLI11 reads it. Its [mapping.NAME] tables say how tables of
// somebody's own are read (feeds/outages/mapping.h) and are no options: they go to the context, the
// rest to the command line's parser.
class Configuration : public CLI::ConfigTOML {
 public:
  explicit Configuration(Context& context) : context_(context) {}
  std::vector<CLI::ConfigItem> from_config(std::istream& input) const override;

 private:
  Context& context_;
};

}  // namespace app
