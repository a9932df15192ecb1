#include <gtest/gtest.h>

#include "ingest/ris_live.h"

namespace ingest {
namespace {

TEST(StreamTarget, AsksForWhatItsAddressSays) {
  auto target = stream_target(
      "wss://ris-live.ripe.net/v1/ws/?client=faultline&path=64496&prefix=192.0.2.0%2F24");
  ASSERT_TRUE(target);
  EXPECT_TRUE(target->tls);
  EXPECT_EQ(target->host, "ris-live.ripe.net");
  EXPECT_EQ(target->port, "443");
  EXPECT_EQ(target->target, "/v1/ws/?client=faultline&path=64496&prefix=192.0.2.0%2F24");
  EXPECT_EQ(target->subscription,
            R"({"type":"ris_subscribe","data":{"path":"64496","prefix":"192.0.2.0/24",)"
            R"("moreSpecific":true,"socketOptions":{"acknowledge":true}}})");
}

TEST(StreamTarget, IsOnlyAStream) {
  for (const char* url :
       {"https://ris-live.ripe.net/", "ris-live", "", "ws://", "wss://u:p@h/", "ws://a b/"}) {
    EXPECT_FALSE(stream_target(url)) << url;
  }
}

}  // namespace
}  // namespace ingest
