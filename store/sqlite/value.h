#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "store/model/instant.h"

struct sqlite3_stmt;

namespace store::sqlite {

// What a statement takes. Values are bound by position and never become part of its text. Text is
// not copied: it must live until the statement has run, or be given away as an rvalue.
class Value {
 public:
  Value(std::string_view text) : value_(text) {}                         // NOLINT
  Value(const std::string& text) : value_(std::string_view(text)) {}     // NOLINT
  Value(std::string&& text) : value_(std::move(text)) {}                 // NOLINT
  Value(const char* text) : value_(std::string_view(text)) {}            // NOLINT
  Value(double real) : value_(real) {}                                   // NOLINT
  Value(model::Instant at) : Value(at.time_since_epoch()) {}             // NOLINT
  Value(model::Seconds length) : Value(std::int64_t{length.count()}) {}  // NOLINT
  template <typename T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>) Value(T number)
      : value_(static_cast<std::int64_t>(number)) {}  // NOLINT
  template <typename T>
  Value(const std::optional<T>& maybe) {  // NOLINT: nothing is null
    if (maybe) *this = Value(T(*maybe));  // a copy: the optional may be gone before the statement
  }

  void bind(sqlite3_stmt* statement, int position) const;

 private:
  std::variant<std::monostate, std::int64_t, double, std::string_view, std::string> value_;
};
using Values = std::vector<Value>;

}  // namespace store::sqlite
