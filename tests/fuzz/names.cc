#include "feeds/names/names.h"

#include "correlate/gazetteer/list.h"
#include "store/model/text.h"
#include "tests/fuzz/input.h"

// A list of names: what is read of it has names of a bounded length, and the file that is made of
// it is one that the same program reads, with every thing that has a name to look up.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto list = feeds::names::parse(fuzz::text_of(data, size));
  if (!list) return 0;
  for (const auto& thing : list->things) {
    fuzz::require(!thing.name.empty() && thing.name.size() <= 200, "a name of a bounded length");
    fuzz::require(thing.country.empty() || thing.country.size() == 2, "a country of two letters");
  }
  auto made = correlate::gazetteer::make_list(list->things, list->title, "", std::nullopt);
  auto read = correlate::gazetteer::Gazetteer::of(made.bytes);
  fuzz::require(read.has_value(), "the file can be read");
  fuzz::require(static_cast<std::int64_t>(read->names()) == made.names, "no name is lost");
  for (std::uint32_t i = 0; i < read->size(); ++i) {
    fuzz::require(!read->record(i).name.empty(), "a record has a name");
  }
  return 0;
}
