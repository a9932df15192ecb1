#pragma once

#include <cstdint>

#include "correlate/evidence/facts.h"
#include "correlate/evidence/features.h"
#include "correlate/evidence/reading.h"

namespace correlate::evidence {

// How an article's times stand to one outage.
struct TimeFit {
  Lag lag = Lag::kLater;
  Fit fit = Fit::kNone;
  Course course = Course::kUnknown;
  const model::Claim* claim = nullptr;  // the finest that fits
  std::uint32_t claims = 0;             // which of those told fit, to a day: a bit for each
};
// As if the outage had begun and ended `moved` later.
TimeFit fit_time(const Reading& reading, const Facts& outage, const Country& country,
                 model::Seconds moved);

// What does not depend on the outage.
Bins article_bins(const Reading& reading);
// All that does not change when the outage is moved in time; lengths are left to fit_length(),
// since some are told up to the time of writing.
Bins fixed_bins(const Reading& reading, const Facts& outage);
void fit_length(Bins& bins, const Reading& reading, const Facts& outage, const Country& country,
                model::Seconds moved);

}  // namespace correlate::evidence
