#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "tests/support/source_dir.h"

namespace support {

// The folder of real data that is not part of the project; empty where there is none.
inline std::filesystem::path shared_data() {
  const char* named = std::getenv("FAULTLINE_SHARED_DATA");
  std::filesystem::path path =
      named != nullptr ? named : std::filesystem::path(source_dir()) / "../shared/data";
  std::error_code failure;
  return std::filesystem::is_directory(path, failure) ? path : std::filesystem::path();
}

// One JSON object a line. A broken line throws: the data are ours.
inline std::vector<boost::json::object> read_jsonl(const std::filesystem::path& path) {
  std::vector<boost::json::object> out;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) out.push_back(boost::json::parse(line).as_object());
  }
  return out;
}

// A member as text; empty when it is null or missing.
inline std::string text_of(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

}  // namespace support

// Says visibly that a test needs data which is not here.
#define NEED_SHARED_DATA(path)                                                          \
  if (support::shared_data().empty()) {                                                 \
    GTEST_SKIP() << "needs ../shared/data/" << (path) << " (or FAULTLINE_SHARED_DATA)"; \
  }
