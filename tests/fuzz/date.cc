#include "feeds/news/dates.h"
#include "tests/fuzz/input.h"

// A date that was read, written as ISO 8601, is the same date.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto time = feeds::news::parse_date(fuzz::text_of(data, size));
  if (!time) return 0;
  auto again = feeds::news::parse_date(model::to_iso(time->at));
  fuzz::require(again && again->at == time->at, "a date survives being written");
  return 0;
}
