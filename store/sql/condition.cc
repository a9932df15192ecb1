#include "store/sql/condition.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "store/model/text.h"
#include "store/rules/facet.h"
#include "store/rules/facts.h"
#include "store/sql/marks.h"
#include "store/sql/rows.h"

namespace store::sql {
namespace {

using query::Field;
using query::Kind;
using query::Node;
using query::Op;

struct MarkRow {
  std::int64_t id = 0;
  std::string value;
};
void read(Rows& rows, MarkRow& row) {
  row.id = rows.integer();
  row.value = rows.text();
}

// The number of a kind by its name, by the enum's order; -1 for none.
template <typename Enum, int kLast>
int number_named(std::string_view name) {
  for (int i = 0; i <= kLast; ++i) {
    if (to_string(static_cast<Enum>(i)) == name) return i;
  }
  return -1;
}

bool names_members(const Node& node) {
  if (node.op == Op::kOr) {
    return !node.parts.empty() && std::all_of(node.parts.begin(), node.parts.end(), names_members);
  }
  return node.op == Op::kField && (node.field == Field::kIncident || node.field == Field::kStory ||
                                   node.field == Field::kEntry);
}

bool is_narrow(const Node& root) {
  return root.op == Op::kAnd && std::any_of(root.parts.begin(), root.parts.end(), names_members);
}

class Compiler {
 public:
  Compiler(Db& db, Kind kind, const Node& root, std::string_view walked)
      : db_(db),
        kind_(kind),
        entry_(walked.empty() ? "e.n" : walked),
        few_(kind != Kind::kOutage && is_narrow(root)),
        asks_rows_(!walked.empty() || few_) {
    // Where few days are asked for, they are gone through, and each row is asked for its marks.
    constexpr model::Seconds kFew{100 * 86400};
    for (const auto& part : root.parts) {
      bool days =
          part.op == Op::kField && part.field == Field::kPublished && part.during.length() <= kFew;
      asks_rows_ = asks_rows_ || (days && kind != Kind::kOutage);
    }
  }

  Status add(const Node& node) {
    switch (node.op) {
      case Op::kAnd:
        return add_all(node, " AND ", "TRUE");
      case Op::kOr:
        return add_all(node, " OR ", "FALSE");
      case Op::kNot: {
        out_.sql += "NOT ";
        return add(node.parts.front());
      }
      case Op::kWords:
        return add_words(node.text);
      case Op::kField:
        return add_field(node);
    }
    return {};
  }
  Condition take() { return std::move(out_); }

 private:
  Status add_all(const Node& node, std::string_view joint, std::string_view none) {
    if (node.parts.empty()) out_.sql += none;
    const char* before = "(";
    for (const auto& part : node.parts) {
      out_.sql += before;
      if (before[0] != '(') out_.sql += joint;
      if (auto done = add(part); !done) return done;
      before = "";
    }
    if (!node.parts.empty()) out_.sql += ')';
    return {};
  }

  void put(std::string_view sql) { out_.sql += sql; }
  template <typename... Given>
  void put(std::string_view sql, Given&&... values) {
    out_.sql += sql;
    (out_.values.emplace_back(std::forward<Given>(values)), ...);
  }

  Status add_words(const std::string& text) {
    if (kind_ == Kind::kOutage) return add_outage_words(text);
    auto terms = rules::terms_of_words(text);
    if (!terms) return terms.error();
    if (terms->empty()) return put("TRUE"), Status();
    const char* joint = "(";
    for (const auto& term : *terms) {
      put(joint);
      joint = " AND ";
      append(out_, db_.dialect().has(term, few_));
    }
    put(")");
    return {};
  }

  Status add_outage_words(const std::string& text) {
    auto folded = model::fold(text);
    const char* joint = "(";
    for (const auto& piece : model::words(folded)) {
      put(joint);
      joint = " AND ";
      put("o.id IN (SELECT outage FROM outage_marks JOIN marks ON marks.id = mark "
          "WHERE field = ? AND value = ?)",
          kOutageWord, std::string(piece.of(folded)));
    }
    put(joint[0] == '(' ? "TRUE" : ")");
    return {};
  }

  // Ids of the marks of a field, by its number, that the node finds.
  Result<std::vector<std::int64_t>> marks_found(const Node& node, int field) {
    auto rows = all<MarkRow>(db_, "SELECT id, value FROM marks WHERE field = ?", {field});
    if (!rows) return rows.error();
    std::vector<std::int64_t> out;
    for (const auto& row : *rows) {
      if (rules::is_found(node, row.value)) out.push_back(row.id);
    }
    return out;
  }

  // Rows that have a mark.
  std::string_view marked() const {
    return kind_ == Kind::kOutage ? "o.id IN (SELECT outage FROM outage_marks"
                                  : "e.n IN (SELECT entry FROM entry_marks";
  }

  Status add_exact(const Node& node) {
    if (asks_rows_) {
      put(fmt::format("EXISTS (SELECT 1 FROM entry_marks WHERE entry = {} AND mark = (SELECT id "
                      "FROM marks WHERE field = ? AND value = ?))",
                      entry_),
          static_cast<int>(node.field), node.text);
      return {};
    }
    put(marked());
    put(" JOIN marks ON marks.id = mark WHERE field = ? AND value = ?)",
        static_cast<int>(node.field), node.text);
    return {};
  }

  Status add_names(const Node& node) {
    auto found = marks_found(node, static_cast<int>(node.field));
    if (!found) return found.error();
    put(marked());
    put(" WHERE ");
    append(out_, db_.dialect().among("mark", *found));
    put(")");
    return {};
  }

  Status add_source(const Node& node) {
    if (kind_ == Kind::kOutage) return add_names(node);
    auto sources = all<model::Source>(db_, "SELECT * FROM sources", {});
    if (!sources) return sources.error();
    std::vector<std::string> found;
    for (const auto& source : *sources) {
      for (const auto& name : rules::source_names(source)) {
        if (!rules::is_found(node, name)) continue;
        found.emplace_back(source.id);
        break;
      }
    }
    auto publishers = marks_found(node, kPublisher);
    if (!publishers) return publishers.error();
    put("(");
    append(out_, db_.dialect().among("e.source_id", found));
    put(" OR coalesce(");
    append(out_, db_.dialect().among("e.publisher", *publishers));
    put(", FALSE))");
    return {};
  }

  void add_during(std::string_view from, std::string_view to, const model::Interval& asked) {
    put(fmt::format("coalesce({} < ? AND {} > ?, FALSE)", from, to), asked.to, asked.from);
  }

  void add_time(const Node& node) {
    bool outage = kind_ == Kind::kOutage;
    if (node.field == Field::kPublished) {
      if (outage) return put("FALSE");
      // A time is stated to the year at the coarsest: so far back the index is looked through.
      constexpr model::Seconds kLongest{367 * 86400};
      constexpr model::Instant kEarly{model::Seconds{-62'135'596'800}};  // year 1
      auto earliest = node.during.from > kEarly ? node.during.from - kLongest : node.during.from;
      return put("(e.shown_at < ? AND e.shown_at > ? AND e.published_to > ?)", node.during.to,
                 earliest, node.during.from);
    }
    if (node.field == Field::kLearned) {
      return outage ? add_during("o.first_seen_at", "o.first_seen_at + 1", node.during)
                    : add_during("e.learned_at", "e.learned_at + 1", node.during);
    }
    if (kind_ == Kind::kClaim) return add_during("c.from_at", "c.to_at", node.during);
    if (!outage) return add_during("e.happened_from", "e.happened_to", node.during);
    add_during("o.start_at",
               "CASE WHEN o.end_at > o.start_at THEN o.end_at "
               "WHEN o.end_at IS NULL AND o.open THEN 253402300800 ELSE o.start_at + 1 END",
               node.during);
  }

  void add_verdict(const Node& node) {
    int verdict = number_named<model::VerdictKind, 5>(node.text);
    if (kind_ == Kind::kClaim) {
      return put(
          "EXISTS (SELECT 1 FROM verdicts AS v WHERE v.entry_id = c.entry_id AND v.claim_id "
          "= c.id AND v.verdict = ?)",
          verdict);
    }
    put(kind_ == Kind::kOutage ? "o.id IN (SELECT outage_id FROM verdicts WHERE verdict = ?)"
                               : "e.id IN (SELECT entry_id FROM verdicts WHERE verdict = ?)",
        verdict);
  }

  void add_member(const Node& node) {
    bool outage = kind_ == Kind::kOutage;
    if (node.field == Field::kIncident) {
      return outage ? put("o.id IN (SELECT member_id FROM incident_members WHERE incident_id = ? "
                          "AND is_outage = 1)",
                          node.text)
                    : put("e.id IN (SELECT entry_id FROM story_entries JOIN incident_members ON "
                          "member_id = story_id AND is_outage = 0 WHERE incident_id = ?)",
                          node.text);
    }
    if (outage) return put("FALSE");
    node.field == Field::kStory
        ? put("e.id IN (SELECT entry_id FROM story_entries WHERE story_id = ?)", node.text)
        : put("e.id = ?", node.text);
  }

  Status add_field(const Node& node) {
    bool claim = kind_ == Kind::kClaim;
    switch (node.field) {
      case Field::kKind:
        put(node.text == to_string(kind_) ? "TRUE" : "FALSE");
        return {};
      case Field::kCountry:
        if (!claim) return add_exact(node);
        append(out_, db_.dialect().list_holds("c.countries", node.text));
        return {};
      case Field::kType:
        if (!claim) return add_exact(node);
        put("c.kind = ?", number_named<model::ClaimKind, 13>(node.text));
        return {};
      case Field::kAsn:
      case Field::kLang:
        return add_exact(node);
      case Field::kPrefix:
      case Field::kOrg:
      case Field::kActor:
      case Field::kPlace:
        return add_names(node);
      case Field::kSource:
        return add_source(node);
      case Field::kVerdict:
        add_verdict(node);
        return {};
      case Field::kConfidence:
        put(kind_ == Kind::kOutage ? "o.id IN (SELECT outage_id" : "e.id IN (SELECT entry_id");
        put(" FROM links WHERE probability >= ? AND probability <= ?)", node.least, node.most);
        return {};
      case Field::kHappened:
      case Field::kLearned:
      case Field::kPublished:
        add_time(node);
        return {};
      case Field::kStory:
      case Field::kIncident:
      case Field::kEntry:
        add_member(node);
        return {};
    }
    return {};
  }

  Db& db_;
  Kind kind_;
  std::string_view entry_;  // what `e.n` is called
  bool few_;                // rows are asked at all
  bool asks_rows_;          // each row for its marks, instead of the marks for their rows
  Condition out_;
};

}  // namespace

void append(Condition& to, Condition more) {
  to.sql += more.sql;
  for (auto& value : more.values) to.values.push_back(std::move(value));
}

bool is_narrow(const query::Query& query) { return is_narrow(query.root); }

Result<Condition> condition(Db& db, const query::Query& query, Kind kind, std::string_view walked) {
  Compiler compiler(db, kind, query.root, walked);
  if (auto done = compiler.add(query.root); !done) return done.error();
  return compiler.take();
}

Result<Condition> in_title(Db& db, const std::string& words, bool few) {
  auto terms = rules::terms_of_words(words);
  if (!terms) return terms.error();
  Condition out{"(TRUE", {}};
  for (const auto& term : *terms) {
    out.sql += " AND ";
    append(out, db.dialect().has_in_title(term, few));
  }
  out.sql += ")";
  return out;
}

}  // namespace store::sql
