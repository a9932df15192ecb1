#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/evidence/facts.h"
#include "correlate/evidence/reading.h"
#include "store/model/outage.h"

namespace correlate {

// The stretches in which an outage of any place would have to start to be met by its times alone.
// None where the article tells no start to the minute, or neither an end nor a length.
std::vector<model::Interval> met_by_times(const evidence::Reading& reading);

// Outages by place and start, so that an article meets only those it can speak of; with what is
// known of all outages of a country.
class OutageIndex {
 public:
  // Outages of one country, network or operator: their places in all(), by start.
  using Row = std::vector<std::size_t>;

  explicit OutageIndex(std::vector<model::Outage> outages);

  // Outages of a country, a network or an operator that the article names, whose start lies in a
  // window (of a busy place the last `kMostCandidates` of each), or that had begun within 180 days
  // and were still going on; and, where the article tells a start to the minute and an end or a
  // length, those of any place that fit both. Places in all(), ascending: by start, then id.
  std::vector<std::size_t> candidates(const evidence::Reading& reading,
                                      const std::vector<model::Interval>& windows) const;
  // Whether the article names the country, a network or an operator of any of the outages, or could
  // meet one by its times alone.
  bool touches(const evidence::Reading& reading) const;
  bool has_country(const std::string& code) const { return by_country_.contains(code); }
  const Row& of_country(const std::string& code) const;

  const model::Outage* find(std::string_view id) const;
  const std::vector<model::Outage>& all() const { return outages_; }
  const evidence::Facts& facts(std::size_t i) const { return facts_[i]; }
  // Of an outage's country; of nothing known where it has none.
  const evidence::Country& country(const std::string& code) const;
  // The outages that a moved timeline of this one is made of: its country's, else its network's.
  const Row& timeline_of(const model::Outage& outage) const;
  // The first place in a row that began at `at` or later.
  std::size_t first_from(const Row& row, model::Instant at) const;

  static constexpr std::size_t kMostCandidates = 64;

 private:
  void index(std::size_t i);
  void collect(const Row& row, const std::vector<model::Interval>& windows, Row& found) const;
  void collect_by_times(const evidence::Reading& reading, Row& found) const;
  std::vector<const Row*> rows_named(const evidence::Reading& reading) const;

  std::vector<model::Outage> outages_;
  std::vector<evidence::Facts> facts_;  // of the same places
  std::map<std::string, Row, std::less<>> by_country_;
  std::map<std::string, evidence::Country, std::less<>> countries_;
  std::map<std::uint32_t, Row> by_network_;
  std::map<std::string, Row, std::less<>> by_operator_;  // folded words of their names
  std::map<std::string, std::size_t, std::less<>> by_id_;
};

}  // namespace correlate
