#include "app/check_configuration.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <sstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include "app/options.h"
#include "store/model/spelling.h"
#include "store/sql/url.h"

namespace app {
namespace {

using model::Errc;
using model::Error;
using model::Result;

constexpr std::string_view kPrefix = "FAULTLINE_";
constexpr std::array<std::string_view, 2> kSecrets = {"smtp-password", "radar-token"};

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  return std::string(model::nearest(word, {known.begin(), known.end()}));
}

std::vector<std::string> keys_of(const CLI::App& app) {
  std::vector<std::string> out;
  for (const auto* option : options_of(app)) {
    if (auto key = key_of(app, *option); !key.empty()) out.push_back(key);
  }
  return out;
}

std::vector<std::string> sections_of(const CLI::App& app) {
  std::vector<std::string> out;
  for (const auto* sub : app.get_subcommands({})) {
    if (!sub->get_group().empty()) out.push_back(sub->get_name());
  }
  return out;
}

CLI::App* section_named(CLI::App& app, const std::string& name) {
  for (auto* sub : app.get_subcommands({})) {
    if (sub->get_name() == name) return sub;
  }
  return nullptr;
}

void list(const CLI::App& app, const std::string& path, std::vector<Setting>& into) {
  for (const auto* option : options_of(app)) {
    auto key = key_of(app, *option);
    if (key.empty()) continue;
    into.push_back({path + key, option->get_envname(), option->get_description()});
  }
  for (const auto* sub : app.get_subcommands({})) {
    if (!sub->get_name().empty()) list(*sub, path + sub->get_name() + ".", into);
  }
}

bool readable_by_all(const std::string& path) {
  struct stat about {};
  return stat(path.c_str(), &about) == 0 && (about.st_mode & S_IROTH) != 0;
}

std::int64_t line_of(const toml::node& node) { return node.source().begin.line; }

// One value as CLI11 would have read it; nothing for what can be no value.
std::optional<std::string> as_text(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (node.is_table() || node.is_array()) return std::nullopt;
  std::ostringstream out;
  node.visit([&](const auto& value) {
    if constexpr (toml::is_value<decltype(value)>) out << value;
  });
  return out.str();
}

// What kind of value the option wants instead; empty: this one is right.
std::string other_type(const CLI::Option& option, const toml::node& node) {
  if (option.get_expected_min() == 0) return node.is_boolean() ? "" : "true or false";
  auto type = option.get_type_name();
  if (type.starts_with("UINT") || type.starts_with("INT")) {
    return node.is_integer() ? "" : "a whole number, without quotes";
  }
  if (type.starts_with("FLOAT")) return node.is_number() ? "" : "a number, without quotes";
  bool texts = node.is_string() || node.is_date_time() || node.is_date();
  if (type.starts_with("TIME")) texts = texts || node.is_integer();
  if (const auto* several = node.as_array()) {
    texts = (option.get_items_expected_max() > 1 || option.get_delimiter() != '\0') &&
            std::all_of(several->begin(), several->end(),
                        [](const auto& one) { return one.is_string(); });
  }
  return texts ? "" : "a text, in quotes";
}

// Sets the option as the program would. What is wrong with the values, if anything.
std::string refused(CLI::Option& option, const std::vector<std::string>& values) {
  try {
    option.add_result(values);
    option.run_callback();
  } catch (const CLI::ConversionError&) {
    bool flag = option.get_expected_min() == 0;
    return fmt::format("“{}” cannot be; it should be {}", fmt::join(values, ","),
                       flag ? "true or false" : "a value of " + option.get_type_name());
  } catch (const CLI::ParseError& error) {
    // "--at-once: Value 0 not in range 1 to 10000"
    std::string why = error.what();
    auto name = option.get_name() + ": ";
    return why.starts_with(name) ? why.substr(name.size()) : why;
  }
  return "";
}

// Reads one file.
class FileCheck {
 public:
  FileCheck(const std::string& path, Checked& into) : path_(path), out_(into) {}

  void run(const std::string& text) {
    auto parsed = toml::parse(text, path_);
    if (!parsed) {
      const auto& error = parsed.error();
      add(error.source().begin.line, "", fmt::format("this is not TOML: {}", error.description()));
      return;
    }
    std::istringstream again(text);
    for (auto& item : CLI::ConfigTOML().from_config(again)) {
      as_read_[item.fullname()] = std::move(item.inputs);
    }
    walk(parsed.table(), table_.app, "");
    settled();
    std::stable_sort(out_.troubles.begin(), out_.troubles.end(),
                     [](const auto& a, const auto& b) { return a.line < b.line; });
  }

 private:
  void add(std::int64_t line, std::string key, std::string message) {
    out_.troubles.push_back({line, std::move(key), std::move(message)});
  }

  void walk(const toml::table& table, CLI::App& app, const std::string& path) {
    for (const auto& [name, node] : table) {
      std::string key(name.str());
      const auto* section = node.as_table();
      if (section == nullptr) {
        value(node, app, path, key);
      } else if (path.empty() && key == "mapping") {
        for (const auto& [title, one] : *section) mapping(std::string(title.str()), one);
      } else if (auto* sub = section_named(app, key); sub != nullptr) {
        walk(*section, *sub, path + key + ".");
      } else {
        auto known = sections_of(app);
        if (path.empty()) known.emplace_back("mapping");
        add(line_of(node), path + key, fmt::format("there is no such section{}", hint(key, known)));
      }
    }
  }

  static std::string hint(const std::string& key, const std::vector<std::string>& known) {
    auto best = nearest(key, known);
    return best.empty() ? "" : fmt::format("; the nearest that is known is {}", best);
  }

  void mapping(const std::string& title, const toml::node& node) {
    auto key = "mapping." + title;
    const auto* table = node.as_table();
    if (table == nullptr) return add(line_of(node), key, "write it as a section of its own");
    std::vector<std::pair<std::string, std::string>> given;
    for (const auto& [name, one] : *table) {
      ++out_.keys;
      auto text = as_text(one);
      if (!text) {
        add(line_of(one), fmt::format("{}.{}", key, name.str()), "should be a text, in quotes");
        continue;
      }
      given.emplace_back(name.str(), *std::move(text));
    }
    auto made = feeds::outages::mapping_of(title, given);
    if (!made) add(line_of(node), key, made.error().message);
  }

  void value(const toml::node& node, CLI::App& app, const std::string& path,
             const std::string& name) {
    ++out_.keys;
    auto key = path + name;
    auto line = line_of(node);
    auto known = keys_of(app);
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return add(line, key, "there is no such key" + elsewhere(name, known));
    }
    lines_[key] = line;
    auto& option = *app.get_option("--" + name);
    if (auto wanted = other_type(option, node); !wanted.empty()) {
      return add(line, key, "should be " + wanted);
    }
    std::vector<std::string> values;
    if (const auto* several = node.as_array()) {
      for (const auto& one : *several) values.push_back(as_text(one).value_or(""));
    } else {
      values.push_back(as_text(node).value_or(""));
    }
    if (node.is_string() || node.is_array()) same_to_program(key, line, values);
    if (option.get_expected_min() == 0) values = {option.get_flag_value(name, values.front())};
    if (auto why = refused(option, values); !why.empty()) add(line, key, why);
    bool secret = std::find(kSecrets.begin(), kSecrets.end(), name) != kSecrets.end() ||
                  (name == "db" && store::sql::without_password(values.front()) != values.front());
    if (secret && readable_by_all(path_)) {
      add(line, key,
          fmt::format("every user of this machine can read this secret; chmod o-r {}", path_));
    }
  }

  // The program's own reader knows less of TOML than the standard has.
  void same_to_program(const std::string& key, std::int64_t line,
                       const std::vector<std::string>& values) {
    auto read = as_read_.find(key);
    if (read != as_read_.end() && read->second == values) return;
    add(line, key, "is TOML, but not as Faultline reads it; write it on one line, in plain quotes");
  }

  // Where an unknown key would be known, or the nearest that there is.
  std::string elsewhere(const std::string& name, const std::vector<std::string>& known) {
    std::vector<std::string> others;
    for (const auto& setting : settings()) {
      auto dot = setting.key.rfind('.');
      auto last = dot == std::string::npos ? setting.key : setting.key.substr(dot + 1);
      if (last != name) continue;
      others.push_back(dot == std::string::npos
                           ? "above all sections"
                           : fmt::format("in [{}]", setting.key.substr(0, dot)));
    }
    return others.empty() ? hint(name, known)
                          : fmt::format(" here; it belongs {}", fmt::join(others, " or "));
  }

  // What can only be said once all is read.
  void settled();

  const std::string& path_;
  Checked& out_;
  OptionTable table_;
  std::map<std::string, std::vector<std::string>> as_read_;
  std::map<std::string, std::int64_t> lines_;
};

// What is wrong with values that every option took, by their keys.
std::vector<std::pair<std::string, std::string>> objections(const Context& context) {
  std::vector<std::pair<std::string, std::string>> out;
  bool known = context.db.starts_with("sqlite:") || context.db.starts_with("postgres://") ||
               context.db.starts_with("postgresql://") || context.db == "memory:";
  if (!known) out.emplace_back("db", "write it as sqlite:PATH, postgres://HOST/NAME or memory:");
  if (auto now = context.now(); !now) out.emplace_back("now", now.error().message);
  if (auto network = context.network(); !network) {
    bool of_contact = network.error().message.starts_with("--contact");
    out.emplace_back(of_contact ? "contact" : "allow-hosts", network.error().message);
  }
  const auto& mail = context.mail;
  bool server =
      mail.smtp.empty() || mail.smtp.starts_with("smtp://") || mail.smtp.starts_with("smtps://");
  if (!server) out.emplace_back("smtp", "write it as smtp://mail.example:587 or smtps://…");
  if (!mail.from.empty() && !mail::is_address(mail.from)) {
    out.emplace_back("mail-from", "this is no mail address");
  }
  if (!mail.base.empty() && !mail.base.ends_with('/')) {
    out.emplace_back("mail-base", "write it with a slash at its end");
  }
  for (const auto& [key, file] :
       {std::pair("smtp-ca", mail.ca), {"dkim-key", mail.dkim_key_file}}) {
    if (!file.empty() && access(file.c_str(), R_OK) != 0) {
      out.emplace_back(key, fmt::format("{} is not there or may not be read", file));
    }
  }
  if (!mail.dkim_key_file.empty() && readable_by_all(mail.dkim_key_file)) {
    out.emplace_back("dkim-key",
                     fmt::format("every user of this machine can read this secret; chmod o-r {}",
                                 mail.dkim_key_file));
  }
  return out;
}

void FileCheck::settled() {
  for (auto& [key, message] : objections(table_.context)) {
    if (auto line = lines_.find(key); line != lines_.end()) add(line->second, key, message);
  }
}

// Every option that an environment variable sets, by that variable.
void variables_of(CLI::App& app, std::map<std::string, CLI::Option*>& into) {
  for (auto* option : app.get_options()) {
    if (!option->get_envname().empty()) into[option->get_envname()] = option;
  }
  for (auto* sub : app.get_subcommands({})) variables_of(*sub, into);
}

void check_environment(Checked& out) {
  OptionTable table;
  std::map<std::string, CLI::Option*> known;
  variables_of(table.app, known);
  std::vector<std::string> names;
  for (const auto& [name, ignored] : known) names.push_back(name);
  std::map<std::string, std::string> given;
  for (char** one = environ; *one != nullptr; ++one) {
    std::string_view text(*one);
    auto equals = text.find('=');
    if (!text.starts_with(kPrefix) || equals == std::string_view::npos) continue;
    given.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  std::set<std::string> keys;  // that the environment sets
  for (const auto& [name, value] : given) {
    ++out.variables;
    auto option = known.find(name);
    if (option == known.end()) {
      out.troubles.push_back(
          {0, name,
           fmt::format("there is no such variable; the nearest that is known is {}",
                       nearest(name, names))});
      continue;
    }
    if (value.empty() || option->second == table.app.get_config_ptr()) continue;
    auto why = refused(*option->second, {value});
    if (!why.empty()) out.troubles.push_back({0, name, why});
    keys.insert(option->second->get_lnames().front());
  }
  for (auto& [key, message] : objections(table.context)) {
    if (!keys.contains(key)) continue;
    out.troubles.push_back({0, table.app.get_option("--" + key)->get_envname(), message});
  }
}

}  // namespace

Result<Checked> check_configuration(const std::string& file) {
  Checked out;
  if (!file.empty()) {
    auto text = read_file(file);
    if (!text) return text.error();
    FileCheck(file, out).run(*text);
  }
  check_environment(out);
  return out;
}

std::vector<Setting> settings() {
  OptionTable table;
  std::vector<Setting> out;
  list(table.app, "", out);
  return out;
}

}  // namespace app
