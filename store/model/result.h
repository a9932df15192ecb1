#pragma once

#include <string>
#include <utility>
#include <variant>

namespace model {

// Why an operation failed. The caller decides by code; people read the message.
enum class Errc { kNotFound, kInvalid, kCorrupt, kIo, kTimeout, kConflict };

// One good sentence: what went wrong, where, and what to do about it.
struct Error {
  Errc code;
  std::string message;
};

// A value or the reason there is none. Becomes std::expected with C++23.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return state_.index() == 0; }
  const T& operator*() const& { return std::get<0>(state_); }
  T& operator*() & { return std::get<0>(state_); }
  // By value, so that `for (auto& x : *f())` does not walk a list that is gone.
  T operator*() && { return std::get<0>(std::move(state_)); }
  const T* operator->() const { return &std::get<0>(state_); }
  T* operator->() { return &std::get<0>(state_); }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

// Success without a value, or the reason it failed.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), failed_(true) {}  // NOLINT

  explicit operator bool() const { return !failed_; }
  const Error& error() const { return error_; }

 private:
  Error error_{};
  bool failed_ = false;
};

using Status = Result<void>;

// A part of the input that could not be read. The rest was kept.
struct Warning {
  std::string place;    // "line 12", "entries[3].published", "outages.csv:7"
  std::string message;  // one sentence, no place in it

  friend bool operator==(const Warning&, const Warning&) = default;
};

}  // namespace model
