#include <memory>

#include "app/cli.h"
#include "app/commands.h"
#include "app/serving.h"

namespace app {

std::function<int()> serve_command(CLI::App& options, const Context& context) {
  auto given = std::make_shared<ServingOptions>();
  add_serving_options(options, *given);
  return [given, &context] {
    auto store = context.open(false);
    if (!store) return fail(store.error());
    return serve_store(**store, *given, context);
  };
}

}  // namespace app
