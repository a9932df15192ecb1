#include <cmath>

#include "correlate/detect/detect.h"
#include "feeds/outages/outages.h"
#include "store/model/text.h"
#include "tests/fuzz/input.h"

namespace {

using correlate::detect::Detection;

void check(const Detection& d, correlate::detect::Method method) {
  bool scored = d.scores.size() == d.values.size();
  fuzz::require(scored, "there is a score for each sample");
  fuzz::require(d.method == method, "the detector is the one that was asked for");
  const model::Outage* before = nullptr;
  for (const auto& o : d.outages) {
    fuzz::require(!o.end || o.start <= *o.end, "an outage ends after it starts");
    fuzz::require(o.open || o.end, "what has no end is open");
    fuzz::require(!o.depth || (*o.depth >= 0 && *o.depth <= 1), "a depth is a share");
    fuzz::require(before == nullptr || (before->end && *before->end <= o.start),
                  "outages are in order and apart");
    fuzz::require(model::is_utf8(feeds::outages::to_json_line(o)), "the JSON is UTF-8");
    before = &o;
  }
}

}  // namespace

// Samples as anyone may send them, and what each detector makes of them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using correlate::detect::Method;
  auto parsed = feeds::outages::parse_signals(fuzz::text_of(data, size));
  for (const auto& documents : correlate::detect::by_series(std::move(parsed.signals))) {
    for (auto method : {Method::kRatio, Method::kSeasonal, Method::kConsensus, Method::kScores}) {
      correlate::detect::Params params;
      params.method = method;
      for (const auto& d : correlate::detect::detect(documents, params)) check(d, method);
    }
  }
  return 0;
}
