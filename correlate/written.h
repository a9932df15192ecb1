#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "correlate/joining.h"
#include "correlate/late_writer.h"
#include "store/store.h"

namespace correlate {

// What a store holds of stories and incidents, as a hash of each by its id, so that only what
// differs is written. Errors are the store's.
class Written {
 public:
  // What the store has from before. The first changes that are put after it, with what was put
  // ahead of them, are all that there is: what the store has besides goes.
  model::Status read(store::Store& store);
  // `go_on` is asked before each record; its error ends it.
  using GoOn = std::function<model::Status()>;
  model::Status put_ahead(LateWriter& writer, const std::vector<model::Story>& stories,
                          const GoOn& go_on);
  model::Status put_stories(LateWriter& writer, const Joining::Changes& changes, const GoOn& go_on);
  model::Status put_incidents(LateWriter& writer, const Joining::Changes& changes,
                              const GoOn& go_on);

 private:
  struct Kind {
    std::unordered_map<std::string, std::uint64_t> hashes;
    std::optional<std::set<std::string>> from_before;  // ids that were not put since
  };
  Kind stories_;
  Kind incidents_;
};

}  // namespace correlate
