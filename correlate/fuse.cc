#include "correlate/fuse.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "correlate/fuse_scope.h"

namespace correlate {
namespace {

using model::Basis;
using model::Instant;
using model::Measurement;
using model::Outage;
using model::Scope;
using model::Seconds;

// Where a source states no uncertainty, people have read the time off a chart.
constexpr Seconds kUnstated{3600};
// What began or ended within this of each other did so together: systems look every five minutes
// to half an hour.
constexpr Seconds kTogether{1800};
// Fragments of one series whose gap is no longer are one outage.
constexpr Seconds kFragment{600};
// How long an outage counts that has not ended, and one whose end nobody measured.
constexpr Seconds kOpenLength{86400};
constexpr Seconds kEndlessLength{3600};
// A record whose start is only where watching began is a level shift, unless it is of the order of
// what it is held against.
constexpr int kMostLonger = 8;
// Outages of a place that a record is held against, and long measurements kept of each.
constexpr std::size_t kMostOpen = 64;
constexpr std::size_t kMostBridges = 8;

Seconds uncertainty(const Outage& record) {
  return std::max(record.start_uncertainty.value_or(kUnstated),
                  record.end_uncertainty.value_or(record.end ? kUnstated : Seconds{0}));
}

// The end that a record measured. Where a signal was not seen for longer than the outage had
// lasted, nobody knows when in that time it came back.
std::optional<Instant> measured_end(const Outage& record) {
  bool unseen = record.basis == Basis::kDerived && record.end && record.end_uncertainty &&
                *record.end_uncertainty > *record.end - record.start;
  return unseen ? std::nullopt : record.end;
}

// A record as far as its time matters.
struct Span {
  Instant from{};
  Instant to{};
  Seconds u{};
  bool censored = false;
  bool ended = true;  // else `to` is a guess, which proves nothing

  Seconds length() const { return to - from; }
};

Span span_of(const Outage& record) {
  Instant to =
      record.end ? *record.end : record.start + (record.open ? kOpenLength : kEndlessLength);
  bool censored = record.start_censored || (!record.start_uncertainty && record.end_uncertainty);
  return {record.start, std::max(to, record.start + Seconds{1}), uncertainty(record), censored,
          measured_end(record).has_value()};
}

Seconds overlap(const Span& a, const Span& b) {
  return std::max(std::min(a.to, b.to) - std::max(a.from, b.from), Seconds{0});
}

Seconds apart(Instant a, Instant b) { return a > b ? a - b : b - a; }

bool begin_together(const Span& a, const Span& b) {
  auto slack = std::max({kTogether, a.u + b.u, std::min(a.length(), b.length()) / 10});
  return apart(a.from, b.from) <= slack;
}

bool end_together(const Span& a, const Span& b) {
  return apart(a.to, b.to) <= std::max(kTogether, a.u + b.u);
}

// Whether two spans of the same scope are of one outage.
bool same_time(const Span& a, const Span& b) {
  auto common = overlap(a, b);
  if (common == Seconds{0}) return false;
  if (begin_together(a, b)) return true;
  auto shorter = std::min(a.length(), b.length());
  auto longer = std::max(a.length(), b.length());
  bool shift = (a.censored || b.censored) && longer > kMostLonger * shorter;
  return common * 2 >= shorter && (!shift || end_together(a, b));
}

// Whether a network's or a region's outage is the whole country's: it has to come and go with it.
bool same_time_nested(const Span& a, const Span& b) {
  auto common = overlap(a, b);
  auto both = a.length() + b.length() - common;
  return begin_together(a, b) && (common * 2 >= both || !a.ended || !b.ended);
}

// An outage while its records are found.
struct Group {
  std::vector<std::size_t> records;
  Scope widest;  // holds the scopes of all of them
  Span core;     // the finest of them
  Scope core_scope;
  std::map<std::string, Span, std::less<>> by_scope;  // the finest of each scope
  std::vector<Span> bridges;                          // the longest of them
  std::map<std::string, Instant, std::less<>> ends;   // of each series, the latest
  Instant to{};                                       // the latest of all
};

// A series: one system's view of one scope.
std::string series_of(const Outage& record, const std::string& scope) {
  std::string out = scope;
  for (const auto& measurement : record.measurements) out += "\n" + measurement.source;
  return out;
}

// A gap is a recovery when a measurement that is fine enough shows it and none that could have
// seen it stayed down.
bool bridged(const Group& group, const Span& span) {
  Seconds gap = span.from - group.core.to;
  if (gap <= Seconds{0}) return false;
  return std::any_of(group.bridges.begin(), group.bridges.end(), [&](const Span& bridge) {
    bool could_see = bridge.u * 2 < gap;
    return could_see && bridge.ended && !bridge.censored &&
           overlap(bridge, span) * 2 >= span.length();
  });
}

bool is_fragment(const Group& group, const Span& span, std::string_view series) {
  auto found = group.ends.find(series);
  if (found == group.ends.end()) return false;
  return span.from - found->second <= std::max(kFragment, 2 * span.u);
}

// A record as it is held against groups.
struct Candidate {
  const Scope& scope;
  std::string scope_name;
  std::string series;
  Span span;
};

// How well a record fits: 0 when it is of another outage.
double fit(const Group& group, const Candidate& one) {
  if (meeting(group.widest, one.scope) == Meeting::kApart) return 0;
  auto known = group.by_scope.find(one.scope_name);
  bool equal = known != group.by_scope.end();
  const Span& span = equal ? known->second : group.core;
  bool same = equal ? same_time(span, one.span) : same_time_nested(span, one.span);
  auto shorter = static_cast<double>(std::min(span.length(), one.span.length()).count());
  if (same) return 2 + static_cast<double>(overlap(span, one.span).count()) / shorter;
  if (is_fragment(group, one.span, one.series)) return 1.5;
  return equal && bridged(group, one.span) ? 1 : 0;
}

// The finer of two spans; of two as fine ones their hull: fragments of one series, or the same
// seen twice.
Span finest(const Span& a, const Span& b) {
  if (a.u != b.u) return a.u < b.u ? a : b;
  return {std::min(a.from, b.from), std::max(a.to, b.to), a.u, a.censored && b.censored,
          a.ended || b.ended};
}

void join(Group& group, std::size_t index, const Candidate& one) {
  const auto& span = one.span;
  if (group.records.empty() || span.u < group.core.u) {
    group.core = span;
    group.core_scope = one.scope;
  } else if (group.core_scope == one.scope) {
    group.core = finest(group.core, span);
  }
  auto [kept, fresh] = group.by_scope.try_emplace(one.scope_name, span);
  if (!fresh) kept->second = finest(kept->second, span);
  group.widest = group.records.empty() ? one.scope : widest_of(group.widest, one.scope);
  group.records.push_back(index);
  group.to = std::max(group.to, span.to);
  auto& end = group.ends[one.series];
  end = std::max(end, span.to);
  group.bridges.push_back(span);
  if (group.bridges.size() > kMostBridges) {
    group.bridges.erase(
        std::min_element(group.bridges.begin(), group.bridges.end(),
                         [](const Span& a, const Span& b) { return a.length() < b.length(); }));
  }
}

// Records of one place, in order of start.
class Family {
 public:
  explicit Family(const std::vector<Outage>& all) : all_(all) {}

  void add(std::size_t index) {
    const auto& record = all_[index];
    auto name = model::to_string(record.scope);
    Candidate one{record.scope, name, series_of(record, name), span_of(record)};
    const auto& span = one.span;
    // What ended long ago can be joined no more; a fragment may follow by its own uncertainty.
    auto over = span.from - std::max(kFragment, 2 * span.u) - kTogether;
    std::erase_if(open_, [&](std::size_t g) { return groups_[g].to < over; });
    std::size_t best = groups_.size();
    double most = 0;
    std::size_t looked = 0;
    for (auto g = open_.rbegin(); g != open_.rend() && looked < kMostOpen; ++g, ++looked) {
      double value = fit(groups_[*g], one);
      if (value > most) {
        most = value;
        best = *g;
      }
    }
    if (best == groups_.size()) {
      groups_.emplace_back();
      open_.push_back(best);
      // The oldest goes when there are many; the list stays short whatever comes.
      if (open_.size() > 4 * kMostOpen) open_.erase(open_.begin());
    }
    join(groups_[best], index, one);
  }

  const std::vector<Group>& groups() const { return groups_; }

 private:
  const std::vector<Outage>& all_;
  std::vector<Group> groups_;
  std::vector<std::size_t> open_;
};

// Measured before derived, the finer before the coarser.
bool better(const Outage& a, const Outage& b) {
  auto rank = [](const Outage& o) {
    return std::tuple(o.basis, uncertainty(o), o.start, std::string_view(o.id));
  };
  return rank(a) < rank(b);
}

// The earliest of the finest starts.
void set_start(Outage& out, const std::vector<const Outage*>& records) {
  auto finest = Seconds::max();
  for (const auto* record : records) {
    auto u = record->start_uncertainty.value_or(kUnstated);
    if (u > finest || (u == finest && record->start >= out.start)) continue;
    out.start = record->start;
    out.start_uncertainty = record->start_uncertainty;
    out.start_censored = record->start_censored;
    finest = u;
  }
}

// The latest of the finest ends.
void set_end(Outage& out, const std::vector<const Outage*>& records) {
  out.end.reset();
  out.open = false;
  out.end_uncertainty.reset();
  auto finest = Seconds::max();
  for (const auto* record : records) {
    out.open = out.open || record->open;
    auto end = measured_end(*record);
    if (!end) continue;
    auto u = record->end_uncertainty.value_or(kUnstated);
    if (u > finest || (u == finest && *end <= *out.end)) continue;
    out.end = end;
    out.end_uncertainty = record->end_uncertainty;
    finest = u;
  }
}

void set_times(Outage& out, const std::vector<const Outage*>& records) {
  set_start(out, records);
  set_end(out, records);
  // A finer start may lie behind a coarser end.
  if (out.end && *out.end < out.start) out.end.reset();
  if (out.end) out.open = false;
}

void add_measurements(Outage& out, const Outage& record) {
  auto measurements = record.measurements;
  if (measurements.empty()) measurements.push_back({record.id, "", "", {}, {}});
  for (auto& one : measurements) {
    one.record_id = record.id;
    one.record_number = record.number;
    one.scope = record.scope;
    one.depth = record.depth;
    one.basis = record.basis;
    if (!one.start && record.start != out.start) one.start = record.start;
    if (!one.end && record.end && record.end != out.end) one.end = record.end;
    out.measurements.push_back(std::move(one));
  }
}

Outage compose(const std::vector<Outage>& all, const Group& group) {
  std::vector<const Outage*> records;
  for (auto index : group.records) records.push_back(&all[index]);
  std::sort(records.begin(), records.end(),
            [](const auto* a, const auto* b) { return better(*a, *b); });
  Outage out = *records.front();
  out.measurements.clear();
  out.extra.clear();
  set_times(out, records);
  SaidScope scope;
  auto first = std::tuple(out.basis, out.first_seen_at, out.id);
  for (const auto* record : records) {
    scope.add(record->scope);
    if (!out.depth) out.depth = record->depth;
    if (out.cause.empty()) out.cause = record->cause;
    first = std::min(first, std::tuple(record->basis, record->first_seen_at, record->id));
    if (record->basis == out.basis) {
      out.first_seen_at = std::min(out.first_seen_at, record->first_seen_at);
      out.seen_at = std::max(out.seen_at, record->seen_at);
    }
    add_measurements(out, *record);
  }
  out.scope = scope.scope();
  out.id = std::get<2>(first);
  return out;
}

}  // namespace

std::vector<Outage> fuse(std::vector<Outage> records) {
  std::erase_if(records, [](const Outage& record) {
    return record.kind != model::OutageKind::kOutage || record.basis == Basis::kReported;
  });
  Places places(records);
  std::vector<std::pair<std::string, std::size_t>> order;
  order.reserve(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) order.emplace_back(places.key(records[i]), i);
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    const auto& left = records[a.second];
    const auto& right = records[b.second];
    return std::tie(a.first, left.start, left.id) < std::tie(b.first, right.start, right.id);
  });
  std::vector<Outage> out;
  for (std::size_t i = 0; i < order.size();) {
    Family family(records);
    std::size_t next = i;
    for (; next < order.size() && order[next].first == order[i].first; ++next) {
      family.add(order[next].second);
    }
    for (const auto& group : family.groups()) out.push_back(compose(records, group));
    i = next;
  }
  std::sort(out.begin(), out.end(), [](const Outage& a, const Outage& b) {
    return std::tie(a.start, a.id) < std::tie(b.start, b.id);
  });
  return out;
}

}  // namespace correlate
