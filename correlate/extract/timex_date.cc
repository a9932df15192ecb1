#include "correlate/extract/rules/families.h"
#include "correlate/extract/timex_expr.h"
#include "correlate/extract/word_tests.h"

// What the rules of dates are made of, and what is put together from their families: parts of days,
// years that point.

namespace correlate::extraction {
// "22", "22nd", "second": the day of a month.
ExprReader::Index ExprReader::day_number(Index at, Expr& out) const {
  return day_of_month(at, out.day);
}

// … in digits.
ExprReader::Index ExprReader::digit_day(Index at, Expr& out) const {
  return tokens_[at].kind == TokenKind::kNumber ? day_of_month(at, out.day) : at;
}

// The full stop of an abbreviation, inside of its sentence.
ExprReader::Index ExprReader::dot(Index at, Expr& out) const {
  bool last = at + 1 >= tokens_.size();
  if (last && (at == 0 || is(at - 1, Role::kMonth) == nullptr)) return at;
  std::uint32_t next = last ? 0 : tokens_[at + 1].sentence;
  return tokens_[at].sentence == next ? any_dot(at, out) : at;
}

ExprReader::Index ExprReader::any_dot(Index at, Expr&) const {
  if (at == 0 || tokens_.word(at) != "." || !joined(at)) return at;
  const Meaning* month = is(at - 1, Role::kMonth);
  const Meaning* day = is(at - 1, Role::kWeekday);
  bool shortened = (month != nullptr && month->weak) || (day != nullptr && day->weak);
  return shortened ? at + 1 : at;
}

// An abbreviation alone is a weekday where it is most of the text and written as a name: "Mo",
// "do." but not "do"; "月" but not "月面".
bool ExprReader::weak_weekday_stands(Index at, const Meaning& name) const {
  if (!alone_) return false;
  if (tokens_[at].kind == TokenKind::kGlyph) {
    Index next = at + name.length;
    bool more = next < tokens_.size() && tokens_[next].kind == TokenKind::kGlyph && joined(next) &&
                !one_of(tokens_.word(next), "曜", "に", "の");
    bool before = at > 0 && tokens_[at - 1].kind == TokenKind::kGlyph && joined(at);
    return !more && !before;
  }
  bool written_small =
      lexicon_.language() == "de" || lexicon_.language() == "nl" || lexicon_.language() == "pt";
  return !written_small || tokens_[at].last - tokens_[at].first > 3 || tokens_[at].capital ||
         tokens_.word(at + name.length) == ".";
}

// A part of a day that stands alone: "overnight", "tonight", "at dawn", "the small hours".
ExprReader::Index ExprReader::part(Index at, Expr& out) const {
  Index i = at;
  bool article = lexicon_.english() && tokens_.word(i) == "the";
  const Meaning* word = is(i, Role::kPart);
  if (word == nullptr && article) word = is(++i, Role::kPart);
  if (word == nullptr || word->weak) return at;
  Index end = i + word->length;
  // "the evening of 22 December"
  Index after = end;
  if (const Meaning* of = is(after, Role::kOf); of != nullptr) after += of->length;
  for (Index dated_at : {after, end}) {
    if (dated_at == end && lexicon_.english()) continue;
    for (auto family : {rules::Family::kCalendar, rules::Family::kDeictic}) {
      Expr dated = out;
      Index behind = match(family, dated_at, dated);
      if (behind == dated_at || !dated.has_day() || dated.part != Part::kNone) continue;
      dated.part = static_cast<Part>(word->value);
      out = dated;
      return behind;
    }
  }
  std::string_view said = tokens_.word(i);
  std::string_view before = i > 0 ? tokens_.word(i - 1) : std::string_view();
  if (one_of(before, "good", "bonne", "guten", "gute", "buenas", "boa", "buona", "goede")) {
    return at;  // a greeting
  }
  // "the dawn of a new age", "Operation Dawn"
  bool figure = lexicon_.english() && (tokens_.word(end) == "of" || (tokens_[i].capital && i > 0));
  if (figure && one_of(said, "dawn", "sunset", "dusk")) return at;
  bool stands = alone_;
  if (lexicon_.english()) {
    stands = stands || one_of(said, "overnight", "dawn", "daybreak", "nightfall", "small", "wee") ||
             (one_of(before, "by", "at", "until", "before", "since", "after") &&
              !one_of(said, "mornings", "evenings", "nights", "afternoons")) ||
             (article && word->length > 1);
  }
  // "दोपहर में", "밤에": in it.
  stands = stands || lexicon_.language() == "zh" || one_of(tokens_.word(end), "में", "에", "に");
  if (!stands) return at;
  out.part = static_cast<Part>(word->value);
  return end;
}

// A part of the day behind a date: "Monday evening", "lunes por la tarde", "jeudi matin".
ExprReader::Index ExprReader::with_part(Index at, Expr& out) const {
  bool day = out.has_day() || (out.unit == Unit::kDay && out.deixis != Deixis::kNone);
  if (!day || out.part != Part::kNone || out.has_clock()) return at;
  Index i = at;
  const Meaning* word = is(i, Role::kPart);
  if (word == nullptr && !lexicon_.english()) {
    i = skip_filler(i);
    word = is(i, Role::kPart);
  }
  if (word == nullptr) {
    // "vendredi midi", "Monday noon" as a part of the day.
    const Meaning* noon = is(i, Role::kNoon);
    if (noon == nullptr || noon->value != 12 || lexicon_.english()) return at;
    out.part = Part::kMidday;
    return i + noon->length;
  }
  if (lexicon_.english() && tokens_[i].paragraph) return at;
  out.part = static_cast<Part>(word->value);
  return i + word->length;
}

// "July of that year", "the spring of next year", "the first quarter of last year".
ExprReader::Index ExprReader::of_year(Index at, Expr& out) const {
  bool dated = out.month > 0 || out.quarter > 0 || out.season != Season::kNone;
  bool open = dated && out.year == 0 && out.deixis == Deixis::kNone;
  if (!lexicon_.english() || !open || tokens_.word(at) != "of") return at;
  Expr which;
  Index end = match(rules::Family::kDeictic, at + 1, which);
  if (end > at + 1 && which.unit == Unit::kYear) {
    out.year_shift = which.unit_offset;
    out.year_spoken_of = which.deixis == Deixis::kThat || which.deixis == Deixis::kPrevious ||
                         which.deixis == Deixis::kFollowing;
    return end;
  }
  Expr year_only;
  end = lone_year(at + 1, year_only);
  if (end == at + 1) end = year(at + 1, year_only);
  if (end == at + 1 || year_only.year == 0) return at;
  out.year = year_only.year;
  out.before_christ = year_only.before_christ;
  return end;
}

// A date with what modifies it.
ExprReader::Index ExprReader::date(Index at, Expr& out) const {
  Index i = at;
  Mod phase = Mod::kNone;
  if (const Meaning* word = is(i, Role::kStart); word != nullptr) {
    phase = static_cast<Mod>(word->value);
    i += word->length;
    if (tokens_.word(i) == "-") ++i;
    if (const Meaning* of = is(i, Role::kOf); of != nullptr && !lexicon_.english()) i += of->length;
    if (lexicon_.english() && one_of(tokens_.word(i), "on", "in", "of")) ++i;
    if (lexicon_.english() && tokens_.word(i) == "the") {
      if (is(i + 1, Role::kUnit) == nullptr && is(i, Role::kLast) == nullptr) ++i;
    }
  }
  Expr found = out;
  Index best = match(rules::Family::kDate, i, found);
  if (best == i) return at;
  best = of_year(best, found);
  // "22日午後4時": the half of the day belongs to the clock time.
  Expr probe;
  bool timed = !lexicon_.english() && found.has_day() && is(best, Role::kAm) != nullptr &&
               clock(best, probe) > best;
  Index end = timed ? best : with_part(best, found);
  // "Monday evening, 22 December"; "this Wednesday morning" is one already.
  if (phase != Mod::kNone && !found.unit && end > i) found.mod = phase;
  if (phase != Mod::kNone && found.unit) found.mod = phase;
  found.kind = Expr::Kind::kDate;
  out = found;
  return end;
}

}  // namespace correlate::extraction
