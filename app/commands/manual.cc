#include "app/manual.h"

#include <functional>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/completion.h"

namespace app {

std::function<int()> manual(CLI::App& options, const Context& /*context*/) {
  auto write = std::make_shared<std::string (*)()>(nullptr);
  const std::pair<const char*, std::string (*)()> parts[] = {{"page", manual_page},
                                                             {"settings", settings_page},
                                                             {"template", settings_template},
                                                             {"bash", bash_completion},
                                                             {"zsh", zsh_completion}};
  options.require_subcommand(1);
  for (auto [name, make] : parts) {
    options.add_subcommand(name, "")->callback([write, make = make] { *write = make; });
  }
  return [write] {
    fmt::print("{}", (*write)());
    return kDone;
  };
}

}  // namespace app
