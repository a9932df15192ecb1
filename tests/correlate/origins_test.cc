#include "correlate/origins.h"

#include <gtest/gtest.h>

namespace correlate {
namespace {

Told told(const std::string& id, const std::string& source, const std::string& text) {
  return {id, source, sketch_of("", text)};
}

const char* const kWire =
    "The Internet of North Korea came back on Tuesday after an outage of more than nine hours, the "
    "company that watches its networks said, and nobody has said why it went down at all.";

TEST(Origins, EntriesAfterOneMeasurerAreOne) {
  std::vector<Told> all;
  for (int i = 0; i < 27; ++i) {
    all.push_back(told("e" + std::to_string(i), i % 2 == 0 ? "Dyn Research" : "DYN research",
                       "Words of its own, number " + std::to_string(i * 7919) + "."));
  }
  all.push_back(told("other", "CloudFlare", "Our own look at the routes said the same."));
  auto origins = origins_of(all);
  ASSERT_EQ(origins.size(), 2U);
  EXPECT_EQ(origins[0].entry_ids.size(), 27U);
  EXPECT_EQ(origins[0].source, "Dyn Research");
}

TEST(Origins, ANearCopyThatNamesNobodyRestsOnWhatItCopies) {
  auto origins = origins_of({told("a", "", kWire), told("b", "Dyn Research", "Quite another text."),
                             told("c", "Dyn Research", kWire), told("d", "", "I saw it myself.")});
  ASSERT_EQ(origins.size(), 2U);
  EXPECT_EQ(origins[0].entry_ids, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(origins[0].source, "Dyn Research");
  EXPECT_EQ(origins[1].entry_ids, (std::vector<std::string>{"d"}));
}

TEST(Origins, NoneOfNone) { EXPECT_TRUE(origins_of({}).empty()); }

}  // namespace
}  // namespace correlate
