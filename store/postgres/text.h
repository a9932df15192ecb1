#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/sql/db.h"

namespace store::postgres {

// PostgreSQL keeps no zero byte in a text, and nothing that is not UTF-8. Such bytes, and the mark
// U+FDD0 itself, are written as that mark and two hexadecimal digits; all other text is written as
// it is. Our records come back byte by byte.
bool needs_escape(std::string_view text);
std::string escaped(std::string_view text);
std::string unescaped(std::string text);

// {"a","b"}: an array of texts.
std::string array_of(const std::vector<std::string>& texts);
std::string array_of(const std::vector<std::int64_t>& numbers);

// The pieces, each once, as a tsvector is written, those of the title also with "=" before them.
// `whole` is false when they are more than one holds, and the vector then lacks some.
struct Lexemes {
  std::string vector;
  bool whole = true;
};
Lexemes lexemes_of(std::string_view title, std::string_view all);

// What PostgreSQL says in its own way. Its planner finds the way: nothing is walked.
class PostgresDialect final : public sql::Dialect {
 public:
  sql::Condition has(const rules::Term& term, bool few) const override;
  sql::Condition has_in_title(const rules::Term& term, bool few) const override;
  std::optional<Walk> walk(const std::vector<rules::Term>& terms) const override;
  sql::Condition among(std::string_view column,
                       const std::vector<std::string>& texts) const override;
  sql::Condition among(std::string_view column,
                       const std::vector<std::int64_t>& numbers) const override;
  sql::Condition list_holds(std::string_view column, const std::string& text) const override;
  std::string month(std::string_view column) const override;
  std::string_view callback_token() const override;
};

// A text as its row of entry_texts; nothing is kept of one without words and pairs.
struct TextRow {
  std::string title_words, title_grams, words, grams;
  Lexemes of_words, of_grams;
};
TextRow row_of(const SearchText& text);

// The text of an entry's newest revision as its row of entry_texts.
Status index(sql::Db& db, std::int64_t entry, bool first, const SearchText& text);

}  // namespace store::postgres
