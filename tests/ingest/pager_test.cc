#include "ingest/measure/pager.h"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "store/model/hash.h"

namespace ingest::measure {
namespace {

using model::Instant;
using model::Seconds;

constexpr int kDay = 86'400;
constexpr Instant kNow{Seconds{1'767'225'600}};  // 2026-01-01

Cursor from(Instant since) {
  Cursor cursor;
  cursor.since = since;
  return cursor;
}

std::string address_of(const std::string& name) {
  Wanted wanted;
  const auto* adapter = adapter_named(name);
  wanted.provider = adapter->provider;
  wanted.data = {std::string(adapter->data)};
  bool network = name == "ripestat-updates" || name == "ripestat-history" || name == "ris-live";
  (network ? wanted.asn : wanted.country) = network ? "AS64496" : "KP";
  if (name == "stop") wanted = {"stop", {}, "", "", "", "", "https://sheets.example/stop.csv"};
  if (name == "ooni-incidents") wanted.country.clear();
  auto found = questions(wanted);
  return found ? found->front().address : found.error().message;
}

struct Asked {
  std::string name, first;
};

class FirstRequest : public testing::TestWithParam<Asked> {};

TEST_P(FirstRequest, IsWhatItsApiWants) {
  const auto* adapter = adapter_named(GetParam().name);
  auto step =
      next_step(*adapter, address_of(GetParam().name), from(kNow - Seconds{3 * kDay}), kNow);
  EXPECT_EQ(step.url, GetParam().first);
}

constexpr std::string_view kIoda = "https://api.ioda.inetintel.cc.gatech.edu/v2";

INSTANTIATE_TEST_SUITE_P(
    Adapters, FirstRequest,
    testing::Values(
        Asked{"ioda-events",
              "https://api.ioda.inetintel.cc.gatech.edu/v2/outages/events?format=codf&entityType="
              "country&entityCode=KP&from=1766617200&until=1767225600&limit=500&page=0"},
        Asked{"ioda-signals",
              "https://api.ioda.inetintel.cc.gatech.edu/v2/signals/raw/country/KP?from=1766620800&"
              "until=1767225600"},
        Asked{"radar-outages",
              "https://api.cloudflare.com/client/v4/radar/annotations/outages?format=json&location="
              "KP&dateStart=2025-12-28T23:00:00Z&dateEnd=2026-01-01T00:00:00Z&limit=100&offset=0"},
        Asked{"radar-hijacks",
              "https://api.cloudflare.com/client/v4/radar/bgp/hijacks/events?format=json&sortBy=ID&"
              "sortOrder=ASC&involvedCountry=KP&dateStart=2025-12-28T23:00:00Z&dateEnd=2026-01-"
              "01T00:00:00Z&per_page=100&page=1"},
        Asked{"ripestat-updates",
              "https://stat.ripe.net/data/bgp-updates/data.json?sourceapp=faultline&resource="
              "AS64496&starttime=2025-12-29T00:00:00&endtime=2025-12-29T06:00:00"},
        Asked{"ooni-aggregation",
              "https://api.ooni.io/api/v1/aggregation?axis_x=measurement_start_day&test_name=web_"
              "connectivity&probe_cc=KP&since=2025-12-18&until=2026-01-01"},
        Asked{"ooni-incidents", "https://api.ooni.io/api/v1/incidents/search?only_mine=false"},
        Asked{"stop", "https://sheets.example/stop.csv"}),
    [](const auto& row) {
      std::string name = row.param.name;
      std::replace(name.begin(), name.end(), '-', '_');
      return name;
    });

// No window is longer than its API allows, none leaves anything out, and all end.
TEST(Windows, CoverAllTimeWithoutGaps) {
  for (const auto& adapter : adapters()) {
    if (adapter.longest.count() == 0) continue;
    auto address = address_of(std::string(adapter.name));
    auto since = kNow - Seconds{400 * kDay};
    auto cursor = from(since);
    Instant reached = since;
    for (bool more = true; more;) {
      auto step = next_step(adapter, address, cursor, kNow);
      EXPECT_LE(step.cursor.window_from, reached) << adapter.name;
      EXPECT_LE(step.cursor.window_until - step.cursor.window_from,
                adapter.longest + Seconds{3600});
      ASSERT_GT(step.cursor.window_until, reached) << adapter.name;
      reached = step.cursor.window_until;
      auto next = advance(adapter, address, step.cursor, {});
      cursor = next.cursor;
      more = next.more;
    }
    EXPECT_EQ(reached, kNow) << adapter.name;
    EXPECT_EQ(cursor.done, kNow) << adapter.name;
    auto again = next_step(adapter, address, cursor, kNow + Seconds{3600});
    EXPECT_LE(again.cursor.window_from, kNow - adapter.overlap) << adapter.name;
  }
}

TEST(Cursor, IsKeptWhole) {
  Cursor cursor = from(kNow);
  cursor.done = kNow - Seconds{5};
  cursor.until = kNow;
  cursor.window_from = kNow - Seconds{9};
  cursor.window_until = kNow;
  cursor.page = 7;
  cursor.next = "https://api.example/\"next";
  cursor.pass = 2;
  cursor.count = 3;
  cursor.last_count = 4;
  cursor.sum = ~0ULL;
  cursor.last_sum = 1ULL << 63U;
  EXPECT_EQ(cursor_of(to_json(cursor)), cursor);
}

TEST(Cursor, ThatIsBrokenBeginsAnew) {
  for (const char* text : {"", "null", "[]", "{", R"({"page":-4,"pass":99,"next":7})"}) {
    auto cursor = cursor_of(text);
    EXPECT_GE(cursor.page, 0) << text;
    EXPECT_LE(cursor.pass, kMostPasses) << text;
    EXPECT_FALSE(cursor.until) << text;
  }
}

// A list that others write to while it is read page by page.
struct Moving {
  std::vector<int> list;
  std::set<int> stored;
  int requests = 0;

  Answer page(const Adapter& adapter, std::int64_t page) {
    ++requests;
    Answer answer;
    auto size = static_cast<std::size_t>(adapter.page_size);
    auto begin = std::min(list.size(), static_cast<std::size_t>(page) * size);
    auto end = std::min(list.size(), begin + size);
    for (auto i = begin; i < end; ++i) {
      stored.insert(list[i]);
      answer.sum +=
          std::stoull(model::sha256_hex(std::to_string(list[i])).substr(0, 15), nullptr, 16);
    }
    answer.records = static_cast<std::int64_t>(end - begin);
    return answer;
  }

  template <typename Change>
  std::string read(const Change& change) {
    const auto* adapter = adapter_named("radar-outages");
    auto cursor = from(kNow - Seconds{kDay});
    for (;;) {
      auto step = next_step(*adapter, "https://api.example/a", cursor, kNow);
      auto answer = page(*adapter, step.cursor.page);
      // Kept and read again between any two pages, as after a crash.
      auto next =
          advance(*adapter, "https://api.example/a", cursor_of(to_json(step.cursor)), answer);
      cursor = cursor_of(to_json(next.cursor));
      if (!next.more) return next.note;
      change(*this);
    }
  }
};

Moving numbers(int count) {
  Moving out;
  for (int i = 0; i < count; ++i) out.list.push_back(i);
  return out;
}

TEST(Paging, OfOnePageAsksOnce) {
  auto moving = numbers(99);
  EXPECT_EQ(moving.read([](Moving&) {}), "");
  EXPECT_EQ(moving.requests, 1);
  EXPECT_EQ(moving.stored.size(), 99U);
}

TEST(Paging, ReadsWhatHasManyPagesTwice) {
  auto moving = numbers(250);
  EXPECT_EQ(moving.read([](Moving&) {}), "");
  EXPECT_EQ(moving.requests, 6);
  EXPECT_EQ(moving.stored.size(), 250U);
}

TEST(Paging, LosesNothingWhenTheFirstRecordGoesWhileItIsRead) {
  auto moving = numbers(250);
  bool gone = false;
  // What was the first of page 2 is now the last of page 1, which was read already.
  EXPECT_EQ(moving.read([&](Moving& m) {
    if (!std::exchange(gone, true)) m.list.erase(m.list.begin());
  }),
            "");
  EXPECT_EQ(moving.stored.size(), 250U);
}

TEST(Paging, DoublesNothingWhenRecordsComeInFront) {
  auto moving = numbers(250);
  int more = 1000;
  EXPECT_EQ(moving.read([&](Moving& m) {
    if (more < 1003) m.list.insert(m.list.begin(), more++);
  }),
            "");
  EXPECT_EQ(moving.stored.size(), 253U);
}

// Any few changes at any moment: what is there at the end was read.
TEST(Paging, AtRandomLosesNothing) {
  std::mt19937 random(20141222);
  for (int round = 0; round < 200; ++round) {
    auto moving = numbers(static_cast<int>(random() % 400));
    int changes = 2;
    int fresh = 10'000;
    auto note = moving.read([&](Moving& m) {
      if (changes == 0 || m.list.empty() || random() % 3 != 0) return;
      --changes;
      auto at = static_cast<std::ptrdiff_t>(random() % m.list.size());
      if (random() % 2 == 0) {
        m.list.erase(m.list.begin() + at);
      } else {
        m.list.insert(m.list.begin() + at, fresh++);
      }
    });
    if (!note.empty()) continue;  // it says itself that it never held still
    for (int number : moving.list) EXPECT_TRUE(moving.stored.contains(number)) << round;
  }
}

TEST(Paging, SaysWhenTheListNeverHoldsStill) {
  auto moving = numbers(250);
  int more = 1000;
  auto note = moving.read([&](Moving& m) { m.list.insert(m.list.begin(), more++); });
  EXPECT_EQ(note,
            "its answer changed while it was read, 4 times over; what was missed comes with the "
            "next round, which begins 30 d earlier");
}

TEST(Paging, FollowsAnAnswerThatSaysWhereItGoesOn) {
  const auto* adapter = adapter_named("ooni-incidents");
  std::string address = "https://api.example/list";
  auto step = next_step(*adapter, address, from(kNow), kNow);
  Answer first{100, std::nullopt, "https://api.example/list?page=2", 1};
  auto next = advance(*adapter, address, step.cursor, first);
  EXPECT_TRUE(next.more);
  EXPECT_EQ(next_step(*adapter, address, next.cursor, kNow).url, first.next);
  Answer abroad{100, std::nullopt, "https://other.example/list?page=3", 1};
  auto last = advance(*adapter, address, next.cursor, abroad);
  EXPECT_EQ(last.note, "it says that it goes on at another host, which was not followed");
}

TEST(Answer, MustBeData) {
  const auto& ioda = *adapter_named("ioda-events");
  const auto& stop = *adapter_named("stop");
  EXPECT_EQ(no_answer(ioda, "\xEF\xBB\xBF {\"data\":[]}"), "");
  EXPECT_EQ(no_answer(stop, "start_date,country\n"), "");
  EXPECT_NE(no_answer(ioda, "start_date,country\n"), "");
  for (const auto* adapter : {&ioda, &stop}) {
    EXPECT_EQ(no_answer(*adapter, " \n"), "answered with nothing");
    EXPECT_TRUE(no_answer(*adapter, "<!DOCTYPE html><title>Sign in</title>")
                    .starts_with("answered with a web page"));
  }
}

struct Refused {
  std::string name;
  Wanted wanted;
  std::string says;
};

class RefusedQuestion : public testing::TestWithParam<Refused> {};

TEST_P(RefusedQuestion, IsRefusedInOneSentence) {
  auto found = questions(GetParam().wanted);
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().message.find(GetParam().says), std::string::npos)
      << found.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Refusals, RefusedQuestion,
    testing::Values(
        Refused{"provider", {"nobody", {}, "", "", "", "", ""}, "there is no provider"},
        Refused{"data", {"ioda", {"weather"}, "KP", "", "", "", ""}, "there are events, alerts"},
        Refused{"country", {"ioda", {}, "Atlantis", "", "", "", ""}, "there is no country"},
        Refused{"asn", {"ioda", {}, "", "ASX", "", "", ""}, "is no number of a network"},
        Refused{"prefix", {"radar", {"hijacks"}, "", "", "", "300.0.0.0/8", ""}, "192.0.2.0/24"},
        Refused{"ioda_prefix", {"ioda", {}, "", "", "", "192.0.2.0/24", ""}, "no prefixes"},
        Refused{"ioda_nowhere", {"ioda", {"signals"}, "", "", "", "", ""}, "of one place"},
        Refused{"radar_region", {"radar", {}, "", "", "1906", "", ""}, "not by region"},
        Refused{"ripestat_nowhere", {"ripestat", {"updates"}, "", "", "", "", ""}, "--asn or"},
        Refused{"ris_everything", {"ris-live", {}, "", "", "", "", ""}, "far more than fits"},
        Refused{"stop_nowhere", {"stop", {}, "", "", "", "", ""}, "give it with --base"}),
    [](const auto& row) { return row.param.name; });

TEST(Questions, OfPlacesOfIoda) {
  auto address = [](const Wanted& wanted) { return questions(wanted)->front().address; };
  std::string base(kIoda);
  EXPECT_EQ(address({"ioda", {}, "North Korea", "AS131279", "", "", ""}),
            base + "/outages/events?format=codf&entityType=geoasn&entityCode=131279-KP");
  EXPECT_EQ(address({"ioda", {}, "", "131279", "", "", ""}),
            base + "/outages/events?format=codf&entityType=asn&entityCode=131279");
  EXPECT_EQ(address({"ioda", {"signals"}, "", "", "4107", "", "http://mirror.example/v2/"}),
            "http://mirror.example/v2/signals/raw/region/4107");
}

}  // namespace
}  // namespace ingest::measure
