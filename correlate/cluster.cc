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
const Item& seed_of(const std::vector<const Item*>& items) {
  auto key = [](const Item& one) { return std::tie(one.learned, one.published, one.entry_id); };
  return **std::min_element(items.begin(), items.end(),
                            [&](const Item* a, const Item* b) { return key(*a) < key(*b); });
}

int origins_of(const std::vector<const Item*>& whole) {
  std::set<std::string> out;
  for (const auto* item : whole) {
    out.insert(item->origin.empty() ? "entry " + item->entry_id : item->origin);
  }
  return static_cast<int>(out.size());
}

std::vector<const Item*> at(const std::vector<std::size_t>& places,
                            const std::vector<Item>& items) {
  std::vector<const Item*> out;
  for (auto i : places) out.push_back(&items[i]);
  return out;
}

}  // namespace

model::Story story_of(const std::vector<const Item*>& items,
                      const std::vector<const Item*>& whole) {
  model::Story out;
  for (const auto* item : items) out.entry_ids.push_back(item->entry_id);
  out.id = model::make_id("sty", seed_of(items).entry_id);
  out.title = items.front()->title;
  out.origins = std::max(1, origins_of(whole));
  return out;
}

std::vector<Cluster> cluster(std::vector<Item>& items, const Constraints& constraints) {
  Stories stories(constraints);
  stories.add(std::move(items));
  auto out = stories.clusters();
  items = std::move(stories).take_items();
  for (auto& one : out) one.story = story_of(at(one.items, items), at(one.whole, items));
  std::sort(out.begin(), out.end(),
            [](const Cluster& a, const Cluster& b) { return a.story.id < b.story.id; });
  return out;
}

}  // namespace correlate
