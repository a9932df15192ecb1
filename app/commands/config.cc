#include "app/commands/config.h"

#include <cstdlib>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/check_configuration.h"
#include "app/cli.h"
#include "app/commands.h"

namespace app {
namespace {

int show_keys(bool json) {
  for (const auto& [key, variable, does] : settings()) {
    if (json) {
      auto one = boost::json::object{{"key", key}, {"variable", variable}, {"does", does}};
      fmt::print("{}\n", boost::json::serialize(one));
    } else {
      fmt::print("{:<32} {:<25} {}\n", key, variable.empty() ? "-" : variable, does);
    }
  }
  return kDone;
}

void show_json(const std::string& file, const Checked& checked) {
  boost::json::array problems;
  for (const auto& [line, key, message] : checked.troubles) {
    problems.push_back(boost::json::object{
        {"line", line == 0 ? boost::json::value(nullptr) : boost::json::value(line)},
        {"key", key},
        {"message", message}});
  }
  boost::json::object out{
      {"file", file.empty() ? boost::json::value(nullptr) : boost::json::value(file)},
      {"ok", checked.troubles.empty()},
      {"keys", checked.keys},
      {"variables", checked.variables},
      {"problems", std::move(problems)}};
  fmt::print("{}\n", boost::json::serialize(out));
}

void show_text(const std::string& file, const Checked& checked) {
  for (const auto& [line, key, message] : checked.troubles) {
    auto place = line == 0 ? "environment" : fmt::format("{}:{}", file, line);
    fmt::print("{}: {}{}{}\n", place, key, key.empty() ? "" : ": ", message);
  }
  auto count = [](std::size_t n, const char* what) {
    return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
  };
  auto problems = checked.troubles.size();
  fmt::print("{}{}: {}\n",
             file.empty() ? "" : fmt::format("{}: {}, ", file, count(checked.keys, "key")),
             count(checked.variables, "variable"),
             problems == 0 ? "all good" : count(problems, "problem"));
}

}  // namespace

std::string configuration_file(const CLI::App& options) {
  const auto* option = options.get_config_ptr();
  if (option->count() > 0) return option->results().front();
  const char* variable = std::getenv(option->get_envname().c_str());
  return variable == nullptr ? "" : variable;
}

// Reads what it needs from the options themselves: where a value stopped the parsing, nothing has
// come to the variables.
int check_configuration_of(const CLI::App& options) {
  const auto* config = options.get_subcommand("config");
  bool json = options.get_option("--json")->count() > 0;
  if (config->got_subcommand("keys")) return show_keys(json);
  const auto* named = config->get_subcommand("check")->get_option("file");
  auto file = named->count() > 0 ? named->results().front() : configuration_file(options);
  auto checked = check_configuration(file);
  if (!checked) return fail(checked.error());
  json ? show_json(file, *checked) : show_text(file, *checked);
  return checked->troubles.empty() ? kDone : kFailed;
}

std::function<int()> config(CLI::App& options, const Context& /*context*/) {
  options.require_subcommand(1);
  auto* check = options.add_subcommand(
      "check", "Say what is wrong with a configuration file and the environment; exit 1 if any");
  check->fallthrough();
  auto file = std::make_shared<std::string>();
  check->add_option("file", *file, "The file; else the one of --config or FAULTLINE_CONFIG")
      ->configurable(false);
  options.add_subcommand("keys", "List every key, its environment variable and what it does")
      ->fallthrough();
  return [file, &options] { return check_configuration_of(*options.get_parent()); };
}

}  // namespace app
