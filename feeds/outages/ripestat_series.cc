#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "feeds/outages/record.h"
#include "feeds/outages/ripestat.h"
#include "feeds/outages/series.h"

namespace feeds::outages::ripestat {
namespace {

namespace json = boost::json;

std::optional<model::Instant> time_in(const json::object& object, std::string_view name) {
  auto stamp = moment_of(string_of(object, name));
  return stamp ? std::optional(stamp->at) : std::nullopt;
}

// Routing tables are dumped so often (RIS: every eight hours); "time_granularity" says otherwise.
constexpr model::Seconds kDump{28'800};

struct History {
  model::Instant from;
  model::Instant until;
  model::Seconds step;
  std::string most_v4, most_v6;  // full-feed peers there are, where told
};

std::optional<History> frame_of(const json::object& data) {
  auto from = time_in(data, "query_starttime");
  auto until = time_in(data, "query_endtime");
  if (!from || !until || *until < *from) return std::nullopt;
  auto step = seconds_of(number_of(data, "time_granularity")).value_or(kDump);
  if (step.count() < 1) step = kDump;
  History frame{*from, *until, step, "", ""};
  if (const auto* most = object_in(data, "latest_max_ff_peers")) {
    frame.most_v4 = string_of(*most, "v4");
    frame.most_v6 = string_of(*most, "v6");
  }
  return frame;
}

struct Line {
  model::Instant start;
  model::Instant end;
  std::optional<double> peers;  // nothing: seen, but not by how many
};

std::optional<Line> line_of(const json::value& value, std::string_view name) {
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  auto start = time_in(*object, "starttime");
  auto end = time_in(*object, "endtime");
  if (!start || !end || *end < *start) return std::nullopt;
  auto peers = number_of(*object, name);
  if (peers && !(*peers >= 0)) peers.reset();
  return Line{*start, *end, peers};
}

// How many full-feed peers saw it, step by step. Within the time that was asked for, no entry means
// that fewer peers did than RIPEstat tells of (ten by default): that is seen, and counts as none.
// Returns how many entries could not be read, or lie over others: honest ones do not.
std::size_t fill(model::Signal& signal, const json::array& timelines, std::int64_t steps,
                 std::string_view name) {
  std::size_t unread = 0;
  std::int64_t budget = 2 * steps;
  signal.values.assign(static_cast<std::size_t>(steps), 0.0);
  for (const json::value& value : timelines) {
    auto line = line_of(value, name);
    if (!line || !line->peers || budget <= 0) ++unread;
    if (!line || budget <= 0) continue;
    // The first step that is not before the beginning.
    auto before = std::max<std::int64_t>(0, (line->start - signal.from).count());
    auto i = (before + signal.step.count() - 1) / signal.step.count();
    for (; i < steps && signal.from + signal.step * i <= line->end; ++i, --budget) {
      signal.values[static_cast<std::size_t>(i)] = line->peers;
    }
  }
  return unread;
}

// "full_peers_seeing" counts; "visibility" is the share of all (normalise_visibility).
bool has_shares(const json::array& timelines) {
  if (timelines.empty()) return false;
  const auto* first = timelines[0].if_object();
  return first != nullptr && !first->contains("full_peers_seeing") && first->contains("visibility");
}

void read_prefix(Parsed& parsed, const json::object& object, std::optional<std::uint32_t> origin,
                 const History& frame, const std::string& place) {
  std::string prefix = model::canonical_prefix(string_of(object, "prefix"));
  const auto* timelines = array_in(object, "timelines");
  if (prefix.empty() || timelines == nullptr) {
    parsed.warnings.push_back({place, "has no prefix or no timelines; left out"});
    return;
  }
  auto steps = (frame.until - frame.from).count() / frame.step.count() + 1;
  model::Signal signal;
  signal.place = place;
  if (steps > static_cast<std::int64_t>(kMostSamples)) {
    signal.values.resize(kMostSamples + 1);  // add() tells
    return add(parsed, std::move(signal));
  }
  bool shares = has_shares(*timelines);
  const auto& most = prefix.find(':') == std::string::npos ? frame.most_v4 : frame.most_v6;
  signal.scope = {"", "", origin, prefix};
  signal.source = "RIPEstat routing-history";
  signal.kind = shares ? "route-visibility" : "full-feed-peers";
  signal.unit = shares ? "share of full-feed peers"
                       : "full-feed peers" + (most.empty() ? "" : ", of " + most) +
                             "; fewer than are told of stand as 0";
  signal.from = frame.from;
  signal.step = frame.step;
  auto unread = fill(signal, *timelines, steps, shares ? "visibility" : "full_peers_seeing");
  if (unread > 0) {
    parsed.warnings.push_back({place, std::to_string(unread) +
                                          " timelines have no times or no count, or lie over "
                                          "others; what they say was not taken"});
  }
  add(parsed, std::move(signal));
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kCounts = {{
    {"v4_prefixes_ris", "IPv4 prefixes in the global routing table"},
    {"v6_prefixes_ris", "IPv6 prefixes in the global routing table"},
    {"asns_ris", "networks in the global routing table"},
}};

model::Seconds resolution_of(const json::object& data) {
  std::string text = string_of(data, "resolution");
  if (text == "5m") return model::Seconds{300};
  if (text == "1h") return model::Seconds{3600};
  if (text == "1w") return model::Seconds{7 * 86400};
  return model::Seconds{86400};
}

}  // namespace

void read_history(Parsed& parsed, const json::object& data) {
  auto frame = frame_of(data);
  const auto* origins = array_in(data, "by_origin");
  if (!frame || origins == nullptr) {
    parsed.warnings.push_back({"data", "has no times of the query or no list of origins"});
    return;
  }
  for (std::size_t i = 0; i < origins->size(); ++i) {
    std::string place = "by_origin[" + std::to_string(i) + "]";
    const auto* object = (*origins)[i].if_object();
    const auto* prefixes = object == nullptr ? nullptr : array_in(*object, "prefixes");
    if (prefixes == nullptr) {
      parsed.warnings.push_back({place, "has no list of prefixes; left out"});
      continue;
    }
    auto origin = asn_of(string_of(*object, "origin"));
    parsed.records += prefixes->size();
    for (std::size_t k = 0; k < prefixes->size(); ++k) {
      std::string at = place + ".prefixes[" + std::to_string(k) + "]";
      const auto* prefix = (*prefixes)[k].if_object();
      read_prefix(parsed, prefix == nullptr ? json::object() : *prefix, origin, *frame, at);
    }
  }
}

void read_country_stats(Parsed& parsed, const json::object& data) {
  const auto* stats = array_in(data, "stats");
  std::string country = country_of(string_of(data, "resource"));
  if (stats == nullptr || country.empty()) {
    parsed.warnings.push_back({"data", "has no list of stats or no country"});
    return;
  }
  parsed.records = stats->size();
  for (const auto& [name, unit] : kCounts) {
    std::vector<Sample> samples;
    for (const json::value& value : *stats) {
      const auto* object = value.if_object();
      const auto* line = object == nullptr ? nullptr : array_in(*object, "timeline");
      const auto* span = line == nullptr || line->empty() ? nullptr : (*line)[0].if_object();
      auto at = span == nullptr ? std::nullopt : time_in(*span, "starttime");
      auto count = object == nullptr ? std::nullopt : number_of(*object, name);
      if (count && *count < 0) count.reset();  // -1: not available
      if (at && object->contains(name)) samples.push_back({*at, count});
    }
    bool any = std::any_of(samples.begin(), samples.end(), [](const auto& s) { return s.value; });
    if (!any) continue;
    model::Signal signal;
    signal.scope.country = country;
    signal.source = "RIPEstat country-resource-stats";
    signal.kind = name;
    signal.unit = unit;
    signal.place = "stats";
    set_samples(signal, std::move(samples), resolution_of(data));
    add(parsed, std::move(signal));
  }
  if (parsed.signals.empty() && !stats->empty()) {
    parsed.warnings.push_back({"stats", "no record has a time and a count that is available"});
  }
}

}  // namespace feeds::outages::ripestat
