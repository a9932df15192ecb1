#include "feeds/mail/mail.h"

#include <string>

#include <gtest/gtest.h>

#include "feeds/parse.h"

namespace feeds::mail {
namespace {

constexpr const char* kNewsletter =
    "Return-Path: <bounce@b.example>\r\n"
    "From: =?utf-8?q?The_Wire=E2=80=99s_desk?= <desk@b.example>\r\n"
    "To: you@c.example\r\nSubject: =?iso-8859-1?b?TuR0d29ya3MgZ29uZQ==?=\r\n"
    "Date: Tue, 23 Dec 2014 02:00:00 +0900\r\nMessage-ID: <1@b.example>\r\n"
    "List-Id: The Wire, daily <daily.b.example>\r\nArchived-At: <https://b.example/1>\r\n"
    "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n"
    "--m\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n"
    "--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGone\r\n"
    "--x\r\nContent-Type: text/html; charset=windows-1252\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>More than =93nine=94 hours=\r\n.</p>\r\n"
    "--x--\r\n--m\r\nContent-Type: text/html\r\nContent-Disposition: "
    "attachment\r\n\r\nno\r\n--m--\r\n";

TEST(Mail, ANewsletterIsAnEntryOfItsList) {
  ASSERT_EQ(*detect(kNewsletter, "1.eml"), Kind::kMail);
  auto document = parse(kNewsletter, {});
  EXPECT_EQ(document.id, "mailto:daily.b.example");
  EXPECT_EQ(document.title.value, "The Wire, daily");
  ASSERT_EQ(document.entries.size(), 1U);
  const auto& item = document.entries[0];
  EXPECT_EQ(item.id, "1@b.example");
  EXPECT_EQ(item.title.value, "Nätworks gone");
  EXPECT_EQ(item.authors.at(0).name, "The Wire’s desk");
  EXPECT_EQ(item.authors.at(0).email, "desk@b.example");
  EXPECT_EQ(item.link, "https://b.example/1");
  ASSERT_TRUE(item.published.time);
  EXPECT_EQ(model::to_iso(item.published.time->at), "2014-12-22T17:00:00Z");
  EXPECT_EQ(item.published.time->zone, "+0900");
  ASSERT_EQ(item.content.size(), 1U);
  EXPECT_EQ(news::plain_text(item.content[0]), "More than “nine” hours.");
}

TEST(Mail, OtherTextIsNone) {
  for (const char* text :
       {"Subject of a novel, and From the beginning\n\n", "{\"From\": 1}", "<rss>\nFrom: x\n",
        "country,start\nFrom: a\n", "To: you\n\nFrom: a\n"}) {
    EXPECT_FALSE(looks_like_mail(text)) << text;
  }
}

TEST(Mail, PartsThatNestTooDeepAreNotRead) {
  std::string message = "From: a@b.example\nSubject: x\n";
  for (int i = 0; i < 100'000; ++i) {
    auto boundary = "b" + std::to_string(i);
    message.append("Content-Type: multipart/mixed; boundary=").append(boundary);
    message.append("\n\n--").append(boundary).append("\n");
  }
  auto document = parse(message, {});
  EXPECT_TRUE(document.entries.empty());
  EXPECT_TRUE(document.bozo);
}

}  // namespace
}  // namespace feeds::mail
