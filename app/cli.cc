#include "app/cli.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <system_error>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/configuration.h"
#include "app/context.h"

namespace app {
namespace {

constexpr std::string_view kAbout =
    "The news says the network went down. Was it, when, and is it the same thing?\n"
    "Faultline holds what news items claim against what was measured.";

constexpr std::string_view kFooter =
    "Exit codes: 0 done, 1 the work failed, 2 bad usage. Data go to stdout, messages to stderr.\n"
    "Start with: faultline demo";

// How digests go out: in the environment or the configuration rather than on the command line.
void set_up_mail(CLI::App& options, mail::Settings& mail) {
  auto add = [&](const char* name, std::string& into, const char* does, const char* variable) {
    options.add_option(name, into, does)->envname(variable)->group("");
  };
  add("--smtp", mail.smtp, "Mail server, as smtp://mail.example:587", "FAULTLINE_SMTP");
  add("--smtp-user", mail.user, "Who we are to it", "FAULTLINE_SMTP_USER");
  add("--smtp-password", mail.password, "Better in the environment", "FAULTLINE_SMTP_PASSWORD");
  add("--smtp-ca", mail.ca, "Certificates that are trusted, as a PEM file", "FAULTLINE_SMTP_CA");
  add("--dkim-domain", mail.dkim_domain, "Who signs the mails", "FAULTLINE_DKIM_DOMAIN");
  add("--dkim-selector", mail.dkim_selector, "Name of the key in DNS", "FAULTLINE_DKIM_SELECTOR");
  add("--dkim-key", mail.dkim_key_file, "File of the private key", "FAULTLINE_DKIM_KEY");
  add("--mail-from", mail.from, "Address that digests come from", "FAULTLINE_MAIL_FROM");
  add("--mail-base", mail.base, "Where the pages are, with a slash", "FAULTLINE_MAIL_BASE");
  add("--mail-list-id", mail.list_id, "List-Id (RFC 2919)", "FAULTLINE_MAIL_LIST_ID");
  options.add_flag("!--smtp-without-tls", mail.starttls, "For a mail server of this machine only")
      ->envname("FAULTLINE_SMTP_TLS")
      ->group("");
}

void set_up_shared(CLI::App& options, Context& context) {
  options.add_option("--db", context.db, "The store: sqlite:PATH, postgres://HOST/NAME or memory:")
      ->envname("FAULTLINE_DB")
      ->capture_default_str();
  options.add_option("--now", context.now_text, "Take this moment for the present (ISO 8601)")
      ->envname("FAULTLINE_NOW");
  options.add_flag("--json", context.json, "Print for programs where that differs");
  options
      .add_option("--contact", context.contact,
                  "Mail address or page at which those who are fetched from can reach you")
      ->envname("FAULTLINE_CONTACT");
  options
      .add_option("--allow-hosts", context.allow_hosts,
                  "Hosts, .domains, addresses and networks of your own that may be fetched from")
      ->delimiter(',')
      ->expected(1)
      ->take_all()
      ->envname("FAULTLINE_ALLOW_HOSTS");
  options
      .add_option("--radar-token", context.radar_token,
                  "Key for Cloudflare Radar; better in the environment, where others do not see it")
      ->envname("FAULTLINE_RADAR_TOKEN")
      ->group("");
  set_up_mail(options, context.mail);
  options.config_formatter(std::make_shared<Configuration>(context));
  options.set_config("--config", "", "Read options from this TOML file")
      ->envname("FAULTLINE_CONFIG");
}

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

}  // namespace

int run(int argc, char** argv) {
  CLI::App options{std::string(kAbout), "faultline"};
  options.footer(std::string(kFooter));
  options.set_version_flag("--version", FAULTLINE_VERSION);
  options.require_subcommand(1);
  options.fallthrough();
  Context context;
  set_up_shared(options, context);
  std::function<int()> chosen;
  for (const auto& command : commands()) {
    auto* sub = options.add_subcommand(std::string(command.name), std::string(command.does));
    auto action = command.set_up(*sub, context);
    sub->callback([&chosen, action] { chosen = action; });
  }
  try {
    options.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return leave(options, error, argc, argv);
  }
  if (!context.configuration_error.empty()) return bad_usage(context.configuration_error);
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
