#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/options.h"
#include "store/model/result.h"

namespace app {

// This process's command line read once more, with the configuration file as it is now. What the
// environment and the command line say stays as it was when the process began.
class Reread {
 public:
  // kInvalid, with all that `config check` finds, for a file that is not good.
  static model::Result<std::unique_ptr<Reread>> read();

  const Context& context() const { return table_.context; }
  // Of the command that runs; `otherwise` where nothing was said.
  template <typename T>
  T value(const std::string& option, T otherwise) const {
    const auto* found = command().get_option(option);
    return found->count() > 0 ? found->as<T>() : otherwise;
  }
  // Makes the log as it says, and hides its secrets there.
  void set_log() const { apply_log_options(table_.app, table_.context); }

 private:
  friend class Reloads;
  Reread() = default;
  const CLI::App& command() const { return *table_.app.get_subcommands().front(); }
  // Every key that the command has, with what was said.
  std::map<std::string, std::vector<std::string>> values() const;

  OptionTable table_;
};

// Reads anew on SIGHUP, and says in the log what came of it.
class Reloads {
 public:
  // `can` are the keys that take effect while it runs.
  explicit Reloads(std::set<std::string> can);

  // What is to be taken over; null when nothing is: the log says why, and the old holds on.
  std::unique_ptr<Reread> next();

 private:
  std::set<std::string> can_;
  std::map<std::string, std::vector<std::string>> held_;
};

}  // namespace app
