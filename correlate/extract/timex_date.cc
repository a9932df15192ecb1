#include <array>
#include <cmath>

#include "correlate/extract/timex_expr.h"
#include "correlate/extract/word_tests.h"

// Days, months, years and what points at them: "Monday", "22 December 2014", "last month",
// "early Tuesday", "the night before".

namespace correlate::extraction {
ExprReader::Index ExprReader::month_first(Index at, Expr& out) const {
  const Meaning* month = is(at, Role::kMonth);
  if (month == nullptr) return at;
  Index end = at + month->length;
  if (month->weak && tokens_.word(end) == "." && joined(end)) ++end;
  Expr found = out;
  found.month = month->value;
  Index i = end;
  bool slash = tokens_.word(i) == "/" && joined(i);  // "Oct/2"
  if ((is_dash(tokens_.word(i)) || slash) && number_at(i + 1, 1, 31)) ++i;
  if (lexicon_.english() && tokens_.word(i) == "the") ++i;
  int day = 0;
  Index behind = day_of_month(i, day);
  bool clock = behind > i && (tokens_.word(behind) == ":" || is(behind, Role::kAm) != nullptr) &&
               tokens_[i].kind == TokenKind::kNumber;
  bool digits = behind > i && tokens_[i].kind == TokenKind::kNumber;
  if (behind > i && !clock && (digits || lexicon_.english())) {
    found.day = day;
    Expr with_year = found;
    bool dashed = is_dash(tokens_.word(behind)) && joined(behind) && joined(behind + 1) &&
                  number_at(behind + 1, 1900, 2200, 4);  // "Sep-23-2020"
    Index further = year(dashed ? behind + 1 : behind, with_year);
    out = with_year;
    return further;
  }
  Expr with_year = found;
  Index further = year(end, with_year);
  if (further > end) {
    out = with_year;
    return further;
  }
  bool stands = !month->weak;
  if (lexicon_.english() && stands && one_of(tokens_.word(at), {"may", "march"})) {
    const auto before = at > 0 ? tokens_.word(at - 1) : std::string_view();
    stands = one_of(before, {"in",     "of",    "since",   "by",  "until",  "last",  "this",
                             "next",   "early", "late",    "mid", "-",      "from",  "to",
                             "during", "and",   "through", "for", "before", "after", "between",
                             "(",      "last",  "–",       "/"}) ||
             tokens_.size() <= 2 || (alone_ && tokens_.word(at) == "march");
    if (at > 0 && tokens_.word(at) == "march" && one_of(before, {"to", "for", "and"}))
      stands = false;
  }
  // "August 32", "February 151998": a date that cannot be read.
  bool broken = end + 1 == tokens_.size() && tokens_[end].kind == TokenKind::kNumber && at == 0;
  if (!stands || broken) return at;
  out = found;
  return end;
}

ExprReader::Index ExprReader::day_first(Index at, Expr& out) const {
  int day = 0;
  Index i = at;
  if (lexicon_.english() && tokens_.word(i) == "the") ++i;
  Index end = day_of_month(i, day);
  if (end == i) return at;
  // "9 and 10 May": the month of both.
  bool slash = tokens_.word(end) == "/" && joined(end) && joined(end + 1);  // "23/sep/2020"
  if ((is_dash(tokens_.word(end)) || slash) && !number_at(end + 1, 1, 31)) ++end;
  const Meaning* filler = is(end, Role::kOf);
  if (filler != nullptr && is(end + filler->length, Role::kMonth) != nullptr) end += filler->length;
  const Meaning* month = is(end, Role::kMonth);
  if (month == nullptr) return at;
  out.day = day;
  out.month = month->value;
  end += month->length;
  if (month->weak && tokens_.word(end) == "." && joined(end)) {
    if (tokens_[end - 1].sentence == (end + 1 < tokens_.size() ? tokens_[end + 1].sentence : 0))
      ++end;
  }
  bool marked = is_dash(tokens_.word(end)) || (slash && tokens_.word(end) == "/");
  if (marked && number_at(end + 1, 1000, 2200, 4)) ++end;
  return year(end, out);
}

// An abbreviation alone is a weekday where it is most of the text and written as a name: "Mo",
// "do." but not "do"; "月" but not "月面".
bool ExprReader::weak_weekday_stands(Index at, const Meaning& name) const {
  if (!alone_) return false;
  if (tokens_[at].kind == TokenKind::kGlyph) {
    Index next = at + name.length;
    bool more = next < tokens_.size() && tokens_[next].kind == TokenKind::kGlyph && joined(next) &&
                !one_of(tokens_.word(next), {"曜", "に", "の"});
    bool before = at > 0 && tokens_[at - 1].kind == TokenKind::kGlyph && joined(at);
    return !more && !before;
  }
  bool written_small =
      lexicon_.language() == "de" || lexicon_.language() == "nl" || lexicon_.language() == "pt";
  return !written_small || tokens_[at].last - tokens_[at].first > 3 || tokens_[at].capital ||
         tokens_.word(at + name.length) == ".";
}

ExprReader::Index ExprReader::weekday(Index at, Expr& out) const {
  const Meaning* name = is(at, Role::kWeekday);
  if (name == nullptr) return at;
  Index end = at + name->length;
  bool dotted = name->weak && tokens_.word(end) == "." && joined(end);
  if (dotted && end + 1 < tokens_.size() && tokens_[end].sentence == tokens_[end + 1].sentence)
    ++end;
  Expr found = out;
  found.weekday = name->value;
  // A date beside it: "Thursday, July 21", "Monday the 22nd of December".
  Index i = end;
  if (tokens_.word(i) == ",") ++i;
  if (const Meaning* filler = is(i, Role::kOf); filler != nullptr) i += filler->length;
  Expr dated = found;
  for (auto form : {&ExprReader::iso_date, &ExprReader::glyph_date, &ExprReader::slashed,
                    &ExprReader::day_first, &ExprReader::month_first, &ExprReader::lone_day}) {
    Index behind = (this->*form)(i, dated);
    if (behind > i && dated.day > 0) {
      out = dated;
      return behind;
    }
    dated = found;
  }
  int numbered = 0;  // "Wed 13th"
  Index ordinal = number_at(i, 1, 31) ? day_of_month(i, numbered) : i;
  if (lexicon_.english() && ordinal == i + 2) {
    out = found;
    out.day = numbered;
    return ordinal;
  }
  if (name->weak && !weak_weekday_stands(at, *name)) return at;
  out = found;
  return end;
}

// A date in one word or name: "yesterday", "Sonntagabend", "Easter Monday 2013", "先週".
ExprReader::Index ExprReader::word_date(Index at, Expr& out) const {
  Index best = at;
  const Expr before = out;
  auto longer = [&](Index end) {
    if (end <= best) return false;
    best = end;
    out = before;
    return true;
  };
  const Meaning* day = is(at, Role::kDay);
  if (day != nullptr && longer(at + day->length)) out.day_offset = day->value;
  const Meaning* both = is(at, Role::kWeekdayPart);
  if (both != nullptr && longer(at + both->length)) {
    out.weekday = both->value;
    out.part = static_cast<Part>(both->offset);
  }
  if (const Meaning* holiday = is(at, Role::kHoliday); holiday != nullptr) {
    Expr dated = before;
    Index end = year(at + holiday->length, dated);
    if (longer(end)) {
      out = dated;
      out.holiday = holiday->value;
    }
  }
  const Meaning* whole = is(at, Role::kRelative);
  if (whole != nullptr && longer(at + whole->length)) {
    out.unit = static_cast<Unit>(whole->value);
    out.unit_offset = whole->offset;
    out.deixis = whole->offset < 0   ? Deixis::kLast
                 : whole->offset > 0 ? Deixis::kNext
                                     : Deixis::kThis;
  }
  return best;
}

// A date proper, nothing that points.
ExprReader::Index ExprReader::calendar(Index at, Expr& out) const {
  Index best = at;
  Expr chosen = out;
  auto consider = [&](Index end, const Expr& found) {
    if (end > best) {
      best = end;
      chosen = found;
    }
  };
  // What may stand before a day: "the 2nd", "el 17", "día 5".
  constexpr std::uint64_t kArticle = bit(Role::kOf) | bit(Role::kUnit) | bit(Role::kAt) |
                                     bit(Role::kTo) | bit(Role::kWeekday) | bit(Role::kNumber);
  constexpr std::uint64_t kWord =
      bit(Role::kDay) | bit(Role::kWeekdayPart) | bit(Role::kHoliday) | bit(Role::kRelative);
  constexpr std::array kForms = {
      Form{&ExprReader::iso_date, "date/iso_date", 0, true},
      Form{&ExprReader::glyph_date, "date/glyph_date", 0, true},
      Form{&ExprReader::slashed, "date/slashed", 0, true},
      Form{&ExprReader::month_and_year, "date/month_and_year", 0, true},
      Form{&ExprReader::compact, "date/compact", 0, true},
      Form{&ExprReader::weekday, "date/weekday", bit(Role::kWeekday), false},
      Form{&ExprReader::day_first, "date/day_first", bit(Role::kOrdinal) | bit(Role::kOf), true},
      Form{&ExprReader::month_first, "date/month_first", bit(Role::kMonth), false},
      Form{&ExprReader::season, "date/season", bit(Role::kSeason) | bit(Role::kQuarterYear), false},
      Form{&ExprReader::lone_day, "date/lone_day", kArticle, true},
      Form{&ExprReader::numbered_day, "date/numbered_day", bit(Role::kUnit), false},
      Form{&ExprReader::day_before_range, "date/day_before_range", bit(Role::kOf), true},
      Form{&ExprReader::day_behind_range, "date/day_behind_range", 0, true},
      Form{&ExprReader::lone_year, "date/lone_year", bit(Role::kOf) | bit(Role::kOrdinal), true},
      Form{&ExprReader::word_date, "date/word", kWord, false}};
  for (const auto& form : kForms) {
    if (!can_begin(form, at)) continue;
    Expr found = out;
    Index end = (this->*form.read)(at, found);
    found.rule = form.name;
    consider(end, found);
  }
  out = chosen;
  return best;
}

}  // namespace correlate::extraction
