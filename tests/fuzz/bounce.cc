#include "app/bounces/bounces.h"
#include "store/model/text.h"
#include "tests/fuzz/input.h"

// A mail that may be a report of one that did not arrive.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto bounces = app::bounces::bounces_in(fuzz::text_of(data, size));
  if (!bounces) return 0;
  fuzz::require(bounces->size() <= app::bounces::kMostRecipients, "so many and no more");
  for (const auto& one : *bounces) {
    fuzz::require(one.address.find('@') != std::string::npos, "an address has an @");
    fuzz::require(one.address.find_first_of("\r\n \t") == std::string::npos, "on one line");
    fuzz::require(model::is_utf8(one.address + one.status + one.diagnostic + one.message_id),
                  "UTF-8");
  }
  return 0;
}
