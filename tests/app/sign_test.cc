#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "app/sign/base64.h"
#include "app/sign/dkim.h"
#include "app/sign/webhook.h"

namespace app::sign {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr model::Instant kNow{model::Seconds{1'614'265'330}};
constexpr auto kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

std::string pem_of(EVP_PKEY* key) {
  std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
  PEM_write_bio_PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  char* bytes = nullptr;
  auto size = BIO_get_mem_data(out.get(), &bytes);
  EVP_PKEY_free(key);
  return {bytes, static_cast<std::size_t>(size)};
}

const std::string& rsa() {
  static const std::string kPem = pem_of(EVP_RSA_gen(2048));
  return kPem;
}

std::string told(std::string_view message, const DkimKey& key) {
  auto out = dkim_signed(message, key, kNow);
  return out ? *out : out.error().message;
}

TEST(Base64, BothWays) {
  for (const std::string& bytes : {std::string("f"), std::string("fo"), std::string("foo"),
                                   std::string("\0\xff\n", 3), std::string(1000, '\0')}) {
    EXPECT_EQ(from_base64(base64(bytes)), bytes);
  }
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64(""), "");
  for (const auto* text : {"", "Zg", "Zg=", "Zm9v\n", " Zm9vYmF", "Zm9*", "Zg==Zg=="}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
}

// The example that the specification's own libraries are tested with.
TEST(Webhook, AsStandardWebhooksSignsIt) {
  auto out =
      webhook_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", R"({"test": 2432232314})", kSecret, kNow);
  ASSERT_TRUE(out);
  EXPECT_THAT(*out,
              testing::ElementsAre(HeaderField{"webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"},
                                   HeaderField{"webhook-timestamp", "1614265330"},
                                   HeaderField{"webhook-signature",
                                               "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}));
}

TEST(Webhook, EachTryIsSignedAnew) {
  auto first = webhook_headers("a", "x", kSecret, kNow);
  auto later = webhook_headers("a", "x", kSecret, kNow + model::Seconds{60});
  ASSERT_TRUE(first && later);
  EXPECT_EQ((*first)[0], (*later)[0]);
  EXPECT_NE((*first)[1], (*later)[1]);
  EXPECT_NE((*first)[2], (*later)[2]);
}

TEST(Webhook, WhatCannotBeIsRefused) {
  for (const auto& id :
       {std::string(), std::string("a.b"), std::string("a\r\nX: y"), std::string(257, 'a')}) {
    EXPECT_FALSE(webhook_headers(id, "x", kSecret, kNow)) << id;
  }
  for (const std::string& secret :
       {std::string(), std::string("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), std::string("whsec_"),
        std::string("whsec_short==="), "whsec_" + base64(std::string(23, 'k')),
        "whsec_" + base64(std::string(65, 'k'))}) {
    auto out = webhook_headers("a", "x", secret, kNow);
    ASSERT_FALSE(out) << secret;
    EXPECT_THAT(out.error().message, Not(HasSubstr("kkkk"))) << "a secret is not shown";
  }
}

TEST(Dkim, SaysWhatItIs) {
  auto out = told("From: a@b.example\r\nList-Unsubscribe: <https://b.example/>\r\n\r\nHello\r\n",
                  {"b.example", "one", rsa()});
  EXPECT_THAT(out, testing::StartsWith("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; "
                                       "d=b.example; s=one;\r\n t=1614265330; h=from:"));
  EXPECT_THAT(out, HasSubstr(" list-unsubscribe:\r\n list-unsubscribe:\r\n"));
  EXPECT_EQ(out,
            told("From: a@b.example\r\nList-Unsubscribe: <https://b.example/>\r\n\r\nHello\r\n",
                 {"b.example", "one", rsa()}));
}

TEST(Dkim, WhatCannotBeIsRefused) {
  const std::string mail = "From: a@b.example\r\n\r\nHello\r\n";
  for (const auto* name : {"", ".", "a..b", "a b", "x\r\nBcc: y", "ä.example"}) {
    EXPECT_THAT(told(mail, {name, "one", rsa()}), HasSubstr("names as DNS has them"));
    EXPECT_THAT(told(mail, {"b.example", name, rsa()}), HasSubstr("names as DNS has them"));
  }
  for (const auto* text :
       {"From: a@b.example\n\nHello\n", "From: a@b.example\r\n\r\nHello\r", "From: a\rb\r\n\r\n"}) {
    EXPECT_THAT(told(text, {"b.example", "one", rsa()}), HasSubstr("CRLF"));
  }
  EXPECT_THAT(told("To: a@b.example\r\n\r\nFrom: in the body\r\n", {"b.example", "one", rsa()}),
              HasSubstr("no From"));
  for (const std::string& key : {std::string(), std::string("-----BEGIN PRIVATE KEY-----\n"),
                                 rsa().substr(0, 300), pem_of(EVP_EC_gen("P-256"))}) {
    EXPECT_THAT(told(mail, {"b.example", "one", key}), HasSubstr("no RSA private key"));
  }
}

}  // namespace
}  // namespace app::sign
