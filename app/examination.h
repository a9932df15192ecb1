#pragma once

#include <string>
#include <vector>

#include "app/context.h"

namespace app {

// One thing that was looked at: how it is, and what to do where that is wrong.
struct Finding {
  std::string check;  // "database", "clock", …
  bool good = true;
  std::string found;   // one line
  std::string advice;  // one line; empty: nothing is to be done
};

// Looks at everything that `faultline doctor` does, in the order in which it is told. Writes
// nothing. `file`: the configuration; empty: none.
std::vector<Finding> examine_all(const Context& context, model::Instant now,
                                 const std::string& file);

}  // namespace app
