#include "app/bounces/bounces.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace app::bounces {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kHead = "Message-ID: <digest-1@news.example>\r\nSubject: Hello\r\n";

std::string report(const std::string& status, const std::string& returned) {
  return "From: MAILER-DAEMON@mail.test\r\nTo: digest@news.example\r\nSubject: Returned\r\n"
         "MIME-Version: 1.0\r\n"
         "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n"
         "--b\r\n\r\nIt did not arrive.\r\n"
         "--b\r\nContent-Type: message/delivery-status\r\n\r\n" +
         status + "\r\n--b\r\n" + returned + "\r\n--b--\r\n";
}

std::string with_head() { return "Content-Type: text/rfc822-headers\r\n\r\n" + kHead; }

std::string told(const std::string& recipient) {
  return "Reporting-MTA: dns; mail.test\r\n\r\n" + recipient + "\r\n";
}

std::vector<Bounce> read(const std::string& mail) {
  auto out = bounces_in(mail);
  EXPECT_TRUE(out) << (out ? "" : out.error().message);
  return out ? *out : std::vector<Bounce>();
}

TEST(Bounces, AnAddressThatIsNotThere) {
  auto mail = report(told("Final-Recipient: rfc822; a@there.example\r\nAction: failed\r\n"
                          "Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such\r\n  user here"),
                     with_head());
  EXPECT_THAT(read(mail),
              ElementsAre(Bounce{"a@there.example", true, "5.1.1", "smtp; 550 no such user here",
                                 "digest-1@news.example"}));
}

TEST(Bounces, TheWholeMailCameBack) {
  auto mail =
      report(told("Final-Recipient: RFC822;<a@there.example>\r\nAction: Failed\r\nStatus: 5.2.1"),
             "Content-Type: message/rfc822\r\n\r\n" + kHead + "\r\nMessage-ID: <other@x>\r\n");
  EXPECT_THAT(read(mail),
              ElementsAre(Bounce{"a@there.example", true, "5.2.1", "", "digest-1@news.example"}));
}

TEST(Bounces, ForNowIsNotForGood) {
  for (const auto* text : {"Action: delayed\r\nStatus: 4.4.1", "Action: failed\r\nStatus: 4.2.2",
                           "Action: delayed\r\nStatus: 5.0.0", "Action: failed"}) {
    auto out = read(
        report(told("Final-Recipient: rfc822; a@b.example\r\n" + std::string(text)), with_head()));
    ASSERT_EQ(out.size(), 1U) << text;
    EXPECT_FALSE(out[0].for_good) << text;
  }
}

TEST(Bounces, WhatArrivedIsNone) {
  for (const auto* action : {"delivered", "relayed", "expanded"}) {
    EXPECT_THAT(read(report(told("Final-Recipient: rfc822; a@b.example\r\nAction: " +
                                 std::string(action) + "\r\nStatus: 2.0.0"),
                            with_head())),
                IsEmpty());
  }
}

TEST(Bounces, TheAddressThatWasWrittenTo) {
  auto mail =
      report(told("Original-Recipient: rfc822; old@b.example\r\nFinal-Recipient: rfc822; "
                  "new@c.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\nFinal-Recipient: utf-8; "
                  "größe@c.example\r\nAction: failed\r\nStatus: 5.1.1"),
             with_head());
  auto out = read(mail);
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(out[0].address, "old@b.example");
  EXPECT_EQ(out[1].address, "größe@c.example");
}

TEST(Bounces, OtherMailsAreNone) {
  EXPECT_THAT(read(""), IsEmpty());
  EXPECT_THAT(read("From: a@b.example\r\nSubject: Out of office\r\n\r\nFinal-Recipient: rfc822; "
                   "a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"),
              IsEmpty());
  // Quoted in an answer it is no report either.
  EXPECT_THAT(
      read("Content-Type: multipart/mixed; boundary=\"c\"\r\n\r\n--c\r\n" +
           report(told("Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1"),
                  with_head()) +
           "--c--\r\n"),
      IsEmpty());
}

TEST(Bounces, WhatCannotBeReadIsSaid) {
  auto sentence = [](const std::string& mail) {
    auto out = bounces_in(mail);
    return out ? std::string("read") : out.error().message;
  };
  EXPECT_THAT(sentence(std::string(kLargestReport + 1, 'x')), HasSubstr("at most 4194304"));
  for (const auto& recipient : {std::string("x400; a@b.example"), std::string("rfc822; nobody"),
                                std::string("rfc822; a b@c.example"), std::string("a@b.example"),
                                "rfc822; " + std::string(300, 'a') + "@b.example"}) {
    EXPECT_THAT(sentence(report(
                    told("Final-Recipient: " + recipient + "\r\nAction: failed\r\nStatus: 5.1.1"),
                    with_head())),
                HasSubstr("no address"))
        << recipient;
  }
  std::string deep;
  for (int i = 0; i < 50'000; ++i) {
    deep += "Content-Type: multipart/report; boundary=\"" + std::to_string(i) + "\"\r\n\r\n--" +
            std::to_string(i) + "\r\n";
  }
  EXPECT_THAT(sentence(deep), HasSubstr("more than 100 parts"));
}

TEST(Bounces, SoManyAddressesAndNoMore) {
  std::string many = "Reporting-MTA: dns; mail.test\r\n\r\n";
  for (int i = 0; i < 5'000; ++i) {
    many += "Final-Recipient: rfc822; a" + std::to_string(i) +
            "@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n";
  }
  EXPECT_EQ(read(report(many, with_head())).size(), kMostRecipients);
}

}  // namespace
}  // namespace app::bounces
