#include "correlate/thread.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <unordered_map>

#include "store/model/hash.h"

namespace correlate {
namespace {

using model::Incident;
using model::Instant;
using model::Seconds;

constexpr double kJoin = 0.16;        // likeness from which a story joins an incident
constexpr double kJoinOfKind = 0.11;  // where both report happenings that incidents are made of
constexpr double kMerge = 0.26;       // from which two incidents are one
constexpr Seconds kQuiet{21 * 86400};
constexpr std::size_t kIndexTerms = 12;
constexpr std::size_t kMostCandidates = 120;

// An incident while it grows.
struct Thread {
  std::vector<std::size_t> stories;
  std::set<std::string> outages;
  std::set<std::string> countries;  // of those outages
  Terms sum;
  Instant first{};
  Instant last{};
  bool of_incident = false;  // reports happenings that incidents are made of
  bool merged = false;       // into another one
};

// What an incident is made of: done to someone's network or said by someone about just that.
bool is_of_incident(model::Happening happening) {
  using model::Happening;
  return happening != Happening::kOther && happening != Happening::kStatement &&
         happening != Happening::kRelease;
}

double alike(const Terms& a, const Terms& b) {
  double size = length(a) * length(b);
  return size > 0 ? dot(a, b) / size : 0;
}

// Two outages of two countries in one night are told in the same words; only an entry that tells of
// both makes them one incident.
bool apart(const Thread& a, const Thread& b) {
  if (a.countries.empty() || b.countries.empty()) return false;
  return std::none_of(a.countries.begin(), a.countries.end(),
                      [&](const std::string& country) { return b.countries.contains(country); });
}

Terms scaled(const Terms& terms) {
  Terms out = terms;
  double size = length(out);
  for (auto& [term, weight] : out) weight /= size > 0 ? size : 1;
  return out;
}

class Threading {
 public:
  Threading(const std::vector<Item>& items, const std::vector<Cluster>& clusters,
            const OutageIndex& outages)
      : items_(items), clusters_(clusters), outages_(outages) {}

  std::vector<Thread> run() {
    std::vector<std::size_t> order(clusters_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      return clusters_[a].first < clusters_[b].first;
    });
    for (auto i : order) place(i);
    for (std::size_t t = 0; t < threads_.size(); ++t) merge_alike(t);
    std::erase_if(threads_, [](const Thread& thread) { return thread.merged; });
    return std::move(threads_);
  }

 private:
  // Puts a story where its outages are; else where it is most alike; else on its own.
  void place(std::size_t i) {
    const Cluster& cluster = clusters_[i];
    Thread fresh;
    fresh.stories = {i};
    for (auto item : cluster.items) {
      fresh.outages.insert(items_[item].outages.begin(), items_[item].outages.end());
      fresh.of_incident = fresh.of_incident || is_of_incident(items_[item].happening);
    }
    for (const auto& id : fresh.outages) {
      const auto* outage = outages_.find(id);
      if (outage != nullptr) fresh.countries.insert(outage->scope.country);
    }
    fresh.sum = scaled(cluster.sum);
    fresh.first = cluster.first;
    fresh.last = cluster.last;
    std::size_t home = threads_.size();
    double most = 0;
    for (auto t : candidates(fresh)) {
      if (apart(fresh, threads_[t])) continue;
      double least = fresh.of_incident && threads_[t].of_incident ? kJoinOfKind : kJoin;
      if (double found = alike(fresh.sum, threads_[t].sum); found > std::max(most, least)) {
        most = found;
        home = t;
      }
    }
    threads_.push_back(std::move(fresh));
    auto self = threads_.size() - 1;
    if (home < self) self = merge(home, self);
    for (const auto& outage : std::set<std::string>(threads_[self].outages)) {
      auto [found, first] = by_outage_.try_emplace(outage, self);
      if (!first) self = merge(root(found->second), self);
    }
    index(self, cluster.sum);
  }

  // An incident that has grown may have come to be like another one.
  void merge_alike(std::size_t t) {
    if (threads_[t].merged) return;
    for (auto other : candidates(threads_[t])) {
      if (other == t || threads_[other].merged || apart(threads_[t], threads_[other])) continue;
      if (alike(threads_[t].sum, threads_[other].sum) >= kMerge) {
        merge(std::min(t, other), std::max(t, other));
        if (other < t) return;
      }
    }
  }

  // Moves everything of `from` into `into`, which is returned.
  std::size_t merge(std::size_t into, std::size_t from) {
    if (into == from) return into;
    Thread& a = threads_[into];
    Thread& b = threads_[from];
    a.stories.insert(a.stories.end(), b.stories.begin(), b.stories.end());
    a.outages.insert(b.outages.begin(), b.outages.end());
    a.countries.insert(b.countries.begin(), b.countries.end());
    a.sum = add(a.sum, b.sum);
    a.first = std::min(a.first, b.first);
    a.last = std::max(a.last, b.last);
    a.of_incident = a.of_incident || b.of_incident;
    b.merged = true;
    moved_[from] = into;
    return into;
  }

  std::size_t root(std::size_t t) const {
    for (auto found = moved_.find(t); found != moved_.end(); found = moved_.find(t)) {
      t = found->second;
    }
    return t;
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

  void index(std::size_t t, const Terms& terms) {
    for (auto term : heaviest(terms)) {
      auto& posting = index_[term];
      if (posting.empty() || posting.back() != t) posting.push_back(t);
    }
  }

  // Incidents that share a heavy term and were heard of in the three weeks before.
  std::set<std::size_t> candidates(const Thread& thread) const {
    std::set<std::size_t> out;
    for (auto term : heaviest(thread.sum)) {
      auto found = index_.find(term);
      if (found == index_.end()) continue;
      const auto& posting = found->second;
      auto many = std::min(posting.size(), kMostCandidates / kIndexTerms);
      for (auto at = posting.end() - static_cast<std::ptrdiff_t>(many); at != posting.end(); ++at) {
        auto t = root(*at);
        const auto& other = threads_[t];
        bool near = thread.first - other.last <= kQuiet && other.first - thread.last <= kQuiet;
        if (near) out.insert(t);
      }
    }
    return out;
  }

  const std::vector<Item>& items_;
  const std::vector<Cluster>& clusters_;
  const OutageIndex& outages_;
  std::vector<Thread> threads_;
  std::map<std::size_t, std::size_t> moved_;
  std::map<std::string, std::size_t> by_outage_;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> index_;
};

// The title of the story that most entries are in; the earliest of equals.
const Cluster& foremost(const Thread& thread, const std::vector<Cluster>& clusters) {
  const Cluster* best = nullptr;
  for (auto i : thread.stories) {
    const auto& cluster = clusters[i];
    bool better = best == nullptr || cluster.items.size() > best->items.size() ||
                  (cluster.items.size() == best->items.size() &&
                   (cluster.first < best->first ||
                    (cluster.first == best->first && cluster.story.id < best->story.id)));
    if (better) best = &cluster;
  }
  return *best;
}

Incident incident_of(const Thread& thread, const std::vector<Item>& items,
                     const std::vector<Cluster>& clusters, const OutageIndex& outages) {
  Incident out;
  out.title = foremost(thread, clusters).story.title;
  Instant first = Instant::max();
  Instant last = Instant::min();
  auto cover = [&](Instant from, Instant to) {
    first = std::min(first, from);
    last = std::max(last, to);
  };
  for (auto i : thread.stories) {
    out.story_ids.push_back(clusters[i].story.id);
    for (auto item : clusters[i].items) cover(items[item].happened, items[item].happened);
  }
  for (const auto& id : thread.outages) {
    if (const auto* outage = outages.find(id)) {
      cover(outage->start, outage->end.value_or(outage->start));
      out.outage_ids.push_back(id);
    }
  }
  std::sort(out.story_ids.begin(), out.story_ids.end());
  out.span = {first, last + Seconds{1}};
  out.id = model::make_id("inc", out.story_ids.front());
  return out;
}

}  // namespace

std::vector<Incident> thread(const std::vector<Item>& items, const std::vector<Cluster>& clusters,
                             const OutageIndex& outages) {
  std::vector<Incident> out;
  for (const auto& one : Threading(items, clusters, outages).run()) {
    out.push_back(incident_of(one, items, clusters, outages));
  }
  std::sort(out.begin(), out.end(),
            [](const Incident& a, const Incident& b) { return a.id < b.id; });
  return out;
}

}  // namespace correlate
