#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "correlate/flat_table.h"
#include "correlate/terms.h"
#include "store/model/instant.h"

namespace correlate {

// Finds stories by the heavy terms of their entries. A posting is a story, how much the term
// weighed in the entry (its impact), and when that was; the postings of a term stand in order of
// time. A query takes its terms from the heaviest on, and of each the newest kMostOfTerm postings
// that are not too old; a story's score is the sum of query weight × impact. So a query
// costs no more in a large index than in a small one.
class StoryIndex {
 public:
  static constexpr std::size_t kTerms = 16;  // of an entry that are posted, and of a query
  static constexpr std::size_t kFacts = 8;
  static constexpr std::size_t kMostOfTerm = 48;
  static constexpr model::Seconds kAlive{5 * 86400};

  explicit StoryIndex(model::Seconds alive = kAlive) : alive_(alive) {}

  // True where a posting was added, which take_back() takes away: not where the newest posting of
  // the term is the same story's, and of the same hours.
  bool add(std::uint32_t term, std::uint32_t story, std::int32_t impact, model::Instant at);
  void take_back(std::uint32_t term);
  // Forgets postings before this moment, of each term when it comes again or when the terms have
  // doubled.
  void forget_before(model::Instant moment);

  struct Hit {
    std::uint32_t story;
    std::int64_t score;
  };
  // The `most` stories that score highest (of equals the lower numbers), as `root` gives their
  // numbers.
  template <typename Root>
  std::vector<Hit> find(const Terms& query, model::Instant at, std::size_t most, Root root) const {
    std::vector<Hit> hits;
    for (const auto& term : query) scan(term, at, root, hits);
    return best(std::move(hits), most);
  }
  std::size_t bytes() const;

 private:
  struct Posting {
    std::uint32_t story;
    std::int32_t impact;
    model::Instant at;
  };

  template <typename Root>
  void scan(const Term& term, model::Instant at, Root root, std::vector<Hit>& hits) const {
    auto number = numbers_.get(term.id);
    if (number == 0) return;
    const auto& postings = lists_[static_cast<std::size_t>(number - 1)];
    std::size_t begin = hits.size();
    auto least = postings.size() - std::min(postings.size(), kMostOfTerm);
    for (std::size_t i = postings.size(); i > least; --i) {
      const auto& posting = postings[i - 1];
      if (at - posting.at > alive_) break;
      std::uint32_t story = root(posting.story);
      bool again = false;
      for (std::size_t j = begin; j < hits.size() && !again; ++j) again = hits[j].story == story;
      if (!again) hits.push_back({story, std::int64_t{term.weight} * posting.impact});
    }
  }
  static std::vector<Hit> best(std::vector<Hit> hits, std::size_t most);

  model::Seconds alive_;
  FlatTable numbers_;  // of a term: its list, and one
  std::vector<std::vector<Posting>> lists_;
  std::size_t purge_at_ = 1 << 16;  // lists
  model::Instant forgotten_ = model::Instant::min();
};

}  // namespace correlate
