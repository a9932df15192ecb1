#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/link.h"
#include "store/model/result.h"

// Learning the weights of evidence from pairs that people labelled.
namespace correlate::train {

// Which outages each labelled item speaks of; an item with none speaks of none.
using Gold = std::map<std::string, std::set<std::string>>;

// Lines of {"item","outage"}, null where the item speaks of none of them; other members are left
// alone. An error names the line: no JSON, no item, an item that is said both to speak of an outage
// and of none.
model::Result<Gold> parse_gold(std::string_view jsonl);

struct Example {
  Article article;
  model::Extraction extraction;
  std::set<std::string> outages;  // ids
  // Of an entry of which people judged some links only: those that are wrong; all others are left
  // out.
  std::set<std::string> rejected;
  bool partial = false;
};

// An article against the outages near it, in the true timeline or in one that was moved.
struct Scene {
  std::size_t example = 0;
  std::vector<Candidate> candidates;
  std::vector<bool> truth;  // of each
  double weight = 1;
  model::Seconds moved{0};
};

// Labelled articles with the outages; neither copied nor moved, since readings refer to it.
class Data {
 public:
  Data(std::vector<Example> examples, OutageIndex outages);
  Data(const Data&) = delete;
  Data& operator=(const Data&) = delete;

  const std::vector<Example>& examples() const { return examples_; }
  const OutageIndex& outages() const { return outages_; }
  const evidence::Reading& reading(std::size_t example) const { return readings_[example]; }
  // One for each example.
  std::vector<Scene> scenes(model::Seconds moved, double weight) const;

  // Labels of examples that belong together: of the same countries, which items that speak of
  // several outages join; or of the same year of publication.
  std::vector<std::string> countries() const;
  std::vector<std::string> years() const;
  // True pairs that no place, network or time leads to: what the linker cannot find.
  std::size_t out_of_reach() const;

 private:
  std::vector<Example> examples_;
  OutageIndex outages_;
  std::vector<evidence::Reading> readings_;
};

// The names of gold items and outages that do not exist, as sentences; few are listed by name.
std::vector<std::string> unknown_names(const Gold& gold, const std::set<std::string>& items,
                                       const OutageIndex& outages);

}  // namespace correlate::train
