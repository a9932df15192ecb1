#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tests {

// A document with what must be read from it: "Description: …", any number of "Expect: …", a line of
// four dashes, the document.
struct SampleFile {
  std::string description;
  std::vector<std::string> expected;
  std::string document;
};
SampleFile read_sample(const std::filesystem::path& path);
// Every .sample of a folder, relative to the repository's root; sorted.
std::vector<std::filesystem::path> sample_files(const std::string& folder);

// What was found, one thing a line, is what the sample expects. With FAULTLINE_RECORD in the
// environment it is written there instead, and the test skipped.
void expect_sample(const std::filesystem::path& path, const std::vector<std::string>& found);

// The name of a test about it.
std::string sample_name(const std::filesystem::path& path);

}  // namespace tests
