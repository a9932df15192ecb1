#include "app/option_texts.h"

#include <algorithm>

namespace app {
namespace {

void add(const CLI::App& app, const std::string& path, std::vector<CalledAs>& into) {
  into.push_back({path, &app});
  for (const auto* sub : app.get_subcommands({})) {
    if (sub->get_group().empty() || sub->get_name().empty()) continue;
    add(*sub, path + (path.empty() ? "" : " ") + sub->get_name(), into);
  }
}

}  // namespace

std::vector<CalledAs> called(const CLI::App& program) {
  std::vector<CalledAs> out;
  add(program, "", out);
  return out;
}

bool is_flag(const CLI::Option& option) { return option.get_expected_min() == 0; }

std::vector<std::string> names_of(const CLI::Option& option) {
  std::vector<std::string> out;
  for (const auto& name : option.get_snames()) out.push_back("-" + name);
  for (const auto& name : option.get_lnames()) out.push_back("--" + name);
  return out;
}

std::string type_of(const CLI::Option& option) {
  auto type = option.get_type_name();
  if (is_flag(option)) return "";
  return type.empty() ? "FILE" : type.substr(0, type.find(':'));
}

std::vector<std::string> choices_of(const CLI::Option& option) {
  std::vector<std::string> out;
  auto type = option.get_type_name();
  auto open = type.find('{'), close = type.find('}');
  if (open == type.npos || close == type.npos || close < open) return out;
  auto words = type.substr(open + 1, close - open - 1);
  for (std::size_t begin = 0; begin <= words.size();) {
    auto end = std::min(words.find(',', begin), words.size());
    out.push_back(words.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

std::string default_of(const CLI::Option& option) {
  return is_flag(option) ? "" : option.get_default_str();
}

}  // namespace app
