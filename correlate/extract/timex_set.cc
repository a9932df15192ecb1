#include "correlate/extract/timex_expr.h"
#include "correlate/extract/word_tests.h"

// What recurs ("every day", "daily"), words such as "now", and "two Thursdays ago".

namespace correlate::extraction {
// "two Thursdays ago".
Expr ExprReader::weekdays_ago(Index at) const {
  double count = 0;
  bool vague = false;
  Index i = at < tokens_.size() ? number(at, count, vague) : at;
  if (i == at || vague || count < 1 || count > 52 || !tokens_.word(i).ends_with("s")) return {};
  std::string single(tokens_.word(i).substr(0, tokens_.word(i).size() - 1));
  int weekday = lexicon_.weekday_named(single);
  const Meaning* ago = is(i + 1, Role::kAgo);
  if (weekday == 0 || ago == nullptr || ago->offset == 1) return {};
  Expr out;
  out.kind = Expr::Kind::kDate;
  out.weekday = weekday;
  out.deixis = Deixis::kLast;
  out.unit_offset = -7 * (static_cast<int>(count) - 1);
  out.last = i + 1 + ago->length;
  return out;
}

// "every day", "each afternoon", "daily".
Expr ExprReader::set(Index at) const {
  Expr out;
  out.kind = Expr::Kind::kSet;
  if (const Meaning* word = is(at, Role::kSet); word != nullptr) {
    if (tokens_.word(at) == "nightly") {
      out.part = Part::kNight;
    } else {
      out.amounts.push_back({1, static_cast<Unit>(word->value), false});
    }
    out.last = at + word->length;
    return out;
  }
  const Meaning* every = is(at, Role::kEvery);
  const bool rate = every == nullptr && lexicon_.english() && at > 0 &&
                    one_of(tokens_.word(at), {"a", "an"}) && is(at - 1, Role::kUnit) != nullptr;
  if (every == nullptr && !rate) return {};
  Index i = rate ? at + 1 : at + every->length;
  Index end = amounts(i, out.amounts);
  if (end == i) {
    if (const Meaning* day = is(i, Role::kWeekday); day != nullptr) {
      out.weekday = day->value;
      end = i + day->length;
    } else if (const Meaning* part_word = is(i, Role::kPart); part_word != nullptr) {
      out.part = static_cast<Part>(part_word->value);
      end = i + part_word->length;
    } else if (const Meaning* unit_word = is(i, Role::kUnit);
               unit_word != nullptr && !unit_word->weak) {
      out.amounts.push_back({1, static_cast<Unit>(unit_word->value), false});
      end = i + unit_word->length;
    }
  }
  if (end == i) return {};
  // "per second" is a rate, "per cent" no time at all.
  if (lexicon_.english() && tokens_.word(at) == "per" && out.weekday == 0 && !out.amounts.empty() &&
      out.amounts[0].unit < Unit::kDay) {
    return {};
  }
  out.last = end;
  return out;
}

Expr ExprReader::reference(Index at) const {
  const Meaning* word = is(at, Role::kRef);
  if (word == nullptr || (word->weak && tokens_.size() > word->length)) return {};
  if (lexicon_.english() && tokens_.word(at) == "recent" && is(at + 1, Role::kUnit) != nullptr) {
    return {};
  }
  // "in the past decade": a length, not "in the past".
  if (lexicon_.english() && tokens_.word(at + word->length - 1) == "past" && word->length > 1) {
    Unit ignored = Unit::kDay;
    Amount some;
    Index behind = at + word->length;
    if (unit(behind, false, ignored) > behind || amount(behind, some) > behind) return {};
  }
  Expr out;
  out.kind = Expr::Kind::kRef;
  out.ref = static_cast<Ref>(word->value);
  out.last = at + word->length;
  return out;
}

}  // namespace correlate::extraction
