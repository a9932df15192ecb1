#include "feeds/news/feed.h"

#include "store/model/text.h"
#include "tests/fuzz/input.h"

// Any bytes are read as a feed and printed as valid UTF-8.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  feeds::news::Hints hints;
  hints.url = "http://example.org/a/";
  auto document = feeds::news::parse(fuzz::text_of(data, size), hints);
  fuzz::require(model::is_utf8(feeds::news::to_feedparser_json(document)), "JSON is UTF-8");
  return 0;
}
