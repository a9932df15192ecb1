#include "correlate/newest.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace correlate {

namespace {

// Calls each(ids) with all ids of entries in order, `at_once` or fewer at a time.
template <typename Each>
model::Status for_each_page(store::Store& store, std::size_t at_once, Each each) {
  std::string after;
  do {
    auto page = store.entries(after, at_once);
    if (!page) return page.error();
    if (auto done = each(page->ids); !done) return done;
    after = page->next;
  } while (!after.empty());
  return {};
}

}  // namespace

model::Status for_each_newest(store::Store& store,
                              const std::function<model::Status(const model::Revision&)>& each) {
  constexpr std::size_t kPage = 1000;
  return for_each_page(store, kPage, [&](const auto& ids) -> model::Status {
    for (const auto& id : ids) {
      auto revisions = store.revisions(id);
      if (!revisions) return revisions.error();
      if (revisions->empty()) continue;
      revisions->back().html = std::string();
      if (auto done = each(revisions->back()); !done) return done;
    }
    return {};
  });
}

model::Status for_each_view(store::Store& store, std::span<const std::string> ids,
                            const std::function<model::Status(store::EntryView&&)>& each) {
  while (!ids.empty()) {
    auto some = ids.first(std::min(ids.size(), kViewsAtOnce));
    ids = ids.subspan(some.size());
    auto views = store.entry_views({some.begin(), some.end()});
    if (!views) return views.error();
    for (const auto& id : some) {  // views come by id
      auto view = std::lower_bound(views->begin(), views->end(), id,
                                   [](const store::EntryView& one, const std::string& other) {
                                     return one.entry.id < other;
                                   });
      bool there = view != views->end() && view->entry.id == id && !view->revisions.empty();
      if (!there) continue;
      if (auto done = each(std::move(*view)); !done) return done;
    }
  }
  return {};
}

model::Status for_each_view(store::Store& store,
                            const std::function<model::Status(store::EntryView&&)>& each) {
  return for_each_page(store, kViewsAtOnce,
                       [&](const auto& ids) { return for_each_view(store, ids, each); });
}

model::Result<std::int64_t> for_each_change(store::Store& store, std::int64_t after_seq,
                                            std::int64_t to_seq,
                                            const std::function<void(const store::Change&)>& each) {
  constexpr std::int64_t kPage = 10'000;
  while (after_seq < to_seq) {
    auto most = std::min(kPage, to_seq - after_seq);
    auto changes = store.changes(after_seq, static_cast<std::size_t>(most));
    if (!changes) return changes.error();
    if (changes->empty()) break;
    for (const auto& change : *changes) {
      if (change.seq > to_seq) return after_seq;
      after_seq = change.seq;
      each(change);
    }
  }
  return after_seq;
}

model::Result<std::int64_t> for_each_change(store::Store& store, std::int64_t after_seq,
                                            const std::function<void(const store::Change&)>& each) {
  return for_each_change(store, after_seq, std::numeric_limits<std::int64_t>::max(), each);
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
