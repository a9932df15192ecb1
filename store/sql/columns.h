#pragma once

#include <cstdint>
#include <optional>

#include "store/model/instant.h"
#include "store/model/scope.h"
#include "store/sql/db.h"
#include "store/sql/json.h"

// Members of records that take more than one column, or none when there is nothing.
namespace store::sql {

template <typename Enum>
Enum kind(Rows& rows) {
  return static_cast<Enum>(rows.integer());
}

// The next column as `read` reads it, or nothing where it is null.
template <typename T, typename Read>
std::optional<T> maybe(Rows& rows, Read read_value) {
  if (rows.null()) {
    rows.skip();
    return std::nullopt;
  }
  return T(read_value());
}

inline std::optional<model::Instant> maybe_instant(Rows& rows) {
  return maybe<model::Instant>(rows, [&] { return rows.instant(); });
}
inline std::optional<model::Seconds> maybe_seconds(Rows& rows) {
  return maybe<model::Seconds>(rows, [&] { return model::Seconds(rows.integer()); });
}

inline model::Timestamp timestamp(Rows& rows) {
  model::Timestamp time;
  time.at = rows.instant();
  time.precision = kind<model::Precision>(rows);
  time.zone = rows.text();
  return time;
}

inline std::optional<model::Timestamp> maybe_timestamp(Rows& rows) {
  if (!rows.null()) return timestamp(rows);
  for (int column = 0; column < 3; ++column) rows.skip();
  return std::nullopt;
}

inline void add(Values& out, const std::optional<model::Timestamp>& time) {
  out.emplace_back(time ? std::optional(time->at) : std::nullopt);
  out.emplace_back(time ? std::optional(time->precision) : std::nullopt);
  out.emplace_back(time ? std::optional(time->zone) : std::nullopt);
}

inline void add(Values& out, const model::Scope& scope) {
  for (const auto& value : Values{scope.country, scope.region, scope.asn, scope.prefix}) {
    out.push_back(value);
  }
}

inline void read_scope(Rows& rows, model::Scope& scope) {
  scope.country = rows.text();
  scope.region = rows.text();
  scope.asn =
      maybe<std::uint32_t>(rows, [&] { return static_cast<std::uint32_t>(rows.integer()); });
  scope.prefix = rows.text();
}

template <typename List>
void read_list(Rows& rows, List& list) {
  if (!from_json(rows.text(), list)) rows.damaged("a list that cannot be read");
}

inline void read_span(Rows& rows, model::Span& span) {
  span.begin = static_cast<std::size_t>(rows.integer());
  span.end = static_cast<std::size_t>(rows.integer());
  span.text = rows.text();
}

inline void append(Values& out, const Values& more) {
  out.insert(out.end(), more.begin(), more.end());
}

}  // namespace store::sql
