#include "correlate/incident.h"

#include <algorithm>
#include <map>
#include <numeric>
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

using Tellings = std::vector<const Telling*>;

bool earlier(const Telling& a, const Telling& b) {
  return std::tie(a.outline.first, a.id) < std::tie(b.outline.first, b.id);
}

class Stranding {
 public:
  Stranding(const Tellings& stories, const std::vector<Edge>& edges, const OutageIndex& outages)
      : stories_(stories), outages_(outages), order_(stories.size()), key_of_(stories.size()) {
    std::iota(order_.begin(), order_.end(), 0U);
    std::sort(order_.begin(), order_.end(),
              [&](std::size_t a, std::size_t b) { return earlier(*stories[a], *stories[b]); });
    for (const auto& edge : edges) {
      if (edge.outage.empty()) tied_to_[edge.from] = edge.to;
    }
  }

  std::vector<Strand> run() {
    for (auto story : order_) key_of_[story] = key(story);
    spread_outages();
    for (auto story : order_) follow(story);
    std::map<std::string, std::vector<std::size_t>> by_key;
    for (auto story : order_) by_key[key_of_[story]].push_back(story);
    std::vector<Strand> out;
    std::vector<std::pair<Instant, std::size_t>> order;
    for (const auto& [key, members] : by_key) {
      order.emplace_back(stories_[members.front()]->outline.first, out.size());
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
    const auto& outline = stories_[story]->outline;
    if (outline.of_outage && !outline.outage.empty()) return "outage:" + outline.outage;
    auto kind = strand_kind(outline.happening);
    return kind == "other" ? "" : kind;
  }

  // Stories of outages that are linked to none: to the outage of the incident that was then, else
  // together with those that they follow closely.
  void spread_outages() {
    std::set<std::string> known;
    std::vector<std::pair<Instant, std::size_t>> loose;
    for (auto story : order_) {
      const auto& key = key_of_[story];
      if (key.starts_with("outage:")) known.insert(key.substr(7));
      if (key == "outage") loose.emplace_back(stories_[story]->outline.happened, story);
    }
    std::sort(loose.begin(), loose.end());
    std::size_t number = 0;
    Instant last{};
    for (const auto& [at, story] : loose) {
      auto until = at + (stories_[story]->outline.coarse ? Seconds{86400} : Seconds{0});
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
    if (to != tied_to_.end()) key = key_of_[to->second];
    if (key.empty() || key.starts_with("outage")) key = "other";
  }

  Strand strand(const std::string& key, const std::vector<std::size_t>& members) const {
    Strand out;
    out.kind = key.substr(0, key.find_first_of(": "));
    const Telling* most = nullptr;
    std::set<std::string> outages;
    for (auto story : members) {
      const auto* one = stories_[story];
      out.story_ids.push_back(one->id);
      if (most == nullptr || one->origins > most->origins) most = one;
      if (key.starts_with("outage:")) outages.insert(key.substr(7));
    }
    out.title = most->title;
    std::sort(out.story_ids.begin(), out.story_ids.end());
    out.outage_ids.assign(outages.begin(), outages.end());
    return out;
  }

  const Tellings& stories_;
  const OutageIndex& outages_;
  std::vector<std::size_t> order_;  // by their first entries
  std::map<std::size_t, std::size_t> tied_to_;
  std::vector<std::string> key_of_;
};

// The story that most independent origins tell; of equals what most entries tell, then the
// earliest.
const Telling& foremost(const Tellings& stories) {
  auto key = [](const Telling& one) {
    return std::make_tuple(-one.origins, -static_cast<std::int64_t>(one.entries), one.outline.first,
                           std::string_view(one.id));
  };
  return **std::min_element(stories.begin(), stories.end(),
                            [&](const Telling* a, const Telling* b) { return key(*a) < key(*b); });
}

// The first entry of the foremost story, and of the last one that is not a part of the same.
std::vector<model::Quoted> summary_of(const Tellings& stories, const Telling& first) {
  auto last = std::max_element(stories.begin(), stories.end(),
                               [](const Telling* a, const Telling* b) { return earlier(*a, *b); });
  std::vector<model::Quoted> out;
  for (const auto* story : {&first, *last}) {
    const auto& line = story->whole;
    bool again = !out.empty() && out.front().text == line.text;
    if (!again && !line.text.empty()) out.push_back(line);
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

Telling telling_of(const model::Story& story, const std::vector<const Item*>& items,
                   const std::vector<const Item*>& whole) {
  Telling out;
  out.id = story.id;
  out.title = story.title;
  out.origins = story.origins;
  out.entries = items.size();
  const auto& first = whole.empty() ? *items.front() : *whole.front();
  out.whole = {first.title, first.entry_id};
  auto seed = [](const Item* one) {
    return Telling::Seed{one->learned, one->published, one->entry_id};
  };
  out.seed = seed(items.front());
  out.happened_last = items.front()->happened;
  for (const auto* item : items) {
    out.seed = std::min(out.seed, seed(item));
    out.happened_last = std::max(out.happened_last, item->happened);
  }
  out.outline = outline_of(items);
  return out;
}

Incident incident_of(const Tellings& stories, const std::vector<Edge>& edges,
                     const OutageIndex& outages) {
  Incident out;
  const auto& first = foremost(stories);
  out.title = first.title;
  out.span = {Instant::max(), Instant::min()};
  auto cover = [&](Instant from, Instant to) {
    out.span.from = std::min(out.span.from, from);
    out.span.to = std::max(out.span.to, to + Seconds{1});
  };
  std::set<std::string> outage_ids;
  const auto* seed = &stories.front()->seed;
  for (const auto* one : stories) {
    out.story_ids.push_back(one->id);
    outage_ids.insert(one->outline.outages.begin(), one->outline.outages.end());
    cover(one->outline.happened, one->happened_last);
    if (one->seed < *seed) seed = &one->seed;
  }
  for (const auto& id : outage_ids) {
    const auto* outage = outages.find(id);
    if (outage == nullptr) continue;
    cover(outage->start, outage->end.value_or(outage->start));
    out.outage_ids.push_back(id);
  }
  std::sort(out.story_ids.begin(), out.story_ids.end());
  out.id = model::make_id("inc", seed->entry_id);
  out.strands = Stranding(stories, edges, outages).run();
  for (const auto& edge : edges) {
    out.ties.push_back({stories[edge.from]->id,
                        edge.outage.empty() ? stories[edge.to]->id : edge.outage, edge.kind,
                        edge.bits, edge.text});
  }
  out.summary = summary_of(stories, first);
  return out;
}

}  // namespace correlate
