#include "app/serve/cache.h"

#include <string>

#include <gtest/gtest.h>

namespace {

using app::HttpAnswer;
using app::HttpRequest;
using model::Instant;
using model::Seconds;

constexpr Instant kNow{Seconds{1'419'264'900}};  // Mon, 22 Dec 2014 16:15:00 GMT

HttpAnswer answer(std::optional<Instant> modified) {
  HttpAnswer out;
  out.body = "the network is down";
  return app::serve::finished(std::move(out), false, modified);
}

struct Condition {
  const char* name;
  std::string field, value;
  std::string second_field, second_value;
  int status;
};

class Conditional : public testing::TestWithParam<Condition> {};

TEST_P(Conditional, IsAnsweredAsTheRfcSays) {
  const auto& given = GetParam();
  HttpRequest request;
  request.fields = {{given.field, given.value}, {given.second_field, given.second_value}};
  EXPECT_EQ(app::serve::unless_known(answer(kNow), request).status, given.status);
}

std::string tag() {
  for (const auto& [name, value] : answer(kNow).fields) {
    if (name == "ETag") return value;
  }
  return {};
}

INSTANTIATE_TEST_SUITE_P(
    All, Conditional,
    testing::Values(
        Condition{"Nothing", "Accept", "*/*", "", "", 200},
        Condition{"SameTag", "If-None-Match", tag(), "", "", 304},
        Condition{"OneOfTheTags", "If-None-Match", "\"x\", " + tag(), "", "", 304},
        Condition{"AnyTag", "If-None-Match", "*", "", "", 304},
        Condition{"OtherTag", "If-None-Match", "\"x\"", "", "", 200},
        Condition{"SameTime", "If-Modified-Since", "Mon, 22 Dec 2014 16:15:00 GMT", "", "", 304},
        Condition{"Later", "If-Modified-Since", "Tue, 23 Dec 2014 00:00:00 GMT", "", "", 304},
        Condition{"Before", "If-Modified-Since", "Mon, 22 Dec 2014 16:14:59 GMT", "", "", 200},
        Condition{"NoTime", "If-Modified-Since", "yesterday, I think", "", "", 200},
        // RFC 9110 section 13.1.3: the time is passed over where there is a tag.
        Condition{"TagBeforeTime", "If-Modified-Since", "Tue, 23 Dec 2014 00:00:00 GMT",
                  "If-None-Match", "\"x\"", 200}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Conditions, WithoutATimeOfItsOwnAnAnswerIsSentWhole) {
  HttpRequest request;
  request.fields = {{"If-Modified-Since", "Tue, 23 Dec 2014 00:00:00 GMT"}};
  EXPECT_EQ(app::serve::unless_known(answer(std::nullopt), request).status, 200);
}

TEST(Cache, EachVersionHasASecondOfItsOwn) {
  app::serve::Cache cache;
  cache.renew(kNow);
  EXPECT_EQ(cache.since(kNow), kNow);
  cache.renew(kNow);
  // Who has an answer from this second has the one before.
  EXPECT_EQ(cache.since(kNow), std::nullopt);
  EXPECT_EQ(cache.since(kNow + Seconds(1)), kNow + Seconds(1));
  cache.renew(kNow + Seconds(60));
  EXPECT_EQ(cache.since(kNow + Seconds(61)), kNow + Seconds(60));
}

TEST(Cache, ForgetsWithAVersion) {
  app::serve::Cache cache;
  cache.put("a", cache.version(), answer(kNow));
  EXPECT_NE(cache.find("a", cache.version()), nullptr);
  auto before = cache.version();
  cache.renew(kNow);
  EXPECT_EQ(cache.find("a", cache.version()), nullptr);
  cache.put("a", before, answer(kNow));
  EXPECT_EQ(cache.find("a", cache.version()), nullptr);
}

}  // namespace
