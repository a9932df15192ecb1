#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "correlate/detect/detect.h"
#include "feeds/outages/outages.h"
#include "tests/support/shared_data.h"

// The detectors on real series.
namespace correlate::detect {
namespace {

namespace json = boost::json;

std::string bytes_of(const std::string& name) {
  std::ifstream file(support::shared_data() / "outages" / name);
  std::stringstream out;
  out << file.rdbuf();
  return out.str();
}

model::Instant at(std::string_view text) {
  auto stamp = model::parse_iso(text);
  return stamp ? stamp->at : model::Instant{};
}

struct Label {
  std::string event;
  std::string series;
  model::Interval tested;
  std::vector<model::Interval> outages;
};

Label label_of(const json::object& event, std::string series) {
  Label label;
  label.event = support::text_of(event, "event");
  const auto& tested = event.at("test_time").as_array();
  label.tested = {at(tested.at(0).as_string()), at(tested.at(1).as_string())};
  if (event.at("outages").is_object()) {
    for (const auto& value : event.at("outages").as_object().at(series).as_array()) {
      const auto& span = value.as_array();
      label.outages.push_back({at(span.at(0).as_string()), at(span.at(1).as_string())});
    }
  }
  std::replace(series.begin(), series.end(), '.', '_');
  label.series = std::move(series);
  return label;
}

std::vector<Label> labels() {
  std::vector<Label> out;
  const json::value events = json::parse(bytes_of("telescope/events.json"));
  for (const auto& value : events.as_array()) {
    const auto& event = value.as_object();
    const auto* names = event.if_contains("signals");
    if (names == nullptr || !names->is_array()) continue;  // series that are not in the file
    for (const auto& name : names->as_array()) {
      out.push_back(label_of(event, std::string(name.as_string())));
    }
  }
  return out;
}

struct Bins {
  std::size_t down = 0;
  std::size_t down_found = 0;
  std::size_t up = 0;
  std::size_t up_alarmed = 0;

  void add(const Bins& other) {
    down += other.down;
    down_found += other.down_found;
    up += other.up;
    up_alarmed += other.up_alarmed;
  }
  std::string text() const {
    auto share = [](std::size_t a, std::size_t b) {
      return b == 0 ? std::string("-")
                    : fmt::format("{:.4f}", static_cast<double>(a) / static_cast<double>(b));
    };
    return fmt::format("tpr {} ({} bins) fpr {} ({} bins)", share(down_found, down), down,
                       share(up_alarmed, up), up);
  }
};

bool covers(const std::vector<model::Outage>& outages, model::Instant t) {
  return std::any_of(outages.begin(), outages.end(), [&](const model::Outage& o) {
    return o.start <= t && (!o.end || t < *o.end);
  });
}

Bins bins_of(const Detection& d, const Label& label) {
  Bins out;
  for (std::size_t i = 0; i < d.values.size(); ++i) {
    auto t = d.from + static_cast<std::int64_t>(i) * d.step;
    if (std::isnan(d.values[i]) || !label.tested.contains(t)) continue;
    bool down = std::any_of(label.outages.begin(), label.outages.end(),
                            [&](const auto& span) { return span.contains(t); });
    bool alarmed = covers(d.outages, t);
    ++(down ? out.down : out.up);
    if (alarmed) ++(down ? out.down_found : out.up_alarmed);
  }
  return out;
}

// A label is to be seen in its series when half of its bins are over the alarm: of some
// governorates of Egypt and of Amazonas, the scores hardly say that anything happened.
bool is_to_be_seen(const Detection& d, const model::Interval& span) {
  std::size_t all = 0;
  std::size_t over = 0;
  for (std::size_t i = 0; i < d.values.size(); ++i) {
    if (!span.contains(d.from + static_cast<std::int64_t>(i) * d.step)) continue;
    ++all;
    if (d.values[i] >= 1) ++over;
  }
  return over * 2 > all;
}

TEST(Data, TelescopeScores) {
  NEED_SHARED_DATA("outages/telescope");
  auto parsed = feeds::outages::parse_signals(bytes_of("telescope/scores.jsonl"));
  Bins seen;
  Bins all;
  for (const auto& label : labels()) {
    auto code = label.series.substr(label.series.rfind('_') + 1);
    auto it = std::find_if(parsed.signals.begin(), parsed.signals.end(), [&](const auto& s) {
      return s.scope.region == code || (s.scope.asn && std::to_string(*s.scope.asn) == code) ||
             (s.scope.region.empty() && s.scope.country == code);
    });
    ASSERT_NE(it, parsed.signals.end()) << label.series;
    auto found = detect({&*it, 1}, {});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].method, Method::kScores);
    auto bins = bins_of(found[0], label);
    all.add(bins);
    bool visible = false;
    for (const auto& span : label.outages) {
      auto hits = std::count_if(
          found[0].outages.begin(), found[0].outages.end(),
          [&](const auto& o) { return o.start < span.to && o.end.value_or(span.to) > span.from; });
      if (!is_to_be_seen(found[0], span)) continue;
      visible = true;
      EXPECT_EQ(hits, 1) << label.event << " is to be found once";
    }
    bool silent = label.outages.empty();
    if (visible || silent) seen.add(bins);
    std::cout << fmt::format("{:40} {}{}\n", label.event, bins.text(),
                             visible  ? ""
                             : silent ? " (no label)"
                                      : " (hardly to be seen)");
  }
  std::cout << "to be seen: " << seen.text() << "\nall:        " << all.text() << "\n";
  EXPECT_GE(static_cast<double>(seen.down_found), 0.97 * static_cast<double>(seen.down));
  EXPECT_LE(static_cast<double>(all.up_alarmed), 0.01 * static_cast<double>(all.up));
}

TEST(Data, TongasCable) {
  NEED_SHARED_DATA("outages/cloudflare_radar");
  auto parsed =
      feeds::outages::parse_signals(bytes_of("cloudflare_radar/tonga_2022_netflows.json"));
  std::vector<std::string> told;
  for (const auto& documents : by_series(parsed.signals)) {
    for (const auto& d : detect(documents, {})) {
      for (const auto& o : d.outages) {
        told.push_back(fmt::format("{} {} {} {}", d.scope.region, d.step.count(),
                                   model::to_iso(o.start), o.end ? model::to_iso(*o.end) : "open"));
      }
    }
  }
  EXPECT_EQ(told, (std::vector<std::string>{
                      "Tonga January 2022 3600 2022-01-15T05:00:00Z open",
                      "Tonga January 2022 86400 2022-01-15T00:00:00Z 2022-02-22T00:00:00Z"}));
}

}  // namespace
}  // namespace correlate::detect
