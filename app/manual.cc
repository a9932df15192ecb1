#include "app/manual.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "app/check_configuration.h"
#include "app/option_texts.h"
#include "app/options.h"

namespace app {
namespace {

constexpr std::string_view kDescription =
    "Reads news feeds and measured Internet outages, works out which item speaks of which outage, "
    "holds what the items claim against what was measured, and publishes annotated timelines.";

constexpr std::string_view kPrecedence =
    "A value on the command line goes before one in the file, and that before one in the "
    "environment. `faultline config check` says what is wrong with a file, by line; "
    "`faultline config keys` lists what can be set.";

// Text as roff prints it: no escapes, no request at the beginning of a line, no hyphen that breaks
// a copied command.
std::string roff(std::string_view text) {
  std::string out;
  bool line_begins = true;
  for (char c : text) {
    if (line_begins && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    line_begins = c == '\n';
  }
  return out;
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

std::string heading(std::string_view title, std::string_view section) {
  return fmt::format(".TH {} {} \"{}\" \"Faultline {}\"\n", title, section, FAULTLINE_DATE,
                     FAULTLINE_VERSION);
}
std::string section(std::string_view title) { return fmt::format(".SH {}\n", title); }
std::string item(const std::string& term, const std::string& text) {
  return ".TP\n" + term + "\n" + text + "\n";
}

// What it does, what it is otherwise, and where else it can be set, in sentences.
std::string sentences(const CLI::Option& option) {
  std::string out = option.get_description();
  if (!out.empty() && !out.ends_with('.') && !out.ends_with('?')) out += '.';
  auto add = [&](const std::string& sentence) { out += (out.empty() ? "" : " ") + sentence; };
  if (auto words = choices_of(option); !words.empty()) {
    add(fmt::format("One of {}.", fmt::join(words, ", ")));
  }
  if (auto value = default_of(option); !value.empty()) add(fmt::format("Default: {}.", value));
  if (!option.get_envname().empty()) {
    add(fmt::format("Environment: {}.", option.get_envname()));
  }
  return out;
}

std::string term_of(const CLI::Option& option) {
  std::string out;
  for (const auto& name : names_of(option)) out += (out.empty() ? "" : ", ") + bold(name);
  if (out.empty()) return italic(option.get_name(true));
  auto type = type_of(option);
  return type.empty() ? out : out + " " + italic(type);
}

// The options that --help lists, by their place first.
std::string items_of(const CLI::App& app) {
  std::string placed, named;
  for (const auto* option : options_of(app)) {
    bool hidden = option->get_group().empty() && !option->get_positional();
    if (hidden || option == app.get_help_ptr()) continue;
    auto& into = names_of(*option).empty() ? placed : named;
    into += item(term_of(*option), roff(sentences(*option)));
  }
  return placed + named;
}

std::string commands_of(const CLI::App& program) {
  std::string out;
  for (const auto& [path, app] : called(program)) {
    if (path.empty()) continue;
    out += fmt::format(".SS \"faultline {}\"\n{}.\n", roff(path), roff(app->get_description()));
    out += items_of(*app);
  }
  return out;
}

std::string variables() {
  std::string out;
  for (const auto& [key, variable, does] : settings()) {
    if (!variable.empty()) out += item(bold(variable), roff(fmt::format("{} ({}).", does, key)));
  }
  out += item(bold("FAULTLINE_CONFIG"), roff("The configuration file."));
  return out;
}

// A value as the file would have it, where the option has none of its own.
std::string sample_value(const CLI::Option& option) {
  if (is_flag(option)) return "false";
  auto type = type_of(option), value = default_of(option);
  bool number = type.starts_with("UINT") || type.starts_with("INT") || type.starts_with("FLOAT");
  if (number) return value.empty() ? "0" : value;
  bool several = option.get_items_expected_max() > 1 || option.get_delimiter() != '\0';
  if (several) return "[\"\"]";
  return type.starts_with("TIME") && value.empty() ? "\"0s\"" : "\"" + value + "\"";
}

std::string dotted(std::string path) {
  for (char& c : path) c = c == ' ' ? '.' : c;
  return path;
}

// Of each key of one command: one(key, option).
template <typename F>
void each_key(const CLI::App& app, F one) {
  for (const auto* option : options_of(app)) {
    if (auto key = key_of(app, *option); !key.empty()) one(key, *option);
  }
}

// A remark of lines of at most 98 characters.
std::string remark(std::string_view text) {
  constexpr std::size_t kWidth = 96;
  std::string out;
  while (!text.empty()) {
    auto end = text.size() <= kWidth ? text.size() : text.rfind(' ', kWidth);
    if (end == text.npos) end = text.size();
    out.append("# ").append(text.substr(0, end)).append("\n");
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

std::string manual_page() {
  OptionTable table;
  add_version(table.app);
  auto out = heading("FAULTLINE", "1") + section("NAME") +
             "faultline \\- holds news against measured Internet outages\n" + section("SYNOPSIS") +
             ".B faultline\n[\\fIoptions\\fR] \\fIcommand\\fR [\\fIarguments\\fR]\n" +
             section("DESCRIPTION") + roff(kDescription) +
             "\n.PP\nData go to standard output, messages to standard error. Begin with\n"
             ".BR \"faultline demo\" .\n" +
             section("OPTIONS") + "These stand before or behind the command.\n" +
             items_of(table.app) + section("COMMANDS") + commands_of(table.app);
  out += section("EXIT STATUS") + item("0", "Done.") + item("1", "The work failed.") +
         item("2", "Bad usage.");
  out += section("ENVIRONMENT") + variables();
  out += section("FILES") +
         item(italic("faultline.db"), roff("The database, in the folder where it is run, unless "
                                           "--db names another.")) +
         item(italic("/etc/faultline/faultline.toml"),
              roff("The configuration of the services faultline-run and faultline-serve.")) +
         item(italic("/etc/faultline/secrets.env"),
              roff("Their secrets, one NAME=value a line, for root's eyes only (mode 0600).")) +
         item(italic("/var/lib/faultline"), roff("Their database."));
  return out + section("SEE ALSO") + ".BR faultline.toml (5)\n";
}

std::string settings_page() {
  OptionTable table;
  auto out = heading("FAULTLINE.TOML", "5") + section("NAME") +
             "faultline.toml \\- configuration of faultline\n" + section("DESCRIPTION") +
             roff(
                 "The file that --config or FAULTLINE_CONFIG names, in TOML: texts in plain quotes "
                 "and on one line. Keys that all commands share stand above all sections; those "
                 "of one command in a section of its name.") +
             "\n.PP\n" + roff(kPrecedence) + "\n";
  for (const auto& [path, app] : called(table.app)) {
    std::string keys;
    each_key(*app, [&](const std::string& key, const CLI::Option& option) {
      keys += item(bold(key) + " = " + italic(is_flag(option) ? "BOOLEAN" : type_of(option)),
                   roff(sentences(option)));
    });
    if (keys.empty()) continue;
    out += path.empty() ? section("KEYS OF ALL COMMANDS")
                        : section(fmt::format("\"[{}]\"", roff(dotted(path))));
    out += keys;
  }
  out += section("\"[mapping.NAME]\"") +
         roff("How a table or list of somebody's own is read: our name = their column, as in") +
         "\n.PP\n.nf\n" +
         roff("[mapping.power]\nstart = \"Began\"\nend = \"Restored\"\ncountry = \"=PK\"") +
         "\n.fi\n";
  return out + section("SEE ALSO") + ".BR faultline (1)\n";
}

std::string settings_template() {
  OptionTable table;
  std::string out =
      remark(
          "The configuration of Faultline: see faultline.toml(5). As it stands it sets nothing: "
          "take away the mark before a key and give it your value.") +
      remark(
          "Secrets (smtp-password, radar-token, a database's password) are better kept in "
          "/etc/faultline/secrets.env.") +
      remark(kPrecedence);
  for (const auto& [path, app] : called(table.app)) {
    std::string keys;
    each_key(*app, [&](const std::string& key, const CLI::Option& option) {
      keys += "\n" + remark(sentences(option)) + "#" + key + " = " + sample_value(option) + "\n";
    });
    if (keys.empty()) continue;
    out += (path.empty() ? "" : "\n[" + dotted(path) + "]\n") + keys;
  }
  return out;
}

}  // namespace app
