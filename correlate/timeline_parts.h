#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "store/model/claim.h"
#include "store/model/timeline.h"

// Parts of an incident's timeline that are worked out from its lines. Pure.
namespace correlate {

// How many entries were published on a day, or name it. The days of a text are the times in it
// that are exact to the day at least; an entry counts once a day.
class Salience {
 public:
  void add(const model::Extraction& extraction, const std::optional<model::Timestamp>& published);
  std::size_t of(model::Instant at) const;

 private:
  std::map<std::int64_t, std::size_t> days_;  // since the epoch, in UTC
};

// The lines of the `most` days that matter most; of equal ones the earlier. What was measured
// stays, and of each day the stories that most entries tell, `stories` of them.
void keep_salient(model::TimelineIncident& incident, std::size_t most, std::size_t stories);

// Whiles of half an hour and more without a sample, from half a day before the first outage to half
// a day after the last one, at most kMostUnseen of each series, the longest ones.
inline constexpr std::size_t kMostUnseen = 12;
std::vector<model::TimelineLine> unseen(const model::Signal& signal,
                                        const std::vector<model::Outage>& outages);

// Puts the summary and the parts of `incident` into the timeline: what of them rests on lines that
// are there.
void add_parts(const model::Incident& incident, model::TimelineIncident& out);

// Starts, ends and lengths for which entries give values that do not agree with one another: one of
// them disagrees with the measurement.
std::vector<model::Conflict> conflicts(const model::TimelineIncident& incident);

}  // namespace correlate
