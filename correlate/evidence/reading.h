#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/article.h"
#include "correlate/evidence/facts.h"
#include "correlate/evidence/features.h"
#include "store/model/claim.h"

namespace correlate::evidence {

// How exactly a time is told: kMinute … kCoarse.
Fit fineness(const model::Interval& interval);

// Whether any word or reported happening speaks of an outage. An article of which neither does
// speaks of none, wherever and whenever it was written.
bool speaks_of_outage(const model::Extraction& extraction);

// One article as the linker reads it, worked out once and held against many outages.
class Reading {
 public:
  Reading(const Article& article, const model::Extraction& extraction);
  // Refers to both.
  Reading(Article&&, const model::Extraction&) = delete;
  Reading(const Article&, model::Extraction&&) = delete;

  // A start or an end that it tells, with every stretch that the words can mean: in the zone that
  // it states, or, where it states none, in the publisher's, the place's and UTC.
  struct Told {
    const model::Claim* claim = nullptr;
    bool start = true;
    Fit fine = Fit::kCoarse;
    std::vector<model::Interval> readings;
  };
  const std::vector<Told>& told(const std::string& country,
                                const std::vector<std::string>& zones) const;

  // A length that it tells, as the bounds that a true one lies in, seconds.
  struct Length {
    const model::Claim* claim = nullptr;
    double least = 0;
    double most = 0;
    bool so_far = false;  // up to the time of writing only
  };
  const std::vector<Length>& lengths() const { return lengths_; }

  const model::Interval& written() const { return written_; }
  // Times that it mentions, a year long at most.
  const std::vector<model::Interval>& mentioned() const { return mentioned_; }

  // Bin of kPlace. `operator_named`: the outage's own network or operator is.
  std::size_t place(const std::string& country, bool operator_named) const;
  const std::set<std::string>& countries() const { return named_; }
  const std::set<std::uint32_t>& networks() const { return networks_; }
  const std::set<std::string, std::less<>>& words() const { return words_; }
  bool names_prefix(const std::string& prefix) const;
  bool names_operator(const Facts& outage) const;
  bool names_region(const std::string& region) const;
  bool says_again() const { return again_; }

  bool speaks() const { return speaks_of_outage(extraction_); }
  // What does not depend on the outage.
  std::size_t words_bin() const;
  std::size_t happening_bin() const;
  std::size_t claims_bin() const;
  Says says() const;
  Plans plans() const { return plans_; }
  Depth depth(const std::optional<double>& measured) const;
  Cause cause(const std::string& measured) const;

  const Article& article() const { return article_; }
  const model::Extraction& extraction() const { return extraction_; }

 private:
  void read_places();
  void read_words();
  void read_claims();

  const Article& article_;
  const model::Extraction& extraction_;
  model::Interval written_{};
  struct Mentions {
    bool title = false;
    bool sentence = false;   // on the outage
    bool elsewhere = false;  // beside something else: "near Egypt"
    bool plainly = false;    // named other than so
    Named level() const;
  };
  std::map<std::string, Mentions> places_;
  std::set<std::string> named_;  // countries, by themselves or an operator
  std::set<std::uint32_t> networks_;
  std::set<std::string> prefixes_;
  std::set<std::string, std::less<>> words_;  // that can be names
  std::vector<Length> lengths_;
  std::vector<model::Interval> mentioned_;
  std::size_t claims_ = 0;
  bool again_ = false;
  Plans plans_ = Plans::kNone;
  // Worked out when asked for: by country, by region.
  mutable std::map<std::string, std::vector<Told>> told_;
  mutable std::map<std::string, bool> regions_;
};

}  // namespace correlate::evidence
