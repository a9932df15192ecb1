#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/worker/jobs.h"
#include "store/model/instant.h"

namespace app::worker {
namespace {

using testing::HasSubstr;

TEST(Jobs, ComeBackAsTheyWere) {
  for (const auto& job :
       {Job(PollJob{"news.example", {"https://news.example/a\"b", "x"}}), Job(PrepareJob{3, 67})}) {
    auto read = read_job(to_text(job));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, job);
  }
}

TEST(Jobs, WhatIsNoneIsRefusedWithAReason) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"", "no JSON object"},
      {"[1]", "no JSON object"},
      {"\xff", "no JSON object"},
      {"{}", "no version"},
      {R"({"version":1})", "no kind"},
      {R"({"version":2,"kind":"poll","host":"a","urls":[]})", "newer Faultline"},
      {R"({"version":1,"kind":"cook"})", "no kind “cook”"},
      {R"({"version":1,"kind":"poll","host":"a"})", "no addresses"},
      {R"({"version":1,"kind":"poll","host":"a","urls":[1]})", "no text"},
      {R"({"version":1,"kind":"prepare","after":5,"to":5})", "no range"},
      {R"({"version":1,"kind":"prepare","after":-5,"to":5})", "no range"},
      {R"({"version":1,"kind":"prepare","after":"x","to":5})", "no range"},
  };
  for (const auto& [text, reason] : rows) {
    auto read = read_job(text);
    ASSERT_FALSE(read) << text;
    EXPECT_THAT(read.error().message, HasSubstr(reason)) << text;
  }
}

TEST(Jobs, ADeadLetterKeepsTheVeryBytes) {
  for (const std::string& text :
       {std::string("{\"a\":1}"), std::string("\xff\x00\xfe", 3), std::string()}) {
    DeadLetter letter{"faultline.poll.h-1", "why", "2015-01-01T00:00:00Z", "w", 11, text};
    auto read = read_letter(to_text(letter));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->text, text);
    EXPECT_EQ(read->subject, letter.subject);
    EXPECT_EQ(read->reason, letter.reason);
    EXPECT_EQ(read->deliveries, 11);
  }
}

model::Poll poll(std::string url, std::string adapter = "") {
  model::Poll out;
  out.url = out.address = std::move(url);
  out.adapter = std::move(adapter);
  out.next_poll = model::Instant(model::Seconds(1000));
  return out;
}

TEST(Jobs, DuePollsGoHostByHost) {
  auto jobs = jobs_for(
      {poll("http://a.example/1"), poll("http://b.example/1"), poll("http://a.example/2")});
  ASSERT_EQ(jobs.size(), 2U);
  EXPECT_EQ(jobs[0], (PollJob{"a.example", {"http://a.example/1", "http://a.example/2"}}));
  EXPECT_EQ(jobs[1], (PollJob{"b.example", {"http://b.example/1"}}));
  EXPECT_NE(subject_of(jobs[0]), subject_of(jobs[1]));
}

TEST(Jobs, TheSameWorkHasTheSameName) {
  EXPECT_EQ(message_id(PrepareJob{3, 67}), message_id(PrepareJob{3, 67}));
  EXPECT_NE(message_id(PrepareJob{3, 67}), message_id(PrepareJob{3, 68}));
  // One message a host, whichever of its sources are due.
  EXPECT_EQ(subject_of(jobs_for({poll("http://a.example/1")}).at(0)),
            subject_of(jobs_for({poll("http://a.example/2")}).at(0)));
}

TEST(Jobs, OneJobNamesSoManySourcesOfAHost) {
  std::vector<model::Poll> due;
  for (std::size_t i = 0; i < kMostUrls + 5; ++i) {
    due.push_back(poll("http://a.example/" + std::to_string(i)));
  }
  auto jobs = jobs_for(due);
  ASSERT_EQ(jobs.size(), 1U);
  EXPECT_EQ(jobs[0].urls.size(), kMostUrls);
}

}  // namespace
}  // namespace app::worker
