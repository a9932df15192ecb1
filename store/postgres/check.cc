#include "store/postgres/check.h"

#include <fmt/format.h>

#include "store/postgres/db.h"
#include "store/postgres/examine.h"
#include "store/postgres/store.h"
#include "store/postgres/text.h"
#include "store/postgres/url.h"
#include "store/sql/check.h"
#include "store/sql/rows.h"

namespace store::postgres {
namespace {

// The index over the vectors is the server's own.
class Texts final : public sql::TextCheck {
 public:
  explicit Texts(sql::Db& db) : db_(db) {}

  Result<bool> holds(std::int64_t entry, const SearchText& text) override {
    auto expected = row_of(text);
    bool nothing = expected.words.empty() && expected.grams.empty();
    auto rows = db_.rows(
        "SELECT title_words, title_grams, words, grams, words_vector = CAST(? AS tsvector) AND "
        "grams_vector = CAST(? AS tsvector) FROM entry_texts WHERE entry = ?",
        {expected.of_words.vector, expected.of_grams.vector, entry});
    bool there = rows->next();
    bool out = there != nothing;
    if (there && out) {
      for (const auto* part :
           {&expected.title_words, &expected.title_grams, &expected.words, &expected.grams}) {
        out = rows->text() == *part && out;
      }
      out = rows->integer() != 0 && out;
    }
    if (auto status = rows->status(); !status) return status.error();
    return out;
  }
  Result<bool> index_holds() override { return true; }

 private:
  sql::Db& db_;
};

Status check_stray_texts(sql::Checker& checker) {
  auto rows = checker.db().rows(
      "SELECT entry FROM entry_texts AS t WHERE NOT EXISTS (SELECT 1 FROM entries WHERE n = "
      "t.entry)",
      {});
  while (rows->next()) {
    checker.found(fmt::format("entry_texts holds a text of entry number {}, which is not there",
                              rows->integer()),
                  sql::kCopyAnew);
  }
  return rows->status();
}

}  // namespace

Result<Checked> check(std::string_view url, const CheckOptions& options,
                      const std::function<void(const Trouble&)>& tell) {
  auto about = examine(url);
  if (!about) return about.error();
  auto place = place_of(url);
  if (!place) return place.error();
  auto db = Db::open(*place, Options().patience);
  if (!db) return db.error();
  sql::Checker checker(**db, options, tell);
  bool fits = about->version >= about->newest;
  auto done = checker.one("version", [&]() -> Status {
    if (fits) return {};
    checker.found(fmt::format("tables of version {}, this program's is {}, so nothing more was "
                              "looked at",
                              about->version, about->newest),
                  "back it up, then open it for writing once: faultline correlate");
    return {};
  });
  Texts texts(**db);
  if (done && fits) done = checker.one("entry_texts", [&] { return check_stray_texts(checker); });
  if (done && fits) done = checker.run(texts);
  if (!done) return done.error();
  return Checked{about->name, checker.checks(), checker.troubles()};
}

}  // namespace store::postgres
