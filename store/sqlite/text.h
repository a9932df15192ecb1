#pragma once

#include "store/sql/db.h"

namespace store::sqlite {

// The text indexes (FTS5), and what else SQLite says in its own way.
class SqliteDialect final : public sql::Dialect {
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

// The pieces of an entry's text in both indexes.
Status index(sql::Db& db, std::int64_t entry, bool first, const SearchText& text);

}  // namespace store::sqlite
