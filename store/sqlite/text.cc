#include "store/sqlite/text.h"

#include <array>

#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <fmt/format.h>

namespace store::sqlite {
namespace {

using sql::Condition;

// The term as an FTS5 phrase. Quoted, so that nothing in it is taken for query syntax.
std::string phrase(const rules::Term& term) {
  std::string out = "\"";
  for (const auto& piece : term.pieces) {
    for (char c : piece) out.append(c == '"' ? 2 : 1, c);
    out += ' ';
  }
  out.back() = '"';
  return term.prefix ? out + " *" : out;
}

Condition matching(const rules::Term& term, std::string match, bool few) {
  std::string_view index = term.cjk ? "entry_grams" : "entry_words";
  // One row is looked up in the index; or all that it has are listed, once for the statement.
  Condition out{
      few ? fmt::format("EXISTS (SELECT 1 FROM {0} WHERE rowid = e.n AND {0} MATCH ?)", index)
          : fmt::format("e.n IN (SELECT rowid FROM {0} WHERE {0} MATCH ?)", index),
      {}};
  out.values.emplace_back(std::move(match));
  return out;
}

template <typename List>
Condition in_list(std::string_view column, const List& list) {
  Condition out{fmt::format("{} IN (SELECT value FROM json_each(?))", column), {}};
  out.values.emplace_back(boost::json::serialize(boost::json::value_from(list)));
  return out;
}

// One of the two text indexes.
struct Index {
  std::string_view forget;
  std::string_view insert;
  std::string Joined::*pieces;
};
constexpr std::array<Index, 2> kIndexes{
    Index{"DELETE FROM entry_words WHERE rowid = ?",
          "INSERT INTO entry_words (rowid, title, body, publisher, tags) VALUES (?, ?, ?, ?, ?)",
          &Joined::words},
    Index{"DELETE FROM entry_grams WHERE rowid = ?",
          "INSERT INTO entry_grams (rowid, title, body, publisher, tags) VALUES (?, ?, ?, ?, ?)",
          &Joined::grams}};

}  // namespace

Condition SqliteDialect::has(const rules::Term& term, bool few) const {
  return matching(term, phrase(term), few);
}

Condition SqliteDialect::has_in_title(const rules::Term& term, bool few) const {
  return matching(term, "title : " + phrase(term), few);
}

// The index gives what came last first, and is not read to its end.
std::optional<sql::Dialect::Walk> SqliteDialect::walk(const std::vector<rules::Term>& terms) const {
  std::string match;
  for (const auto& term : terms) match += (match.empty() ? "" : " AND ") + phrase(term);
  // The plus: the index is walked, and not asked for each row that the rest would give.
  Walk out{{"entry_words CROSS JOIN entries AS e ON e.n = +entry_words.rowid WHERE entry_words "
            "MATCH ?",
            {}},
           "entry_words.rowid DESC",
           "entry_words.rowid"};
  out.from.values.emplace_back(std::move(match));
  return out;
}

Condition SqliteDialect::among(std::string_view column,
                               const std::vector<std::string>& texts) const {
  return in_list(column, texts);
}

Condition SqliteDialect::among(std::string_view column,
                               const std::vector<std::int64_t>& numbers) const {
  return in_list(column, numbers);
}

Condition SqliteDialect::list_holds(std::string_view column, const std::string& text) const {
  return {fmt::format("EXISTS (SELECT 1 FROM json_each({}) WHERE value = ?)", column), {text}};
}

std::string SqliteDialect::month(std::string_view column) const {
  return fmt::format("strftime('%Y-%m', {}, 'unixepoch')", column);
}

// It has no SHA-256; its index only says which polls have a secret.
std::string_view SqliteDialect::callback_token() const { return {}; }

Status index(sql::Db& db, std::int64_t entry, bool first, const SearchText& text) {
  for (const auto& index : kIndexes) {
    if (!first) {
      if (auto done = db.run(index.forget, {entry}); !done) return done;
    }
    sql::Values row{entry};
    bool any = false;
    for (const auto& field : text) {
      row.emplace_back(field.*index.pieces);
      any |= !(field.*index.pieces).empty();
    }
    if (!any) continue;
    if (auto done = db.run(index.insert, row); !done) return done;
  }
  return {};
}

}  // namespace store::sqlite
