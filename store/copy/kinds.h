#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace store::copy {

// The name under which a copy keeps how far it has come, among the meta values.
inline constexpr std::string_view kMark = "copy.mark";

// One kind of records, each under a key. Reads no store anew that it has read: for one copy.
class Kind {
 public:
  explicit Kind(std::string_view name) : name_(name) {}
  virtual ~Kind() = default;

  std::string_view name() const { return name_; }
  // Keys in order.
  virtual Result<Page> keys(Store& store, std::string_view after, std::size_t limit) = 0;
  virtual Status copy(Store& from, Writer& to, const std::vector<std::string>& keys) = 0;
  // All that the record holds, as bytes that are the same for the same record.
  virtual Result<std::string> bytes(Store& store, const std::string& key) = 0;

 private:
  std::string_view name_;
};

// In the order in which they are copied.
std::vector<std::unique_ptr<Kind>> kinds();

}  // namespace store::copy
