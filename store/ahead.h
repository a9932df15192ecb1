#pragma once

#include <string>
#include <vector>

#include "store/store.h"

namespace store {

// What a writer may do beside store::Writer: know ahead.
class Ahead {
 public:
  virtual ~Ahead() = default;
  // The entries that are put next. A writer whose database is far away looks them up all at once;
  // the others do nothing. What put() does and says is the same without it.
  virtual Status expect(const std::vector<std::string>& ids) = 0;
};

// Tells the writer, where it wants to know.
inline Status expect(Writer& writer, const std::vector<std::string>& ids) {
  auto* ahead = dynamic_cast<Ahead*>(&writer);
  return ahead != nullptr ? ahead->expect(ids) : Status();
}

}  // namespace store
