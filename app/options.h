#pragma once

#include <functional>

#include <CLI/App.hpp>

#include "app/context.h"

namespace app {

// The program's option table. What all commands share goes into `context` once it is parsed; each
// command sets `chosen` to what runs it. All three must outlive the parsing.
void add_shared_options(CLI::App& options, Context& context);
void add_commands(CLI::App& options, const Context& context, std::function<int()>& chosen);

}  // namespace app
