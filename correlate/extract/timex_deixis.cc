#include <array>

#include "correlate/extract/timex_expr.h"
#include "correlate/extract/word_tests.h"

// What points at a date from the time of writing or from the time spoken of.

namespace correlate::extraction {
namespace {

int shift_of(Deixis deixis) {
  switch (deixis) {
    case Deixis::kLast:
    case Deixis::kPrevious:
      return -1;
    case Deixis::kNext:
    case Deixis::kFollowing:
      return 1;
    default:
      return 0;
  }
}

}  // namespace

// "this week", "last Thursday", "next month", "that morning", "the previous Friday".
ExprReader::Index ExprReader::deictic(Index at, Expr& out) const {
  struct Pointer {
    Role role;
    Deixis deixis;
  };
  constexpr std::array kPointers = {
      Pointer{Role::kThis, Deixis::kThis}, Pointer{Role::kLast, Deixis::kLast},
      Pointer{Role::kNext, Deixis::kNext}, Pointer{Role::kThat, Deixis::kThat}};
  for (const auto& pointer : kPointers) {
    const Meaning* word = is(at, pointer.role);
    if (word == nullptr) continue;
    Expr found = out;
    found.deixis = pointer.deixis;
    std::string_view said = tokens_.word(at + word->length - 1);
    if (one_of(said, {"previous", "preceding", "prior"})) found.deixis = Deixis::kPrevious;
    if (said == "following") found.deixis = Deixis::kFollowing;
    Index i = at + word->length;
    Index end = i;
    const Meaning* day = is(i, Role::kWeekday);
    bool glyph = i < tokens_.size() && tokens_[i].kind == TokenKind::kGlyph;
    if (day != nullptr && !(day->weak && glyph && joined(i))) {
      found.weekday = day->value;
      end = i + day->length;
    } else if (const Meaning* month = is(i, Role::kMonth); month != nullptr) {
      end = month_first(i, found);
    } else if (const Meaning* part = is(i, Role::kPart); part != nullptr) {
      found.part = static_cast<Part>(part->value);
      end = i + part->length;
    } else if (const Meaning* unit_word = is(i, Role::kUnit); unit_word != nullptr) {
      if (unit_word->weak && tokens_.word(i).size() < 2) continue;
      found.unit = static_cast<Unit>(unit_word->value);
      found.unit_offset = shift_of(found.deixis);
      end = i + unit_word->length;
    } else if (const Meaning* holiday = is(i, Role::kHoliday); holiday != nullptr) {
      found.holiday = holiday->value;
      end = year(i + holiday->length, found);
    } else {
      end = season(i, found);
    }
    if (end > i) {
      out = found;
      return end;
    }
  }
  return at;
}

// Languages that point behind the noun: "la semana pasada", "lundi dernier".
ExprReader::Index ExprReader::deictic_after(Index at, Expr& out) const {
  if (lexicon_.english()) return at;
  Expr found = out;
  Index end = at;
  if (const Meaning* day = is(at, Role::kWeekday); day != nullptr && !day->weak) {
    found.weekday = day->value;
    end = at + day->length;
  } else if (const Meaning* unit_word = is(at, Role::kUnit);
             unit_word != nullptr && !unit_word->weak) {
    found.unit = static_cast<Unit>(unit_word->value);
    end = at + unit_word->length;
  } else if (const Meaning* month = is(at, Role::kMonth); month != nullptr && !month->weak) {
    found.month = month->value;
    end = at + month->length;
  } else {
    return at;
  }
  constexpr std::pair<Role, Deixis> kPointers[] = {
      {Role::kLast, Deixis::kLast}, {Role::kNext, Deixis::kNext}, {Role::kThis, Deixis::kThis}};
  for (auto [role, deixis] : kPointers) {
    if (const Meaning* word = is(end, role); word != nullptr) {
      found.deixis = deixis;
      found.unit_offset = shift_of(deixis);
      out = found;
      return end + word->length;
    }
  }
  return at;
}

// English phrases that count days from the time spoken of: "the day before", "the next day".
ExprReader::Index ExprReader::relative(Index at, Expr& out) const {
  if (!lexicon_.english() || tokens_.word(at) != "the") return at;
  const Meaning* part_word = is(at + 1, Role::kPart);
  const Meaning* unit_word = is(at + 1, Role::kUnit);
  Index end = at + 2;
  // "the weekend"; "for part of the week."
  if (unit_word != nullptr && unit_word->length == 1 && !unit_word->weak) {
    auto named = static_cast<Unit>(unit_word->value);
    std::string_view lead = at > 0 ? tokens_.word(at - 1) : std::string_view();
    bool closed = end >= tokens_.size() || tokens_[end].kind == TokenKind::kPunct;
    bool span = named == Unit::kWeek || named == Unit::kMonth || named == Unit::kYear;
    bool whole = span && closed && one_of(lead, {"of", "over", "during", "for", "in", "this"});
    // "to end the day lower", "for the day": of trading, of talks.
    bool day = named == Unit::kDay && !tokens_.word(at + 1).ends_with("s") &&
               (alone_ || one_of(lead, {"end", "ended", "ending", "finish", "finished", "close",
                                        "closed", "for"}));
    bool plural = tokens_.word(at + 1).ends_with("s");
    whole = (whole || day || (tokens_.size() == 2 && span)) && !plural;
    if ((named == Unit::kWeekend && !tokens_.word(at + 1).ends_with("s")) || whole) {
      out.unit = named;
      if (!one_of(tokens_.word(end), {"before", "after", "of"})) return end;
    }
  }
  bool before = one_of(tokens_.word(end), {"before", "earlier"});
  bool after = one_of(tokens_.word(end), {"after", "later"}) || (tokens_.word(end) == "following");
  if (part_word != nullptr && part_word->length == 1 && (before || after)) {
    out.part = static_cast<Part>(part_word->value);
    out.unit = Unit::kDay;
    out.deixis = before ? Deixis::kPrevious : Deixis::kFollowing;
    out.unit_offset = before ? -1 : 1;
    return end + 1;
  }
  if (unit_word != nullptr && unit_word->length == 1 && !unit_word->weak && (before || after)) {
    std::string_view next = tokens_.word(end + 1);
    bool clause =
        end + 1 < tokens_.size() && tokens_[end + 1].kind == TokenKind::kWord &&
        one_of(next, {"the", "a", "an", "his", "her", "its", "their", "yesterday", "tomorrow"});
    if (clause) return at;
    out.unit = static_cast<Unit>(unit_word->value);
    out.deixis = before ? Deixis::kPrevious : Deixis::kFollowing;
    out.unit_offset = before ? -1 : 1;
    return end + 1;
  }
  // "the night to Saturday": the night that ends on that day.
  if (part_word != nullptr && static_cast<Part>(part_word->value) == Part::kNight &&
      tokens_.word(end) == "to") {
    if (const Meaning* day = is(end + 1, Role::kWeekday); day != nullptr) {
      out.part = Part::kNight;
      out.weekday = day->value;
      out.unit_offset = -1;
      return end + 1 + day->length;
    }
  }
  return at;
}

// A part of a day that stands alone: "overnight", "tonight", "at dawn", "the small hours".
ExprReader::Index ExprReader::part(Index at, Expr& out) const {
  if (const Meaning* both = is(at, Role::kDayPart); both != nullptr) {
    out.part = static_cast<Part>(both->value);
    out.day_offset = both->offset;
    return at + both->length;
  }
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
    for (auto form : {&ExprReader::calendar, &ExprReader::deictic}) {
      Expr dated = out;
      Index behind = (this->*form)(dated_at, dated);
      if (behind == dated_at || !dated.has_day() || dated.part != Part::kNone) continue;
      dated.part = static_cast<Part>(word->value);
      out = dated;
      return behind;
    }
  }
  std::string_view said = tokens_.word(i);
  std::string_view before = i > 0 ? tokens_.word(i - 1) : std::string_view();
  if (one_of(before, {"good", "bonne", "guten", "gute", "buenas", "boa", "buona", "goede"})) {
    return at;  // a greeting
  }
  // "the dawn of a new age", "Operation Dawn"
  bool figure = lexicon_.english() && (tokens_.word(end) == "of" || (tokens_[i].capital && i > 0));
  if (figure && one_of(said, {"dawn", "sunset", "dusk"})) return at;
  bool stands = alone_;
  if (lexicon_.english()) {
    stands = stands ||
             one_of(said, {"overnight", "dawn", "daybreak", "nightfall", "small", "wee"}) ||
             (one_of(before, {"by", "at", "until", "before", "since", "after"}) &&
              !one_of(said, {"mornings", "evenings", "nights", "afternoons"})) ||
             (article && word->length > 1);
  }
  stands = stands || lexicon_.language() == "zh";
  if (!stands) return at;
  out.part = static_cast<Part>(word->value);
  return end;
}

// A part of the day behind a date: "Monday evening", "lunes por la tarde", "jeudi matin".
ExprReader::Index ExprReader::with_part(Index at, Expr& out) const {
  if (!out.has_day() || out.part != Part::kNone || out.has_clock()) return at;
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
  Index end = deictic(at + 1, which);
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
    if (lexicon_.english() && one_of(tokens_.word(i), {"on", "in", "of"})) ++i;
    if (lexicon_.english() && tokens_.word(i) == "the") {
      if (is(i + 1, Role::kUnit) == nullptr && is(i, Role::kLast) == nullptr) ++i;
    }
  }
  Expr found = out;
  Index best = i;
  for (const auto& form :
       {Form{&ExprReader::relative, "date/relative"}, Form{&ExprReader::deictic, "date/deictic"},
        Form{&ExprReader::deictic_after, "date/deictic_after"},
        Form{&ExprReader::calendar, "date/calendar"}, Form{&ExprReader::part, "date/part"}}) {
    Expr candidate = out;
    Index end = (this->*form.read)(i, candidate);
    if (end > best) {
      best = end;
      found = candidate;
      if (form.name != "date/calendar") found.rule = form.name;
    }
  }
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
