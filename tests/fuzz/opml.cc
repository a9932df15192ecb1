#include "feeds/opml/opml.h"

#include "store/model/text.h"
#include "tests/fuzz/input.h"

// A list of feeds: what is read of it is printed as UTF-8, and written as a list that is read as
// the same feeds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto list = feeds::opml::parse(fuzz::text_of(data, size));
  fuzz::require(model::is_utf8(feeds::opml::to_json(list)), "the JSON is UTF-8");
  auto again = feeds::opml::parse(feeds::opml::write(list));
  fuzz::require(again.feeds.size() == list.feeds.size(), "no feed is lost");
  return 0;
}
