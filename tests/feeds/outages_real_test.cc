// Real payloads, where they are: what was read of each, counted. None of them is shipped.
#include <ostream>
#include <string>
#include <variant>

#include <gtest/gtest.h>

#include "feeds/parse.h"
#include "tests/support/files.h"
#include "tests/support/shared_data.h"

namespace feeds {
namespace {

struct Row {
  std::string file;
  std::string kind;
  std::size_t outages, signals, routes, warnings;
};

// How a failing row is named.
void PrintTo(const Row& row, std::ostream* out) { *out << row.file; }

class RealPayload : public testing::TestWithParam<Row> {};

outages::Parsed read(const std::string& file, std::string& kind) {
  auto bytes = tests::read_file(support::shared_data() / "outages" / file);
  auto detected = detect(bytes, file);
  if (!detected) {
    ADD_FAILURE() << detected.error().message;
    return {};
  }
  kind = to_string(*detected);
  auto document = parse(bytes, *detected, {});
  return std::get<outages::Parsed>(std::move(document));
}

TEST_P(RealPayload, IsReadWhole) {
  NEED_SHARED_DATA("outages");
  std::string kind;
  auto parsed = read(GetParam().file, kind);
  EXPECT_EQ(kind, GetParam().kind);
  EXPECT_EQ(parsed.outages.size(), GetParam().outages);
  EXPECT_EQ(parsed.signals.size(), GetParam().signals);
  EXPECT_EQ(parsed.routes.size(), GetParam().routes);
  EXPECT_EQ(parsed.warnings.size(), GetParam().warnings);
}

INSTANTIATE_TEST_SUITE_P(
    Files, RealPayload,
    testing::Values(
        Row{"cloudflare_radar/annotations_dateRange30d_2025-01-24.json", "radar", 5, 0, 0, 0},
        Row{"cloudflare_radar/annotations_outages_2026-04-22_SD.json", "radar", 1, 0, 0, 0},
        Row{"cloudflare_radar/bgp_hijacks_events_2026-04-25.json", "radar", 1, 0, 0, 0},
        Row{"cloudflare_radar/tonga_2022_netflows.json", "radar", 0, 3, 0, 0},
        Row{"ioda/v2_outages_events_codf_sample.json", "ioda", 6, 0, 0, 0},
        Row{"ioda/v2_signals_raw_TR_bgp_sample.json", "ioda", 0, 1, 0, 0},
        Row{"ioda/v2_entities_query_sample.json", "ioda", 0, 0, 0, 0},
        Row{"ripestat/routing_history.json", "ripestat", 0, 3, 0, 0},
        Row{"ripestat/network_info.json", "ripestat", 0, 0, 0, 1},
        // The last line of the stream was cut off by its publisher.
        Row{"rislive/ris-live-stream.jsonl", "ris-live", 0, 0, 2, 2},
        // 1,047 rows: what goes on stands in the sheet of each year; two end before they start.
        Row{"access_now_stop.jsonl", "stop", 966, 0, 0, 2}),
    [](const auto& row) { return tests::test_name(row.param.file); });

}  // namespace
}  // namespace feeds
