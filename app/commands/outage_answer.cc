#include "app/commands/outage_answer.h"

#include <algorithm>

#include "correlate/fuse_scope.h"
#include "correlate/link.h"
#include "correlate/verdict/verdict.h"

namespace app {
namespace {

using model::Outage;
using model::Result;
using model::Seconds;
using model::Status;

// Outages of the same place this long before or after are shown beside it.
constexpr Seconds kNear{14 * 86400};
constexpr std::size_t kMostNear = 10;

// What its measurements rest on. Those that were found in signals are no records of a source.
Status look_up_records(store::Store& store, OutageAnswer& out) {
  bool derived = false;
  for (const auto& one : out.outage.measurements) {
    auto revisions = store.outage_revisions(one.record_id);
    if (!revisions) return revisions.error();
    for (auto& record : *revisions) {
      if (record.number == one.record_number) out.records[record.id] = std::move(record);
    }
    derived = derived || one.basis == model::Basis::kDerived;
  }
  if (!derived) return {};
  auto detections = store.detections("");
  if (!detections) return detections.error();
  for (auto& found : *detections) {
    for (const auto& one : out.outage.measurements) {
      if (one.record_id == found.id) out.records[found.id] = found;
    }
  }
  return {};
}

// `near` still holds all others of the place. Its signals tell when others would have been seen.
Status look_for_hints(store::Store& store, OutageAnswer& out) {
  const auto& outage = out.outage;
  correlate::HintContext context;
  context.zones = correlate::verdict::place_zones(outage.scope, outage.start);
  for (const auto& other : out.near) context.others.push_back(other.start);
  auto signals = store.signals(outage.scope.country);
  if (!signals) return signals.error();
  for (const auto& signal : *signals) {
    auto end = signal.from + static_cast<std::int64_t>(signal.values.size()) * signal.step;
    bool its_place = correlate::meeting(outage.scope, signal.scope) != correlate::Meeting::kApart;
    if (!its_place || outage.start < signal.from || outage.start >= end) continue;
    auto& watched = context.watched;
    if (!watched) watched = model::Interval{signal.from, end};
    watched->from = std::min(watched->from, signal.from);
    watched->to = std::max(watched->to, end);
  }
  out.hints = correlate::hints(outage, context);
  return {};
}

Status look_around(store::Store& store, OutageAnswer& out) {
  const auto& outage = out.outage;
  auto end = outage.end.value_or(outage.start);
  store::OutageFilter filter{outage.scope.country,
                             model::Interval{outage.start - kNear, end + kNear}};
  auto fused = store.fused(filter);
  if (!fused) return fused.error();
  for (auto& other : *fused) {
    bool its_place = correlate::meeting(outage.scope, other.scope) != correlate::Meeting::kApart;
    if (other.id != outage.id && its_place) out.near.push_back(std::move(other));
  }
  if (auto done = look_for_hints(store, out); !done) return done;
  auto off = [&](const Outage& other) {
    return other.start > outage.start ? other.start - outage.start : outage.start - other.start;
  };
  std::stable_sort(out.near.begin(), out.near.end(),
                   [&](const auto& a, const auto& b) { return off(a) < off(b); });
  if (out.near.size() > kMostNear) out.near.resize(kMostNear);
  std::sort(out.near.begin(), out.near.end(),
            [](const auto& a, const auto& b) { return a.start < b.start; });
  if (outage.scope.country.empty()) return {};
  auto records = store.outages({outage.scope.country, std::nullopt});
  if (!records) return records.error();
  std::erase_if(*records,
                [](const auto& record) { return record.basis != model::Basis::kReported; });
  for (const auto& pair : correlate::join_reported(*records, {outage})) {
    out.reports.emplace_back((*records)[pair.report], pair.match);
  }
  return {};
}

}  // namespace

Result<std::optional<OutageAnswer>> look_up_outage(store::Store& store, const std::string& id) {
  auto outage = store.fused_outage(id);
  if (!outage) return outage.error();
  if (!*outage) return std::optional<OutageAnswer>();
  OutageAnswer out{**std::move(outage), {}, {}, {}, {}};
  if (auto done = look_up_records(store, out); !done) return done.error();
  if (auto done = look_around(store, out); !done) return done.error();
  auto links = store.links_of_outage(id);
  if (!links) return links.error();
  out.entries =
      static_cast<std::size_t>(std::count_if(links->begin(), links->end(), [](const auto& link) {
        return link.probability >= correlate::kSaidFrom;
      }));
  return std::optional(std::move(out));
}

}  // namespace app
