#pragma once

#include <ctime>

// Seconds of processor that this process has spent, in all its threads. Others may be at work
// beside a benchmark: what it waits for them is not its own.
inline double processor_seconds() {
  timespec at{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
  return static_cast<double>(at.tv_sec) + static_cast<double>(at.tv_nsec) / 1e9;
}
