#pragma once

#include <functional>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "app/context.h"

namespace app {

// The program's option table. What all commands share goes into `context` once it is parsed; each
// command sets `chosen` to what runs it. All three must outlive the parsing.
void add_shared_options(CLI::App& options, Context& context);
void add_version(CLI::App& options);
// Once they are parsed: --log-level and --log-format take effect, secrets are hidden in the log.
void apply_log_options(const CLI::App& options, const Context& context);
void add_commands(CLI::App& options, const Context& context, std::function<int()>& chosen);

// The option table of a program that will run nothing: to be looked at.
struct OptionTable {
  Context context;
  std::function<int()> chosen;
  CLI::App app{"", "faultline"};

  OptionTable();
};
// Its options, and those of its groups.
std::vector<const CLI::Option*> options_of(const CLI::App& app);
// The key by which a configuration file sets this option of `app`; empty: it cannot (help, version,
// --config and what has no long name).
std::string key_of(const CLI::App& app, const CLI::Option& option);

}  // namespace app
