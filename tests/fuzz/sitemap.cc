#include "feeds/sitemap/sitemap.h"

#include "store/model/text.h"
#include "tests/fuzz/input.h"

// A sitemap, news sitemap or sitemap index.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto document = feeds::sitemap::parse(fuzz::text_of(data, size), {});
  fuzz::require(model::is_utf8(feeds::news::to_feedparser_json(document)), "the JSON is UTF-8");
  return 0;
}
