#include "ingest/backfill.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/archive.h"
#include "store/store.h"
#include "tests/support/temp_dir.h"

namespace {

const model::Instant kNow{model::Seconds(1600000000)};

std::string feed_of(const std::string& id, const std::string& head = "") {
  return "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>T</title>"
         "<atom:link rel=\"self\" href=\"https://a.example/feed\"/>" +
         head + "<item><guid>" + id + "</guid><title>Item " + id +
         "</title></item></channel></rss>";
}

std::string record(const std::string& url, const std::string& body) {
  std::string block = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n" + body;
  return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2014-12-23T02:00:00Z\r\nWARC-Target-URI: " +
         url + "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block +
         "\r\n\r\n";
}

class Backfill : public testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& bytes) {
    auto path = dir_.path(name);
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  ingest::Backfilled must(
      const std::string& path, const ingest::Watch& watch = [](const auto&) {}) {
    auto done = ingest::backfill_archive(*store_, path, std::nullopt, kNow, watch);
    EXPECT_TRUE(done) << done.error().message;
    return done ? *done : ingest::Backfilled{};
  }

  // Ends a run at its nth document.
  void kill_at(const std::string& path, int nth) {
    bool killed = false;
    try {
      must(path, [&](const auto&) {
        if (--nth == 0) throw std::runtime_error("killed");
      });
    } catch (const std::runtime_error&) {
      killed = true;
    }
    EXPECT_TRUE(killed);
  }

  support::TempDir dir_;
  std::unique_ptr<store::Store> store_ = *store::open_store("memory:");
};

TEST_F(Backfill, AnArchiveIsReadOnceAndCountsAsSeenWhenItWasKept) {
  auto path = write("a.warc", record("https://a.example/feed", feed_of("1")) +
                                  record("https://a.example/x", "no feed") +
                                  record("https://a.example/feed", feed_of("2")));
  auto done = must(path);
  EXPECT_EQ(done.sum.entries_added, 2);
  EXPECT_EQ(done.documents, 2);
  EXPECT_EQ(done.passed_over, 1);
  auto page = store_->entries("", 10);
  ASSERT_EQ(page->ids.size(), 2U);
  EXPECT_EQ(model::to_iso((*store_->entry(page->ids[0]))->first_seen), "2014-12-23T02:00:00Z");
  auto again = must(path);
  EXPECT_TRUE(again.sum.unchanged);
  EXPECT_EQ(again.documents, 0);
}

// The watcher ends the first run as a signal would: by leaving in the middle of it.
TEST_F(Backfill, ARunThatWasKilledGoesOn) {
  std::string file;
  for (int i = 0; i < 450; ++i)
    file += record("https://a.example/feed", feed_of(std::to_string(i)));
  auto path = write("a.warc", file);
  kill_at(path, 430);
  EXPECT_EQ(store_->counts()->entries, 429);
  auto rest = must(path);
  EXPECT_EQ(rest.resumed_at, 400);
  EXPECT_EQ(rest.sum.entries_added, 21);
  EXPECT_EQ(store_->counts()->entries, 450);
}

TEST_F(Backfill, FilesOfLinesComeInPiecesOfWholeLines) {
  std::string file;
  for (int i = 0; i < 20'000; ++i) {
    auto n = std::to_string(i);
    file.append(R"({"id":")").append(n).append(R"(","title":"Item )").append(n);
    file.append(R"(","text":")").append(300, 'x').append("\"}\n");
  }
  auto path = write("a.jsonl", file);
  ASSERT_TRUE(ingest::is_archive(path));
  EXPECT_FALSE(ingest::is_archive(write("small.jsonl", "{}\n")));
  auto done = must(path);
  EXPECT_EQ(done.documents, 2);
  EXPECT_EQ(done.sum.entries_added, 20'000);
  EXPECT_TRUE(done.sum.warnings.empty());
  EXPECT_EQ(store_->sources()->size(), 1U);
}

TEST_F(Backfill, PagesAreFollowedUntilThereIsNothingNew) {
  const std::string base = "https://a.example/feed";
  const std::string wordpress = "<generator>https://wordpress.org/?v=6.1</generator>";
  std::map<std::string, std::string> web = {{base, feed_of("1", wordpress)},
                                            {base + "?paged=2", feed_of("2", wordpress)},
                                            {base + "?paged=3", feed_of("2", wordpress) + " "},
                                            {base + "?paged=4", feed_of("4", wordpress)}};
  std::vector<std::string> asked;
  auto get = [&](const std::string& address) -> model::Result<ingest::Input> {
    asked.push_back(address);
    ingest::Input input;
    input.name = input.url = address;
    input.bytes = web[address];
    return input;
  };
  auto first = *get(base);
  ASSERT_TRUE(ingest_document(*store_, first, kNow));
  auto done = backfill_pages(*store_, first, 10, kNow, get, [](const auto&) {});
  ASSERT_TRUE(done);
  EXPECT_EQ(done->sum.entries_added, 1);
  EXPECT_EQ(asked.size(), 3U) << "page 3 had nothing new, so page 4 is not asked for";
  asked.clear();
  ASSERT_TRUE(backfill_pages(*store_, first, 1, kNow, get, [](const auto&) {}));
  EXPECT_EQ(asked.size(), 1U);
}

TEST_F(Backfill, ADamagedArchiveSaysSoAndKeepsWhatWasRead) {
  auto path = write("a.warc.gz", std::string("\x1f\x8b\x08\0\0\0\0\0\0\3", 10) + "garbage");
  auto done = ingest::backfill_archive(*store_, path, std::nullopt, kNow, [](const auto&) {});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, model::Errc::kInvalid);
  EXPECT_EQ(ingest::backfill_archive(*store_, "none.warc", std::nullopt, kNow, [](const auto&) {})
                .error()
                .code,
            model::Errc::kNotFound);
}

}  // namespace
