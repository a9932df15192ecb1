#pragma once

#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "store/model/result.h"

// In a benchmark what fails ends it.
template <typename T>
T must(model::Result<T> result) {
  if (result) return *std::move(result);
  fmt::print(stderr, "{}\n", result.error().message);
  std::exit(1);
}
inline void must(const model::Status& status) {
  if (status) return;
  fmt::print(stderr, "{}\n", status.error().message);
  std::exit(1);
}
