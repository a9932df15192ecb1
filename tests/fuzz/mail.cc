#include "feeds/mail/mail.h"

#include "store/model/text.h"
#include "tests/fuzz/input.h"

// An e-mail newsletter.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto message = fuzz::text_of(data, size);
  feeds::mail::looks_like_mail(message);
  auto document = feeds::mail::parse(message, {});
  fuzz::require(model::is_utf8(feeds::news::to_feedparser_json(document)), "the JSON is UTF-8");
  return 0;
}
