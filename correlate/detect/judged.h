#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "correlate/detect/detect.h"
#include "correlate/detect/segments.h"

// What the detectors give to the common rest: how to cut a series, and what to leave out.
namespace correlate::detect {

struct Judged {
  // One for each sample, NaN where nothing can be said.
  std::vector<double> expected;  // empty for deviation scores
  std::vector<double> scores;    // (expected − value) / interval
  std::vector<double> evidence;  // for segments.h
  std::vector<double> onset;     // may be empty
  Cutting cutting;
  double least_drop = 0;  // an outage loses at least this share of what was expected
  // Samples are states at a moment (routes), not counts over a step (packets).
  bool is_state = false;
  // A dip that repeats the calendar or never ends may be no outage; see leave_out() in outages.cc.
  bool is_seasonal = false;
  model::Seconds horizon{0};  // how far back a later sample can change a judgement
  std::string how;            // "below 99 % of the median of 24 h": for the measurement
};

Judged judge_by_ratio(const Detection& d, Method method, const Params& params);
Judged judge_by_season(const Detection& d, const Params& params);
Judged judge_scores(const Detection& d, const Params& params);

// Cuts, refines, leaves out; fills d's outages, blind spans, scores, expected and warnings.
void conclude(Detection& d, Judged judged, const Params& params);

}  // namespace correlate::detect
