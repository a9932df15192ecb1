#include "store/sqlite/check.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "store/model/text.h"
#include "store/sql/check.h"
#include "store/sql/rows.h"
#include "store/sqlite/examine.h"
#include "store/sqlite/store.h"

namespace store::sqlite {
namespace {

constexpr std::string_view kDamaged = "is damaged";

// What SQLite says of pages, as a part of a line.
std::string told(std::string_view said) {
  constexpr std::string_view kHead = "*** in database main ***";
  if (said.starts_with(kHead)) said.remove_prefix(kHead.size());
  auto out = model::squeeze(said);
  for (auto& c : out) {
    if (c == ';') c = ',';
  }
  return out;
}

bool is_ok(const std::vector<std::string>& lines) {
  return lines.size() == 1 && lines.front() == "ok";
}

// Pages, cells, and, unless it is to be quick, that each index has just its table's rows. Where
// something is wrong each table is asked by itself, so that it has a name.
Status check_pages(sql::Checker& checker) {
  std::string_view pragma = checker.options().quick ? "quick_check" : "integrity_check";
  auto whole = sql::all<std::string>(checker.db(), fmt::format("PRAGMA {}", pragma), {});
  if (!whole) return whole.error();
  if (is_ok(*whole)) return {};
  auto tables = sql::all<std::string>(
      checker.db(),
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE "
      "'%''%' ORDER BY name",
      {});
  if (!tables) return tables.error();
  bool named = false;
  for (const auto& table : *tables) {
    auto lines =
        sql::all<std::string>(checker.db(), fmt::format("PRAGMA {}('{}')", pragma, table), {});
    if (lines && is_ok(*lines)) continue;
    named = true;
    checker.found(
        fmt::format("table {} {} ({})", table, kDamaged,
                    lines && !lines->empty() ? told(lines->front()) : "it cannot be read"),
        sql::kBringBack);
  }
  if (named) return {};
  for (const auto& line : *whole) {
    checker.found(fmt::format("the file {} ({})", kDamaged, told(line)), sql::kBringBack);
  }
  return {};
}

Status check_keys(sql::Checker& checker) {
  auto rows = checker.db().rows("PRAGMA foreign_key_check", {});
  while (rows->next()) {
    auto table = rows->text();
    auto row = rows->text();
    checker.found(fmt::format("row {} of table {} hangs on a row of {} that is not there", row,
                              table, rows->text()),
                  sql::kBringBack);
  }
  return rows->status();
}

// Adds up over pieces of text and where they stand, in any order.
class Sum {
 public:
  void add(std::int64_t entry, std::size_t field, std::int64_t offset, std::string_view piece) {
    constexpr std::uint64_t kPrime = 1099511628211U;  // FNV-1a, and a last stir
    std::uint64_t hash = 14695981039346656037U;
    auto stir = [&](std::uint64_t part) { hash = (hash ^ part) * kPrime; };
    stir(static_cast<std::uint64_t>(entry));
    stir(field);
    stir(static_cast<std::uint64_t>(offset));
    for (char c : piece) stir(static_cast<unsigned char>(c));
    hash ^= hash >> 32U;
    sum_ += hash * 0x9E3779B97F4A7C15U;
    ++pieces_;
  }
  friend bool operator==(const Sum&, const Sum&) = default;

 private:
  std::uint64_t sum_ = 0;
  std::int64_t pieces_ = 0;
};

constexpr std::array<std::string_view, 4> kFields = {"title", "body", "publisher", "tags"};

// One of the two text indexes.
struct Index {
  std::string_view name;
  std::string Joined::*pieces;
  Sum expected{};
};

// FTS5 has a check of its own, but that is a write.
class TextIndexes final : public sql::TextCheck {
 public:
  explicit TextIndexes(Db& db) : db_(db) {}

  // Lists of all pieces of the indexes are tables for this connection only, in memory.
  Status prepare() {
    auto done = db_.exec("PRAGMA temp_store = MEMORY; PRAGMA query_only = OFF");
    for (const auto& index : indexes_) {
      if (!done) return done;
      done = db_.exec(fmt::format(
          "CREATE VIRTUAL TABLE temp.{0}_pieces USING fts5vocab(main, {0}, instance)", index.name));
    }
    return done ? db_.exec("PRAGMA query_only = ON") : done;
  }

  Result<bool> holds(std::int64_t entry, const SearchText& text) override {
    bool out = true;
    for (auto& index : indexes_) {
      auto rows = db_.rows(fmt::format("SELECT title, body, publisher, tags FROM {} WHERE rowid = "
                                       "?",
                                       index.name),
                           {entry});
      bool there = rows->next();
      for (std::size_t field = 0; field < kFields.size(); ++field) {
        const auto& pieces = text[field].*index.pieces;
        out = out && (there ? rows->text() == pieces : pieces.empty());
        add(index, entry, field, pieces);
      }
      if (auto status = rows->status(); !status) return status.error();
    }
    return out;
  }

  Result<bool> index_holds() override {
    bool out = true;
    for (const auto& index : indexes_) {
      Sum kept;
      auto rows = db_.rows(
          fmt::format("SELECT term, doc, col, offset FROM temp.{}_pieces", index.name), {});
      while (rows->next()) {
        auto piece = rows->text();
        auto entry = rows->integer();
        auto field = rows->text();
        std::size_t number = 0;
        while (number < kFields.size() && kFields[number] != field) ++number;
        kept.add(entry, number, rows->integer(), piece);
      }
      if (auto status = rows->status(); !status) return status.error();
      out = out && kept == index.expected;
    }
    return out;
  }

 private:
  // Longer pieces are cut by FTS5.
  static constexpr std::size_t kLongest = 32768;

  static void add(Index& index, std::int64_t entry, std::size_t field, std::string_view pieces) {
    for (std::int64_t offset = 0; !pieces.empty(); ++offset) {
      auto piece = pieces.substr(0, pieces.find(' '));
      index.expected.add(entry, field, offset, piece.substr(0, kLongest));
      pieces.remove_prefix(std::min(pieces.size(), piece.size() + 1));
    }
  }

  Db& db_;
  std::array<Index, 2> indexes_{Index{"entry_words", &Joined::words},
                                Index{"entry_grams", &Joined::grams}};
};

// Texts of entries that are not there.
Status check_stray_texts(sql::Checker& checker) {
  for (std::string_view index : {"entry_words", "entry_grams"}) {
    auto rows = checker.db().rows(
        fmt::format("SELECT id FROM {}_content WHERE NOT EXISTS (SELECT 1 FROM entries WHERE n = "
                    "{}_content.id)",
                    index, index),
        {});
    while (rows->next()) {
      checker.found(fmt::format("{} holds a text of entry number {}, which is not there", index,
                                rows->integer()),
                    sql::kCopyAnew);
    }
    if (auto status = rows->status(); !status) return status;
  }
  return {};
}

Status check_all(sql::Checker& checker, Db& db, std::size_t version) {
  auto done = checker.one("database", [&] { return check_pages(checker); });
  if (done) done = checker.one("database", [&] { return check_keys(checker); });
  if (!done) return done;
  bool fits = version == migrations().size();
  done = checker.one("version", [&]() -> Status {
    if (fits) return {};
    bool older = version < migrations().size();
    checker.found(fmt::format("tables of version {}, this program's is {}, so nothing more was "
                              "looked at",
                              version, migrations().size()),
                  older ? "back it up, then open it for writing once: faultline correlate"
                        : "use the newer program that wrote it");
    return {};
  });
  if (!done || !fits) return done;
  done = checker.one("entry_words", [&] { return check_stray_texts(checker); });
  TextIndexes texts(db);
  if (auto ready = texts.prepare(); done && !ready) {
    done = checker.one("entry_words", [&] { return ready; });
  }
  return done ? checker.run(texts) : done;
}

}  // namespace

Result<Checked> check(const std::string& path, const CheckOptions& options,
                      const std::function<void(const Trouble&)>& tell) {
  auto looked = open_to_look(path);
  if (!looked) return looked.error();
  // Cells that reach over their page are found before they are followed.
  if (auto done = looked->db->exec("PRAGMA cell_size_check = ON"); !done) return done.error();
  sql::Checker checker(*looked->db, options, tell);
  auto done = check_all(checker, *looked->db, looked->version);
  if (!done) return done.error();
  return Checked{"sqlite:" + path, checker.checks(), checker.troubles()};
}

}  // namespace store::sqlite
