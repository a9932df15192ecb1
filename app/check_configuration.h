#pragma once

#include <string>
#include <vector>

#include "app/context.h"

namespace app {

// Something that is wrong with the configuration, and what to do about it.
struct Trouble {
  std::int64_t line = 0;  // of the file, from 1; 0: of the environment, or of the file as a whole
  std::string key;        // "serve.listen", "FAULTLINE_DB"
  std::string message;    // never with the value of a secret
};

struct Checked {
  std::size_t keys = 0, variables = 0;  // that were looked at
  std::vector<Trouble> troubles;        // of the file by line, then of the environment
};

// Holds a configuration file (empty: none) and the environment's FAULTLINE_ variables against the
// program's option table. kNotFound and kIo when the file cannot be read.
model::Result<Checked> check_configuration(const std::string& file);

// Everything that can be set.
struct Setting {
  std::string key;       // "db", "serve.listen"
  std::string variable;  // of the environment; empty: none
  std::string does;
};
std::vector<Setting> settings();

}  // namespace app
