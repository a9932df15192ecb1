#pragma once

#include <functional>
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

// The same of one entry, if there is one.
model::Status with_newest(store::Store& store, const std::string& id,
                          const std::function<model::Status(const model::Revision&)>& each);

// Of all entries what their order rests on, in that order. Reads each; `go_on` is asked each time,
// and its error ends it.
model::Result<std::vector<OrderKey>> in_order(store::Store& store,
                                              const std::function<model::Status()>& go_on);

}  // namespace correlate
