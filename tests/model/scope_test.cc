#include "store/model/scope.h"

#include <gtest/gtest.h>

#include "store/model/hash.h"

namespace model {
namespace {

TEST(Prefix, IsMadeCanonical) {
  EXPECT_EQ(canonical_prefix("175.45.178.9/22"), "175.45.176.0/22");
  EXPECT_EQ(canonical_prefix("2001:DB8:0:0::1/32"), "2001:db8::/32");
  EXPECT_EQ(canonical_prefix("175.45.176.0"), "");
  EXPECT_EQ(canonical_prefix("175.45.176.0/33"), "");
  EXPECT_EQ(canonical_prefix("nonsense/8"), "");
}

TEST(Prefix, ContainsMoreSpecificOnes) {
  EXPECT_TRUE(prefix_contains("175.45.176.0/22", "175.45.177.0/24"));
  EXPECT_FALSE(prefix_contains("175.45.177.0/24", "175.45.176.0/22"));
  EXPECT_FALSE(prefix_contains("175.45.176.0/22", "2001:db8::/32"));
}

TEST(Scope, ReadsWell) {
  EXPECT_EQ(to_string(Scope{"KP", "", 131279, "175.45.176.0/22"}), "KP AS131279 175.45.176.0/22");
  EXPECT_EQ(to_string(Scope{}), "?");
}

TEST(Hash, IsSha256) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(make_id("ent", ""), "ent-e3b0c44298fc1c14");
}

}  // namespace
}  // namespace model
