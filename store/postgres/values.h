#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/sql/value.h"

namespace store::postgres {

// Values as texts; nullopt is null.
using Fields = std::vector<std::optional<std::string_view>>;

// Values as libpq takes them: bytes as they are, all else as text that ends with a zero. Fields
// that are only viewed must outlive it.
class Parameters {
 public:
  explicit Parameters(const sql::Values& values);
  // As add_as_text() gives them, each with a zero behind it.
  explicit Parameters(const Fields& texts);
  int count() const { return static_cast<int>(data_.size()); }
  const char* const* data() const { return data_.data(); }
  const int* sizes() const { return sizes_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void add(const sql::Value::Held& held);
  void add_text(std::string_view text, bool ended);
  void add_own(std::string text);
  void add(const char* data, std::size_t size, int format);

  std::vector<std::string> own_;
  std::vector<const char*> data_;
  std::vector<int> sizes_, formats_;
};

// A value as a text that PostgreSQL reads, at the end of `out`; bytes as \x and hexadecimal digits.
// False for null, which adds nothing.
bool add_as_text(const sql::Value& value, std::string& out);

// A text as COPY takes a field, at the end of `out`.
void add_copied(std::string_view text, std::string& out);

}  // namespace store::postgres
