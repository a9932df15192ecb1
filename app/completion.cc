#include "app/completion.h"

#include <map>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "app/option_texts.h"
#include "app/options.h"

namespace app {
namespace {

// What can follow one command.
struct Follows {
  std::string path;
  std::vector<std::string> parts, options;
};

// Of the whole program.
struct Words {
  std::vector<Follows> follows;
  std::vector<std::string> shared;                          // options of all commands
  std::set<std::string> with_value;                         // options that take one
  std::map<std::string, std::vector<std::string>> choices;  // "timeline --format" → its words
};

void add_options(const CLI::App& app, const std::string& path, std::vector<std::string>& options,
                 Words& words) {
  for (const auto* option : options_of(app)) {
    if (option->get_group().empty()) continue;
    for (const auto& name : names_of(*option)) {
      options.push_back(name);
      if (!is_flag(*option)) words.with_value.insert(name);
      auto allowed = choices_of(*option);
      if (!allowed.empty())
        words.choices[fmt::format("{}{}{}", path, path.empty() ? "" : " ", name)] = allowed;
    }
  }
}

Words words_of(const CLI::App& program) {
  Words out;
  for (const auto& [path, app] : called(program)) {
    Follows one;
    one.path = path;
    for (const auto* sub : app->get_subcommands({})) {
      if (!sub->get_group().empty() && !sub->get_name().empty())
        one.parts.push_back(sub->get_name());
    }
    add_options(*app, path, path.empty() ? out.shared : one.options, out);
    out.follows.push_back(std::move(one));
  }
  return out;
}

// The `case` of one kind of thing by the command that has been typed.
std::string cases(const Words& words, const char* variable,
                  std::vector<std::string> Follows::*what) {
  std::string out = "  case \"$path\" in\n";
  for (const auto& one : words.follows) {
    const auto& list = one.*what;
    if (list.empty()) continue;
    out += fmt::format("    \"{}\") {}=\"{}\" ;;\n", one.path, variable, fmt::join(list, " "));
  }
  return out + "  esac\n";
}

// Sets path, parts, options and choices from the words before the one that is typed; the same in
// both shells. `loop` goes over them as $word.
std::string body(const Words& words, const std::string& loop) {
  std::string out =
      "  local path=\"\" parts=\"\" options=\"\" choices=\"\" word=\"\" last=\"\" skip=\"\"\n";
  out += "  " + loop + "; do\n";
  out += "    last=$word\n";
  out += "    if [ -n \"$skip\" ]; then skip=\"\"; continue; fi\n";
  out += fmt::format("    case \"$word\" in {}) skip=1; continue ;; -*) continue ;; esac\n",
                     fmt::join(words.with_value, "|"));
  out += "    case \"${path:+$path }$word\" in\n      ";
  for (const auto& one : words.follows) {
    if (!one.path.empty()) out += (out.ends_with(' ') ? "\"" : "|\"") + one.path + "\"";
  }
  out += ") path=\"${path:+$path }$word\" ;;\n    esac\n  done\n";
  out += cases(words, "parts", &Follows::parts) + cases(words, "options", &Follows::options);
  out += fmt::format("  options=\"$options {}\"\n", fmt::join(words.shared, " "));
  out += "  [ -z \"$skip\" ] || case \"${path:+$path }$last\" in\n";
  for (const auto& [name, list] : words.choices) {
    out += fmt::format("    \"{}\") choices=\"{}\" ;;\n", name, fmt::join(list, " "));
  }
  return out + "    *) choices=\"-\" ;;\n  esac\n";
}

}  // namespace

std::string bash_completion() {
  OptionTable table;
  add_version(table.app);
  auto out = std::string("# bash completion of faultline; made by `faultline manual bash`.\n") +
             "_faultline() {\n  local typed=${COMP_WORDS[COMP_CWORD]}\n  COMPREPLY=()\n";
  out += body(words_of(table.app), "for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"");
  out += R"(  if [ "$choices" = "-" ]; then return; fi
  if [ -n "$choices" ]; then
    mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$typed")
  elif [[ $typed == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$typed")
  else
    mapfile -t COMPREPLY < <(compgen -W "$parts" -- "$typed")
  fi
}
complete -o bashdefault -o default -F _faultline faultline
)";
  return out;
}

std::string zsh_completion() {
  OptionTable table;
  add_version(table.app);
  auto out = std::string("#compdef faultline\n# Made by `faultline manual zsh`.\n") +
             "local typed=${words[CURRENT]}\n";
  out += body(words_of(table.app), "for word in \"${(@)words[2,CURRENT-1]}\"");
  out += R"(  if [ "$choices" = "-" ]; then _files
  elif [ -n "$choices" ]; then compadd -- ${=choices}
  elif [[ $typed == -* ]]; then compadd -- ${=options}
  elif [ -n "$parts" ]; then compadd -- ${=parts}
  else _files
  fi
)";
  return out;
}

}  // namespace app
