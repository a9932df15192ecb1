#include "correlate/cluster.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <unordered_map>
#include <utility>

#include "store/model/hash.h"

namespace correlate {
namespace {

using model::Happening;

// Tuned on stories of another set than they are scored on; see README.md.
constexpr double kJoin = 0.30;                        // likeness from which an item joins a story
constexpr double kFadeDays = 2.5;                     // standard deviation of the Gaussian in time
constexpr auto kCopied = model::Seconds(14 * 86400);  // reports are copied so long after
constexpr std::size_t kIndexTerms = 8;  // heaviest terms of an item that find candidates
constexpr std::size_t kMostCandidates = 200;

double fade(model::Instant a, model::Instant b) {
  double days = static_cast<double>((a > b ? a - b : b - a).count()) / 86400;
  return std::exp(-days * days / (2 * kFadeDays * kFadeDays));
}

bool compatible(Happening a, Happening b) {
  if (a == b || a == Happening::kOther || b == Happening::kOther) return true;
  auto of_start = [](Happening h) {
    return h == Happening::kOutage || h == Happening::kOutageStart || h == Happening::kRelapse;
  };
  return of_start(a) && of_start(b);
}

class Clustering {
 public:
  explicit Clustering(const std::vector<Item>& items) : items_(items) {}

  std::vector<Cluster> run() {
    std::vector<std::size_t> order(items_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      const auto& x = items_[a];
      const auto& y = items_[b];
      return x.published != y.published ? x.published < y.published : x.entry_id < y.entry_id;
    });
    for (auto i : order) place(i);
    return std::move(clusters_);
  }

 private:
  void place(std::size_t i) {
    const Item& item = items_[i];
    auto heavy = heaviest(item.terms);
    if (auto copied = story_of_copy(item)) return join(*copied, i, heavy);
    std::size_t best = clusters_.size();
    double most = kJoin;
    for (auto candidate : candidates(heavy)) {
      const auto& other = clusters_[candidate];
      double size = length(other.sum);
      if (size == 0 || !compatible(items_[other.items.front()].happening, item.happening) ||
          !same_outage(items_[other.items.front()], item)) {
        continue;
      }
      double alike = dot(item.terms, other.sum) / size * fade(item.published, other.last);
      if (alike > most) {
        most = alike;
        best = candidate;
      }
    }
    if (best == clusters_.size()) clusters_.emplace_back();
    join(best, i, heavy);
  }

  // The story of an earlier item that this one is a near-copy of, unless they tell of different
  // things (a weekly report in the same words).
  std::optional<std::size_t> story_of_copy(const Item& item) const {
    const Recent* where = &before_;
    auto match = before_.copies.find(item.sketch);
    auto newer = now_.copies.find(item.sketch);
    if (newer && (!match || newer->like.resemblance > match->like.resemblance)) {
      match = newer;
      where = &now_;
    }
    if (!match) return std::nullopt;
    auto [place, story] = where->placed[match->of];
    const Item& other = items_[place];
    auto days = item.published - other.published;
    bool same =
        days <= kCopied && compatible(other.happening, item.happening) && same_outage(other, item);
    return same ? std::optional(story) : std::nullopt;
  }

  // Two reports that are each linked to outages report the same happening only of the same one.
  static bool same_outage(const Item& a, const Item& b) {
    return a.outages.empty() || b.outages.empty() || a.outages.front() == b.outages.front();
  }

  void join(std::size_t place, std::size_t i, const std::vector<std::uint32_t>& heavy) {
    const Item& item = items_[i];
    Cluster& cluster = clusters_[place];
    if (cluster.items.empty()) cluster.first = item.published;
    cluster.last = item.published;
    cluster.items.push_back(i);
    cluster.sum = add(cluster.sum, item.terms);
    if (item.published - now_.since > kCopied) {
      before_ = std::exchange(now_, {});
      now_.since = item.published;
    }
    now_.copies.add(item.sketch);
    now_.placed.emplace_back(i, place);
    for (auto term : heavy) {
      auto& posting = index_[term];
      if (posting.empty() || posting.back() != place) posting.push_back(place);
    }
  }

  static std::vector<std::uint32_t> heaviest(const Terms& terms) {
    Terms sorted = terms;
    auto many = std::min(kIndexTerms, sorted.size());
    std::partial_sort(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(many),
                      sorted.end(), [](const auto& a, const auto& b) {
                        return a.second != b.second ? a.second > b.second : a.first < b.first;
                      });
    std::vector<std::uint32_t> out;
    for (std::size_t i = 0; i < many; ++i) out.push_back(sorted[i].first);
    return out;
  }

  // Stories that share a heavy term, the newest of each term first.
  std::vector<std::size_t> candidates(const std::vector<std::uint32_t>& heavy) const {
    std::vector<std::size_t> out;
    for (auto term : heavy) {
      auto found = index_.find(term);
      if (found == index_.end()) continue;
      const auto& posting = found->second;
      auto many = std::min(posting.size(), kMostCandidates / kIndexTerms);
      out.insert(out.end(), posting.end() - static_cast<std::ptrdiff_t>(many), posting.end());
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  // The items of some time, to find copies among. Those before the last two such times are too old
  // to be copied, and forgotten.
  struct Recent {
    model::Instant since{};
    CopyIndex copies;
    std::vector<std::pair<std::size_t, std::size_t>> placed;  // item and story, as in copies
  };

  const std::vector<Item>& items_;
  std::vector<Cluster> clusters_;
  Recent before_;
  Recent now_;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>>
      index_;  // term → stories, oldest first
};

}  // namespace

std::vector<Cluster> cluster(const std::vector<Item>& items) {
  auto clusters = Clustering(items).run();
  for (auto& cluster : clusters) {
    auto& story = cluster.story;
    for (auto i : cluster.items) story.entry_ids.push_back(items[i].entry_id);
    story.id = model::make_id("sty", story.entry_ids.front());
    story.title = items[cluster.items.front()].title;
  }
  return clusters;
}

}  // namespace correlate
