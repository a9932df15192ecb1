#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "feeds/render/chart.h"
#include "feeds/render/records.h"
#include "feeds/render/render.h"
#include "feeds/render/series.h"
#include "feeds/render/shared.h"
#include "feeds/render/told.h"

namespace feeds::render {
namespace {

namespace json = boost::json;
using model::Instant;
using model::TimelineIncident;
using model::TimelineLine;

constexpr std::size_t kMostMarks = 2000;

std::int64_t seconds(Instant at) { return at.time_since_epoch().count(); }

// Everything that has a place on the axis.
model::Interval whole(const TimelineIncident& incident) {
  std::optional<model::Interval> out;
  auto take = [&](Instant from, Instant to) {
    if (!out) out = {from, to};
    out->from = std::min(out->from, from);
    out->to = std::max(out->to, to);
  };
  for (const auto& line : incident.lines) take(line.order, line.order);
  for (const auto& outage : incident.outages) take(outage.start, outage.end.value_or(outage.start));
  return out.value_or(model::Interval{});
}

// Where the axis begins: about the outages, else all of it.
model::Interval window(const TimelineIncident& incident) {
  auto out = whole(incident);
  if (!incident.outages.empty()) {
    out = {incident.outages.front().start, incident.outages.front().start};
    for (const auto& outage : incident.outages) {
      out.from = std::min(out.from, outage.start);
      out.to = std::max(out.to, outage.end.value_or(outage.start));
    }
  }
  constexpr model::Seconds kHour{3600};
  auto around = std::clamp((out.to - out.from) / 4, 3 * kHour, 48 * kHour);
  return {out.from - around, out.to + around};
}

json::array outages_json(const TimelineIncident& incident, std::string_view zone) {
  json::array out;
  std::size_t number = 0;
  for (const auto& outage : incident.outages) {
    json::object one{{"id", outage.id},
                     {"name", fmt::format("M{}", ++number)},
                     {"label", to_string(outage.scope) + ": " + interval_of(outage, zone)},
                     {"from", seconds(outage.start)},
                     {"open", outage.open}};
    if (outage.end) one["to"] = seconds(*outage.end);
    out.push_back(std::move(one));
  }
  return out;
}

json::array series_json(const TimelineIncident& incident, const model::Interval& shown) {
  json::array out;
  for (const auto& signal : incident.signals) {
    auto reduced = reduce(signal, shown, kMostBuckets);
    if (reduced.least.empty()) continue;
    out.push_back(json::object{{"label", signal.kind + ", " + signal.source},
                               {"unit", signal.unit},
                               {"from", seconds(reduced.from)},
                               {"step", reduced.step.count()},
                               {"min", values_json(reduced.least)},
                               {"max", values_json(reduced.most)}});
  }
  return out;
}

json::object mark_json(const TimelineLine& line, const ToldLine& told) {
  std::string signs;
  for (const auto& one : told.verdicts) signs += sign_of(one.verdict->verdict);
  auto interval = line.when.interval();
  // A report of what was measured stands where that is, inside of what it says.
  bool exact = line.when.precision <= model::Precision::kMinute || line.order != line.when.at;
  return {{"id", anchor_of(told.id)},
          {"from", seconds(exact ? line.order : interval.from)},
          {"to", seconds(exact ? line.order : interval.to)},
          {"kind", view(to_string(line.happening))},
          {"title", told.headline},
          {"basis", view(told.basis)},
          {"verdicts", signs}};
}

// Starts and ends that entries claim, as the stretch that they can mean.
void add_claims(const ToldLine& told, json::array& out) {
  for (const auto& one : told.verdicts) {
    if (!one.claim->interval) continue;
    out.push_back(json::object{{"id", anchor_of(told.id)},
                               {"kind", view(to_string(one.claim->kind))},
                               {"verdict", view(to_string(one.verdict->verdict))},
                               {"text", one.claim->span.text},
                               {"from", seconds(one.claim->interval->from)},
                               {"to", seconds(one.claim->interval->to)}});
  }
}

}  // namespace

std::string to_chart_json(const TimelineIncident& incident, std::string_view zone) {
  auto first = window(incident);
  auto all = whole(incident);
  json::array unseen, marks, claims;
  for (const auto& line : incident.lines) {
    if (line.kind == TimelineLine::Kind::kUnseen) {
      unseen.push_back(json::object{{"from", seconds(line.order)}, {"to", seconds(*line.until)}});
    } else if (line.kind == TimelineLine::Kind::kStory && marks.size() < kMostMarks) {
      auto told = tell(incident, line);
      marks.push_back(mark_json(line, told));
      add_claims(told, claims);
    }
  }
  return json::serialize(json::object{{"from", seconds(first.from)},
                                      {"to", seconds(first.to)},
                                      {"first", seconds(std::min(first.from, all.from))},
                                      {"last", seconds(std::max(first.to, all.to))},
                                      {"zone", view(zone)},
                                      {"outages", outages_json(incident, zone)},
                                      {"unseen", std::move(unseen)},
                                      {"series", series_json(incident, first)},
                                      {"marks", std::move(marks)},
                                      {"claims", std::move(claims)}});
}

}  // namespace feeds::render
