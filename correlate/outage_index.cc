#include "correlate/outage_index.h"

#include <algorithm>
#include <utility>

#include "correlate/verdict/verdict.h"

namespace correlate {
namespace {

using evidence::Fit;
using evidence::Reading;
using model::Instant;
using model::Interval;
using model::Outage;
using model::Seconds;

// An outage that began longer ago is met only where its date is named.
constexpr Seconds kLongest{180 * 86400};
// Of those that began before a window at most so many are looked at.
constexpr std::size_t kMostEarlier = 4 * OutageIndex::kMostCandidates;
// How far a start may lie from one told to the minute; and how many of any place are tried.
constexpr Seconds kMinutes{300};
constexpr std::size_t kMostByTime = 32;
// Places of one article: what names more is a list.
constexpr std::size_t kMostPlaces = 48;

}  // namespace

// A start to the minute and an end or a length, and no place that we know: "from 09:47 to 10:49 UTC
// customers of a content network were dark".
std::vector<Interval> met_by_times(const Reading& reading) {
  const auto& told = reading.told("", {});
  bool length = !reading.lengths().empty();
  bool end = std::any_of(told.begin(), told.end(), [](const Reading::Told& one) {
    return !one.start && one.fine <= Fit::kHour;
  });
  std::vector<Interval> out;
  if (!length && !end) return out;
  for (const auto& one : told) {
    if (!one.start || one.fine != Fit::kMinute) continue;
    const auto& at = *one.claim->interval;
    out.push_back({at.from - kMinutes, at.to + kMinutes});
  }
  return out;
}

OutageIndex::OutageIndex(std::vector<Outage> outages) : outages_(std::move(outages)) {
  std::sort(outages_.begin(), outages_.end(), [](const Outage& a, const Outage& b) {
    return a.start != b.start ? a.start < b.start : a.id < b.id;
  });
  facts_.reserve(outages_.size());
  for (std::size_t i = 0; i < outages_.size(); ++i) index(i);
  for (auto& [code, country] : countries_)
    std::sort(country.lengths.begin(), country.lengths.end());
}

void OutageIndex::index(std::size_t i) {
  const auto& outage = outages_[i];
  facts_.push_back(evidence::facts_of(outage));
  by_id_[outage.id] = i;
  if (!outage.scope.country.empty()) {
    by_country_[outage.scope.country].push_back(i);
    auto [country, fresh] = countries_.try_emplace(outage.scope.country);
    if (fresh) country->second.zones = verdict::place_zones(outage.scope, outage.start);
    if (auto length = outage.duration()) {
      country->second.lengths.push_back(static_cast<double>(length->count()));
    }
  }
  if (outage.scope.asn) by_network_[*outage.scope.asn].push_back(i);
  for (const auto& word : facts_.back().operators) by_operator_[word].push_back(i);
}

const Outage* OutageIndex::find(std::string_view id) const {
  auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &outages_[found->second];
}

const evidence::Country& OutageIndex::country(const std::string& code) const {
  static const evidence::Country kUnknown;
  auto found = countries_.find(code);
  return found == countries_.end() ? kUnknown : found->second;
}

const OutageIndex::Row& OutageIndex::of_country(const std::string& code) const {
  static const Row kEmpty;
  auto row = by_country_.find(code);
  return row == by_country_.end() ? kEmpty : row->second;
}

const OutageIndex::Row& OutageIndex::timeline_of(const Outage& outage) const {
  static const Row kEmpty;
  const auto& row_of_country = of_country(outage.scope.country);
  if (!row_of_country.empty() || !outage.scope.asn) return row_of_country;
  auto row = by_network_.find(*outage.scope.asn);
  return row == by_network_.end() ? kEmpty : row->second;
}

std::size_t OutageIndex::first_from(const Row& row, Instant at) const {
  auto found = std::lower_bound(row.begin(), row.end(), at, [this](std::size_t i, Instant instant) {
    return outages_[i].start < instant;
  });
  return static_cast<std::size_t>(found - row.begin());
}

void OutageIndex::collect(const Row& row, const std::vector<Interval>& windows, Row& found) const {
  for (const auto& window : windows) {
    std::size_t begin = first_from(row, window.from);
    std::size_t end = std::max(begin, first_from(row, window.to));
    // The newest of a busy place: news is about what is near.
    if (end - begin > kMostCandidates) begin = end - kMostCandidates;
    for (std::size_t i = begin; i < end; ++i) found.push_back(row[i]);
    // Of what began before the window, whatever was still going on when it opened.
    std::size_t looked_at = 0;
    for (std::size_t i = begin; i > 0 && looked_at < kMostEarlier; ++looked_at) {
      const auto& outage = outages_[row[--i]];
      if (outage.start < window.from - kLongest) break;
      if (!outage.end ? outage.open : *outage.end > window.from) found.push_back(row[i]);
    }
  }
}

void OutageIndex::collect_by_times(const Reading& reading, Row& found) const {
  std::size_t tried = 0;
  for (const auto& span : met_by_times(reading)) {
    auto first = std::lower_bound(
        outages_.begin(), outages_.end(), span.from,
        [](const Outage& outage, Instant instant) { return outage.start < instant; });
    for (; first != outages_.end() && first->start < span.to; ++first) {
      if (++tried > kMostByTime) return;
      if (first->end) found.push_back(static_cast<std::size_t>(first - outages_.begin()));
    }
  }
}

std::vector<const OutageIndex::Row*> OutageIndex::rows_named(const Reading& reading) const {
  std::vector<const Row*> out;
  for (const auto& country : reading.countries()) {
    if (out.size() >= kMostPlaces) return out;
    if (auto row = by_country_.find(country); row != by_country_.end()) out.push_back(&row->second);
  }
  for (auto network : reading.networks()) {
    if (out.size() >= kMostPlaces) return out;
    if (auto row = by_network_.find(network); row != by_network_.end()) out.push_back(&row->second);
  }
  for (const auto& word : reading.words()) {
    if (out.size() >= kMostPlaces) return out;
    if (auto row = by_operator_.find(word); row != by_operator_.end()) out.push_back(&row->second);
  }
  return out;
}

std::vector<std::size_t> OutageIndex::candidates(const Reading& reading,
                                                 const std::vector<Interval>& windows) const {
  Row found;
  for (const auto* row : rows_named(reading)) collect(*row, windows, found);
  collect_by_times(reading, found);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

bool OutageIndex::touches(const Reading& reading) const {
  if (outages_.empty()) return false;
  Row found;
  collect_by_times(reading, found);
  return !found.empty() || !rows_named(reading).empty();
}

}  // namespace correlate
