#include "correlate/newest.h"

#include <algorithm>

namespace correlate {

using Each = std::function<model::Status(const model::Revision&)>;

model::Status with_newest(store::Store& store, const std::string& id, const Each& each) {
  auto revisions = store.revisions(id);
  if (!revisions) return revisions.error();
  if (revisions->empty()) return {};
  revisions->back().html = std::string();
  return each(revisions->back());
}

model::Status for_each_newest(store::Store& store, const Each& each) {
  constexpr std::size_t kPage = 1000;
  std::string after;
  do {
    auto page = store.entries(after, kPage);
    if (!page) return page.error();
    for (const auto& id : page->ids) {
      if (auto done = with_newest(store, id, each); !done) return done;
    }
    after = page->next;
  } while (!after.empty());
  return {};
}

model::Result<std::vector<OrderKey>> in_order(store::Store& store,
                                              const std::function<model::Status()>& go_on) {
  std::vector<OrderKey> out;
  auto done = for_each_newest(store, [&](const model::Revision& revision) -> model::Status {
    out.push_back({model::anchor_of(revision).at, revision.entry_id});
    return go_on();
  });
  if (!done) return done.error();
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace correlate
