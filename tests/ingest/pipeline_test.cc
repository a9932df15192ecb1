#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/ingest.h"
#include "ingest/raw.h"
#include "store/model/hash.h"
#include "store/store.h"

namespace {

using testing::SizeIs;

const model::Instant kNow{model::Seconds(1419400000)};

std::string rss(const std::string& items) {
  return "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\">"
         "<channel><title>The Wire</title><link>https://wire.example/</link>"
         "<atom:link rel=\"self\" href=\"https://wire.example/feed\"/>" +
         items + "</channel></rss>";
}

std::string rss_item(const std::string& guid, const std::string& title) {
  return "<item><guid>" + guid + "</guid><title>" + title +
         "</title><pubDate>Tue, 23 Dec 2014 02:00:00 GMT</pubDate></item>";
}

constexpr const char* kAtom =
    "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:feed</id><title>Atom</title>"
    "<updated>2014-12-23T02:00:00Z</updated><entry><id>urn:1</id><title>Back</title>"
    "<updated>2014-12-23T02:00:00Z</updated>"
    "<content type=\"html\">&lt;p&gt;More than 9 hours&lt;/p&gt;</content></entry></feed>";

constexpr const char* kCsv =
    "id,country,start,end\n"
    "kp-1,KP,2014-12-22T16:15:00Z,2014-12-23T01:46:00Z\n"
    "kp-2,KP,nonsense,2014-12-23T16:12:00Z\n";

class Pipeline : public testing::Test {
 protected:
  model::Result<ingest::Outcome> ingest(const std::string& name, const std::string& bytes) {
    ingest::Input input;
    input.name = input.url = name;
    input.bytes = bytes;
    return ingest_document(*store_, input, kNow);
  }

  ingest::Outcome must(const std::string& name, const std::string& bytes) {
    auto outcome = ingest(name, bytes);
    EXPECT_TRUE(outcome) << outcome.error().message;
    return outcome ? *outcome : ingest::Outcome{};
  }

  std::unique_ptr<store::Store> store_ = *store::open_store("memory:");
};

TEST_F(Pipeline, WhatIsPutWithADocumentIsKeptWithItOrNeitherIs) {
  ingest::Input input;
  input.name = input.url = "https://wire.example/feed";
  input.bytes = rss(rss_item("1", "One"));
  int calls = 0;
  bool refuses = true;
  input.put_with_it = [&](store::Writer& writer, const ingest::Outcome& outcome) -> model::Status {
    ++calls;
    EXPECT_EQ(outcome.entries_added, 1);
    auto done = writer.set_meta("beside", "it");
    return refuses ? model::Status(model::Error{model::Errc::kConflict, "no"}) : done;
  };
  auto refused = ingest_document(*store_, input, kNow);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "no");
  EXPECT_EQ(store_->counts()->entries, 0);
  EXPECT_EQ(*store_->meta("beside"), "");
  refuses = false;
  ASSERT_TRUE(ingest_document(*store_, input, kNow));
  EXPECT_EQ(store_->counts()->entries, 1);
  EXPECT_EQ(*store_->meta("beside"), "it");
  EXPECT_TRUE(ingest_document(*store_, input, kNow)->unchanged);
  EXPECT_EQ(calls, 2);
}

TEST_F(Pipeline, TheBytesAreKept) {
  auto bytes = rss(rss_item("1", "One"));
  must("wire.xml", bytes);
  auto raw = store_->raw(model::sha256_hex(bytes));
  ASSERT_TRUE(raw && *raw);
  EXPECT_EQ(*ingest::bytes_of(**raw), bytes);
  auto broken = **raw;
  broken.codec = "zstd";
  broken.bytes = "no frame";
  EXPECT_EQ(ingest::bytes_of(broken).error().code, model::Errc::kCorrupt);
}

TEST_F(Pipeline, AWithdrawnEntryIsMarkedAndKept) {
  auto item = [](int day, const std::string& title) {
    return "<item><guid>" + title + "</guid><title>" + title + "</title><pubDate>" +
           std::to_string(day) + " Dec 2014 02:00:00 GMT</pubDate></item>";
  };
  must("wire.xml", rss(item(24, "c") + item(23, "b") + item(22, "a")));
  auto outcome = must("wire.xml", rss(item(25, "d") + item(24, "c") + item(22, "a")));
  EXPECT_EQ(outcome.entries_gone, 1);
  EXPECT_EQ(store_->counts()->entries, 4);
  // What has only scrolled out of the feed is not withdrawn.
  outcome = must("wire.xml", rss(item(25, "d") + item(24, "c")));
  EXPECT_EQ(outcome.entries_gone, 0);
}

TEST_F(Pipeline, ManyItemsGiveTheSameAsFew) {
  std::string items;
  for (int i = 0; i < 1000; ++i) {
    items += rss_item(std::to_string(i), "Title " + std::to_string(i));
  }
  items += rss_item("7", "Title 7");
  auto outcome = must("wire.xml", rss(items));
  EXPECT_EQ(outcome.entries_added, 1000);
  EXPECT_EQ(outcome.entries_unchanged, 1);
  auto again = must("wire.xml", rss(items + " "));
  EXPECT_EQ(again.entries_unchanged, 1001);
}

TEST_F(Pipeline, AFeedBecomesASourceADocumentAndEntries) {
  auto outcome = must("wire.xml", rss(rss_item("1", "One") + rss_item("2", "Two")));
  EXPECT_EQ(outcome.entries_added, 2);
  EXPECT_EQ(outcome.format, "rss20");
  auto sources = *store_->sources();
  ASSERT_THAT(sources, SizeIs(1));
  EXPECT_EQ(sources[0].url, "https://wire.example/feed");
  EXPECT_EQ(store_->counts()->documents, 1);
  auto id = store_->entries("", 1)->ids.at(0);
  auto revision = store_->revisions(id)->front();
  EXPECT_TRUE(store_->document(sources[0].id, revision.document_id)->has_value())
      << "a revision leads back to its document";
}

TEST_F(Pipeline, ASiteThatMovesToHttpsIsNotReadAnew) {
  auto feed = rss(rss_item("https://wire.example/?p=1", "One"));
  auto before = feed;
  for (auto at = before.find("https://wire"); at != before.npos; at = before.find("https://wire")) {
    before.erase(at + 4, 1);
  }
  must("wire.xml", before);
  auto outcome = must("wire.xml", feed);
  EXPECT_EQ(outcome.entries_added, 0);
  ASSERT_THAT(*store_->sources(), SizeIs(1));
  EXPECT_EQ(store_->sources()->front().url, "https://wire.example/feed");
}

TEST_F(Pipeline, TheSameBytesAreReadOnce) {
  auto bytes = rss(rss_item("1", "One"));
  must("wire.xml", bytes);
  EXPECT_TRUE(must("wire.xml", bytes).unchanged);
  EXPECT_TRUE(must("copy.xml", bytes).unchanged) << "the same feed under another name";
  EXPECT_THAT(*store_->changes(0, 10), SizeIs(1));
}

TEST_F(Pipeline, AChangedItemIsRevisedAndTheOthersAreLeft) {
  must("monday.xml", rss(rss_item("1", "One") + rss_item("2", "Two")));
  auto outcome = must("tuesday.xml", rss(rss_item("1", "One") + rss_item("2", "Second")));
  EXPECT_EQ(outcome.entries_added, 0);
  EXPECT_EQ(outcome.entries_revised, 1);
  EXPECT_EQ(outcome.entries_unchanged, 1);
  EXPECT_EQ(store_->counts()->revisions, 3);
}

TEST_F(Pipeline, AtomGivesPlainTextAndKeepsTheMarkup) {
  must("feed.atom", kAtom);
  auto revision = store_->revisions(store_->entries("", 1)->ids.at(0))->front();
  EXPECT_EQ(revision.title, "Back");
  EXPECT_EQ(revision.body, "More than 9 hours");
  EXPECT_EQ(revision.html, "<p>More than 9 hours</p>");
}

TEST_F(Pipeline, MeasurementsAreKeptAndBadRowsWarnedOf) {
  auto outcome = must("outages.csv", kCsv);
  EXPECT_EQ(outcome.outages_added, 1);
  EXPECT_THAT(outcome.warnings, SizeIs(1));
  auto outages = *store_->outages({});
  ASSERT_THAT(outages, SizeIs(1));
  EXPECT_EQ(outages[0].seen_at, kNow);
  EXPECT_EQ(outages[0].duration(), model::Seconds(34260));
  EXPECT_EQ(store_->sources()->front().kind, model::SourceKind::kOutages);
}

TEST_F(Pipeline, WhatIsNoDocumentOfOursLeavesNothingBehind) {
  for (const std::string bytes : {"", "<html><body>A page</body></html>", "{\"weather\":1}"}) {
    auto outcome = ingest("x", bytes);
    ASSERT_FALSE(outcome) << bytes;
    EXPECT_EQ(outcome.error().code, model::Errc::kInvalid) << bytes;
  }
  EXPECT_EQ(*store_->counts(), store::Counts{});
}

}  // namespace
