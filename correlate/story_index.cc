#include "correlate/story_index.h"

#include <algorithm>

namespace correlate {
namespace {

constexpr model::Seconds kSameHours{6 * 3600};

}  // namespace

bool StoryIndex::add(std::uint32_t term, std::uint32_t story, std::int32_t impact,
                     model::Instant at) {
  auto number = numbers_.get(term);
  if (number == 0) {
    lists_.emplace_back();
    number = static_cast<std::int32_t>(lists_.size());
    numbers_.add(term, number);
  }
  auto& postings = lists_[static_cast<std::size_t>(number - 1)];
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

void StoryIndex::forget_before(model::Instant moment) {
  forgotten_ = moment;
  if (lists_.size() < purge_at_) return;
  FlatTable numbers;
  numbers.reserve(lists_.size());
  std::vector<std::vector<Posting>> lists;
  numbers_.for_each([&](std::uint32_t term, std::int32_t number) {
    auto& list = lists_[static_cast<std::size_t>(number - 1)];
    if (list.empty() || list.back().at < moment) return;
    lists.push_back(std::move(list));
    numbers.add(term, static_cast<std::int32_t>(lists.size()));
  });
  numbers_ = std::move(numbers);
  lists_ = std::move(lists);
  purge_at_ = std::max<std::size_t>(2 * lists_.size(), 1 << 16);
}

void StoryIndex::take_back(std::uint32_t term) {
  lists_[static_cast<std::size_t>(numbers_.get(term) - 1)].pop_back();
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

std::size_t StoryIndex::bytes() const {
  std::size_t out = numbers_.bytes() + lists_.capacity() * sizeof(std::vector<Posting>);
  for (const auto& postings : lists_) out += postings.capacity() * sizeof(Posting);
  return out;
}

}  // namespace correlate
