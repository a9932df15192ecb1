#include "correlate/decoys.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace correlate {
namespace {

using model::Instant;
using model::Interval;
using model::Outage;
using model::Seconds;

constexpr std::int64_t kWeek = 7 * 86400;
constexpr std::int64_t kFirst = 3;   // weeks
constexpr std::int64_t kLast = 202;  // both ways: 400 timelines
constexpr std::int64_t kFewest = 7;  // 10 timelines
constexpr std::size_t kMostEvaluations = 200;
constexpr Seconds kLongest{180 * 86400};

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// The moves, in weeks, by which [start, over] comes to meet a window.
void moves_into(const Interval& window, Instant start, Instant over, std::int64_t last,
                std::vector<std::int64_t>& out) {
  auto weeks = [](Seconds length) { return floor_div(length.count(), kWeek); };
  std::int64_t from = std::max(-last, weeks(window.from - over) + 1);
  std::int64_t to = std::min(last, weeks(window.to - start));
  for (auto k = from; k <= to; ++k) {
    if (k >= kFirst || k <= -kFirst) out.push_back(k);
  }
}

class Mover {
 public:
  Mover(const evidence::Reading& reading, const std::vector<Interval>& windows,
        const OutageIndex& outages, const evidence::Weights& weights)
      : reading_(reading), windows_(windows), outages_(outages), weights_(weights) {}

  Decoys run(const Outage& outage) {
    const auto& row = outages_.timeline_of(outage);
    if (!row.empty()) rate_ = rate_of(reading_, row.front(), outages_);
    std::int64_t last = kLast;
    while (last > kFewest && work(row, last) > kMostEvaluations) {
      last = std::max(kFewest, last * 3 / 4);
    }
    Decoys out;
    out.best.assign(static_cast<std::size_t>(2 * (last - kFirst + 1)),
                    -std::numeric_limits<double>::infinity());
    auto [from, to] = reach(row, last);
    // Of a place so busy that even the fewest are too many, every so many-th outage.
    std::size_t step = 1 + work(row, last) / kMostEvaluations;
    for (std::size_t i = from; i < to; i += step) try_all(row[i], last, out);
    return out;
  }

 private:
  std::pair<std::size_t, std::size_t> reach(const OutageIndex::Row& row, std::int64_t last) const {
    if (windows_.empty()) return {0, 0};
    Seconds most{last * kWeek};
    std::size_t from = outages_.first_from(row, windows_.front().from - most - kLongest);
    return {from, std::max(from, outages_.first_from(row, windows_.back().to + most))};
  }
  // How many pairs there are to weigh, about.
  std::size_t work(const OutageIndex::Row& row, std::int64_t last) const {
    auto [from, to] = reach(row, last);
    std::int64_t moves = 0;
    for (const auto& window : windows_) moves += 2 + window.length().count() / kWeek;
    return (to - from) * static_cast<std::size_t>(std::min(moves, 2 * (last - kFirst + 1)));
  }

  void try_all(std::size_t i, std::int64_t last, Decoys& out) {
    const auto& facts = outages_.facts(i);
    const auto& outage = *facts.outage;
    Instant over = std::min(facts.over, outage.start + kLongest);
    moves_.clear();
    for (const auto& window : windows_) moves_into(window, outage.start, over, last, moves_);
    if (moves_.empty()) return;
    std::sort(moves_.begin(), moves_.end());
    moves_.erase(std::unique(moves_.begin(), moves_.end()), moves_.end());
    auto one = unmoved(reading_, i, outages_, rate_);
    for (auto k : moves_) {
      move(one, reading_, outages_, Seconds{k * kWeek});
      auto place = static_cast<std::size_t>(k > 0 ? 2 * (k - kFirst) : 2 * (-k - kFirst) + 1);
      out.best[place] = std::max(out.best[place], weights_.sum(one.bins));
    }
  }

  const evidence::Reading& reading_;
  const std::vector<Interval>& windows_;
  const OutageIndex& outages_;
  const evidence::Weights& weights_;
  std::vector<std::int64_t> moves_;
  double rate_ = 1;
};

}  // namespace

int Decoys::as_high(double bits) const {
  return static_cast<int>(
      std::count_if(best.begin(), best.end(), [&](double one) { return one >= bits; }));
}

Decoys decoys_of(const evidence::Reading& reading, const std::vector<Interval>& windows,
                 const Outage& outage, const OutageIndex& outages,
                 const evidence::Weights& weights) {
  return Mover(reading, windows, outages, weights).run(outage);
}

}  // namespace correlate
