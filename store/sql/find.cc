#include "store/sql/find.h"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "store/rules/decided.h"
#include "store/rules/facet.h"
#include "store/rules/facts.h"
#include "store/rules/hits.h"
#include "store/sql/condition.h"
#include "store/sql/queries.h"
#include "store/sql/rows.h"

namespace store::sql {
namespace {

using query::Kind;
using Order = FindOptions::Order;

struct HitRow {
  std::string id;
  model::Instant at{};
  int in_title = 0;
  int origins = 0;
};
void read(Rows& rows, HitRow& row) {
  row.id = rows.text();
  row.at = rows.instant();
  row.in_title = static_cast<int>(rows.integer());
  row.origins = static_cast<int>(rows.integer());
}

// What is read of, by kind: rows and their id, time and order of coming.
struct Table {
  std::string_view from, id, at, last;
};
Table table_of(Kind kind) {
  switch (kind) {
    case Kind::kClaim:
      return {
          "claims AS c JOIN entries AS e ON e.id = c.entry_id AND c.revision = (SELECT "
          "max(number) FROM revisions WHERE entry = e.n)",
          "c.id", "e.shown_at", "e.n DESC"};
    case Kind::kOutage:
      return {"fused AS o", "o.id", "o.start_at", "o.start_at DESC"};
    default:
      return {"entries AS e", "e.id", "e.shown_at", "e.n DESC"};
  }
}

// How many of the wanted words stand in the title, as SQL.
Result<Condition> count_in_title(Db& db, const std::vector<std::string>& wanted, Kind kind,
                                 bool few) {
  if (kind == Kind::kOutage) return Condition{"0", {}};
  Condition out{"0", {}};
  for (const auto& words : wanted) {
    auto one = in_title(db, words, few);
    if (!one) return one.error();
    out.sql += " + CASE WHEN ";
    append(out, *std::move(one));
    out.sql += " THEN 1 ELSE 0 END";
  }
  return out;
}

// Words that each hit must have, which the index can be walked for; and the rest of the query,
// which each row is asked for.
struct Driven {
  std::vector<rules::Term> terms;
  query::Query rest;
};
Result<Driven> driven_by(const query::Query& query) {
  Driven out{{}, query};
  out.rest.root.parts.clear();
  for (const auto& part : query.root.parts) {
    std::vector<rules::Term> terms;
    if (part.op == query::Op::kWords) {
      auto found = rules::terms_of_words(part.text);
      if (!found) return found.error();
      terms = *std::move(found);
    }
    bool indexed = !terms.empty() && std::none_of(terms.begin(), terms.end(),
                                                  [](const auto& term) { return term.cjk; });
    if (!indexed) out.rest.root.parts.push_back(part);
    if (indexed) out.terms.insert(out.terms.end(), terms.begin(), terms.end());
  }
  return out;
}

class Finder {
 public:
  Finder(Db& db, const query::Query& query) : db_(db), query_(query) {}

  // The rows of a kind that answer: those behind the cursor in order of time, or those that came
  // last.
  Result<std::vector<Hit>> rows(Kind kind, const FindOptions& options,
                                const std::optional<rules::Cursor>& after) {
    auto table = table_of(kind);
    auto wanted = query::wanted_words(query_);
    auto in_title = count_in_title(db_, wanted, kind, is_narrow(query_));
    if (!in_title) return in_title.error();
    Condition all{fmt::format("SELECT {}, {}, ", table.id, table.at), {}};
    append(all, *std::move(in_title));
    all.sql += kind == Kind::kOutage
                   ? ", 0"
                   : ", coalesce((SELECT origins FROM story_entries JOIN stories ON stories.id = "
                     "story_id WHERE story_entries.entry_id = e.id LIMIT 1), 0)";
    bool by_time = options.order != Order::kRelevance;
    auto from = by_time ? undriven(table, kind) : driven(table, kind);
    if (!from) return from.error();
    append(all, *std::move(from));
    if (by_time && after) add_cursor(all, table, kind, options.order, *after);
    if (by_time) {
      // Walking all rows in their order would ask each of them; the plus keeps the database from
      // it.
      all.sql += fmt::format(" ORDER BY {}{} {}, {} LIMIT ?", is_narrow(query_) ? "+" : "",
                             table.at, options.order == Order::kNewest ? "DESC" : "ASC", table.id);
      all.values.emplace_back(options.limit + 1);
    } else {
      all.sql += fmt::format(" ORDER BY {} LIMIT ?", last_);
      all.values.emplace_back(kMostRanked);
    }
    auto found = sql::all<HitRow>(db_, all.sql, all.values);
    if (!found) return found.error();
    std::vector<Hit> out;
    for (auto& row : *found) {
      double share = wanted.empty()
                         ? 0
                         : static_cast<double>(row.in_title) / static_cast<double>(wanted.size());
      auto score = rules::relevance(share, row.origins, row.at);
      out.push_back({kind, std::move(row.id), score, row.at});
    }
    return out;
  }

  Result<std::vector<model::Edit>> edits() {
    auto all = sql::all<model::Edit>(db_, "SELECT * FROM edits ORDER BY seq", {});
    if (!all) return all.error();
    std::vector<model::Edit> out;
    for (auto& edit : *all) {
      auto answers = rules::matches(query_, rules::facts_of(edit));
      if (!answers) return answers.error();
      if (*answers) out.push_back(std::move(edit));
    }
    return out;
  }

  // Those that came last, as a table to be read from: "n, id, …".
  Result<Condition> latest(Kind kind, std::string_view columns) {
    auto table = table_of(kind);
    Condition out{fmt::format("(SELECT {} ", columns), {}};
    auto from = driven(table, kind);
    if (!from) return from.error();
    append(out, *std::move(from));
    out.sql += fmt::format(" ORDER BY {} LIMIT {})", last_, kMostRanked);
    return out;
  }

 private:
  // FROM and WHERE of all rows that answer.
  Result<Condition> undriven(const Table& table, Kind kind) {
    Condition out{fmt::format(" FROM {} WHERE ", table.from), {}};
    auto asked = answering(query_, kind);
    if (!asked) return asked.error();
    append(out, *std::move(asked));
    return out;
  }

  // The same through the index of words, where it helps; sets what to order by for the last first.
  Result<Condition> driven(const Table& table, Kind kind) {
    last_ = table.last;
    if (kind != Kind::kEntry || is_narrow(query_)) return undriven(table, kind);
    if (!driven_) {
      auto by = driven_by(query_);
      if (!by) return by.error();
      driven_ = *std::move(by);
    }
    if (driven_->terms.empty()) return undriven(table, kind);
    auto walk = db_.dialect().walk(driven_->terms);
    if (!walk) return undriven(table, kind);
    last_ = walk->newest_first;
    Condition out{" FROM ", {}};
    append(out, std::move(walk->from));
    out.sql += " AND ";
    auto asked = answering(driven_->rest, kind, walk->entry);
    if (!asked) return asked.error();
    append(out, *std::move(asked));
    return out;
  }

  // What a row must be: entries that a person deleted, and their claims, are out.
  Result<Condition> answering(const query::Query& query, Kind kind, std::string_view walked = {}) {
    auto out = condition(db_, query, kind, walked);
    if (!out || kind == Kind::kOutage) return out;
    if (!deleted_) {
      auto edits = sql::all<model::Edit>(db_, "SELECT * FROM edits ORDER BY seq", {});
      if (!edits) return edits.error();
      deleted_.emplace();
      for (const auto& [id, edit] : rules::deletions(*edits)) deleted_->push_back(id);
    }
    if (deleted_->empty()) return out;
    auto all = *std::move(out);
    all.sql += " AND NOT ";
    append(all, db_.dialect().among("e.id", *deleted_));
    return all;
  }

  static void add_cursor(Condition& all, const Table& table, Kind kind, Order order,
                         const rules::Cursor& after) {
    const char* beyond = order == Order::kNewest ? "<" : ">";
    all.sql += fmt::format(" AND ({} {} ?", table.at, beyond);
    all.values.emplace_back(after.at);
    if (kind > after.kind) {
      all.sql += fmt::format(" OR {} = ?", table.at);
      all.values.emplace_back(after.at);
    } else if (kind == after.kind) {
      all.sql += fmt::format(" OR ({} = ? AND {} > ?)", table.at, table.id);
      all.values.emplace_back(after.at);
      all.values.emplace_back(std::string(after.id));
    }
    all.sql += ")";
  }

  Db& db_;
  const query::Query& query_;
  std::optional<Driven> driven_;                     // of entries; conditions point into it
  std::string_view last_;                            // how to order for the last first
  std::optional<std::vector<std::string>> deleted_;  // ids; read once
};

struct Count {
  std::string value;
  std::int64_t count = 0;
};
void read(Rows& rows, Count& row) {
  row.value = rows.text();
  row.count = rows.integer();
}

class Counter {
 public:
  Counter(Db& db, const query::Query& query) : db_(db), finder_(db, query), query_(query) {}

  Status count() {
    if (auto done = count_entries(); !done) return done;
    if (auto done = count_outages(); !done) return done;
    if (query_.asks_claims) {
      if (auto done = count_claims(); !done) return done;
    }
    auto edits = finder_.edits();
    if (!edits) return edits.error();
    for (const auto& edit : *edits) {
      counts_.add("kind", to_string(Kind::kEdit));
      counts_.add("type", to_string(edit.kind));
    }
    return {};
  }
  std::vector<Facet> facets(std::size_t most) const { return counts_.facets(most); }

 private:
  // `before` SELECT … FROM, then the latest rows of the kind as x, then `behind`.
  template <typename Named>
  Status add(Kind kind, std::string_view columns, std::string_view before, std::string_view behind,
             std::string_view field, Named named) {
    auto latest = finder_.latest(kind, columns);
    if (!latest) return latest.error();
    Condition sql{std::string(before), {}};
    append(sql, *std::move(latest));
    sql.sql += fmt::format(" AS x {}", behind);
    auto rows = all<Count>(db_, sql.sql, sql.values);
    if (!rows) return rows.error();
    for (const auto& row : *rows) counts_.add(field, named(row.value), row.count);
    return {};
  }

  static std::string same(const std::string& value) { return value; }
  template <typename Enum>
  static std::string enum_name(const std::string& number) {
    return std::string(to_string(static_cast<Enum>(std::stoi(number))));
  }

  Status count_marks(Kind kind, std::string_view columns, std::string_view join) {
    for (auto field :
         {query::Field::kCountry, query::Field::kType, query::Field::kActor, query::Field::kLang}) {
      auto behind = fmt::format("{} JOIN marks ON marks.id = mark WHERE field = {} GROUP BY 1",
                                join, static_cast<int>(field));
      auto done =
          add(kind, columns, "SELECT value, count(*) FROM ", behind, to_string(field), same);
      if (!done) return done;
    }
    return {};
  }

  Status count_kind(Kind kind, std::string_view columns) {
    return add(kind, columns, "SELECT count(*) AS value, count(*) FROM ", "HAVING count(*) > 0",
               "kind", [kind](const std::string&) { return std::string(to_string(kind)); });
  }

  Status count_entries() {
    constexpr auto kEntry = Kind::kEntry;
    auto done = count_kind(kEntry, "e.n");
    if (done) done = count_marks(kEntry, "e.n AS n", "JOIN entry_marks ON entry = x.n");
    if (done) {
      done = add(kEntry, "e.shown_at AS at",
                 fmt::format("SELECT {}, count(*) FROM ", db_.dialect().month("at")), "GROUP BY 1",
                 "month", same);
    }
    if (done) {
      done = add(kEntry, "e.id AS id", "SELECT verdict, count(DISTINCT x.id) FROM ",
                 "JOIN verdicts ON entry_id = x.id GROUP BY 1", "verdict",
                 enum_name<model::VerdictKind>);
    }
    if (!done) return done;
    auto sources = all<model::Source>(db_, "SELECT * FROM sources", {});
    if (!sources) return sources.error();
    std::map<std::string, std::string> labels;
    for (const auto& source : *sources) labels[source.id] = rules::source_label(source);
    return add(kEntry, "e.source_id AS source", "SELECT source, count(*) FROM ",
               "WHERE source IN (SELECT id FROM sources) GROUP BY 1", "source",
               [&](const std::string& id) { return labels[id]; });
  }

  Status count_outages() {
    constexpr auto kOutage = Kind::kOutage;
    auto done = count_kind(kOutage, "o.id");
    if (done) done = count_marks(kOutage, "o.id AS id", "JOIN outage_marks ON outage = x.id");
    if (!done) return done;
    return add(kOutage, "o.id AS id", "SELECT verdict, count(DISTINCT x.id) FROM ",
               "JOIN verdicts ON outage_id = x.id GROUP BY 1", "verdict",
               enum_name<model::VerdictKind>);
  }

  Status count_claims() {
    constexpr auto kClaim = Kind::kClaim;
    auto done = count_kind(kClaim, "c.id");
    if (done) {
      done = add(kClaim, "c.kind AS kind", "SELECT kind, count(*) FROM ", "GROUP BY 1", "type",
                 enum_name<model::ClaimKind>);
    }
    if (!done) return done;
    return add(kClaim, "c.id AS id, c.entry_id AS entry",
               "SELECT verdict, count(DISTINCT x.id) FROM ",
               "JOIN verdicts AS v ON v.entry_id = entry AND v.claim_id = x.id GROUP BY 1",
               "verdict", enum_name<model::VerdictKind>);
  }

  Db& db_;
  Finder finder_;
  const query::Query& query_;
  rules::FacetCounts counts_;
};

}  // namespace

Result<HitPage> find(Db& db, const query::Query& query, const FindOptions& options) {
  auto after = rules::cursor_of(options.after);
  if (!after) return after.error();
  Finder finder(db, query);
  std::vector<Hit> hits;
  for (auto kind : {Kind::kEntry, Kind::kClaim, Kind::kOutage}) {
    if (kind == Kind::kClaim && !query.asks_claims) continue;
    auto rows = finder.rows(kind, options, *after);
    if (!rows) return rows.error();
    hits.insert(hits.end(), rows->begin(), rows->end());
  }
  auto edits = finder.edits();
  if (!edits) return edits.error();
  for (const auto& edit : *edits) {
    hits.push_back(
        {Kind::kEdit, std::to_string(edit.seq), rules::relevance(0, 0, edit.at), edit.at});
  }
  return rules::page_of_hits(std::move(hits), *after, options);
}

Result<std::vector<Facet>> facets(Db& db, const query::Query& query, std::size_t most) {
  Counter counter(db, query);
  if (auto done = counter.count(); !done) return done.error();
  return counter.facets(most);
}

Result<std::vector<RankedIncident>> find_incidents(Db& db, const query::Query& query,
                                                   std::size_t limit) {
  Finder finder(db, query);
  std::map<std::string, std::int64_t> hits;
  // `member` says of each hit of the latest what of an incident it is.
  auto add = [&](Kind kind, std::string_view columns, std::string_view member,
                 std::string_view join) -> Status {
    auto latest = finder.latest(kind, columns);
    if (!latest) return latest.error();
    // By member first: entries are many to a story.
    Condition sql{
        fmt::format(
            "SELECT incident_id, CAST(sum(hits) AS BIGINT) FROM (SELECT {} AS member, count(*) "
            "AS hits FROM ",
            member),
        {}};
    append(sql, *std::move(latest));
    sql.sql += fmt::format(
        " AS x {} GROUP BY 1) AS y JOIN incident_members ON member_id = member AND is_outage = {} "
        "GROUP BY 1",
        join, kind == Kind::kOutage ? 1 : 0);
    auto rows = all<Count>(db, sql.sql, sql.values);
    if (!rows) return rows.error();
    for (const auto& row : *rows) hits[row.value] += row.count;
    return {};
  };
  auto done = add(Kind::kEntry, "e.id AS id", "story_id", "JOIN story_entries ON entry_id = x.id");
  if (done) done = add(Kind::kOutage, "o.id AS id", "x.id", "");
  if (!done) return done.error();
  std::vector<RankedIncident> out;
  for (const auto& [id, count] : hits) out.push_back({id, count});
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.hits > b.hits; });
  out.resize(std::min(out.size(), limit));
  return out;
}

}  // namespace store::sql
