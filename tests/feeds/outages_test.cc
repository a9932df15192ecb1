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

std::string shown(const model::Signal& signal) {
  std::string samples;
  for (const auto& value : signal.values) samples += value ? fmt::format(" {:g}", *value) : " -";
  return fmt::format("signal {}, {} {}, {}, every {} s from {}:{}", to_string(signal.scope),
                     signal.source, signal.kind, signal.unit, signal.step.count(),
                     model::to_iso(signal.from), samples);
}

std::string shown(const model::RouteChange& change) {
  constexpr std::string_view kKinds[] = {"announce", "withdraw",     "table", "entry", "up",
                                         "down",     "end of table", "gap",   "heard"};
  auto out = fmt::format("route {} at {} of {} AS{} in \"{}\"",
                         kKinds[static_cast<std::size_t>(change.kind)], change.at,
                         to_string(change.peer), change.peer_as, change.collector);
  if (change.since != 0) out += fmt::format(" since {}", change.since);
  if (change.prefix.bits > 0) out += ": " + to_string(change.prefix);
  if (!change.origins.empty()) {
    out += fmt::format(" from {}, path of {}", fmt::join(change.origins, "+"), change.path_length);
  }
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
  for (const auto& signal : parsed->signals) out.push_back(shown(signal));
  for (const auto& change : parsed->routes) out.push_back(shown(change));
  for (const auto& entity : parsed->entities) {
    out.push_back(fmt::format("entity {}/{} {}: {} {}", entity.type, entity.code, entity.name,
                              to_string(entity.scope), entity.extra));
  }
  for (const auto& one : parsed->resources) {
    auto line = fmt::format("resources of {}: {}", one.country, fmt::join(one.asns, " "));
    for (const auto& prefix : one.prefixes) line += " " + to_string(prefix);
    out.push_back(std::move(line));
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
