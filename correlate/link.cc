#include "correlate/link.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>

#include "correlate/evidence.h"
#include "store/model/hash.h"

namespace correlate {
namespace {

using model::Instant;
using model::Interval;
using model::Link;
using model::Outage;
using model::Reason;
using model::Seconds;

// News of an outage is written while it lasts or within days of it; what is older must be named
// by its date.
constexpr Seconds kRecent{10 * 86400};
// A date in a text may be read in another zone, and a report may give the day after.
constexpr Seconds kAroundDate{2 * 86400};
// "Last year" still points somewhere; longer times do not.
constexpr Seconds kLongestDate{366 * 86400};
// An outage that began longer ago is met only where its date is named.
constexpr Seconds kLongest{180 * 86400};
// Links below this are not worth keeping.
constexpr double kWorthKeeping = 0.02;
// An outage that another one fits better by so many bits is doubted by as many, up to the limit.
constexpr double kMostRivalry = 6;

double sum(const std::vector<Reason>& reasons) {
  double bits = 0;
  for (const auto& reason : reasons) bits += reason.bits;
  return bits;
}

double round_to(double value, double grain) { return std::round(value / grain) * grain; }

// Odds of 2^bits to 1, to four places so that every machine prints the same.
double probability_of(double bits) {
  return round_to(1 / (1 + std::exp2(-std::clamp(bits, -60.0, 60.0))), 1e-4);
}

// Best first; equal ones by the outage's id.
void order(std::vector<Link>& links) {
  std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) {
    return a.probability != b.probability ? a.probability > b.probability
                                          : a.outage_id < b.outage_id;
  });
}

// Where one outage explains the article better than another of the same place, the other is less
// likely what it speaks of, unless the article tells of both.
void weigh_rivals(std::vector<Evidence>& found) {
  for (auto& one : found) {
    double best = 0;
    const Outage* rival = nullptr;
    for (const auto& other : found) {
      if (&other == &one || !same_place(other.outage->scope, one.outage->scope)) continue;
      double lead = sum(other.reasons) - sum(one.reasons);
      if (lead > best) {
        best = lead;
        rival = other.outage;
      }
    }
    if (rival != nullptr && !one.named_by_time) {
      one.rivalry = {"rival", -std::min(kMostRivalry, best),
                     "the outage that began " +
                         model::to_iso(rival->start, model::Precision::kMinute) + " fits better"};
    }
  }
  for (auto& one : found) {
    if (one.rivalry) one.reasons.push_back(*one.rivalry);
  }
}

}  // namespace

OutageIndex::OutageIndex(std::vector<Outage> outages) : outages_(std::move(outages)) {
  std::sort(outages_.begin(), outages_.end(), [](const Outage& a, const Outage& b) {
    return a.start != b.start ? a.start < b.start : a.id < b.id;
  });
  for (std::size_t i = 0; i < outages_.size(); ++i) {
    const auto& outage = outages_[i];
    by_id_[outage.id] = i;
    if (!outage.scope.country.empty()) by_country_[outage.scope.country].push_back(i);
    if (outage.scope.asn) by_network_[*outage.scope.asn].push_back(i);
    for (const auto& word : operator_words(outage)) by_operator_[word].push_back(i);
  }
}

const Outage* OutageIndex::find(std::string_view id) const {
  auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &outages_[found->second];
}

void OutageIndex::collect(const Row& row, const std::vector<Interval>& windows,
                          std::vector<std::size_t>& found) const {
  for (const auto& window : windows) {
    auto begin =
        std::lower_bound(row.begin(), row.end(), window.from,
                         [this](std::size_t i, Instant at) { return outages_[i].start < at; });
    auto end = std::lower_bound(begin, row.end(), window.to, [this](std::size_t i, Instant at) {
      return outages_[i].start < at;
    });
    // The newest of a busy place: news is about what is near.
    if (static_cast<std::size_t>(end - begin) > kMostCandidates) {
      begin = end - static_cast<std::ptrdiff_t>(kMostCandidates);
    }
    found.insert(found.end(), begin, end);
    // Of what began before the window, whatever was still going on when it opened.
    auto earlier =
        std::lower_bound(row.begin(), begin, window.from - kLongest,
                         [this](std::size_t i, Instant at) { return outages_[i].start < at; });
    for (; earlier != begin; ++earlier) {
      const auto& outage = outages_[*earlier];
      if (!outage.end ? outage.open : *outage.end > window.from) found.push_back(*earlier);
    }
  }
}

std::vector<const Outage*> OutageIndex::candidates(const Article& article,
                                                   const model::Extraction& extraction,
                                                   const std::vector<Interval>& windows) const {
  std::vector<std::size_t> found;
  std::set<std::string> countries;
  std::set<std::uint32_t> networks;
  for (const auto& mention : extraction.mentions) {
    if (!mention.scope.country.empty()) countries.insert(mention.scope.country);
    if (mention.scope.asn) networks.insert(*mention.scope.asn);
  }
  for (const auto& country : countries) {
    if (auto row = by_country_.find(country); row != by_country_.end()) {
      collect(row->second, windows, found);
    }
  }
  for (auto network : networks) {
    if (auto row = by_network_.find(network); row != by_network_.end()) {
      collect(row->second, windows, found);
    }
  }
  for (const auto& word : name_words(article.text)) {
    if (auto row = by_operator_.find(word); row != by_operator_.end()) {
      collect(row->second, windows, found);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::vector<const Outage*> out;
  out.reserve(found.size());
  for (auto i : found) out.push_back(&outages_[i]);
  return out;
}

std::vector<Interval> windows_of(const Article& article, const model::Extraction& extraction) {
  Interval written = article.anchor.interval();
  // A start that is only known to the day may lie after the time of writing.
  written.to += kAroundDate / 2;
  std::vector<Interval> out{{written.from - kRecent, written.to}};
  for (const auto& time : extraction.times) {
    if (!time.interval || time.interval->length() > kLongestDate) continue;
    Interval around{time.interval->from - kAroundDate, time.interval->to + kAroundDate};
    around.to = std::min(around.to, written.to);
    if (around.from < around.to) out.push_back(around);
  }
  return out;
}

std::vector<Link> link(const Article& article, const model::Extraction& extraction,
                       const OutageIndex& outages) {
  std::vector<Evidence> found;
  for (const auto* outage :
       outages.candidates(article, extraction, windows_of(article, extraction))) {
    found.push_back(weigh(article, extraction, *outage));
  }
  weigh_rivals(found);
  std::vector<Link> out;
  for (auto& evidence : found) {
    Link link;
    link.probability = probability_of(sum(evidence.reasons));
    if (link.probability < kWorthKeeping) continue;
    link.entry_id = article.id;
    link.revision = article.revision;
    link.outage_id = evidence.outage->id;
    link.id = model::make_id("lnk", link.entry_id + "\n" + link.outage_id);
    link.reasons = std::move(evidence.reasons);
    for (auto& reason : link.reasons) reason.bits = round_to(reason.bits, 0.01);
    out.push_back(std::move(link));
  }
  order(out);
  return out;
}

}  // namespace correlate
