#include "feeds/news/feed.h"
#include "feeds/news/sanitize.h"
#include "store/model/text.h"
#include "tests/fuzz/input.h"

// HTML → plain text and sanitised HTML; what is sanitised has no more to be taken out of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto html = model::repair_utf8(fuzz::text_of(data, size));
  feeds::news::Text text;
  text.value = html;
  text.type = "text/html";
  fuzz::require(model::is_utf8(feeds::news::plain_text(text)), "plain text is UTF-8");
  auto clean = feeds::news::sanitize(html, "http://example.org/a/", "text/html");
  fuzz::require(clean.find("<script") == std::string::npos, "no script is left");
  return 0;
}
