#include "correlate/reported.h"

#include <algorithm>
#include <map>
#include <string>

namespace correlate {
namespace {

using model::Instant;
using model::Outage;
using model::Seconds;

constexpr Seconds kDay{86400};
constexpr Seconds kBefore = kDay;
constexpr Seconds kOnset = 2 * kDay;
constexpr Seconds kAfterEnd = kDay;

}  // namespace

std::string_view to_string(ReportedMatch match) {
  return match == ReportedMatch::kOnset ? "onset" : "during";
}

std::vector<ReportedPair> join_reported(const std::vector<Outage>& reports,
                                        const std::vector<Outage>& outages) {
  std::map<std::string, std::vector<std::size_t>> by_country;
  for (std::size_t i = 0; i < outages.size(); ++i) {
    if (!outages[i].scope.country.empty()) by_country[outages[i].scope.country].push_back(i);
  }
  auto starts_before = [&](std::size_t i, Instant at) { return outages[i].start < at; };
  for (auto& [country, places] : by_country) {
    std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
      return outages[a].start < outages[b].start;
    });
  }
  std::vector<ReportedPair> out;
  for (std::size_t r = 0; r < reports.size(); ++r) {
    const auto& report = reports[r];
    auto found = by_country.find(report.scope.country);
    if (found == by_country.end() || report.kind != model::OutageKind::kOutage) continue;
    auto onset = report.start + kOnset;
    auto last = std::max(onset, report.end ? *report.end + kAfterEnd : onset);
    auto first_of_report = out.size();
    for (auto i = std::lower_bound(found->second.begin(), found->second.end(),
                                   report.start - kBefore, starts_before);
         i != found->second.end() && outages[*i].start <= last; ++i) {
      bool at_onset = outages[*i].start <= onset;
      out.push_back({r, *i, at_onset ? ReportedMatch::kOnset : ReportedMatch::kDuring});
    }
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(first_of_report), out.end(),
              [](const auto& a, const auto& b) { return a.outage < b.outage; });
  }
  return out;
}

}  // namespace correlate
