#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "correlate/item.h"
#include "store/model/entry.h"
#include "store/model/result.h"
#include "store/store.h"

namespace correlate {

// Calls `each` with the newest revision of every entry, without its markup, in the order of entry
// ids, until it returns an error. One revision is in memory at a time.
model::Status for_each_newest(store::Store& store,
                              const std::function<model::Status(const model::Revision&)>& each);

// So many entries are read at once.
inline constexpr std::size_t kViewsAtOnce = 256;

// Calls `each` with every one of these entries in the order of `ids`, some hundred read at a time,
// without markup; ids that are not there, and entries without a revision, are passed over.
model::Status for_each_view(store::Store& store, std::span<const std::string> ids,
                            const std::function<model::Status(store::EntryView&&)>& each);

// The same of all entries, in the order of their ids.
model::Status for_each_view(store::Store& store,
                            const std::function<model::Status(store::EntryView&&)>& each);

// Calls `each` with every change behind `after_seq`, up to `to_seq`, in order; the number of the
// last, or `after_seq` where there is none.
model::Result<std::int64_t> for_each_change(store::Store& store, std::int64_t after_seq,
                                            std::int64_t to_seq,
                                            const std::function<void(const store::Change&)>& each);
// The same of all that there are.
model::Result<std::int64_t> for_each_change(store::Store& store, std::int64_t after_seq,
                                            const std::function<void(const store::Change&)>& each);

// Of all entries what their order rests on, in that order. Reads each; `go_on` is asked each time,
// and its error ends it.
model::Result<std::vector<OrderKey>> in_order(store::Store& store,
                                              const std::function<model::Status()>& go_on);

}  // namespace correlate
