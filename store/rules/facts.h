#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "store/model/claim.h"
#include "store/model/edit.h"
#include "store/model/entry.h"
#include "store/model/outage.h"
#include "store/query/query.h"
#include "store/rules/terms.h"

// What a query can ask of a record, decided once for all backends. Pure.
namespace store::rules {

// A value that a field of a query finds: {kActor, "guardians of peace"}. Names are folded words.
struct Mark {
  query::Field field = query::Field::kCountry;
  std::string value;

  friend bool operator==(const Mark&, const Mark&) = default;
  friend bool operator<(const Mark& a, const Mark& b) {
    return std::tie(a.field, a.value) < std::tie(b.field, b.value);
  }
};

// Of what was found in an entry: countries, networks, prefixes, names, language, kind of happening.
std::set<Mark> marks_of(const model::Extraction& extraction);
// Of an outage: its scopes, its kind, and who measured it.
std::set<Mark> marks_of(const model::Outage& outage);
// The words of an outage, folded: place, cause, measurers, what they state.
std::set<std::string> words_of(const model::Outage& outage);

// Whether a field of this value is found by a query's: names by some of their words in order,
// prefixes by one that holds the other, all else by being the same.
bool is_found(const query::Node& field, std::string_view value);

// When an entry counts as published: as it states, else from when it could be read.
model::Interval published(const model::Revision& revision);
// When an outage went on; one that has no end goes on for ever, or, where it is not open, a second.
model::Interval happened(const model::Outage& outage);

// A record as a query sees it.
struct Facts {
  query::Kind kind = query::Kind::kEntry;
  std::optional<Fields> text;   // of entries and claims
  std::set<std::string> words;  // of outages and edits, folded
  std::set<Mark> marks;
  std::vector<std::string> source;  // folded words of each name of its source, and its id
  std::set<std::string> verdicts;
  std::vector<double> probabilities;  // of its links
  std::optional<model::Interval> happened, learned, published;
};
Facts facts_of(const model::Edit& edit);

// The reference for every index. kInvalid for a query with words that cannot be searched for.
Result<bool> matches(const query::Query& query, const Facts& facts);

// How much a hit counts where order is by relevance: four times the share of the wanted words that
// stand in the title, the logarithm (base 2) of one more than the independent origins of its story,
// and a tenth for each year since 1970. Of what is no entry, `title_share` and `origins` are 0.
double relevance(double title_share, int origins, model::Instant at);

// What a title must hold for a word or phrase to count as standing in it.
bool is_in(const std::vector<Term>& terms, const Field& title);
// A word or phrase of a query in terms; empty where nothing can be searched for.
Result<std::vector<Term>> terms_of_words(const std::string& text);

}  // namespace store::rules
