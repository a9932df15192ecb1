#include "correlate/link.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "correlate/competition.h"
#include "correlate/decoys.h"
#include "correlate/dependence.h"
#include "correlate/ledger.h"
#include "store/model/hash.h"

namespace correlate {
namespace {

using evidence::Again;
using evidence::Feature;
using evidence::Fit;
using evidence::Lag;
using evidence::Reading;
using evidence::Weights;
using model::Interval;
using model::Link;
using model::Seconds;

// News of an outage is written while it lasts or within days of it; what is older must be named
// by its date.
constexpr Seconds kRecent{10 * 86400};
// A date in a text may be read in another zone, and a report may give the day after.
constexpr Seconds kAroundDate{2 * 86400};
// Windows of one article; what names more dates is a chronicle.
constexpr std::size_t kMostWindows = 32;
// Another outage of the same place within so long is one that "again" may point back to.
constexpr Seconds kAgainWithin{10 * 86400};
// Over so long the outages of a place are counted to see how rare they are: the reach of decoys.
constexpr Seconds kCounted{202 * 7 * 86400};
// Competing outages that are kept with a link.
constexpr std::size_t kMostHypotheses = 4;

double round_to(double value, double grain) { return std::round(value / grain) * grain; }
// To four places, so that every machine prints the same.
double rounded(double probability) { return std::round(probability * 1e4) / 1e4; }

// Best first; equal ones by the outage's id.
void order(std::vector<Link>& links) {
  std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) {
    return a.probability != b.probability ? a.probability > b.probability
                                          : a.outage_id < b.outage_id;
  });
}

// Which of the outages of one place within days is the last, which are earlier.
void mark_again(const Reading& reading, const OutageIndex& outages, Seconds moved,
                std::vector<Candidate>& candidates) {
  const auto& all = outages.all();
  std::map<std::string, std::vector<std::size_t>> by_place;  // ascending by start, as they come
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    by_place[all[candidates[i].outage].scope.country].push_back(i);
  }
  for (const auto& place : by_place) {
    const auto& row = place.second;
    for (std::size_t at = 0; at < row.size(); ++at) {
      const auto& outage = all[candidates[row[at]].outage];
      auto is_near = [&](std::size_t other) {
        if (other >= row.size()) return false;
        const auto& next = all[candidates[row[other]].outage];
        bool out = next.start + moved < reading.written().to;
        auto apart =
            next.start > outage.start ? next.start - outage.start : outage.start - next.start;
        return out && apart <= kAgainWithin;
      };
      // One that never ended is not followed by another.
      bool earlier = outage.end && is_near(at + 1);
      bool latest = !earlier && at > 0 && is_near(at - 1);
      bool again = reading.says_again();
      Again bin = earlier  ? (again ? Again::kEarlierAgain : Again::kEarlier)
                  : latest ? (again ? Again::kLatestAgain : Again::kLatest)
                           : Again::kAlone;
      candidates[row[at]].bins.set(Feature::kAgain, static_cast<std::size_t>(bin));
    }
  }
}

std::vector<model::Hypothesis> hypotheses_of(std::size_t group, const std::vector<Share>& shares,
                                             const std::vector<Candidate>& candidates,
                                             const OutageIndex& outages) {
  double total = 1;
  std::vector<std::pair<double, std::size_t>> odds;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (shares[i].group != group) continue;
    odds.emplace_back(-std::exp2(std::min(shares[i].bits, 60.0)), i);
    total -= odds.back().first;
  }
  std::sort(odds.begin(), odds.end());
  std::vector<model::Hypothesis> out;
  for (const auto& [negative, i] : odds) {
    if (out.size() >= kMostHypotheses || rounded(-negative / total) == 0) break;
    out.push_back({outages.all()[candidates[i].outage].id, rounded(-negative / total)});
  }
  out.push_back({"", rounded(1 / total)});
  return out;
}

class Linker {
 public:
  Linker(const Article& article, const model::Extraction& extraction, const OutageIndex& outages,
         const Weights& weights)
      : reading_(article, extraction), outages_(outages), weights_(weights) {}

  std::vector<Link> run() {
    windows_ = windows_of(reading_);
    candidates_ = candidates_of(reading_, outages_);
    shares_ = compete(reading_, candidates_, outages_, weights_);
    std::vector<Link> out;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      auto probability = probability_of(candidates_[i], shares_[i], weights_);
      if (probability < kWorthKeeping) continue;
      out.push_back(link_to(i, probability));
      out.back().relation = has_time(candidates_[i]) ? model::LinkRelation::kReports
                                                     : model::LinkRelation::kCompatible;
      kept_.push_back(i);
    }
    for (std::size_t at = 0; at < out.size(); ++at) hold_against_decoys(out, at);
    order(out);
    return out;
  }

 private:
  Link link_to(std::size_t i, double probability) const {
    const auto& candidate = candidates_[i];
    const auto& outage = outages_.all()[candidate.outage];
    Link out;
    out.probability = probability;
    out.entry_id = reading_.article().id;
    out.revision = reading_.article().revision;
    out.outage_id = outage.id;
    out.id = model::make_id("lnk", out.entry_id + "\n" + out.outage_id);
    out.any = rounded(shares_[i].any);
    out.hypotheses = hypotheses_of(shares_[i].group, shares_, candidates_, outages_);
    out.reasons = reasons_of(reading_, candidate, outages_, weights_);
    double rivalry = shares_[i].log_odds - shares_[i].bits;
    if (rivalry < -0.005) out.reasons.push_back(rival_reason(out.hypotheses, outage.id, rivalry));
    if (auto cited = dependence(reading_.extraction(), outage)) {
      out.dependent = true;
      out.reasons.push_back(*std::move(cited));
    }
    for (auto& reason : out.reasons) reason.bits = round_to(reason.bits, 0.01);
    return out;
  }

  // One set of moved timelines for each place; links of the same place are counted in it.
  void hold_against_decoys(std::vector<Link>& links, std::size_t at) {
    auto i = kept_[at];
    auto [found, fresh] = decoys_.try_emplace(shares_[i].group);
    if (fresh) {
      found->second =
          decoys_of(reading_, windows_, outages_.all()[candidates_[i].outage], outages_, weights_);
    }
    const auto& decoys = found->second;
    auto& link = links[at];
    double bits = plain_bits(i);
    link.decoys = decoys.tried();
    link.decoys_as_high = decoys.as_high(bits);
    int as_high = 0;  // this link among them
    for (auto other : kept_) {
      if (shares_[other].group == shares_[i].group && plain_bits(other) >= bits) ++as_high;
    }
    link.q = rounded(std::min(1.0, (1.0 + link.decoys_as_high) / (1.0 + link.decoys) / as_high));
  }

  // Without what only the unmoved timeline has: the place in a row of relapses.
  double plain_bits(std::size_t i) const {
    const auto& bins = candidates_[i].bins;
    evidence::Bins alone = bins;
    alone.set(Feature::kAgain, static_cast<std::size_t>(Again::kAlone));
    return weights_.sum(alone);
  }

  Reading reading_;
  const OutageIndex& outages_;
  const Weights& weights_;
  std::vector<Interval> windows_;
  std::vector<Candidate> candidates_;
  std::vector<Share> shares_;
  std::vector<std::size_t> kept_;  // places in candidates_
  std::map<std::size_t, Decoys> decoys_;
};

}  // namespace

std::vector<Interval> windows_of(const Reading& reading) {
  Interval written = reading.written();
  // A start that is only known to the day may lie after the time of writing.
  written.to += kAroundDate / 2;
  std::vector<Interval> all{{written.from - kRecent, written.to}};
  for (const auto& time : reading.mentioned()) {
    Interval around{time.from - kAroundDate, std::min(time.to + kAroundDate, written.to)};
    if (around.from < around.to && all.size() < kMostWindows) all.push_back(around);
  }
  std::sort(all.begin(), all.end(),
            [](const Interval& a, const Interval& b) { return a.from < b.from; });
  std::vector<Interval> out;
  for (const auto& one : all) {
    if (!out.empty() && one.from <= out.back().to) {
      out.back().to = std::max(out.back().to, one.to);
    } else {
      out.push_back(one);
    }
  }
  return out;
}

// Outages of a timeline in ten days, on the average of the years around the article.
double rate_of(const Reading& reading, std::size_t outage, const OutageIndex& outages) {
  const auto& row = outages.timeline_of(outages.all()[outage]);
  auto at = reading.written().from;
  auto count = outages.first_from(row, at + kCounted) - outages.first_from(row, at - kCounted);
  double tens = static_cast<double>(2 * kCounted.count()) / (10 * 86400.0);
  return static_cast<double>(std::max<std::size_t>(1, count)) / tens;
}

Candidate unmoved(const Reading& reading, std::size_t outage, const OutageIndex& outages,
                  double rate) {
  const auto& facts = outages.facts(outage);
  Candidate out;
  out.outage = outage;
  out.bins = evidence::fixed_bins(reading, facts);
  out.bins.rate = rate;
  return out;
}

Candidate candidate_of(const Reading& reading, std::size_t outage, const OutageIndex& outages) {
  auto out = unmoved(reading, outage, outages, rate_of(reading, outage, outages));
  move(out, reading, outages, Seconds{0});
  return out;
}

void move(Candidate& candidate, const Reading& reading, const OutageIndex& outages, Seconds moved) {
  const auto& facts = outages.facts(candidate.outage);
  const auto& country = outages.country(facts.outage->scope.country);
  candidate.time = evidence::fit_time(reading, facts, country, moved);
  bool network = facts.own == evidence::Own::kNetwork || facts.own == evidence::Own::kOperator;
  candidate.bins.set(Feature::kTime,
                     evidence::time_bin(candidate.time.lag, candidate.time.fit, network));
  candidate.bins.set(Feature::kPhase, evidence::phase_bin(reading.says(), candidate.time.course));
  evidence::fit_length(candidate.bins, reading, facts, country, moved);
}

std::vector<Candidate> candidates_of(const Reading& reading, const OutageIndex& outages,
                                     Seconds moved) {
  if (!reading.speaks()) return {};
  auto windows = windows_of(reading);
  for (auto& window : windows) window = {window.from - moved, window.to - moved};
  std::vector<Candidate> out;
  for (auto i : outages.candidates(reading, windows)) {
    auto one = candidate_of(reading, i, outages);
    // What an article on other places and networks speaks of is not this one, though it names an
    // operator or a cable that was down here too.
    if (one.bins.of(Feature::kPlace) == evidence::kOtherPlace) continue;
    out.push_back(one);
    if (moved != Seconds{0}) move(out.back(), reading, outages, moved);
  }
  mark_again(reading, outages, moved, out);
  return out;
}

std::vector<Link> link(const Article& article, const model::Extraction& extraction,
                       const OutageIndex& outages, const Weights& weights) {
  return Linker(article, extraction, outages, weights).run();
}

}  // namespace correlate
