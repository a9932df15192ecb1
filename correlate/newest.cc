#include "correlate/newest.h"

#include <string>

namespace correlate {

model::Status for_each_newest(store::Store& store,
                              const std::function<model::Status(const model::Revision&)>& each) {
  constexpr std::size_t kPage = 1000;
  std::string after;
  do {
    auto page = store.entries(after, kPage);
    if (!page) return page.error();
    for (const auto& id : page->ids) {
      auto revisions = store.revisions(id);
      if (!revisions) return revisions.error();
      if (revisions->empty()) continue;
      revisions->back().html = std::string();
      if (auto done = each(revisions->back()); !done) return done;
    }
    after = page->next;
  } while (!after.empty());
  return {};
}

}  // namespace correlate
