#include "ingest/canonical_url.h"

#include "tests/fuzz/input.h"

// A web address → its one spelling, which is its own.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto once = ingest::canonical_url(fuzz::text_of(data, size));
  fuzz::require(ingest::canonical_url(once) == once, "canonical is canonical");
  return 0;
}
