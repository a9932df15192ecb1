#pragma once

#include <functional>

#include <CLI/App.hpp>

#include "app/context.h"

namespace app {

// `faultline sources add`, `remove` and `export`.
std::function<int()> sources_add(CLI::App& options, const Context& context);
std::function<int()> sources_remove(CLI::App& options, const Context& context);
std::function<int()> sources_export(CLI::App& options, const Context& context);

}  // namespace app
