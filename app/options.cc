#include "app/options.h"

#include <cstdlib>
#include <memory>
#include <string>

#include "app/commands.h"
#include "app/configuration.h"
#include "app/confine.h"
#include "app/log.h"

namespace app {
namespace {

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

// Read by apply_log_options() once all of the command line is known to be good.
void set_up_logs(CLI::App& options) {
  options
      .add_option_function<std::string>(
          "--log-level", [](const std::string&) {},
          "What run and serve tell of; debug tells each request")
      ->check(CLI::IsMember({"trace", "debug", "info", "warning", "error", "off"}))
      ->envname("FAULTLINE_LOG_LEVEL")
      ->default_str("info");
  options
      .add_option_function<std::string>(
          "--log-format", [](const std::string&) {}, "json: an object a line, for programs")
      ->check(CLI::IsMember({"text", "json"}))
      ->envname("FAULTLINE_LOG_FORMAT")
      ->default_str("text");
}

}  // namespace

void add_shared_options(CLI::App& options, Context& context) {
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
  set_up_logs(options);
  options.config_formatter(std::make_shared<Configuration>(context));
  // CLI11 does not look for the file of a configuration in the environment. One that is named must
  // be there.
  const char* named = std::getenv("FAULTLINE_CONFIG");
  std::string file = named == nullptr ? "" : named;
  options.set_config("--config", file, "Read options from this TOML file", !file.empty())
      ->envname("FAULTLINE_CONFIG");
}

void add_version(CLI::App& options) { options.set_version_flag("--version", FAULTLINE_VERSION); }

namespace {

// What such a command does not need. Where the kernel cannot, it is as everywhere else.
void give_away(Command::Kind kind) {
  if (kind == Command::Kind::kStarts) return;
  bool pure = kind == Command::Kind::kPure;
  (void)confine(pure ? Confinement::kOnlyReads : Confinement::kNoPrograms);
}

}  // namespace

void add_commands(CLI::App& options, const Context& context, std::function<int()>& chosen) {
  for (const auto& command : commands()) {
    auto* sub = options.add_subcommand(std::string(command.name), std::string(command.does));
    if (command.kind == Command::Kind::kHidden) sub->group("");
    auto action = command.set_up(*sub, context);
    sub->callback([&chosen, action, kind = command.kind] {
      chosen = [action, kind] {
        give_away(kind);
        return action();
      };
    });
  }
}

void apply_log_options(const CLI::App& options, const Context& context) {
  auto value = [&](const char* name, const char* otherwise) {
    const auto* option = options.get_option(name);
    return option->count() > 0 ? option->as<std::string>() : std::string(otherwise);
  };
  set_log_level(value("--log-level", "info"));
  set_log_format(value("--log-format", "text"));
  for (const auto* secret : {&context.mail.password, &context.radar_token}) hide_in_log(*secret);
}

OptionTable::OptionTable() {
  app.require_subcommand(1);  // as the program's own; commands take these over when they are added
  app.fallthrough();
  add_shared_options(app, context);
  add_commands(app, context, chosen);
}

std::vector<const CLI::Option*> options_of(const CLI::App& app) {
  auto out = app.get_options();
  for (const auto* group : app.get_subcommands({})) {
    if (!group->get_name().empty()) continue;  // a command, not a group
    auto more = group->get_options();
    out.insert(out.end(), more.begin(), more.end());
  }
  return out;
}

std::string key_of(const CLI::App& app, const CLI::Option& option) {
  bool can = option.get_configurable() && !option.get_lnames().empty() &&
             &option != app.get_config_ptr() && &option != app.get_help_ptr();
  return can && option.get_lnames().front() != "version" ? option.get_lnames().front() : "";
}

}  // namespace app
