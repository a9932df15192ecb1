#include <algorithm>
#include <array>
#include <cmath>

#include "correlate/extract/timex_expr.h"

// Days, months, years and what points at them: "Monday", "22 December 2014", "last month",
// "early Tuesday", "the night before".

namespace correlate::extraction {
namespace {

bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_dash(std::string_view word) { return word == "-" || word == "‑" || word == "–"; }

}  // namespace

// 1 … 31, as digits with or without an ordinal ending, or as an ordinal word.
ExprReader::Index ExprReader::day_of_month(Index at, int& day) const {
  if (number_at(at, 1, 31)) {
    std::size_t width = tokens_[at].last - tokens_[at].first;
    if (width > 2) return at;
    day = static_cast<int>(tokens_[at].number);
    Index end = at + 1;
    if (joined(end) && one_of(tokens_.word(end), {"st", "nd", "rd", "th", "er", "re", "º", "ª", "°",
                                                  "ro", "го", "e", "de", "o", "η", "ης"})) {
      return end + 1;
    }
    bool stop = tokens_.word(end) == "." && joined(end) && end + 1 < tokens_.size() &&
                tokens_[end + 1].spaced;
    if (stop && !lexicon_.english()) return end + 1;
    return end;
  }
  const Meaning* ordinal = is(at, Role::kOrdinal);
  if (ordinal == nullptr || ordinal->value < 1 || ordinal->value > 31) return at;
  day = ordinal->value;
  return at + ordinal->length;
}

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

// "the 2nd", "le 23", "am 15.": a day of the month spoken of.
ExprReader::Index ExprReader::lone_day(Index at, Expr& out) const {
  Index i = at;
  if (lexicon_.english()) {
    if (tokens_.word(i) != "the" || !number_at(i + 1, 1, 31)) return at;
    int day = 0;
    Index end = day_of_month(i + 1, day);
    if (end != i + 3) return at;  // digits and their ending
    // "the 20th century", "the 38th parallel": an ordinal of something else.
    if (end < tokens_.size() && tokens_[end].kind == TokenKind::kWord && tokens_[end].spaced &&
        !one_of(tokens_.word(end), {"of", "and", "at", "in", "to", "was", "it", "when", "after",
                                    "by", "that", "or"})) {
      return at;
    }
    out.day = day;
    return end;
  }
  return led_day(at, out);
}

// "day four" of what is told: a day that only its beginning could date.
ExprReader::Index ExprReader::numbered_day(Index at, Expr& out) const {
  if (!lexicon_.english() || tokens_.word(at) != "day" || at + 1 >= tokens_.size()) return at;
  std::string_view before = at > 0 ? tokens_.word(at - 1) : std::string_view();
  bool told = at == 0 || one_of(before, {"on", "for", "into", "in", "its", "by", "of", "until", "a",
                                         "enters", "entered", "enter"});
  double count = 0;
  bool vague = false;
  Index end = told ? number(at + 1, count, vague) : at + 1;
  bool fits = end > at + 1 && !vague && count >= 1 && count <= 999 && count == std::floor(count);
  if (!fits || tokens_[at + 1].paragraph || is(end, Role::kUnit) != nullptr) return at;
  if (one_of(tokens_.word(at + 1), {"a", "an", "another", "one"}) && tokens_.word(end) != "of" &&
      tokens_.word(at + 1) != "one") {
    return at;
  }
  out.numbered_day = static_cast<int>(count);
  return end;
}

// "el 17", "il 19", "día 5", "18 तारीख": digits that an article makes a day, with no noun behind.
ExprReader::Index ExprReader::led_day(Index at, Expr& out) const {
  static constexpr std::string_view kDayWords[] = {"día", "dia", "giorno", "jour"};
  static constexpr std::string_view kArticles[] = {"el",  "al", "del", "il",
                                                   "dal", "le", "am",  "den"};
  auto in = [](std::string_view word, const auto& list) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
  };
  Index i = at;
  bool article = in(tokens_.word(i), kArticles);
  if (article) ++i;
  bool named = in(tokens_.word(i), kDayWords);
  if (named) ++i;
  int day = 0;
  Index end = i < tokens_.size() ? day_of_month(i, day) : i;
  double spelled = 0;
  bool vague = false;
  if (named && end == i && i < tokens_.size()) {  // "día quince"
    end = number(i, spelled, vague);
    day = static_cast<int>(spelled);
    if (vague || day < 1 || day > 31 || spelled != day) return at;
  }
  if (end == i) return at;
  bool marked = tokens_.word(end) == "तारीख";
  bool fraction = joined(end) && one_of(tokens_.word(end), {".", ",", ":", "/", "%", "-"}) &&
                  end + 1 < tokens_.size() && joined(end + 1);
  bool closed = end >= tokens_.size() || tokens_[end].kind == TokenKind::kPunct ||
                one_of(tokens_.word(end), {"y", "a", "e", "et", "und", "al", "en", "cuando"});
  const Meaning* of = is(end, Role::kOf);  // "el día 19 de marzo" is read from its number on
  bool dated = of != nullptr && is(end + of->length, Role::kMonth) != nullptr;
  if (fraction || dated || tokens_.word(end) == "%") return at;
  if (!named && !marked && !(article && closed)) return at;
  out.day = day;
  return marked ? end + 1 : end;
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

// The first of two days of a month: "6-7 January", "from 15 to 22 February", "the 28 and 29
// August".
ExprReader::Index ExprReader::day_before_range(Index at, Expr& out) const {
  Index i = at;
  const Meaning* article = is(i, Role::kOf);
  if (lexicon_.english() && tokens_.word(i) != "the") article = nullptr;
  if (article != nullptr && number_at(i + article->length, 1, 31)) i += article->length;
  int one = 0;
  int two = 0;
  Index end = day_of_month(i, one);
  if (end == i || tokens_[i].kind != TokenKind::kNumber) return at;
  Index next = end;
  if (is_dash(tokens_.word(next)) || tokens_.word(next) == "/") {
    ++next;
  } else if (const Meaning* to = is(next, Role::kTo); to != nullptr) {
    next += to->length;
  } else {
    return at;
  }
  if (const Meaning* of = is(next, Role::kOf); of != nullptr) next += of->length;
  Index behind = number_at(next, 1, 31) ? day_of_month(next, two) : next;
  if (behind == next || two <= one) return at;
  if (const Meaning* of = is(behind, Role::kOf); of != nullptr) behind += of->length;
  const Meaning* month = is(behind, Role::kMonth);
  if (month == nullptr) return at;
  out.day = one;
  out.month = month->value;
  Expr ignored;
  year(behind + month->length, ignored);
  out.year = ignored.year;
  return end;
}

// The second of two days of a month: "May 4 and 5", "January 25-29, 2014".
ExprReader::Index ExprReader::day_behind_range(Index at, Expr& out) const {
  if (!lexicon_.english() || at < 3 || !number_at(at, 2, 31)) return at;
  bool joint = is_dash(tokens_.word(at - 1)) || one_of(tokens_.word(at - 1), {"and", "to"});
  const Meaning* month = is(at - 3, Role::kMonth);
  bool pair = joint && number_at(at - 2, 1, 31) && month != nullptr && month->length == 1 &&
              tokens_[at - 3].sentence == tokens_[at].sentence;
  int day = 0;
  Index end = pair ? day_of_month(at, day) : at;
  if (end == at || (!is_dash(tokens_.word(at - 1)) && tokens_[at - 2].number >= day)) return at;
  // "May 4 and 5 people": so many of something, unless the sentence goes on.
  bool goes_on = end >= tokens_.size() || tokens_[end].kind == TokenKind::kPunct ||
                 is_dash(tokens_.word(at - 1)) ||
                 one_of(tokens_.word(end), {"were", "was", "in", "at", "the", "on", "by", "but",
                                            "when", "as", "for", "after", "and", "to", "with"});
  if (!goes_on) return at;
  out.month = month->value;
  out.day = day;
  return year(end, out);
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
      Form{&ExprReader::lone_year, "date/lone_year", bit(Role::kOf) | bit(Role::kOrdinal), true}};
  for (const auto& form : kForms) {
    if (!can_begin(form, at)) continue;
    Expr found = out;
    Index end = (this->*form.read)(at, found);
    found.rule = form.name;
    consider(end, found);
  }
  if (const Meaning* day = is(at, Role::kDay); day != nullptr) {
    Expr found = out;
    found.day_offset = day->value;
    found.rule = "date/day";
    Index end = at + day->length;
    consider(end, found);
  }
  if (const Meaning* both = is(at, Role::kWeekdayPart); both != nullptr) {
    Expr found = out;
    found.weekday = both->value;
    found.part = static_cast<Part>(both->offset);
    found.rule = "date/weekday_part";
    consider(at + both->length, found);
  }
  if (const Meaning* holiday = is(at, Role::kHoliday); holiday != nullptr) {
    Expr found = out;
    found.holiday = holiday->value;
    found.rule = "date/holiday";
    consider(year(at + holiday->length, found), found);
  }
  if (const Meaning* whole = is(at, Role::kRelative); whole != nullptr) {
    Expr found = out;
    found.unit = static_cast<Unit>(whole->value);
    found.unit_offset = whole->offset;
    found.rule = "date/relative_word";
    found.deixis = whole->offset < 0   ? Deixis::kLast
                   : whole->offset > 0 ? Deixis::kNext
                                       : Deixis::kThis;
    consider(at + whole->length, found);
  }
  out = chosen;
  return best;
}

}  // namespace correlate::extraction
