#pragma once

#include <functional>

#include "store/model/entry.h"
#include "store/model/result.h"
#include "store/store.h"

namespace correlate {

// Calls `each` with the newest revision of every entry, without its markup, in the order of entry
// ids, until it returns an error. One revision is in memory at a time.
model::Status for_each_newest(store::Store& store,
                              const std::function<model::Status(const model::Revision&)>& each);

// The same in the order of publication (order_key()), as clustering takes entries. `begin` is told
// how many there are. Reads each twice; keeps some 70 bytes of each.
model::Status for_each_newest_in_order(
    store::Store& store, const std::function<void(std::size_t)>& begin,
    const std::function<model::Status(const model::Revision&)>& each);

}  // namespace correlate
