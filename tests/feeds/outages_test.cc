// Every .sample of outages/: a document and what must be read from it. outages/README.md tells the
// format.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "feeds/parse.h"
#include "tests/support/files.h"

namespace feeds {
namespace {

namespace fs = std::filesystem;

struct SampleFile {
  std::string description;
  std::vector<std::string> expected;
  std::string document;
};

SampleFile read_sample(const fs::path& path) {
  constexpr std::string_view kLine = "----\n";
  constexpr std::string_view kExpect = "Expect: ";
  SampleFile out;
  std::string text = tests::read_file(path);
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

std::vector<std::string> read_document(const std::string& bytes) {
  auto kind = detect(bytes, "");
  if (!kind) return {"no document: " + kind.error().message};
  Document document = parse(bytes, *kind, {});
  const auto* parsed = std::get_if<outages::Parsed>(&document);
  if (parsed == nullptr) return {"a feed"};
  std::vector<std::string> out;
  for (const auto& outage : parsed->outages) out.push_back(outages::to_json_line(outage));
  for (const auto& signal : parsed->signals) {
    std::string samples;
    for (const auto& value : signal.values) samples += value ? fmt::format(" {:g}", *value) : " -";
    out.push_back("signal " + to_string(signal.scope) + samples);
  }
  for (const auto& warning : parsed->warnings) {
    out.push_back("warning " + warning.place + ": " + warning.message);
  }
  return out;
}

class OutageSample : public testing::TestWithParam<fs::path> {};

TEST_P(OutageSample, IsReadAsItSays) {
  auto sample = read_sample(GetParam());
  ASSERT_TRUE(sample.description.starts_with("Description: ")) << "say what the sample is for";
  auto found = read_document(sample.document);
  if (std::getenv("FAULTLINE_RECORD") != nullptr) {
    std::ofstream out(GetParam());
    out << sample.description;
    for (const auto& line : found) out << "Expect: " << line << '\n';
    out << "----\n" << sample.document;
    GTEST_SKIP() << "recorded; read the difference";
  }
  EXPECT_EQ(fmt::format("{}", fmt::join(found, "\n")),
            fmt::format("{}", fmt::join(sample.expected, "\n")));
}

// Cut anywhere, a document gives records and warnings, never a crash.
TEST_P(OutageSample, SurvivesBeingCut) {
  auto sample = read_sample(GetParam());
  for (std::size_t size = 0; size < sample.document.size(); size += 7) {
    EXPECT_FALSE(read_document(sample.document.substr(0, size)).empty() && size > 200) << size;
  }
}

std::vector<fs::path> sample_files() {
  std::vector<fs::path> out;
  for (const auto& file : fs::directory_iterator(tests::root() / "tests/feeds/outages")) {
    if (file.path().extension() == ".sample") out.push_back(file.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

INSTANTIATE_TEST_SUITE_P(Files, OutageSample, testing::ValuesIn(sample_files()),
                         [](const auto& row) {
                           std::string name = row.param.stem().string();
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace feeds
