// Every .sample of outages/: a document and what must be read from it. outages/README.md tells the
// format.
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "feeds/parse.h"
#include "tests/support/sample_file.h"

namespace feeds {
namespace {

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

class OutageSample : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(OutageSample, IsReadAsItSays) {
  tests::expect_sample(GetParam(), read_document(tests::read_sample(GetParam()).document));
}

// Cut anywhere, a document gives records and warnings, never a crash.
TEST_P(OutageSample, SurvivesBeingCut) {
  auto document = tests::read_sample(GetParam()).document;
  for (std::size_t size = 0; size < document.size(); size += 7) {
    EXPECT_FALSE(read_document(document.substr(0, size)).empty() && size > 200) << size;
  }
}

INSTANTIATE_TEST_SUITE_P(Files, OutageSample,
                         testing::ValuesIn(tests::sample_files("tests/feeds/outages")),
                         [](const auto& row) { return tests::sample_name(row.param); });

}  // namespace
}  // namespace feeds
