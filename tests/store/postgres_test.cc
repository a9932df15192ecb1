#include "tests/support/postgres.h"

#include <future>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/postgres/errors.h"
#include "store/postgres/store.h"
#include "store/postgres/text.h"
#include "tests/store/samples.h"

// What is PostgreSQL's own: URLs, servers that refuse or go, schemas of others, bytes that it does
// not take, texts that its vectors do not hold.
namespace {

using model::Errc;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr auto kPatience = std::chrono::milliseconds(100);

model::Error error_of(const std::string& url) {
  auto opened = store::open_store(url);
  EXPECT_FALSE(opened) << url;
  return opened ? model::Error{} : opened.error();
}

TEST(PostgresUrl, WhatCannotBeReadIsRefusedWithoutThePassword) {
  for (const char* url :
       {"postgres://ann:hush%zz@db.example/news", "postgresql://ann:hush@db.example/news?such=1",
        "postgres://ann:hush@db.example:port/", "postgres://ann:hush@[::1/news"}) {
    auto error = error_of(url);
    EXPECT_EQ(error.code, Errc::kInvalid) << url;
    EXPECT_THAT(error.message, Not(HasSubstr("hush")));
  }
  auto error = error_of("mysql://ann:hush@db.example/news");
  EXPECT_THAT(error.message, AllOf(HasSubstr("mysql://ann@db.example"), Not(HasSubstr("hush"))));
  for (const char* url : {"my://ann:hu/sh@h/n", "my://h/n?password=hush&x=1", "my://a:hu@sh@h"}) {
    EXPECT_THAT(error_of(url).message, AllOf(Not(HasSubstr("hu")), Not(HasSubstr("sh@")))) << url;
  }
}

TEST(PostgresUrl, AMessageNamesThePlaceAndNotThePassword) {
  auto place = store::postgres::place_of("postgres://ann:hush@db.example:5433/news");
  ASSERT_TRUE(place) << place.error().message;
  EXPECT_EQ(place->name, "PostgreSQL database news at db.example:5433");
  EXPECT_EQ(place->user, "ann");
}

TEST(PostgresServer, ThatIsNotThereIsToldOf) {
  auto error = error_of("postgres://ann:hush@127.0.0.1:1/news");
  EXPECT_EQ(error.code, Errc::kIo);
  EXPECT_THAT(error.message,
              AllOf(HasSubstr("database news at 127.0.0.1:1 cannot be reached"),
                    HasSubstr("check that the server runs"), Not(HasSubstr("hush"))));
}

TEST(PostgresServer, ThatIsTooOldIsToldOf) {
  store::postgres::Place place{"", "PostgreSQL database news", "", "news"};
  EXPECT_TRUE(store::postgres::check_server(place, 130'000));
  auto checked = store::postgres::check_server(place, 90'624);
  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().message, HasSubstr("version 9; Faultline needs PostgreSQL 13"));
}

TEST(PostgresText, EveryByteComesBack) {
  using store::postgres::escaped;
  using store::postgres::needs_escape;
  using store::postgres::unescaped;
  for (const auto& plain : {"", "plain", "Übung 북한 🙂", "\xEF\xB7\x91"}) {
    EXPECT_FALSE(needs_escape(plain)) << plain;
  }
  for (const auto& odd : {std::string("a\0b", 3), std::string("\xFF"), std::string("x\xC3"),
                          std::string("\xED\xA0\x80"), std::string("\xEF\xB7\x90"),
                          std::string("\xC0\x80"), std::string("ü\0\xF5z", 5)}) {
    EXPECT_TRUE(needs_escape(odd));
    EXPECT_FALSE(needs_escape(unescaped(odd)) && escaped(odd) == odd);
    EXPECT_EQ(unescaped(escaped(odd)), odd);
  }
}

// A schema of the test's own, and stores in it.
class Postgres : public testing::Test {
 protected:
  void SetUp() override {
    if (!support::postgres_url()) GTEST_SKIP() << support::kNoPostgres;
    schema_.emplace();
  }

  // By the name that the connections go by, the test finds them again.
  std::string url() const { return schema_->url() + "&application_name=" + schema_->name(); }

  std::unique_ptr<store::Store> open(bool read_only = false) {
    auto opened = store::postgres::open(url(), {read_only, kPatience});
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? *std::move(opened) : nullptr;
  }

  static void put(store::Store& store, const std::string& id, const std::string& body) {
    auto writer = store.begin();
    ASSERT_TRUE(writer) << writer.error().message;
    ASSERT_TRUE((*writer)->put(samples::entry(id), samples::revision(id, body)));
    auto done = (*writer)->commit();
    ASSERT_TRUE(done) << done.error().message;
  }

  std::string ask(const std::string& sql) const {
    return support::Postgres(schema_->url()).ask(sql);
  }

  void cut_connections() const {
    ask("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = '" +
        schema_->name() + "'");
  }

  static std::vector<std::string> found(store::Store& store, const store::TextQuery& query) {
    auto page = store.search(query, "", 100);
    EXPECT_TRUE(page) << page.error().message;
    return page ? page->ids : std::vector<std::string>();
  }

  std::optional<support::PostgresSchema> schema_;
};

TEST_F(Postgres, AWrongPasswordIsToldOfAndNotShown) {
  auto url = support::postgres_url(true).value();
  auto at = url.find('@'), secret = url.find(':', url.find("//"));
  if (secret > at) GTEST_SKIP() << "the server asks for no password";
  auto error = error_of(url.replace(secret + 1, at - secret - 1, "open-sesame"));
  EXPECT_EQ(error.code, Errc::kIo);
  EXPECT_THAT(error.message,
              AllOf(HasSubstr("the password is wrong or missing"), Not(HasSubstr("open-sesame"))));
}

TEST_F(Postgres, AServerWithoutTlsIsToldOf) {
  auto url = support::postgres_url(true).value();
  if (url.find("127.0.0.1") == std::string::npos) GTEST_SKIP() << "not a server of ours";
  auto error = error_of(url + "?sslmode=require");
  EXPECT_EQ(error.code, Errc::kIo);
  EXPECT_THAT(error.message, HasSubstr("do not agree on TLS"));
}

TEST_F(Postgres, ADatabaseThatIsNotThereIsToldOf) {
  auto url = support::postgres_url().value();
  auto error = error_of(url.replace(url.find("/postgres?"), 9, "/no_such"));
  EXPECT_EQ(error.code, Errc::kNotFound);
  EXPECT_THAT(error.message, HasSubstr("createdb no_such"));
}

TEST_F(Postgres, ASchemaThatIsNotThereIsToldOf) {
  auto error = error_of(schema_->url() + "_not");
  EXPECT_EQ(error.code, Errc::kInvalid);
  EXPECT_THAT(error.message, HasSubstr("CREATE SCHEMA"));
}

TEST_F(Postgres, AnotherProgramsSchemaIsLeftAsItIs) {
  ask("CREATE TABLE theirs (x INTEGER)");
  auto error = error_of(url());
  EXPECT_EQ(error.code, Errc::kInvalid);
  EXPECT_THAT(error.message, HasSubstr("belongs to another program"));
  EXPECT_EQ(ask("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"), "1");
}

TEST_F(Postgres, AnEmptyOneIsNotMadeForReading) {
  auto opened = store::open_store(url(), true);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::kNotFound);
  EXPECT_EQ(ask("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"), "0");
}

TEST_F(Postgres, ReadOnlyReadsAndDoesNotWrite) {
  put(*open(), "e", "one");
  auto store = open(true);
  EXPECT_EQ(store->counts()->entries, 1);
  EXPECT_EQ(store->begin().error().code, Errc::kIo);
}

TEST_F(Postgres, ANewerSchemaThatNeedsNewerProgramsIsRefused) {
  auto store = open();
  ask("INSERT INTO faultline_migrations (number, name, needs) VALUES (99, 'x', 98)");
  auto error = error_of(url());
  EXPECT_EQ(error.code, Errc::kInvalid);
  EXPECT_THAT(error.message, HasSubstr("has version 99, which programs that know version 98"));
  EXPECT_EQ(store->begin().error().message, error.message) << "nor is it written to any more";
}

TEST_F(Postgres, ANewerSchemaThatOnlyAddsIsWorkedWith) {
  auto store = open();
  put(*store, "e", "one");
  EXPECT_EQ(store->revisions("e")->size(), 1U);
  EXPECT_EQ(store->sources()->size(), 0U);
  ask("ALTER TABLE revisions ADD COLUMN mood TEXT NOT NULL DEFAULT ''; "
      "ALTER TABLE sources ADD COLUMN mood TEXT NOT NULL DEFAULT ''; "
      "INSERT INTO faultline_migrations (number, name, needs) VALUES (99, 'x', 1)");
  auto kept = store->revisions("e");
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(kept->size(), 1U);
  auto writer = *store->begin();
  auto done = writer->put(samples::source("a"));
  ASSERT_TRUE(done) << done.error().message;
  ASSERT_TRUE(writer->commit());
  put(*open(), "f", "two");
  EXPECT_EQ(open()->counts()->entries, 2);
}

TEST_F(Postgres, TwoProgramsWriteOneAfterTheOther) {
  auto one = open(), other = open();
  auto writer = *one->begin();
  ASSERT_TRUE(writer->put(samples::source("a")));
  auto refused = other->begin();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kIo);
  EXPECT_THAT(refused.error().message, HasSubstr("is locked by another program"));
  EXPECT_EQ(other->sources()->size(), 0U) << "readers go on";
  ASSERT_TRUE(writer->commit());
  auto next = other->begin();
  ASSERT_TRUE(next) << next.error().message;
  EXPECT_EQ(*(*next)->put(samples::source("a")), store::Put::kUnchanged);
}

TEST_F(Postgres, ALostConnectionIsToldOfAndMadeAnew) {
  auto store = open();
  put(*store, "e", "one");
  ASSERT_TRUE(store->counts());
  cut_connections();
  auto counts = store->counts();
  ASSERT_FALSE(counts);
  EXPECT_EQ(counts.error().code, Errc::kIo);
  EXPECT_THAT(counts.error().message, HasSubstr("was lost; see that the server runs"));
  EXPECT_EQ(store->counts()->entries, 1);
}

TEST_F(Postgres, AWriterThatLosesItsConnectionLeavesNothing) {
  auto store = open();
  auto writer = *store->begin();
  ASSERT_TRUE(writer->put(samples::entry("e"), samples::revision("one")));
  cut_connections();
  auto done = writer->commit();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::kIo);
  EXPECT_FALSE(writer->put(samples::source("a")));
  writer.reset();
  put(*store, "f", "two");
  EXPECT_THAT(open()->entries("", 9)->ids, ElementsAre("f"));
}

TEST_F(Postgres, WhatItRefusesLeavesTheConnectionInOrder) {
  auto store = open();
  {
    auto writer = *store->begin();
    ask("ALTER TABLE sources ADD CONSTRAINT short CHECK (length(url) < 20)");
    auto source = samples::source("a");
    source.url = std::string(30, 'x');
    (void)writer->put(source);
    auto done = writer->commit();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, Errc::kConflict) << done.error().message;
  }
  put(*store, "e", "one");
  EXPECT_EQ(store->counts()->entries, 1);
}

TEST_F(Postgres, MayBeCreatedBySeveralProgramsAtOnce) {
  constexpr int kPrograms = 4;
  std::vector<std::future<std::string>> programs;
  for (int n = 0; n < kPrograms; ++n) {
    programs.push_back(std::async(std::launch::async, [this]() -> std::string {
      auto opened = store::open_store(url());
      return opened ? "" : opened.error().message;
    }));
  }
  for (auto& program : programs) EXPECT_EQ(program.get(), "");
  EXPECT_EQ(ask("SELECT count(*) FROM faultline_migrations"),
            std::to_string(store::postgres::migrations().size()));
}

TEST_F(Postgres, ManyReadersShareFewConnections) {
  auto store = open();
  put(*store, "e", "one");
  std::vector<std::future<bool>> readers;
  for (int n = 0; n < 30; ++n) {
    readers.push_back(std::async(std::launch::async, [&] {
      bool good = true;
      for (int i = 0; i < 20; ++i) {
        auto counts = store->counts();
        good = good && counts && counts->entries == 1;
      }
      return good;
    }));
  }
  for (auto& reader : readers) EXPECT_TRUE(reader.get());
  auto open_ones =
      "SELECT count(*) FROM pg_stat_activity WHERE application_name = '" + schema_->name() + "'";
  EXPECT_LE(std::stoi(ask(open_ones)), 9);
}

TEST_F(Postgres, BytesThatItDoesNotTakeComeBack) {
  auto store = open();
  std::string odd("a\0b \xFF \xEF\xB7\x90 c", 11);
  put(*store, "e", odd);
  EXPECT_EQ(store->revisions("e")->front().body, odd);
}

TEST_F(Postgres, PhrasesAreFoundHoweverFarOut) {
  auto store = open();
  std::string body;
  for (int i = 0; i < 40'000; ++i) body += "filler ";
  put(*store, "near", "brown quick");
  put(*store, "far", body + "quick brown fox " + body + "it's");
  EXPECT_THAT(found(*store, {{}, {"quick brown"}, {}}), ElementsAre("far"));
  EXPECT_THAT(found(*store, {{}, {"brown fox filler"}, {}}), ElementsAre("far"));
  EXPECT_THAT(found(*store, {{}, {"fox quick"}, {}}), IsEmpty());
  EXPECT_THAT(found(*store, {{"quick"}, {}, {"fox"}}), ElementsAre("near"));
}

TEST_F(Postgres, WordsAreFoundWhereAVectorDoesNotHoldThem) {
  auto store = open();
  std::string body;
  for (int i = 0; i < 200'000; ++i) body += fmt::format("w{} ", i);
  std::string longest(3000, 'x');
  put(*store, "all", body + longest + " omega end");
  put(*store, "few", "w17 " + longest + "y");
  EXPECT_EQ(ask("SELECT count(*) FROM entry_texts WHERE NOT whole"), "1");
  EXPECT_THAT(found(*store, {{"w17"}, {}, {}}), ElementsAre("all", "few"));
  EXPECT_THAT(found(*store, {{"omega"}, {}, {}}), ElementsAre("all"));
  EXPECT_THAT(found(*store, {{}, {"omega end"}, {}}), ElementsAre("all"));
  EXPECT_THAT(found(*store, {{longest}, {}, {}}), ElementsAre("all"));
  EXPECT_THAT(found(*store, {{longest + "y"}, {}, {}}), ElementsAre("few"));
}

TEST_F(Postgres, MigrationsAreNumberedAndSayWhatTheyNeed) {
  std::string last;
  std::int64_t number = 0;
  for (const auto& file : store::postgres::migrations()) {
    EXPECT_LT(last, file.name) << "numbered in order";
    last = file.name;
    EXPECT_GE(store::postgres::needs_of(file), 1) << file.name;
    EXPECT_LE(store::postgres::needs_of(file), ++number) << file.name;
  }
}

}  // namespace
