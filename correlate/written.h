#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "correlate/joining.h"
#include "store/store.h"

namespace correlate {

// What a store holds of stories and incidents, as a hash of each by its id, so that only what
// differs is written. Errors are the store's.
class Written {
 public:
  // What the store has from before. The first changes that are put after it are all that there is:
  // what the store has besides goes.
  model::Status read(store::Store& store);
  model::Status put_stories(store::Writer& writer, const Joining::Changes& changes);
  model::Status put_incidents(store::Writer& writer, const Joining::Changes& changes);

 private:
  struct Kind {
    std::unordered_map<std::string, std::uint64_t> hashes;
    bool from_before = false;
  };
  Kind stories_;
  Kind incidents_;
};

}  // namespace correlate
