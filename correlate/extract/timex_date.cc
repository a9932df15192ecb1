#include <algorithm>

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

// A year behind a month or day: four digits, "'14", or two digits where allowed.
ExprReader::Index ExprReader::year(Index at, Expr& out) const {
  Index i = at;
  if (tokens_.word(i) == "," && (number_at(i + 1, 1000, 2200) || tokens_.word(i + 1) == "in")) ++i;
  const Meaning* filler = is(i, Role::kOf);
  if (filler != nullptr && number_at(i + filler->length, 1000, 2200)) i += filler->length;
  if (lexicon_.english() && tokens_.word(i) == "in" && number_at(i + 1, 1000, 2200)) ++i;
  if (number_at(i, 1000, 2200, 4)) {
    bool clock = tokens_.word(i + 1) == ":" && joined(i + 1);
    if (clock) return at;
    out.year = static_cast<int>(tokens_[i].number);
    Index end = i + 1;
    const Meaning* year_word = is(end, Role::kUnit);
    bool named = year_word != nullptr && static_cast<Unit>(year_word->value) == Unit::kYear &&
                 !lexicon_.english();
    return named ? end + year_word->length : era(end, out);
  }
  Index marked = era(i + 1, out);
  if (number_at(i, 1, 999) && marked > i + 1) {
    out.year = static_cast<int>(tokens_[i].number);
    return marked;
  }
  bool apostrophe = tokens_.word(i) == "'" || tokens_.word(i) == "’";
  if (apostrophe && number_at(i + 1, 0, 99, 2) && joined(i + 1)) {
    int two = static_cast<int>(tokens_[i + 1].number);
    out.year = two < 50 ? 2000 + two : 1900 + two;
    return i + 2;
  }
  return at;
}

ExprReader::Index ExprReader::era(Index at, Expr& out) const {
  if (tokens_.raw(at) == "BC" || tokens_.raw(at) == "BCE") {
    out.before_christ = true;
    return at + 1;
  }
  if (tokens_.raw(at) == "AD" || tokens_.raw(at) == "CE") return at + 1;
  return at;
}

// "2014-12-22", "2014-12-22T16:15Z" (the clock is read by the caller).
ExprReader::Index ExprReader::iso_date(Index at, Expr& out) const {
  if (!number_at(at, 1000, 2200, 4)) return at;
  std::string_view mark = tokens_.word(at + 1);
  bool dash = is_dash(mark) || mark == "/" || mark == ".";
  if (!dash || !joined(at + 1) || !joined(at + 2) || !number_at(at + 2, 1, 12)) return at;
  bool second = tokens_.word(at + 3) == mark && joined(at + 3) && joined(at + 4);
  if (!second || !number_at(at + 4, 1, 31)) return at;
  out.year = static_cast<int>(tokens_[at].number);
  out.month = static_cast<int>(tokens_[at + 2].number);
  out.day = static_cast<int>(tokens_[at + 4].number);
  return at + 5;
}

// "22/12/2014", "12/22/2014", "22.12.2014", "22.12.".
ExprReader::Index ExprReader::slashed(Index at, Expr& out) const {
  if (!number_at(at, 1, 31) || !joined(at + 1) || !joined(at + 2)) return at;
  std::string_view mark = tokens_.word(at + 1);
  if ((mark != "/" && mark != "." && !is_dash(mark)) || !number_at(at + 2, 1, 31)) return at;
  int one = static_cast<int>(tokens_[at].number);
  int two = static_cast<int>(tokens_[at + 2].number);
  bool day_leads = one > 12 || (two <= 12 && (lexicon_.day_first() || mark == "."));
  int day = day_leads ? one : two;
  int month = day_leads ? two : one;
  if (month > 12) return at;
  Index end = at + 3;
  bool third = tokens_.word(end) == mark && joined(end) && joined(end + 1) &&
               end + 1 < tokens_.size() && tokens_[end + 1].kind == TokenKind::kNumber;
  if (third) {
    std::int64_t year = tokens_[end + 1].number;
    std::size_t width = tokens_[end + 1].last - tokens_[end + 1].first;
    if ((width != 4 && width != 2) || year < 0) return at;
    bool full = width == 4;
    if (full && (year < 1000 || year > 2200)) return at;
    out.year = static_cast<int>(full ? year : year < 50 ? 2000 + year : 1900 + year);
    end += 2;
  } else if (mark == "." || is_dash(mark)) {
    // "9.5", "10-12": numbers, unless a full stop makes it a date ("am 22.12.").
    bool stop = mark == "." && tokens_.word(end) == "." && joined(end) && !lexicon_.english();
    if (!stop) return at;
    ++end;
  } else if (tokens_.word(end) == "/" || (lexicon_.english() && !alone_ && !led(at))) {
    return at;  // "24/7", "1/2", a path
  }
  out.day = day;
  out.month = month;
  return end;
}

// "2014年12月22日", "12월 22일", "23日".
ExprReader::Index ExprReader::glyph_date(Index at, Expr& out) const {
  auto reads = [&](Index i, std::initializer_list<std::string_view> marks) {
    return one_of(tokens_.word(i), marks);
  };
  Index i = at;
  if (number_at(i, 1000, 2200, 4) && reads(i + 1, {"年", "년"})) {
    out.year = static_cast<int>(tokens_[i].number);
    i += 2;
  }
  if (number_at(i, 1, 12) && reads(i + 1, {"月", "월"})) {
    out.month = static_cast<int>(tokens_[i].number);
    i += 2;
  }
  bool day = number_at(i, 1, 31) && reads(i + 1, {"日", "일", "号", "號"});
  // "3日間", "12일간": lengths.
  if (day && !reads(i + 2, {"間", "间", "간", "後", "前"})) {
    out.day = static_cast<int>(tokens_[i].number);
    i += 2;
  }
  if (i == at + 2 && out.year > 0 && reads(i, {"間", "间", "간"})) return at;
  return i;
}

ExprReader::Index ExprReader::month_first(Index at, Expr& out) const {
  const Meaning* month = is(at, Role::kMonth);
  if (month == nullptr) return at;
  Index end = at + month->length;
  if (month->weak && tokens_.word(end) == "." && joined(end)) ++end;
  Expr found = out;
  found.month = month->value;
  Index i = end;
  if (is_dash(tokens_.word(i)) && number_at(i + 1, 1, 31)) ++i;
  if (lexicon_.english() && tokens_.word(i) == "the") ++i;
  int day = 0;
  Index behind = day_of_month(i, day);
  bool clock = behind > i && (tokens_.word(behind) == ":" || is(behind, Role::kAm) != nullptr) &&
               tokens_[i].kind == TokenKind::kNumber;
  bool digits = behind > i && tokens_[i].kind == TokenKind::kNumber;
  if (behind > i && !clock && (digits || lexicon_.english())) {
    found.day = day;
    Expr with_year = found;
    Index further = year(behind, with_year);
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
    stands = one_of(before, {"in",     "of",    "since",   "by",  "until",  "last", "this",
                             "next",   "early", "late",    "mid", "-",      "from", "to",
                             "during", "and",   "through", "for", "before", "after"}) ||
             alone_;
    if (at > 0 && tokens_.word(at) == "march" && one_of(before, {"to", "for", "and"}))
      stands = false;
  }
  if (!stands) return at;
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
  if (is_dash(tokens_.word(end)) && !number_at(end + 1, 1, 31)) ++end;
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
  if (is_dash(tokens_.word(end)) && number_at(end + 1, 1000, 2200, 4)) ++end;
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
  return at;
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
  if (name->weak && !alone_) return at;
  out = found;
  return end;
}

// A year, decade or century that stands alone.
ExprReader::Index ExprReader::lone_year(Index at, Expr& out) const {
  Index i = at;
  if (tokens_.word(i) == "the" && lexicon_.english()) ++i;
  if (i >= tokens_.size()) return at;
  if (number_at(i, 1000, 2100) && tokens_[i].last - tokens_[i].first == 4) {
    bool decade = joined(i + 1) && tokens_.word(i + 1) == "s" && tokens_[i].number % 10 == 0;
    if (decade) {
      out.decade = static_cast<int>(tokens_[i].number / 10);
      return i + 2;
    }
    std::string_view next = tokens_.word(i + 1);
    bool part_of_number = (joined(i + 1) && one_of(next, {".", ",", ":", "/", "%", "-"}) &&
                           number_at(i + 2, 0, 1 << 30) && joined(i + 2)) ||
                          next == "%";
    bool before =
        i > 0 && joined(i) && !one_of(tokens_.word(i - 1), {"(", "\"", "-", "–", "'", "/"});
    bool unit_next = is(i + 1, Role::kUnit) != nullptr;
    std::string_view previous = i > 0 ? tokens_.word(i - 1) : std::string_view();
    const bool introduced =
        i == 0 || led(i) ||
        one_of(previous,
               {"in",     "of",    "since",  "by",    "until",  "from", "to",         "during",
                "before", "after", "early",  "late",  "mid",    "and",  "between",    "through",
                "(",      "for",   "-",      ",",     "–",      "en",   "de",         "im",
                "jahr",   "seit",  "von",    "bis",   "depuis", "em",   "desde",      "del",
                "til",    "anul",  "в",      "с",     "до",     "от",   "през",       "i",
                "fra",    "the",   "around", "about", "into",   "than", "throughout", "ב"});
    if (part_of_number || before || (unit_next && lexicon_.english())) return at;
    if (!introduced && !alone_ && !(next == "," || next == "." || next == ")" || next == ";")) {
      if (!lexicon_.english()) return at;
      // "2014 was", "the 2014 outage": a year; "1200 customers": a number.
      if (tokens_[i].number < 1900 || tokens_[i].number > 2060) return at;
      bool thing = !next.empty() && next.back() == 's' && next.size() > 4;
      if (thing) return at;
    }
    out.year = static_cast<int>(tokens_[i].number);
    Index end = i + 1;
    return std::max(end, era(end, out));
  }
  if (number_at(i, 1, 999)) {
    Index end = era(i + 1, out);
    if (end > i + 1 && out.before_christ) {
      out.year = static_cast<int>(tokens_[i].number);
      return end;
    }
    bool apostrophe = i > 0 && one_of(tokens_.word(i - 1), {"'", "’"});
    bool plain = joined(i + 1) && tokens_.word(i + 1) == "s" && tokens_[i].number % 10 == 0 &&
                 tokens_[i].number >= 20 && tokens_[i].number < 100;
    if (lexicon_.english() && plain && (apostrophe || i > at)) {
      out.decade = 190 + static_cast<int>(tokens_[i].number / 10);
      return i + 2;
    }
  }
  int ordinal = 0;
  Index end = day_of_month(i, ordinal);
  if (lexicon_.english() && end > i) {
    if (is_dash(tokens_.word(end))) ++end;
    if (one_of(tokens_.word(end), {"century", "centuries"}) &&
        tokens_[end - 1].kind != TokenKind::kNumber) {
      out.century = ordinal - 1;
      return std::max(end + 1, era(end + 1, out));
    }
  }
  return at;
}

ExprReader::Index ExprReader::season(Index at, Expr& out) const {
  const Meaning* name = is(at, Role::kSeason);
  if (name != nullptr) {
    Expr found = out;
    found.season = static_cast<Season>(name->value);
    Index end = at + name->length;
    Index behind = year(end, found);
    std::string_view before = at > 0 ? tokens_.word(at - 1) : std::string_view();
    bool stands = behind > end || alone_ || out.deixis != Deixis::kNone ||
                  one_of(before, {"the", "in", "early", "late", "mid", "-", "by", "last", "this"});
    if (!stands || (name->weak && behind == end && out.deixis == Deixis::kNone)) return at;
    out = found;
    return behind;
  }
  const Meaning* quarter = is(at, Role::kQuarterYear);
  if (quarter == nullptr) return at;
  Expr found = out;
  found.quarter = quarter->value;
  Index end = year(at + quarter->length, found);
  if (end == at + quarter->length && out.deixis == Deixis::kNone && !led(at) && !alone_) return at;
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
  for (auto form : {&ExprReader::iso_date, &ExprReader::glyph_date, &ExprReader::slashed,
                    &ExprReader::weekday, &ExprReader::day_first, &ExprReader::month_first,
                    &ExprReader::season, &ExprReader::lone_day, &ExprReader::lone_year}) {
    Expr found = out;
    Index end = (this->*form)(at, found);
    consider(end, found);
  }
  if (const Meaning* day = is(at, Role::kDay); day != nullptr) {
    Expr found = out;
    found.day_offset = day->value;
    Index end = at + day->length;
    consider(end, found);
  }
  if (const Meaning* both = is(at, Role::kWeekdayPart); both != nullptr) {
    Expr found = out;
    found.weekday = both->value;
    found.part = static_cast<Part>(both->offset);
    consider(at + both->length, found);
  }
  if (const Meaning* holiday = is(at, Role::kHoliday); holiday != nullptr) {
    Expr found = out;
    found.holiday = true;
    found.month = holiday->value / 100;
    found.day = holiday->value % 100;
    consider(year(at + holiday->length, found), found);
  }
  if (const Meaning* whole = is(at, Role::kRelative); whole != nullptr) {
    Expr found = out;
    found.unit = static_cast<Unit>(whole->value);
    found.unit_offset = whole->offset;
    found.deixis = whole->offset < 0   ? Deixis::kLast
                   : whole->offset > 0 ? Deixis::kNext
                                       : Deixis::kThis;
    consider(at + whole->length, found);
  }
  out = chosen;
  return best;
}

}  // namespace correlate::extraction
