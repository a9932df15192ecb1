#pragma once

#include <map>
#include <string>
#include <vector>

#include "correlate/article.h"
#include "store/model/claim.h"
#include "store/model/join.h"
#include "store/model/outage.h"

namespace correlate {

// At and above this probability a link is said; below it is kept with its reasons, not shown.
inline constexpr double kSaidFrom = 0.5;

// Outages by place and start, so that an article meets only those it can speak of.
class OutageIndex {
 public:
  explicit OutageIndex(std::vector<model::Outage> outages);

  // Outages of a country, a network or an operator that the article names, whose start lies in a
  // window (of a busy place the last `kMostCandidates` of each), or that had begun within 180 days
  // and were still going on. Ordered by start, then id.
  std::vector<const model::Outage*> candidates(const Article& article,
                                               const model::Extraction& extraction,
                                               const std::vector<model::Interval>& windows) const;
  const model::Outage* find(std::string_view id) const;
  const std::vector<model::Outage>& all() const { return outages_; }

  static constexpr std::size_t kMostCandidates = 64;

 private:
  // Outages of one country, network or operator: their places in `outages_`, by start.
  using Row = std::vector<std::size_t>;
  void collect(const Row& row, const std::vector<model::Interval>& windows,
               std::vector<std::size_t>& found) const;

  std::vector<model::Outage> outages_;
  std::map<std::string, Row> by_country_;
  std::map<std::uint32_t, Row> by_network_;
  std::map<std::string, Row, std::less<>> by_operator_;  // folded words of their names
  std::map<std::string, std::size_t, std::less<>> by_id_;
};

// When the outages that an article can speak of may have begun: the days before it was written,
// and around every date that it names.
std::vector<model::Interval> windows_of(const Article& article,
                                        const model::Extraction& extraction);

// The pass `link`: every outage that the article may speak of, with its probability and the
// reasons for and against, most probable first. Evidence is weighed in bits (Fellegi and Sunter
// 1969): place, network, time, duration, vocabulary, base rate; see correlate/README.md. Pure.
std::vector<model::Link> link(const Article& article, const model::Extraction& extraction,
                              const OutageIndex& outages);

}  // namespace correlate
