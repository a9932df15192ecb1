#include "app/cli.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <functional>
#include <string>
#include <system_error>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/commands/config.h"
#include "app/context.h"
#include "app/options.h"

namespace app {
namespace {

constexpr std::string_view kAbout =
    "The news says the network went down. Was it, when, and is it the same thing?\n"
    "Faultline holds what news items claim against what was measured.";

constexpr std::string_view kFooter =
    "Exit codes: 0 done, 1 the work failed, 2 bad usage. Data go to stdout, messages to stderr.\n"
    "Start with: faultline demo";

// The command that was probably meant: the one that shares the longest beginning.
std::string_view like(std::string_view word) {
  std::string_view best;
  std::size_t most = 0;
  for (const auto& command : commands()) {
    auto [end, ignored] =
        std::mismatch(word.begin(), word.end(), command.name.begin(), command.name.end());
    auto shared = static_cast<std::size_t>(end - word.begin());
    if (shared > most) {
      most = shared;
      best = command.name;
    }
  }
  return most < 2 ? std::string_view() : best;
}

// Help and version go to stdout; what cannot be is told in one sentence.
int leave(const CLI::App& options, const CLI::ParseError& error, int argc, char** argv) {
  if (error.get_exit_code() == 0) return options.exit(error);
  bool no_command = error.get_name() == "RequiredError" && options.get_subcommands().empty();
  if (no_command && argc > 1 && argv[1][0] != '-') {
    auto meant = like(argv[1]);
    return bad_usage(fmt::format("there is no command “{}”{}; faultline --help lists them", argv[1],
                                 meant.empty() ? "" : fmt::format(" (did you mean {}?)", meant)));
  }
  if (no_command) return bad_usage("what is to be done? faultline --help lists the commands");
  auto used = options.get_subcommands();
  return bad_usage(fmt::format("{}; see faultline {}--help", error.what(),
                               used.empty() ? "" : used.front()->get_name() + " "));
}

// Whether `faultline config check` was asked for and what stops it is just what it is to tell.
bool is_of_configuration(const CLI::App& options, const CLI::ParseError& error) {
  bool of_values = error.get_name() == "ConversionError" || error.get_name() == "ValidationError" ||
                   error.get_name() == "ConfigError" || error.get_name() == "ArgumentMismatch";
  return of_values && options.got_subcommand("config");
}

}  // namespace

int run(int argc, char** argv) {
  CLI::App options{std::string(kAbout), "faultline"};
  options.footer(std::string(kFooter));
  add_version(options);
  options.require_subcommand(1);
  options.fallthrough();
  Context context;
  add_shared_options(options, context);
  std::function<int()> chosen;
  add_commands(options, context, chosen);
  try {
    options.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (is_of_configuration(options, error)) return check_configuration_of(options);
    return leave(options, error, argc, argv);
  }
  apply_log_options(options, context);
  bool checks = options.got_subcommand("config");
  if (!context.configuration_error.empty() && !checks) {
    return bad_usage(context.configuration_error);
  }
  try {
    int code = chosen();
    // A full disk shows only when the last of the output is written.
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      return fail({model::Errc::kIo, "the output could not be written"});
    }
    return code;
  } catch (const std::system_error& error) {
    return fail(
        {model::Errc::kIo, std::string("the output could not be written: ") + error.what()});
  } catch (const std::exception& error) {
    // Nothing of ours throws on bad input; what comes here is a lack of memory or a defect.
    fmt::print(stderr, "faultline: stopped by an internal error: {}\n", error.what());
    return kFailed;
  }
}

}  // namespace app
