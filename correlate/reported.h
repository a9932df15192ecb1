#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "store/model/outage.h"

namespace correlate {

// How a measured outage stands to a shutdown that people reported.
enum class ReportedMatch : std::uint8_t {
  kOnset,  // it began with the shutdown
  kDuring  // it began while the shutdown lasted
};
std::string_view to_string(ReportedMatch match);  // "onset", "during"

struct ReportedPair {
  std::size_t report = 0;  // places in the lists
  std::size_t outage = 0;
  ReportedMatch match = ReportedMatch::kOnset;

  friend bool operator==(const ReportedPair&, const ReportedPair&) = default;
};

// Which measured outages belong to which reported shutdowns, by the rule published for IODA and
// #KeepItOn (Bischof et al., "Destination Unreachable", SIGCOMM 2023): the same country, and a
// start from one day before the reported first day to two days after it (onset), or to one day
// after the reported last day (during). Reports are dated by days; one without an end has its onset
// alone. Only a report of a full network's shutdown (kind kOutage) can be measured so. A report is
// one statement and an outage one measurement: the two are shown together and never become one.
// O((r + o) log o + pairs); ordered by report, then outage. Pure.
std::vector<ReportedPair> join_reported(const std::vector<model::Outage>& reports,
                                        const std::vector<model::Outage>& outages);

}  // namespace correlate
