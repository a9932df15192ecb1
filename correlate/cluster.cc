#include "correlate/cluster.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "correlate/stories.h"
#include "store/model/hash.h"

namespace correlate {
namespace {

// The one that we had first: an older one that comes late changes nothing of it.
std::size_t seed_of(const std::vector<std::size_t>& places, const std::vector<Item>& items) {
  auto key = [&](std::size_t i) {
    const auto& item = items[i];
    return std::tie(item.learned, item.published, item.entry_id);
  };
  return *std::min_element(places.begin(), places.end(),
                           [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
}

int origins_of(const Cluster& cluster, const std::vector<Item>& items) {
  std::set<std::string> out;
  for (auto i : cluster.whole) {
    out.insert(items[i].origin.empty() ? "entry " + items[i].entry_id : items[i].origin);
  }
  return static_cast<int>(out.size());
}

}  // namespace

void name_story(Cluster& cluster, const std::vector<Item>& items) {
  auto& story = cluster.story;
  for (auto i : cluster.items) story.entry_ids.push_back(items[i].entry_id);
  story.id = model::make_id("sty", items[seed_of(cluster.items, items)].entry_id);
  story.title = items[cluster.items.front()].title;
  story.origins = std::max(1, origins_of(cluster, items));
}

std::vector<Cluster> cluster(std::vector<Item>& items, const Constraints& constraints) {
  Stories stories(constraints);
  stories.add(std::move(items));
  auto out = stories.clusters();
  items = std::move(stories).take_items();
  for (auto& one : out) name_story(one, items);
  std::sort(out.begin(), out.end(),
            [](const Cluster& a, const Cluster& b) { return a.story.id < b.story.id; });
  return out;
}

}  // namespace correlate
