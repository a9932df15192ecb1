#include "correlate/detect/detect.h"

#include <algorithm>
#include <string>
#include <tuple>

#include <fmt/format.h>

#include "correlate/detect/judged.h"
#include "correlate/detect/series.h"
#include "store/model/hash.h"

namespace correlate::detect {
namespace {

Judged judge(const Detection& d, const Params& params) {
  switch (d.method) {
    case Method::kScores:
      return judge_scores(d, params);
    case Method::kRatio:
    case Method::kConsensus:
      return judge_by_ratio(d, d.method, params);
    case Method::kAuto:
    case Method::kSeasonal:
      break;
  }
  return judge_by_season(d, params);
}

}  // namespace

bool same_series(const model::Signal& a, const model::Signal& b) {
  return a.step == b.step && a.scope == b.scope && a.source == b.source && a.kind == b.kind &&
         a.unit == b.unit;
}

std::string series_id(const model::Signal& s) {
  auto scope = fmt::format("{}\n{}\n{}\n{}", s.scope.country, s.scope.region,
                           s.scope.asn ? std::to_string(*s.scope.asn) : "", s.scope.prefix);
  return model::make_id(
      "ser", fmt::format("{}\n{}\n{}\n{}\n{}", scope, s.source, s.kind, s.unit, s.step.count()));
}

std::vector<std::vector<model::Signal>> by_series(std::vector<model::Signal> documents) {
  // Sorted by what makes a series, to find its documents in n log n; then back into order.
  std::vector<std::size_t> order(documents.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  auto key = [&](std::size_t i) {
    const auto& s = documents[i];
    return std::tie(s.source, s.kind, s.unit, s.step, s.scope.country, s.scope.region, s.scope.asn,
                    s.scope.prefix);
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t i : order) {
    if (groups.empty() || key(groups.back().front()) != key(i)) groups.emplace_back();
    groups.back().push_back(i);
  }
  std::sort(groups.begin(), groups.end());
  std::vector<std::vector<model::Signal>> out;
  for (const auto& group : groups) {
    out.emplace_back();
    for (std::size_t i : group) out.back().push_back(std::move(documents[i]));
  }
  return out;
}

std::vector<Detection> detect(std::span<const model::Signal> documents, const Params& params) {
  Method method = params.method == Method::kAuto ? choose(documents) : params.method;
  auto out = lay_out(documents, method == Method::kScores);
  for (auto& d : out) {
    d.method = method;
    conclude(d, judge(d, params), params);
  }
  return out;
}

}  // namespace correlate::detect
