#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace feeds::outages {

// Rows of a CSV (RFC 4180): quoted fields may hold separators, line breaks and doubled quotes. The
// separator is what the first line has most of: comma, semicolon or tab.
class Rows {
 public:
  explicit Rows(std::string_view text);

  // False at the end. `line` is where the row begins, from 1.
  bool next(std::vector<std::string>& fields, std::size_t& line);
  bool unclosed() const { return unclosed_; }  // a quoted field never ended

 private:
  std::string plain();
  std::string quoted();

  std::string_view text_;
  char separator_ = ',';
  std::size_t pos_ = 0;
  std::size_t line_ = 1;
  bool unclosed_ = false;
};

}  // namespace feeds::outages
