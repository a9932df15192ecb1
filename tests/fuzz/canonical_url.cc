#include "ingest/canonical_url.h"

#include "store/model/link_key.h"
#include "tests/fuzz/input.h"

// Canonical is canonical; what addresses are compared by is never longer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto once = ingest::canonical_url(fuzz::text_of(data, size));
  fuzz::require(ingest::canonical_url(once) == once, "a second time changes nothing");
  fuzz::require(model::link_key(once).size() <= once.size() + 1, "https for http at most");
  return 0;
}
