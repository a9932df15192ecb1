#include "feeds/news/charset.h"

#include <algorithm>

#include "store/model/text.h"
#include "tests/fuzz/input.h"

// The first line is the content type, the rest are bytes: they become valid UTF-8.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto text = fuzz::text_of(data, size);
  auto line = std::min(text.find('\n'), text.size());
  auto decoded = feeds::news::decode(text.substr(std::min(line + 1, size)), text.substr(0, line));
  fuzz::require(model::is_utf8(decoded.text), "decoded text is UTF-8");
  return 0;
}
