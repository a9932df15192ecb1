#include <algorithm>

#include "correlate/extract/timex_expr.h"
#include "correlate/extract/word_tests.h"

// What the rules of lengths are made of, dates counted from somewhere, dates with their clock
// times.

namespace correlate::extraction {
ExprReader::Index ExprReader::read_amounts(Index at, Expr& out) const {
  return amounts(at, out.amounts);
}

// A unit without a number, in languages other than English: "horas después" are some; "час", "قبل
// أسبوع" are one.
ExprReader::Index ExprReader::bare_unit(Index at, Expr& out) const {
  const Meaning* word = is(at, Role::kUnit);
  if (word == nullptr || word->weak || tokens_[at].kind != TokenKind::kWord) return at;
  Index end = at + word->length;
  std::string_view code = lexicon_.language();
  bool whole = end >= tokens_.size() && at <= 1 && code != "fr";
  bool counted = is(end, Role::kLater) != nullptr || is(end, Role::kEarlier) != nullptr;
  if (whole || counted) {
    if (Index behind = plural_unit(at, out); behind > at) return behind;
  }
  bool bare = one_of(code, "ru", "uk", "ar", "fa", "hi", "tr", "bg", "pl");
  if (bare && whole && at == 0) {
    out.amounts.push_back({1, static_cast<Unit>(word->value), false});
    return end;
  }
  return at;
}

// "días": more than one of them.
ExprReader::Index ExprReader::plural_unit(Index at, Expr& out) const {
  const Meaning* word = is(at, Role::kUnit);
  if (word == nullptr || word->weak || tokens_[at].kind != TokenKind::kWord) return at;
  bool romance = one_of(lexicon_.language(), "es", "pt", "fr", "ca");
  if (!romance || word->length != 1 || !tokens_.word(at).ends_with("s")) return at;
  out.amounts.push_back({0, static_cast<Unit>(word->value), true});
  return at + 1;
}

// "two bloody weeks": one word between the number and units of which there are more than one.
ExprReader::Index ExprReader::described_amount(Index at, Expr& out) const {
  Amount said;
  Index i = number(at, said.count, said.vague);
  if (i == at || said.vague || said.count < 2 || said.count > 99) return at;
  bool word = i < tokens_.size() && tokens_[i].kind == TokenKind::kWord && !tokens_[i].capital &&
              tokens_[i].last - tokens_[i].first > 3 && starts_[i] == starts_[i + 1];
  Index end = word ? unit(i + 1, false, said.unit) : at;
  if (!word || end == i + 1 || !tokens_.word(end - 1).ends_with("s")) return at;
  out.amounts.push_back(said);
  return end;
}

// "hours", "days": more than one, nobody says how many.
ExprReader::Index ExprReader::some_units(Index at, Expr& out) const {
  const Meaning* word = is(at, Role::kUnit);
  std::string_view said = tokens_.word(at);
  bool plural =
      word != nullptr && !word->weak && word->length == 1 && said.size() > 3 && said.back() == 's';
  bool coming = at >= 2 && one_of(tokens_.word(at - 1), "coming", "these", "those", "recent");
  if (!plural || coming) return at;
  auto named = static_cast<Unit>(word->value);
  if (named == Unit::kWeekend || named == Unit::kQuarter) return at;
  out.amounts.push_back({0, named, true});
  return at + 1;
}

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

// On which side of the time of writing, or of the time spoken of, an amount is counted: by the word
// before it (`prefix`) or behind it. out.direction stays 0 where nothing says so.
ExprReader::Index ExprReader::counted_side(Index end, const Meaning* prefix, Expr& out) const {
  bool before = prefix != nullptr && !(lexicon_.english() && prefix->role == Role::kAgo);
  const Meaning* ago = is(end, Role::kAgo);
  const Meaning* hence = is(end, Role::kHence);
  if (ago != nullptr && ago->offset == 1) ago = nullptr;
  if (hence != nullptr && hence->offset == 1) hence = nullptr;
  if (before) {
    out.direction = prefix->role == Role::kAgo ? -1 : 1;
    return hence != nullptr ? end + hence->length : end;
  }
  if (ago != nullptr || hence != nullptr) {
    out.direction = ago != nullptr ? -1 : 1;
    return end + (ago != nullptr ? ago->length : hence->length);
  }
  const Meaning* later = is(end, Role::kLater);
  const Meaning* earlier = is(end, Role::kEarlier);
  if (later == nullptr && earlier == nullptr) return end;
  out.direction = later != nullptr ? 1 : -1;
  out.from_reference = true;
  return end + (later != nullptr ? later->length : earlier->length);
}

// "40 minutes ago", "vor zwei Stunden", "two days later", "in three weeks".
Expr ExprReader::counted_from(Index at) const {
  Expr out;
  Index i = at;
  const Meaning* ago = is(i, Role::kAgo);
  const Meaning* hence = is(i, Role::kHence);
  if (ago != nullptr && ago->offset == 2) ago = nullptr;
  if (hence != nullptr && hence->offset == 2) hence = nullptr;
  const Meaning* prefix = ago != nullptr ? ago : hence;
  if (prefix != nullptr) i += prefix->length;
  Mod mod = Mod::kNone;
  i = mod_before(i, mod);
  Index end = amounts(i, out.amounts);
  // "через час", "قبل أسبوع": one of them.
  bool one = end == i && prefix != nullptr && !lexicon_.english() && is(i, Role::kUnit) != nullptr;
  one = one && tokens_.word(at) != "خلال";  // "within days"
  if (one && one_of(lexicon_.language(), "ru", "uk", "ar", "bg") && !is(i, Role::kUnit)->weak) {
    out.amounts.push_back({1, static_cast<Unit>(is(i, Role::kUnit)->value), false});
    end = i + is(i, Role::kUnit)->length;
  }
  if (end == i && lexicon_.english()) return weekdays_ago(at);
  if (end == i) return {};
  // "след повече от девет часа": nobody looks ahead by more than so much; it is a length.
  bool bound = mod != Mod::kNone && mod != Mod::kApprox;
  if (prefix != nullptr && prefix == hence && bound && !alone_) return {};
  Index behind = counted_side(end, prefix, out);
  if (out.direction == 0) return {};
  end = behind;
  // "A year ago today"
  if (lexicon_.english() && tokens_.word(end) == "today" && out.direction < 0 &&
      !out.from_reference) {
    out.day_offset = 0;
    if (out.amounts[0].unit >= Unit::kWeek) ++end;
  }
  // In English prose "two hours later" and "in five hours of talks" are lengths.
  bool small = out.amounts.back().unit < Unit::kDay || out.amounts[0].vague;
  if (!alone_ && out.from_reference && small) return {};
  if (lexicon_.english() && prefix != nullptr && !alone_) return {};
  // "3小时后恢复", "छह घंटे बाद बहाल": after that long, in a report.
  bool postponed = prefix == nullptr && out.direction > 0 && !out.from_reference;
  if (postponed && !lexicon_.english() && !alone_) return {};
  out.kind = Expr::Kind::kDate;
  out.mod = mod;
  out.last = end;
  return out;
}

// "下午4点15分": the half of the day of a clock time, not a part that stands alone.
Expr ExprReader::half_and_clock(Index at, Index end, const Expr& day) const {
  bool half = end > at && day.part != Part::kNone && !day.has_day() && !day.unit;
  if (!half || lexicon_.english()) return {};
  Expr timed;
  Index behind = clock(at, timed);
  if (behind <= end) return {};
  timed.last = behind;
  return timed;
}

// A date, a clock time, or both where they stand together.
Expr ExprReader::moment(Index at) const {
  Expr day;
  Index end = date(at, day);
  Expr out;
  if (Expr timed = half_and_clock(at, end, day); timed.found()) return timed;
  if (end > at) {
    // "Tuesday around 11 p.m. ET", "Montag um 17.15 Uhr", "2014-12-22T16:15Z"
    Index i = end;
    if (tokens_.word(i) == "," && alone_) ++i;
    bool iso = tokens_.word(i) == "t" && joined(i);
    const Meaning* lead = is(i, Role::kAt);
    bool led_in = iso || lead != nullptr;
    // After a comma, or "from" and the like, a clock time is an expression of its own.
    bool apart = lexicon_.english() &&
                 one_of(tokens_.word(i), "from", "until", "by", "since", "before", "after");
    Expr both = day;
    Index clock_at = iso ? i + 1 : i;
    Index behind = clock(clock_at, both);
    if (behind == clock_at && led_in && !apart && !iso) {
      clock_at = i + lead->length;
      behind = clock(clock_at, both);
    }
    bool fits = behind > clock_at && !apart && day.has_day() && day.part == Part::kNone &&
                (i < tokens_.size() && !tokens_[i].paragraph);
    if (fits) {
      out = both;
      end = behind;
    } else {
      out = day;
      end = std::max(end, zone(end, out) > end && out.mod == Mod::kStart ? zone(end, out) : end);
    }
    out.kind = Expr::Kind::kDate;
    out.last = end;
    return out;
  }
  Index i = clock(at, out);
  if (i == at) return {};
  out.kind = Expr::Kind::kDate;
  out.last = i;
  if (!alone_ && lexicon_.english()) return out;
  // A day behind the clock time belongs to it where the text is nothing else.
  Index next = skip_filler(tokens_.word(i) == "," ? i + 1 : i);
  Expr both;
  Index behind = date(next, both);
  if (behind > next && both.has_day() && both.part == Part::kNone) {
    both.hour = out.hour;
    both.minute = out.minute;
    both.second = out.second;
    both.noon = out.noon;
    both.midnight = out.midnight;
    both.zone = out.zone;
    both.mod = out.mod;
    both.kind = Expr::Kind::kDate;
    both.last = behind;
    return both;
  }
  return out;
}

}  // namespace correlate::extraction
