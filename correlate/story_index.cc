#include "correlate/story_index.h"

#include <algorithm>

namespace correlate {
namespace {

constexpr model::Seconds kSameHours{6 * 3600};

}  // namespace

bool StoryIndex::add(std::uint32_t term, std::uint32_t story, std::int32_t impact,
                     model::Instant at) {
  auto& postings = terms_[term];
  bool there =
      !postings.empty() && postings.back().story == story && at - postings.back().at <= kSameHours;
  if (there) return false;
  if (postings.size() == postings.capacity() && !postings.empty()) {
    auto old = std::find_if(postings.begin(), postings.end(),
                            [this](const Posting& one) { return one.at >= forgotten_; });
    postings.erase(postings.begin(), old);
  }
  postings.push_back({story, impact, at});
  return true;
}

void StoryIndex::take_back(std::uint32_t term) {
  auto found = terms_.find(term);
  found->second.pop_back();
  if (found->second.empty()) terms_.erase(found);
}

std::vector<StoryIndex::Hit> StoryIndex::best(std::vector<Hit> hits, std::size_t most) {
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.story < b.story; });
  std::size_t kept = 0;
  for (const auto& hit : hits) {
    if (kept > 0 && hits[kept - 1].story == hit.story) {
      hits[kept - 1].score += hit.score;
    } else {
      hits[kept++] = hit;
    }
  }
  hits.resize(kept);
  auto many = std::min(most, hits.size());
  std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(many), hits.end(),
                    [](const Hit& a, const Hit& b) {
                      return a.score != b.score ? a.score > b.score : a.story < b.story;
                    });
  hits.resize(many);
  return hits;
}

std::size_t StoryIndex::postings() const {
  std::size_t out = 0;
  for (const auto& [term, postings] : terms_) out += postings.size();
  return out;
}

}  // namespace correlate
