#include "store/model/route.h"

#include <gtest/gtest.h>

namespace model {
namespace {

TEST(Route, PrefixesAreReadAndCleared) {
  EXPECT_EQ(to_string(*parse_prefix("175.45.178.9/22")), "175.45.176.0/22");
  EXPECT_EQ(to_string(*parse_prefix("2001:DB8:0:0::1/33")), "2001:db8::/33");
  EXPECT_EQ(to_string(*parse_prefix("255.255.255.255/0")), "0.0.0.0/0");
  EXPECT_EQ(to_string(*parse_prefix("255.255.255.255/31")), "255.255.255.254/31");
  EXPECT_EQ(to_string(*parse_prefix("::1/128")), "::1/128");
}

TEST(Route, WhatIsNoPrefixIsNone) {
  for (const auto* text : {"", "/", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1",
                           "10.0.0.0/8 ", "10.0.0/8", "::/129", "x/8", "10.0.0.0/99999999999"}) {
    EXPECT_FALSE(parse_prefix(text)) << text;
  }
}

TEST(Route, AddressesKeepTheirFamily) {
  EXPECT_EQ(to_string(*parse_address("192.0.2.1")), "192.0.2.1");
  EXPECT_EQ(to_string(*parse_address("::ffff:192.0.2.1")), "::ffff:192.0.2.1");
  EXPECT_FALSE(parse_address("192.0.2.256"));
}

TEST(Route, ANetworkStandsBeforeTheNetworksInsideIt) {
  EXPECT_LT(*parse_prefix("10.0.0.0/8"), *parse_prefix("10.0.0.0/16"));
  EXPECT_LT(*parse_prefix("10.0.0.0/16"), *parse_prefix("10.1.0.0/16"));
  EXPECT_LT(*parse_prefix("255.0.0.0/8"), *parse_prefix("::/0"));
}

}  // namespace
}  // namespace model
