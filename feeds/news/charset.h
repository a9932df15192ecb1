#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/model/result.h"

namespace feeds::news {

// A document as UTF-8.
struct Decoded {
  std::string text;                      // valid UTF-8, without byte order mark
  std::string encoding;                  // what the bytes were read as
  std::vector<model::Warning> warnings;  // not empty: a declaration was wrong or bytes were
};

// Bytes → UTF-8. Byte order mark > charset of the HTTP content type > XML declaration > UTF-8 when
// valid > what ICU's detector is sure of > windows-1252 (RFC 7303 section 3, XML 1.0 appendix F).
// A declared charset that the bytes contradict is overridden and told. Linear; never fails.
Decoded decode(std::string_view bytes, std::string_view content_type);

}  // namespace feeds::news
