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

}  // namespace correlate
