#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "store/model/instant.h"

namespace store::sql {

// Bytes that are no text.
struct Blob {
  std::string_view bytes;
};

// What a statement takes. Values are bound by position and never become part of its text. Text is
// not copied: it must live until the statement has run, or be given away as an rvalue.
class Value {
 public:
  // monostate: null.
  using Held =
      std::variant<std::monostate, std::int64_t, double, std::string_view, std::string, Blob>;

  Value(std::string_view text) : value_(text) {}                         // NOLINT
  Value(const std::string& text) : value_(std::string_view(text)) {}     // NOLINT
  Value(std::string&& text) : value_(std::move(text)) {}                 // NOLINT
  Value(const char* text) : value_(std::string_view(text)) {}            // NOLINT
  Value(Blob blob) : value_(blob) {}                                     // NOLINT
  Value(double real) : value_(real) {}                                   // NOLINT
  Value(model::Instant at) : Value(at.time_since_epoch()) {}             // NOLINT
  Value(model::Seconds length) : Value(std::int64_t{length.count()}) {}  // NOLINT
  template <typename T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>) Value(T number)
      : value_(whole(number)) {}  // NOLINT
  template <typename T>
  Value(const std::optional<T>& maybe) {  // NOLINT: nothing is null
    if (maybe) *this = Value(T(*maybe));  // a copy: the optional may be gone before the statement
  }

  const Held& held() const { return value_; }

 private:
  // A limit beyond what the databases count to is as good as none.
  template <typename T>
  static std::int64_t whole(T number) {
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
    if constexpr (std::is_unsigned_v<T> && sizeof(T) == sizeof(std::int64_t)) {
      if (number > static_cast<T>(kMost)) return kMost;
    }
    return static_cast<std::int64_t>(number);
  }

  Held value_;
};
using Values = std::vector<Value>;

}  // namespace store::sql
