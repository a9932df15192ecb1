#include "tests/support/sqlite.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/sqlite/store.h"
#include "tests/store/samples.h"
#include "tests/support/temp_dir.h"

// What is SQLite's own: files that are no database of ours, migrations, crashes.
namespace {

using model::Errc;
using support::Sqlite;
using testing::HasSubstr;

constexpr auto kPatience = std::chrono::milliseconds(20);
constexpr uid_t kNobody = 65534;
constexpr char32_t kLast = 0x1FFFF;  // of the planes in which there are letters

std::string read_file(const std::string& path) {
  if (!std::filesystem::is_regular_file(path)) return "";
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

void make_database(const std::string& path) {
  auto store = store::sqlite::open(path);
  ASSERT_TRUE(store) << store.error().message;
  auto writer = *(*store)->begin();
  ASSERT_TRUE(writer->put(samples::entry("e"), samples::revision("one")));
  ASSERT_TRUE(writer->commit());
}

struct BadRow {
  const char* name;
  void (*make)(const std::string& path);
  bool read_only;
  Errc code;
  const char* says;
};

const BadRow kBadRows[] = {
    {"Folder", [](const std::string& p) { std::filesystem::create_directory(p); }, false, Errc::kIo,
     "is a folder"},
    {"Junk", [](const std::string& p) { write_file(p, std::string(5000, 'x')); }, false,
     Errc::kInvalid, "is not a database"},
    {"ShortJunk", [](const std::string& p) { write_file(p, "{}"); }, false, Errc::kInvalid,
     "is not a database"},
    {"Foreign", [](const std::string& p) { Sqlite(p).exec("CREATE TABLE t (x)"); }, false,
     Errc::kInvalid, "belongs to another program"},
    {"ForeignWithNumber",
     [](const std::string& p) {
       Sqlite(p).exec("PRAGMA application_id = 7; PRAGMA user_version = 1");
     },
     false, Errc::kInvalid, "belongs to another program"},
    {"Newer",
     [](const std::string& p) {
       make_database(p);
       Sqlite(p).exec("PRAGMA user_version = 99");
     },
     false, Errc::kInvalid, "it has version 99, this program knows versions up to"},
    {"MissingForReading", [](const std::string&) {}, true, Errc::kNotFound, "There is no database"},
    {"EmptyForReading", [](const std::string& p) { write_file(p, ""); }, true, Errc::kNotFound,
     "There is no database"},
};

class BadDatabase : public testing::TestWithParam<BadRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, BadDatabase, testing::ValuesIn(kBadRows),
                         [](const auto& row) { return row.param.name; });

TEST_P(BadDatabase, IsRefusedAndLeftAsItIs) {
  support::TempDir dir;
  auto path = dir.path("t.db");
  GetParam().make(path);
  auto before = read_file(path);
  auto opened = store::sqlite::open(path, {GetParam().read_only, kPatience});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, GetParam().code);
  EXPECT_THAT(opened.error().message, HasSubstr(GetParam().says));
  EXPECT_THAT(opened.error().message, HasSubstr(path));
  EXPECT_EQ(read_file(path), before);
}

struct UrlRow {
  const char* url;
  Errc code;
};

TEST(OpenStore, RefusesUrlsItDoesNotKnow) {
  for (const auto& row :
       {UrlRow{"", Errc::kInvalid}, UrlRow{"faultline.db", Errc::kInvalid},
        UrlRow{"mysql://x", Errc::kInvalid}, UrlRow{"sqlite:", Errc::kInvalid},
        UrlRow{"memory:x", Errc::kInvalid}, UrlRow{"sqlite:/no/such/folder/t.db", Errc::kIo}}) {
    auto opened = store::open_store(row.url);
    ASSERT_FALSE(opened) << row.url;
    EXPECT_EQ(opened.error().code, row.code) << row.url;
  }
  EXPECT_TRUE(store::open_store("memory:"));
}

TEST(OpenStore, TakesNamesThatMeanSomethingToSqliteForFiles) {
  support::TempDir dir;
  auto back = std::filesystem::current_path();
  std::filesystem::current_path(dir.path(""));
  EXPECT_TRUE(store::open_store("sqlite::memory:"));
  EXPECT_TRUE(store::open_store("sqlite:file:x?mode=memory"));
  EXPECT_TRUE(std::filesystem::exists(":memory:"));
  EXPECT_TRUE(std::filesystem::exists("file:x?mode=memory"));
  std::filesystem::current_path(back);
}

TEST(SqliteStore, SaysThatTheFileIsReadOnly) {
  support::TempDir dir;
  auto path = dir.path("t.db");
  make_database(path);
  std::filesystem::permissions(path, std::filesystem::perms::owner_read |
                                         std::filesystem::perms::group_read |
                                         std::filesystem::perms::others_read);
  std::filesystem::permissions(dir.path(""), std::filesystem::perms::all);
  bool root = geteuid() == 0;
  if (root) {
    ASSERT_EQ(seteuid(kNobody), 0);
  }
  auto opened = store::sqlite::open(path, {false, kPatience});
  if (root) {
    ASSERT_EQ(seteuid(0), 0);
  }
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::kIo);
  EXPECT_THAT(opened.error().message, HasSubstr("read-only"));
}

TEST(SqliteStore, SaysThatAnotherProgramHoldsTheLock) {
  support::TempDir dir;
  auto path = dir.path("t.db");
  make_database(path);
  Sqlite other(path);
  other.exec("BEGIN IMMEDIATE");
  auto opened = store::sqlite::open(path, {false, kPatience});
  ASSERT_TRUE(opened) << "reading goes on";
  EXPECT_EQ((*opened)->counts()->entries, 1);
  auto writer = (*opened)->begin();
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().code, Errc::kIo);
  EXPECT_THAT(writer.error().message, HasSubstr("locked by another program"));
  other.exec("ROLLBACK");
  EXPECT_TRUE((*opened)->begin());
}

TEST(SqliteStore, SaysThatTheDatabaseIsDamaged) {
  support::TempDir dir;
  auto path = dir.path("t.db");
  make_database(path);
  auto bytes = read_file(path);
  write_file(path, bytes.replace(4096, bytes.size() - 4096, bytes.size() - 4096, '\x5A'));
  auto opened = store::sqlite::open(path, {false, kPatience});
  auto code = opened ? (*opened)->revisions("e").error().code : opened.error().code;
  EXPECT_EQ(code, Errc::kCorrupt);
}

TEST(SqliteStore, ReadOnlyReadsAndDoesNotWrite) {
  support::TempDir dir;
  auto path = dir.path("t.db");
  make_database(path);
  auto opened = store::sqlite::open(path, {true, kPatience});
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ((*opened)->counts()->entries, 1);
  auto writer = (*opened)->begin();
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().code, Errc::kIo);
}

TEST(SqliteStore, MigrationsBringTheDatabaseToTheNewestVersion) {
  support::TempDir dir;
  auto path = dir.path("t.db");
  make_database(path);
  Sqlite db(path);
  EXPECT_EQ(db.ask("PRAGMA user_version"), std::to_string(store::sqlite::migrations().size()));
  EXPECT_EQ(db.ask("PRAGMA application_id"), std::to_string(store::sqlite::kApplicationId));
  EXPECT_EQ(db.ask("PRAGMA journal_mode"), "wal");
  EXPECT_EQ(db.ask("PRAGMA page_size"), "8192");
  std::string last;
  for (const auto& file : store::sqlite::migrations()) {
    EXPECT_LT(last, file.name) << "numbered in order";
    last = file.name;
  }
  EXPECT_EQ(
      db.ask("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
             "AND name NOT LIKE 'entry_%' AND sql NOT LIKE '%STRICT%'"),
      "");
}

// A database as the first migrations left it, with an entry of two revisions.
void make_old_database(const std::string& path, std::size_t version) {
  Sqlite db(path);
  db.exec("PRAGMA journal_mode = WAL");
  for (std::size_t i = 0; i < version; ++i) {
    db.exec(std::string(store::sqlite::migrations()[i].bytes));
  }
  db.exec(
      "PRAGMA application_id = " + std::to_string(store::sqlite::kApplicationId) +
      "; PRAGMA user_version = " + std::to_string(version) +
      "; INSERT INTO entries (n, id, source_id, identity, identity_kind, first_seen) VALUES"
      "    (3, 'z', 's', 'other', 0, 7), (7, 'e', 's', 'guid', 0, 8);"
      "INSERT INTO revisions VALUES"
      "    ('e', 2, 'h2', 'd2', 'p2', 'Second', 'b', '', 'u', 'c', 'en', '', '[\"A\"]', '[]', '',"
      "    '', 5, 0, 'Z', 6, 0, 'Z', 9, 9),"
      "    ('z', 1, 'h', 'd', 'p', 'Other', 'b', '', 'u', 'c', 'en', '', '[]', '[]', '', '',"
      "    NULL, NULL, NULL, NULL, NULL, NULL, 9, 9),"
      "    ('e', 1, 'h1', 'd1', 'p1', 'First', 'b', '', 'u', 'c', 'en', '', '[]', '[]', '', '',"
      "    NULL, NULL, NULL, NULL, NULL, NULL, 8, 8);"
      "INSERT INTO entry_words (rowid, title, body, publisher, tags) VALUES"
      "    (3, 'other', 'b', '', ''), (7, 'second', 'b', '', '')");
}

TEST(SqliteStore, AnOlderDatabaseKeepsItsRevisionsAndIsWrittenOn) {
  support::TempDir dir;
  auto path = dir.path("t.db");
  constexpr std::size_t kBeforeRevisionsByEntry = 4;
  make_old_database(path, kBeforeRevisionsByEntry);
  auto store = store::sqlite::open(path);
  ASSERT_TRUE(store) << store.error().message;
  auto kept = *(*store)->revisions("e");
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].title, "First");
  EXPECT_EQ(kept[1].title, "Second");
  EXPECT_EQ(kept[1].entry_id, "e");
  EXPECT_EQ(kept[1].number, 2);
  EXPECT_EQ(kept[1].content_hash, "h2");
  EXPECT_EQ(kept[1].authors, std::vector<std::string>{"A"});
  EXPECT_EQ(kept[1].updated->at, model::Instant(model::Seconds(6)));
  EXPECT_EQ((*(*store)->revisions("z")).size(), 1U);

  auto writer = *(*store)->begin();
  EXPECT_EQ(*writer->put(samples::entry("e"), samples::revision("third words")),
            store::Put::kRevised);
  ASSERT_TRUE(writer->commit());
  EXPECT_EQ((*store)->revisions("e")->back().number, 3);
  EXPECT_EQ((*store)->search({{"third"}, {}, {}}, "", 9)->ids, std::vector<std::string>{"e"});
  EXPECT_TRUE((*store)->search({{"second"}, {}, {}}, "", 9)->ids.empty());
  Sqlite db(path);
  EXPECT_EQ(db.ask("PRAGMA integrity_check; PRAGMA foreign_key_check"), "ok");
}

TEST(SqliteStore, ClaimsOfAnOlderDatabaseAreTheEntrysOwn) {
  support::TempDir dir;
  auto path = dir.path("t.db");
  constexpr std::size_t kBeforeDetails = 4;
  make_old_database(path, kBeforeDetails);
  Sqlite(path).exec(
      "INSERT INTO extractions VALUES ('e', 2, 'en', 0, 0, 0, 'Z', 0.5,"
      "    '{\"times\":[],\"mentions\":[],\"outage_words\":[]}');"
      "INSERT INTO claims VALUES ('e', 2, 0, 'c', 2, 0, 1, 'a', 0, 1, 'a', 'PT9H', '', '', NULL,"
      "    NULL, '[]', 'KBS', 1, 0, 0)");
  auto store = store::sqlite::open(path);
  ASSERT_TRUE(store) << store.error().message;
  auto kept = *(*store)->extraction("e", 2);
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->claims.size(), 1U);
  EXPECT_EQ(kept->claims[0].speaker, "KBS");
  EXPECT_EQ(kept->claims[0].voice, model::Voice::kOwn);
  EXPECT_EQ(kept->claims[0].amount, std::nullopt);
  EXPECT_TRUE(kept->happening_words.empty());
}

TEST(SqliteStore, IngestingTwiceLeavesTheSameContent) {
  support::TempDir dir;
  auto path = dir.path("t.db");
  make_database(path);
  std::string version;
  {
    Sqlite db(path);
    version =
        db.ask("PRAGMA data_version; SELECT max(seq) FROM changes; SELECT count(*) FROM revisions");
    make_database(path);
    EXPECT_EQ(db.ask("PRAGMA data_version; SELECT max(seq) FROM changes; SELECT count(*) FROM "
                     "revisions"),
              version)
        << "data_version rises when another connection has changed anything";
  }
}

// Every letter and number survives SQLite's tokenizer as the one token that we fed it.
TEST(SqliteStore, TheTokenizerTakesOurWordsAsTheyAre) {
  support::TempDir dir;
  auto path = dir.path("t.db");
  make_database(path);
  auto store = *store::sqlite::open(path);
  auto writer = *store->begin();
  auto revision = samples::revision("");
  for (char32_t c = 0x80; c <= kLast; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    char buffer[4];
    std::size_t size = 0;
    if (c < 0x800) {
      buffer[size++] = static_cast<char>(0xC0U | (c >> 6U));
    } else if (c < 0x10000) {
      buffer[size++] = static_cast<char>(0xE0U | (c >> 12U));
      buffer[size++] = static_cast<char>(0x80U | ((c >> 6U) & 63U));
    } else {
      buffer[size++] = static_cast<char>(0xF0U | (c >> 18U));
      buffer[size++] = static_cast<char>(0x80U | ((c >> 12U) & 63U));
      buffer[size++] = static_cast<char>(0x80U | ((c >> 6U) & 63U));
    }
    buffer[size++] = static_cast<char>(0x80U | (c & 63U));
    revision.body.append(buffer, size).append(" ");
  }
  ASSERT_TRUE(writer->put(samples::entry("all"), revision));
  ASSERT_TRUE(writer->commit());
  Sqlite db(path);
  db.exec("CREATE VIRTUAL TABLE temp.w USING fts5vocab(main, entry_words, row)");
  db.exec("CREATE TEMP TABLE fed (term)");
  db.exec(
      "WITH RECURSIVE cut(rest, term) AS (SELECT body, NULL FROM entry_words WHERE rowid = 2 UNION "
      "ALL SELECT substr(rest, instr(rest, ' ') + 1), substr(rest, 1, instr(rest, ' ') - 1) FROM "
      "cut "
      "WHERE rest <> '') INSERT INTO fed SELECT term FROM cut WHERE term <> ''");
  EXPECT_EQ(db.ask("SELECT count(*) > 10000 FROM fed"), "1");
  EXPECT_EQ(db.ask("SELECT term || ' ' FROM fed WHERE term NOT IN (SELECT term FROM w)"), "");
}

// Writes transactions of ten entries, telling of each one that is committed, until it is killed.
[[noreturn]] void write_for_ever(const std::string& path, int tell) {
  auto store = *store::sqlite::open(path);
  for (int n = 0;; ++n) {
    auto writer = *store->begin();
    for (int i = 0; i < 10; ++i) {
      auto id = "e" + std::to_string(10 * n + i);
      if (!writer->put(samples::entry(id), samples::revision(id, std::string(3000, 'x')))) _exit(1);
    }
    if (!writer->commit() || write(tell, "c", 1) != 1) _exit(1);
  }
}

TEST(SqliteStore, WhatWasCommittedSurvivesKillMinusNine) {
  support::TempDir dir;
  auto path = dir.path("t.db");
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) write_for_ever(path, ends[1]);
  close(ends[1]);
  int told = 0;
  char c = 0;
  while (told < 25 && read(ends[0], &c, 1) == 1) ++told;
  kill(child, SIGKILL);
  while (read(ends[0], &c, 1) == 1) ++told;
  close(ends[0]);
  waitpid(child, nullptr, 0);
  ASSERT_GE(told, 25);
  EXPECT_EQ(Sqlite(path).ask("PRAGMA integrity_check"), "ok");
  auto store = store::sqlite::open(path);
  ASSERT_TRUE(store) << store.error().message;
  auto counts = *(*store)->counts();
  EXPECT_EQ(counts.entries % 10, 0) << "whole transactions only";
  EXPECT_GE(counts.entries, 10 * told) << "all that was committed";
  EXPECT_LE(counts.entries, 10 * (told + 1));
  EXPECT_EQ(counts.revisions, counts.entries);
  EXPECT_EQ((*store)->search({{"dyn"}, {}, {}}, "", 100000)->ids.size(),
            static_cast<std::size_t>(counts.entries));
}

TEST(Sqlite, MayBeCreatedBySeveralProgramsAtOnce) {
  support::TempDir dir;
  constexpr int kRounds = 20, kPrograms = 4;
  for (int round = 0; round < kRounds; ++round) {
    auto path = dir.path(std::to_string(round) + ".db");
    std::vector<std::future<std::string>> programs;
    for (int n = 0; n < kPrograms; ++n) {
      programs.push_back(std::async(std::launch::async, [path]() -> std::string {
        auto opened = store::sqlite::open(path, {false, std::chrono::seconds(10)});
        return opened ? "" : opened.error().message;
      }));
    }
    for (auto& program : programs) EXPECT_EQ(program.get(), "");
  }
}

}  // namespace
