#include "correlate/incident.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "store/model/hash.h"

namespace correlate {
namespace {

using model::Happening;
using model::Incident;
using model::Instant;
using model::Seconds;
using model::Strand;

// Reports of outages that nobody measured are of one as long as they follow each other so closely.
constexpr Seconds kSameOutage{18 * 3600};
// … and of one that was measured, where it tells of a time so near to it.
constexpr Seconds kNear{86400};

class Stranding {
 public:
  Stranding(const std::vector<std::size_t>& stories, const std::vector<Edge>& edges,
            const std::vector<Cluster>& clusters, const std::vector<Profile>& profiles,
            const OutageIndex& outages)
      : clusters_(clusters), profiles_(profiles), outages_(outages), stories_(stories) {
    std::sort(stories_.begin(), stories_.end(), [&](std::size_t a, std::size_t b) {
      return std::tie(profiles[a].first, clusters[a].story.id) <
             std::tie(profiles[b].first, clusters[b].story.id);
    });
    for (const auto& edge : edges) {
      if (edge.outage.empty()) tied_to_[edge.from] = edge.to;
    }
  }

  std::vector<Strand> run() {
    for (auto story : stories_) key_of_[story] = key(story);
    spread_outages();
    for (auto story : stories_) follow(story);
    std::map<std::string, std::vector<std::size_t>> by_key;
    for (auto story : stories_) by_key[key_of_[story]].push_back(story);
    std::vector<Strand> out;
    std::vector<std::pair<Instant, std::size_t>> order;
    for (const auto& [key, members] : by_key) {
      order.emplace_back(profiles_[members.front()].first, out.size());
      out.push_back(strand(key, members));
    }
    std::sort(order.begin(), order.end());
    std::vector<Strand> sorted;
    for (const auto& [at, i] : order) sorted.push_back(std::move(out[i]));
    return sorted;
  }

 private:
  // "outage:kp-2014-12-22", "sanctions"; "" where the story itself does not tell.
  std::string key(std::size_t story) const {
    const auto& profile = profiles_[story];
    if (profile.of_outage && !profile.outage.empty()) return "outage:" + profile.outage;
    auto kind = strand_kind(profile.happening);
    return kind == "other" ? "" : kind;
  }

  // Stories of outages that are linked to none: to the outage of the incident that was then, else
  // together with those that they follow closely.
  void spread_outages() {
    std::set<std::string> known;
    std::vector<std::pair<Instant, std::size_t>> loose;
    for (auto story : stories_) {
      const auto& key = key_of_[story];
      if (key.starts_with("outage:")) known.insert(key.substr(7));
      if (key == "outage") loose.emplace_back(profiles_[story].happened, story);
    }
    std::sort(loose.begin(), loose.end());
    std::size_t number = 0;
    Instant last{};
    for (const auto& [at, story] : loose) {
      auto until = at + (profiles_[story].coarse ? Seconds{86400} : Seconds{0});
      if (auto outage = outage_then(known, at, until)) {
        key_of_[story] = "outage:" + *outage;
        continue;
      }
      if (number == 0 || at - last > kSameOutage) ++number;
      last = at;
      key_of_[story] = "outage " + std::to_string(number);
    }
  }

  // The outage that was nearest to then, if it was near.
  std::optional<std::string> outage_then(const std::set<std::string>& known, Instant from,
                                         Instant to) const {
    std::optional<std::string> out;
    Seconds least = kNear;
    for (const auto& id : known) {
      const auto* outage = outages_.find(id);
      if (outage == nullptr) continue;
      auto end = outage->end.value_or(outage->start);
      auto gap = std::max({outage->start - to, from - end, Seconds{0}});
      if (gap > least || (out && gap == least)) continue;
      least = gap;
      out = id;
    }
    return out;
  }

  // A story that does not tell its kind goes with what it is tied to.
  void follow(std::size_t story) {
    auto& key = key_of_[story];
    if (!key.empty()) return;
    auto to = tied_to_.find(story);
    auto found = to == tied_to_.end() ? key_of_.end() : key_of_.find(to->second);
    bool outage = found != key_of_.end() && found->second.starts_with("outage");
    key = found == key_of_.end() || found->second.empty() || outage ? "other" : found->second;
  }

  Strand strand(const std::string& key, const std::vector<std::size_t>& members) const {
    Strand out;
    out.kind = key.substr(0, key.find_first_of(": "));
    const Cluster* most = nullptr;
    std::set<std::string> outages;
    for (auto story : members) {
      const auto& cluster = clusters_[story];
      out.story_ids.push_back(cluster.story.id);
      if (most == nullptr || cluster.story.origins > most->story.origins) most = &cluster;
      if (key.starts_with("outage:")) outages.insert(key.substr(7));
    }
    out.title = most->story.title;
    std::sort(out.story_ids.begin(), out.story_ids.end());
    out.outage_ids.assign(outages.begin(), outages.end());
    return out;
  }

  const std::vector<Cluster>& clusters_;
  const std::vector<Profile>& profiles_;
  const OutageIndex& outages_;
  std::vector<std::size_t> stories_;
  std::map<std::size_t, std::size_t> tied_to_;
  std::map<std::size_t, std::string> key_of_;
};

// The story that most independent origins tell; of equals what most entries tell, then the
// earliest.
std::size_t foremost(const std::vector<std::size_t>& stories,
                     const std::vector<Cluster>& clusters) {
  return *std::min_element(stories.begin(), stories.end(), [&](std::size_t a, std::size_t b) {
    const auto& x = clusters[a];
    const auto& y = clusters[b];
    return std::make_tuple(-x.story.origins, -static_cast<std::int64_t>(x.items.size()), x.first,
                           x.story.id) < std::make_tuple(-y.story.origins,
                                                         -static_cast<std::int64_t>(y.items.size()),
                                                         y.first, y.story.id);
  });
}

// The first entry of the foremost story, and of the last one that is not a part of the same.
std::vector<model::Quoted> summary_of(const std::vector<std::size_t>& stories, std::size_t first,
                                      const std::vector<Item>& items,
                                      const std::vector<Cluster>& clusters) {
  auto last = *std::max_element(stories.begin(), stories.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(clusters[a].first, clusters[a].story.id) <
           std::tie(clusters[b].first, clusters[b].story.id);
  });
  std::vector<model::Quoted> out;
  for (auto story : {first, last}) {
    const auto& item = items[clusters[story].whole.front()];
    bool again = !out.empty() && out.front().text == item.title;
    if (!again && !item.title.empty()) out.push_back({item.title, item.entry_id});
  }
  return out;
}

}  // namespace

std::string strand_kind(Happening happening) {
  switch (happening) {
    case Happening::kBreach:
    case Happening::kLeak:
    case Happening::kThreat:
    case Happening::kAttribution:
    case Happening::kDenial:
    case Happening::kAttack:
      return "attack";
    case Happening::kCancellation:
    case Happening::kRelease:
      return "release";
    case Happening::kSanctions:
      return "sanctions";
    case Happening::kOutageStart:
    case Happening::kOutageEnd:
    case Happening::kOutage:
    case Happening::kRelapse:
      return "outage";
    case Happening::kOther:
    case Happening::kStatement:
      return "other";
  }
  return "other";
}

Incident incident_of(const std::vector<std::size_t>& stories, const std::vector<Edge>& edges,
                     const std::vector<Item>& items, const std::vector<Cluster>& clusters,
                     const std::vector<Profile>& profiles, const OutageIndex& outages) {
  Incident out;
  auto first = foremost(stories, clusters);
  out.title = clusters[first].story.title;
  out.span = {Instant::max(), Instant::min()};
  auto cover = [&](Instant from, Instant to) {
    out.span.from = std::min(out.span.from, from);
    out.span.to = std::max(out.span.to, to + Seconds{1});
  };
  std::set<std::string> outage_ids;
  const Item* seed = nullptr;
  for (auto story : stories) {
    out.story_ids.push_back(clusters[story].story.id);
    outage_ids.insert(profiles[story].outages.begin(), profiles[story].outages.end());
    for (auto i : clusters[story].items) {
      const auto& item = items[i];
      cover(item.happened, item.happened);
      bool earlier =
          seed == nullptr || std::tie(item.learned, item.published, item.entry_id) <
                                 std::tie(seed->learned, seed->published, seed->entry_id);
      if (earlier) seed = &item;
    }
  }
  for (const auto& id : outage_ids) {
    const auto* outage = outages.find(id);
    if (outage == nullptr) continue;
    cover(outage->start, outage->end.value_or(outage->start));
    out.outage_ids.push_back(id);
  }
  std::sort(out.story_ids.begin(), out.story_ids.end());
  out.id = model::make_id("inc", seed->entry_id);
  out.strands = Stranding(stories, edges, clusters, profiles, outages).run();
  for (const auto& edge : edges) {
    out.ties.push_back({clusters[edge.from].story.id,
                        edge.outage.empty() ? clusters[edge.to].story.id : edge.outage, edge.kind,
                        edge.bits, edge.text});
  }
  out.summary = summary_of(stories, first, items, clusters);
  return out;
}

}  // namespace correlate
