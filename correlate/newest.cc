#include "correlate/newest.h"

#include <algorithm>
#include <string>
#include <vector>

#include "correlate/item.h"

namespace correlate {
namespace {

using Each = std::function<model::Status(const model::Revision&)>;

model::Status read_newest(store::Store& store, const std::string& id, const Each& each) {
  auto revisions = store.revisions(id);
  if (!revisions) return revisions.error();
  if (revisions->empty()) return {};
  revisions->back().html = std::string();
  return each(revisions->back());
}

}  // namespace

model::Status for_each_newest(store::Store& store, const Each& each) {
  constexpr std::size_t kPage = 1000;
  std::string after;
  do {
    auto page = store.entries(after, kPage);
    if (!page) return page.error();
    for (const auto& id : page->ids) {
      if (auto done = read_newest(store, id, each); !done) return done;
    }
    after = page->next;
  } while (!after.empty());
  return {};
}

model::Status for_each_newest_in_order(store::Store& store,
                                       const std::function<void(std::size_t)>& begin,
                                       const Each& each) {
  std::vector<OrderKey> order;
  auto done = for_each_newest(store, [&](const model::Revision& revision) -> model::Status {
    order.push_back({model::anchor_of(revision).at, revision.entry_id});
    return {};
  });
  if (!done) return done;
  std::sort(order.begin(), order.end());
  begin(order.size());
  for (const auto& key : order) {
    if (done = read_newest(store, key.entry_id, each); !done) return done;
  }
  return {};
}

}  // namespace correlate
