#include "tests/support/sample_file.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/files.h"

namespace tests {

SampleFile read_sample(const std::filesystem::path& path) {
  constexpr std::string_view kLine = "----\n";
  constexpr std::string_view kExpect = "Expect: ";
  SampleFile out;
  std::string text = read_file(path);
  auto end = text.find(kLine);
  std::istringstream head(text.substr(0, end));
  for (std::string line; std::getline(head, line);) {
    if (line.starts_with(kExpect)) {
      out.expected.push_back(line.substr(kExpect.size()));
    } else {
      out.description += line + "\n";
    }
  }
  if (end != std::string::npos) out.document = text.substr(end + kLine.size());
  return out;
}

std::vector<std::filesystem::path> sample_files(const std::string& folder) {
  std::vector<std::filesystem::path> out;
  for (const auto& file : std::filesystem::directory_iterator(root() / folder)) {
    if (file.path().extension() == ".sample") out.push_back(file.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

void expect_sample(const std::filesystem::path& path, const std::vector<std::string>& found) {
  auto sample = read_sample(path);
  ASSERT_TRUE(sample.description.starts_with("Description: ")) << "say what the sample is for";
  if (std::getenv("FAULTLINE_RECORD") != nullptr) {
    std::ofstream out(path);
    out << sample.description;
    for (const auto& line : found) out << "Expect: " << line << '\n';
    out << "----\n" << sample.document;
    GTEST_SKIP() << "recorded; read the difference";
  }
  EXPECT_EQ(fmt::format("{}", fmt::join(found, "\n")),
            fmt::format("{}", fmt::join(sample.expected, "\n")));
}

std::string sample_name(const std::filesystem::path& path) {
  std::string name = path.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

}  // namespace tests
