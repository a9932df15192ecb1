#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/entry.h"
#include "store/store.h"

// How text is cut for searching, decided once for all backends. Pure.
namespace store::rules {

// A field as the two indexes see it.
struct Field {
  std::vector<std::string> words;  // folded; cut at punctuation too; no CJK
  // Every pair of neighbouring CJK characters and, after each run, its last character alone: so a
  // single character is the beginning of some piece wherever it stands, and two runs never look
  // like one.
  std::vector<std::string> grams;
};

Field cut(std::string_view text);

// Title, body, publisher, tags: what is searched. A phrase lies within one of them.
using Fields = std::array<Field, 4>;
Fields cut(const model::Revision& revision);

// The same pieces as a text index is given them.
Joined cut_joined(std::string_view text);
SearchText cut_joined(const model::Revision& revision);

// One thing that a query asks for: these pieces, next to each other, in one field.
struct Term {
  std::vector<std::string> pieces;
  bool cjk = false;     // looked up in `grams`, else in `words`
  bool prefix = false;  // the one piece need only begin so: a single CJK character
};

// A query in terms. A part with nothing to look for ("?!") is passed over.
struct Terms {
  std::vector<Term> all;                   // each must occur
  std::vector<std::vector<Term>> without;  // none of these groups may occur as a whole
};

// Words, phrases and exclusions in one query at most: more is not asked by people, and each costs a
// look-up.
inline constexpr std::size_t kMaxParts = 64;

// kInvalid when the query has more than kMaxParts parts. A phrase that mixes scripts is looked up
// script by script.
Result<Terms> compile(const TextQuery& query);

// Whether a text with these fields is found. The reference for every index.
bool matches(const Terms& terms, const Fields& fields);

}  // namespace store::rules
