#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "store/ahead.h"
#include "store/copy/copy.h"
#include "store/postgres/held.h"
#include "store/postgres/tidier.h"
#include "store/postgres/url.h"
#include "tests/store/contract.h"
#include "tests/store/samples.h"

// So much in one transaction that it goes in bulk: what is kept is what the memory store keeps.
namespace {

using samples::at;
using store::Put;

constexpr int kEntries = 150;

// What has a meaning of its own where rows are sent as text.
std::string odd(int number) {
  static const std::vector<std::string> kOdd = {"\\N",
                                                "a\tb",
                                                "line\nline\r\n",
                                                "\\.",
                                                "{\"a\",NULL}",
                                                "\\x00ff",
                                                "'quote'\"s",
                                                "",
                                                "\xEF\xB7\x90!",
                                                std::string("z\0\xFF", 3)};
  return kOdd[static_cast<std::size_t>(number) % kOdd.size()];
}

std::string id_of(int number) { return "e" + std::to_string(number) + odd(number); }

void put_entries(store::Writer& w, const std::string& word, Put expected) {
  std::vector<std::string> ids;
  for (int i = 0; i < kEntries; ++i) ids.push_back(id_of(i));
  ASSERT_TRUE(store::expect(w, ids));
  for (int i = 0; i < kEntries; ++i) {
    auto revision = samples::revision(word + " " + odd(i), odd(i + 1));
    revision.publisher = "p" + std::to_string(i % 7);
    revision.tags = {odd(i + 2), "t"};
    if (i % 3 == 0) revision.published.reset();
    revision.updated = {at(static_cast<int>(word.size())), model::Precision::kMinute, odd(i + 3)};
    auto put = w.put(samples::entry(id_of(i)), revision);
    ASSERT_TRUE(put) << put.error().message;
    ASSERT_EQ(*put, expected) << i;
  }
}

void put_findings(store::Writer& w, int from) {
  for (int i = from; i < kEntries; ++i) {
    auto extraction = samples::extraction(id_of(i), 1);
    for (std::size_t c = 0; c < extraction.claims.size(); ++c) {
      extraction.claims[c].id = "c" + std::to_string(c) + id_of(i);
    }
    ASSERT_TRUE(w.set_extraction(extraction));
    auto link = samples::link(id_of(i), "o" + std::to_string(i % 5));
    ASSERT_TRUE(w.set_links(id_of(i), {link}));
    ASSERT_TRUE(w.set_verdicts(id_of(i), {samples::verdict("v" + id_of(i), id_of(i))}));
    ASSERT_TRUE(w.set_story({"st" + std::to_string(i), odd(i), {id_of(i), id_of(0)}, 1}));
    model::Incident incident{"in" + std::to_string(i), odd(i), {at(i), at(i + 1)}, {}, {}};
    incident.story_ids = {"st" + std::to_string(i)};
    incident.outage_ids = {"f" + std::to_string(i)};
    ASSERT_TRUE(w.set_incident(incident));
    ASSERT_TRUE(w.set_fused(samples::fused("f" + std::to_string(i), "o", "r" + std::to_string(i))));
    ASSERT_TRUE(w.put(samples::outage("o" + std::to_string(i), at(i))));
  }
}

void commit(store::Writer& w) {
  auto done = w.commit();
  ASSERT_TRUE(done) << done.error().message;
}

void fill(store::Store& store) {
  auto source = samples::source("url");
  {
    auto writer = *store.begin();
    ASSERT_TRUE(writer->put(source));
    put_entries(*writer, "one", Put::kAdded);
    put_entries(*writer, "one", Put::kUnchanged);  // what is held back is known
    put_findings(*writer, 0);
    commit(*writer);
  }
  {
    auto writer = *store.begin();
    put_entries(*writer, "three", Put::kRevised);
    put_findings(*writer, kEntries / 2);  // in place of what is kept, and of what is held
    put_findings(*writer, kEntries - 40);
    ASSERT_TRUE(writer->remove_story("st3"));
    ASSERT_TRUE(writer->remove_fused("f4"));
    commit(*writer);
  }
  {
    auto writer = *store.begin();  // given up
    put_entries(*writer, "fourth", Put::kRevised);
    put_findings(*writer, 0);
  }
}

class Bulk : public contract::Contract {};
INSTANTIATE_TEST_SUITE_P(Backends, Bulk, contract::disk_backends(), contract::name_of);

TEST_P(Bulk, IsKeptAsTheMemoryStoreKeepsIt) {
  auto memory = store::memory::open();
  fill(*memory);
  fill(*store_);
  open();
  auto nobody = [](std::string_view, std::int64_t) {};
  auto expected = store::copy::sums(*memory, nobody);
  auto got = store::copy::sums(*store_, nobody);
  ASSERT_TRUE(expected);
  ASSERT_TRUE(got) << got.error().message;
  ASSERT_EQ(got->size(), expected->size());
  for (std::size_t i = 0; i < got->size(); ++i) {
    EXPECT_EQ((*got)[i].kind, (*expected)[i].kind);
    EXPECT_EQ((*got)[i].records, (*expected)[i].records) << (*got)[i].kind;
    EXPECT_EQ((*got)[i].digest, (*expected)[i].digest) << (*got)[i].kind;
  }
  for (const char* text : {"three", "source:p3", "three country:KP", "line"}) {
    auto query = *store::query::parse(text, at(0));
    auto there = memory->find(query, {});
    auto here = store_->find(query, {});
    ASSERT_TRUE(there);
    ASSERT_TRUE(here) << here.error().message;
    EXPECT_EQ(here->hits, there->hits) << text;
  }
}

// More than is held back at once: what is sent ends in the midst of a record, whose parts come with
// the records after it.
TEST_P(Bulk, RecordsOfManyPartsGoInSeveralPieces) {
  constexpr int kRecords = 3000;
  constexpr std::size_t kParts = 12;
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < kParts; ++i) ids.push_back("part" + std::to_string(i));
  write([&](store::Writer& w) {
    for (int i = 0; i < kRecords; ++i) ASSERT_TRUE(w.set_story({"s" + id_of(i), "", ids, 1}));
  });
  write([&](store::Writer& w) {
    for (int i = 0; i < kRecords; ++i) {
      ASSERT_TRUE(w.set_incident({"i" + id_of(i), "", {at(0), at(1)}, ids, {"o"}}));
    }
  });
  write([&](store::Writer& w) {
    for (int i = 0; i < kRecords; ++i) {
      auto link = samples::link(id_of(i), "o");
      link.reasons.assign(kParts, link.reasons.front());
      ASSERT_TRUE(w.set_links(id_of(i), {link}));
    }
  });
  write([&](store::Writer& w) {
    for (int i = 0; i < kRecords; ++i) {
      auto extraction = samples::extraction(id_of(i), 1);
      extraction.claims.assign(kParts, extraction.claims.front());
      for (std::size_t c = 0; c < kParts; ++c) extraction.claims[c].id = ids[c] + id_of(i);
      ASSERT_TRUE(w.set_extraction(extraction));
    }
  });
  EXPECT_EQ(store_->counts()->stories, kRecords);
  EXPECT_EQ(store_->counts()->incidents, kRecords);
  EXPECT_EQ(store_->counts()->links, kRecords);
  for (int i : {0, 1, kRecords / 2, kRecords - 1}) {
    EXPECT_EQ((*store_->story("s" + id_of(i)))->entry_ids, ids);
    EXPECT_EQ((*store_->incident("i" + id_of(i)))->story_ids, ids);
    EXPECT_EQ((*store_->links_of_entry(id_of(i)))[0].reasons.size(), kParts);
    EXPECT_EQ((*store_->extraction(id_of(i), 1))->claims.size(), kParts);
  }
}

TEST_P(Bulk, CopiedIsTheSame) {
  auto memory = store::memory::open();
  fill(*memory);
  auto sums = store::copy::copy(*memory, *store_, "src", [](std::string_view, std::int64_t) {});
  ASSERT_TRUE(sums) << sums.error().message;
}

// A schema of the test's own.
class PostgresBulk : public testing::Test {
 protected:
  void SetUp() override {
    if (!support::postgres_url()) GTEST_SKIP() << support::kNoPostgres;
    schema_.emplace();
  }
  std::unique_ptr<store::Store> open() {
    auto opened =
        store::postgres::open(schema_->url() + "&application_name=" + schema_->name(), {});
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? *std::move(opened) : nullptr;
  }
  std::string ask(const std::string& sql) { return support::Postgres(schema_->url()).ask(sql); }

  std::optional<support::PostgresSchema> schema_;
};

TEST_F(PostgresBulk, TablesThatReferToOthersAreKnown) {
  open();
  std::istringstream tables(ask(
      "SELECT string_agg(DISTINCT c.relname, ' ') FROM pg_constraint AS r JOIN pg_class AS c ON "
      "c.oid = r.conrelid WHERE r.contype = 'f' AND r.connamespace = to_regnamespace('" +
      schema_->name() + "')"));
  int seen = 0;
  for (std::string table; tables >> table; ++seen) {
    EXPECT_TRUE(store::postgres::Held::is_of_parts(table)) << table;
  }
  EXPECT_EQ(seen, 4);
}

TEST_F(PostgresBulk, WhatTheServerRefusesIsToldOfAndLeavesNothing) {
  auto store = open();
  ask("ALTER TABLE entry_texts ADD CONSTRAINT none CHECK (entry < 100)");
  {
    auto writer = *store->begin();
    put_entries(*writer, "one", Put::kAdded);
    auto done = writer->commit();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, model::Errc::kConflict) << done.error().message;
  }
  EXPECT_EQ(store->counts()->entries, 0);
  ask("ALTER TABLE entry_texts DROP CONSTRAINT none");
  auto writer = *store->begin();
  put_entries(*writer, "one", Put::kAdded);
  commit(*writer);
  EXPECT_EQ(store->counts()->entries, kEntries);
}

TEST_F(PostgresBulk, AConnectionThatGoesInTheMidstLeavesNothing) {
  auto store = open();
  auto writer = *store->begin();
  put_entries(*writer, "one", Put::kAdded);
  put_entries(*writer, "three", Put::kRevised);  // some of it has been sent
  ask("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = '" +
      schema_->name() + "'");
  put_findings(*writer, kEntries);
  auto done = writer->commit();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, model::Errc::kIo);
  writer.reset();
  auto again = open();
  EXPECT_EQ(again->counts()->entries, 0);
  auto next = *again->begin();
  put_entries(*next, "one", Put::kAdded);
  commit(*next);
}

TEST_F(PostgresBulk, NewColumnsOfANewerProgramAreLeftToIt) {
  auto store = open();
  ask("ALTER TABLE revisions ADD COLUMN mood TEXT NOT NULL DEFAULT 'x'; ALTER TABLE entry_texts "
      "ADD "
      "COLUMN mood TEXT NOT NULL DEFAULT 'y'; INSERT INTO faultline_migrations (number, name, "
      "needs) "
      "VALUES (99, 'x', 1)");
  auto writer = *store->begin();
  put_entries(*writer, "one", Put::kAdded);
  commit(*writer);
  EXPECT_EQ(ask("SELECT count(*) FROM revisions WHERE mood = 'x'"), std::to_string(kEntries));
}

TEST_F(PostgresBulk, ASessionBesideSortsWordsIntoTheirIndex) {
  auto store = open();
  auto name = schema_->name() + "_tidier";
  store::postgres::Tidier tidier(
      *store::postgres::place_of(schema_->url() + "&application_name=" + name));
  auto session = [&](const std::string& what) {
    return ask("SELECT " + what + " FROM pg_stat_activity WHERE application_name = '" + name + "'");
  };
  tidier.wrote(999);
  EXPECT_EQ(session("count(*)"), "0") << "not worth it yet";
  tidier.wrote(1);
  while (session("state") != "idle") continue;
  EXPECT_NE(session("query").find("gin_clean_pending_list"), std::string::npos);
  tidier.wrote(1000);
  while (session("state") != "idle") continue;
  EXPECT_TRUE(tidier.works());
  EXPECT_EQ(session("count(*)"), "1");
  session("pg_terminate_backend(pid, 5000)");
  for (int i = 0; i < 3; ++i) tidier.wrote(1000);
  EXPECT_FALSE(tidier.works()) << "and nobody is worse off";
}

TEST_F(PostgresBulk, WhoMayNotSortTheIndexWritesAllTheSame) {
  auto store = open();
  ask("DROP INDEX entry_texts_by_grams");  // whoever asks for it is refused
  for (const auto* word : {"one", "three", "fourth"}) {
    auto writer = *store->begin();
    put_entries(*writer, word, std::string(word) == "one" ? Put::kAdded : Put::kRevised);
    commit(*writer);
  }
  EXPECT_EQ(store->counts()->revisions, 3 * kEntries);
}

TEST_F(PostgresBulk, WhoCountsByTheSequencesGoesOnBehindUs) {
  auto store = open();
  auto writer = *store->begin();
  put_entries(*writer, "one", Put::kAdded);
  commit(*writer);
  EXPECT_EQ(ask("SELECT nextval(pg_get_serial_sequence('entries', 'n')) = (SELECT max(n) + 1 FROM "
                "entries)"),
            "t");
  EXPECT_EQ(ask("SELECT nextval(pg_get_serial_sequence('marks', 'id')) = (SELECT max(id) + 1 FROM "
                "marks)"),
            "t");
}

}  // namespace
