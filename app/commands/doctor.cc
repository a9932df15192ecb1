#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/commands/config.h"
#include "app/examination.h"
#include "app/log.h"

namespace app {
namespace {

int examine_and_tell(const Context& context, const std::string& file) {
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  bool good = true;
  for (const auto& [check, is_good, said, advice] : examine_all(context, *now, file)) {
    auto found = without_secrets(said);
    good = good && is_good;
    if (context.json) {
      auto one = boost::json::object{
          {"check", check},
          {"ok", is_good},
          {"found", found},
          {"advice", advice.empty() ? boost::json::value(nullptr) : boost::json::value(advice)}};
      fmt::print("{}\n", boost::json::serialize(one));
    } else {
      fmt::print("{:<6} {:<14} {}{}{}\n", is_good ? "good" : "WRONG", check, found,
                 advice.empty() ? "" : "; ", advice);
    }
  }
  return good ? kDone : kFailed;
}

}  // namespace

std::function<int()> doctor(CLI::App& options, const Context& context) {
  return [&options, &context] {
    return examine_and_tell(context, configuration_file(*options.get_parent()));
  };
}

}  // namespace app
