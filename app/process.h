#pragma once

#include <string>

namespace app {

// What this process takes, for /metrics: processor time, memory, open files and its beginning,
// under the names that Prometheus' client libraries give them; and how much of the memory the
// program has asked for, and SQLite with it. What Linux does not tell is left out.
std::string process_metrics();

}  // namespace app
