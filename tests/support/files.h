#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Files that tests read.
namespace tests {

// The checkout.
std::filesystem::path root();

// The whole file; a failed expectation and "" when it cannot be read.
std::string read_file(const std::filesystem::path& path);

// Regular files below `folder`, sorted by path; none when there is no such folder.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder);

// Corpora that are too large or not ours to ship: FAULTLINE_SHARED_DATA, or "shared/data" beside
// the checkout. Nothing when neither is there.
std::optional<std::filesystem::path> shared_data();

// Letters, digits and "_" only: what GoogleTest allows in a name.
std::string test_name(std::string_view text);

}  // namespace tests
