#include "tests/support/files.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/support/source_dir.h"

namespace tests {

namespace fs = std::filesystem;

fs::path root() { return support::source_dir(); }

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << "cannot read " << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!fs::is_directory(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::optional<fs::path> shared_data() {
  const char* named = std::getenv("FAULTLINE_SHARED_DATA");
  fs::path folder = named != nullptr ? fs::path(named) : root().parent_path() / "shared" / "data";
  if (!fs::is_directory(folder)) return std::nullopt;
  return folder;
}

std::string test_name(std::string_view text) {
  std::string name(text);
  for (char& c : name) {
    bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!plain) c = '_';
  }
  return name;
}

}  // namespace tests
