#include "store/sqlite/search.h"

#include "store/sqlite/rows.h"

namespace store::sqlite {

std::string phrase(const rules::Term& term) {
  std::string out = "\"";
  for (const auto& piece : term.pieces) {
    for (char c : piece) out.append(c == '"' ? 2 : 1, c);
    out += ' ';
  }
  out.back() = '"';
  return term.prefix ? out + " *" : out;
}

namespace {

// Adds "the entry has this term" to the condition and the term to the values.
void add_term(const rules::Term& term, std::string& sql, Values& values) {
  sql += term.cjk ? "n IN (SELECT rowid FROM entry_grams WHERE entry_grams MATCH ?)"
                  : "n IN (SELECT rowid FROM entry_words WHERE entry_words MATCH ?)";
  values.emplace_back(phrase(term));
}

}  // namespace

Result<std::vector<std::string>> find(Db& db, const rules::Terms& terms, std::string_view after,
                                      std::size_t limit) {
  // The unary plus keeps the planner from walking all entries in the order of their ids instead of
  // starting from the matches.
  std::string sql = "SELECT id FROM entries WHERE +id > ?";
  Values values{after};
  for (const auto& term : terms.all) {
    sql += " AND ";
    add_term(term, sql, values);
  }
  for (const auto& group : terms.without) {
    const char* joint = " AND NOT (";
    for (const auto& term : group) {
      sql += joint;
      add_term(term, sql, values);
      joint = " AND ";
    }
    sql += ')';
  }
  sql += " ORDER BY +id LIMIT ?";
  values.emplace_back(limit);
  return all<std::string>(db, sql, values);
}

}  // namespace store::sqlite
