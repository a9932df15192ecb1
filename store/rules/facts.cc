#include "store/rules/facts.h"

#include <algorithm>
#include <cmath>

#include "store/model/text.h"
#include "store/query/countries.h"
#include "store/query/words.h"

namespace store::rules {
namespace {

using model::Instant;
using model::Interval;
using model::Seconds;
using Asked = query::Field;
using query::Node;
using query::Op;

constexpr Seconds kSecond{1};

void add(std::set<Mark>& to, Asked field, std::string value) {
  if (!value.empty()) to.insert({field, std::move(value)});
}

void add_scope(std::set<Mark>& to, const model::Scope& scope) {
  add(to, Asked::kCountry, scope.country);
  add(to, Asked::kPlace, query::folded_words(scope.region));
  if (scope.asn) add(to, Asked::kAsn, std::to_string(*scope.asn));
  add(to, Asked::kPrefix, scope.prefix);
  if (!scope.country.empty()) {
    add(to, Asked::kPlace, query::folded_words(query::country_name(scope.country)));
  }
}

std::optional<Asked> field_of(model::MentionKind kind) {
  switch (kind) {
    case model::MentionKind::kPlace:
      return Asked::kPlace;
    case model::MentionKind::kActor:
    case model::MentionKind::kMalware:
      return Asked::kActor;
    case model::MentionKind::kOrganisation:
    case model::MentionKind::kMeasurer:
    case model::MentionKind::kPerson:
    case model::MentionKind::kName:
    case model::MentionKind::kNetwork:
      return Asked::kOrg;
    default:
      return std::nullopt;
  }
}

void add_words(std::set<std::string>& to, std::string_view text) {
  auto folded = model::fold(text);
  for (const auto& piece : model::words(folded)) to.emplace(piece.of(folded));
}

bool has_words(const Facts& facts, const std::string& text) {
  std::set<std::string> wanted;
  add_words(wanted, text);
  return std::includes(facts.words.begin(), facts.words.end(), wanted.begin(), wanted.end());
}

bool overlaps(const std::optional<Interval>& of, const Interval& asked) {
  return of && of->overlaps(asked);
}

bool has_field(const Node& node, const Facts& facts) {
  switch (node.field) {
    case Asked::kKind:
      return to_string(facts.kind) == node.text;
    case Asked::kHappened:
      return overlaps(facts.happened, node.during);
    case Asked::kLearned:
      return overlaps(facts.learned, node.during);
    case Asked::kPublished:
      return overlaps(facts.published, node.during);
    case Asked::kVerdict:
      return facts.verdicts.contains(node.text);
    case Asked::kConfidence:
      return std::any_of(facts.probabilities.begin(), facts.probabilities.end(),
                         [&](double p) { return p >= node.least && p <= node.most; });
    case Asked::kSource:
      return std::any_of(facts.source.begin(), facts.source.end(),
                         [&](const auto& name) { return is_found(node, name); });
    default:
      return std::any_of(facts.marks.begin(), facts.marks.end(), [&](const Mark& mark) {
        return mark.field == node.field && is_found(node, mark.value);
      });
  }
}

Result<bool> holds(const Node& node, const Facts& facts);

Result<bool> all_hold(const Node& node, const Facts& facts, bool wanted) {
  for (const auto& part : node.parts) {
    auto one = holds(part, facts);
    if (!one) return one;
    if (*one != wanted) return !wanted;
  }
  return wanted;
}

Result<bool> holds(const Node& node, const Facts& facts) {
  switch (node.op) {
    case Op::kAnd:
      return all_hold(node, facts, true);
    case Op::kOr:
      return all_hold(node, facts, false);
    case Op::kNot: {
      auto one = holds(node.parts.front(), facts);
      if (!one) return one;
      return !*one;
    }
    case Op::kField:
      return has_field(node, facts);
    case Op::kWords: {
      if (!facts.text) return has_words(facts, node.text);
      auto terms = terms_of_words(node.text);
      if (!terms) return terms.error();
      return matches({*std::move(terms), {}}, *facts.text);
    }
  }
  return false;
}

}  // namespace

std::set<Mark> marks_of(const model::Extraction& extraction) {
  std::set<Mark> out;
  for (const auto& mention : extraction.mentions) {
    add_scope(out, mention.scope);
    if (auto field = field_of(mention.kind)) add(out, *field, query::folded_words(mention.name));
  }
  add(out, Asked::kLang, model::fold(extraction.language));
  add(out, Asked::kType, std::string(to_string(extraction.happening)));
  return out;
}

std::set<Mark> marks_of(const model::Outage& outage) {
  std::set<Mark> out;
  add_scope(out, outage.scope);
  add(out, Asked::kType, std::string(to_string(outage.kind)));
  for (const auto& one : outage.measurements) {
    add_scope(out, one.scope);
    add(out, Asked::kSource, query::folded_words(one.source));
  }
  return out;
}

std::set<std::string> words_of(const model::Outage& outage) {
  std::set<std::string> out;
  auto add_place = [&](const model::Scope& scope) {
    add_words(out, to_string(scope));
    if (!scope.country.empty()) add_words(out, query::country_name(scope.country));
  };
  add_place(outage.scope);
  add_words(out, outage.cause);
  for (const auto& one : outage.measurements) {
    if (!one.scope.empty()) add_place(one.scope);
    add_words(out, one.source);
    add_words(out, one.value);
  }
  return out;
}

bool is_found(const Node& field, std::string_view value) {
  switch (field.field) {
    case Asked::kPrefix:
      return model::prefix_contains(field.text, std::string(value)) ||
             model::prefix_contains(std::string(value), field.text);
    case Asked::kOrg:
    case Asked::kActor:
    case Asked::kPlace:
    case Asked::kSource: {
      // Whole words: blanks stand between them.
      auto padded = " " + std::string(value) + " ";
      return padded.find(" " + field.text + " ") != padded.npos;
    }
    default:
      return value == field.text;
  }
}

Interval published(const model::Revision& revision) {
  if (revision.published) return revision.published->interval();
  return {revision.known_at, revision.known_at + kSecond};
}

Interval happened(const model::Outage& outage) {
  constexpr Instant kNever{Seconds{253'402'300'800}};  // year 10000
  if (outage.end) return {outage.start, std::max(*outage.end, outage.start + kSecond)};
  return {outage.start, outage.open ? kNever : outage.start + kSecond};
}

Facts facts_of(const model::Edit& edit) {
  Facts out;
  out.kind = query::Kind::kEdit;
  for (const auto* text : {&edit.who, &edit.value, &edit.reason, &edit.field, &edit.target}) {
    add_words(out.words, *text);
  }
  out.marks.insert({Asked::kType, std::string(to_string(edit.kind))});
  for (const auto& entry : edit.entries) out.marks.insert({Asked::kEntry, entry});
  if (edit.target.starts_with("ent-")) out.marks.insert({Asked::kEntry, edit.target});
  if (edit.target.starts_with("sty-")) out.marks.insert({Asked::kStory, edit.target});
  if (edit.target.starts_with("inc-")) out.marks.insert({Asked::kIncident, edit.target});
  out.learned = Interval{edit.at, edit.at + kSecond};
  return out;
}

Result<bool> matches(const query::Query& query, const Facts& facts) {
  return holds(query.root, facts);
}

double relevance(double title_share, int origins, Instant at) {
  constexpr double kYear = 31'556'952;  // seconds, Gregorian mean
  return 4 * title_share + std::log2(1.0 + origins) +
         0.1 * static_cast<double>(at.time_since_epoch().count()) / kYear;
}

bool is_in(const std::vector<Term>& terms, const rules::Field& title) {
  return matches({terms, {}}, {title, {}, {}, {}});
}

Result<std::vector<Term>> terms_of_words(const std::string& text) {
  auto terms = compile({{}, {text}, {}});
  if (!terms) return terms.error();
  return std::move(terms->all);
}

}  // namespace store::rules
