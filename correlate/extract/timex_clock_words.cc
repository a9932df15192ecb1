#include <algorithm>

#include "correlate/extract/timex_expr.h"
#include "correlate/extract/word_tests.h"

// Times of day in words: "half past five", "noon", "las doce y cuarto", "halb vier", "kwart over
// twee", "下午三点半".

namespace correlate::extraction {
// "half past five", "quarter to nine", "midday", "noon".
ExprReader::Index ExprReader::clock_words(Index at, Expr& out) const {
  if (const Meaning* noon = is(at, Role::kNoon); noon != nullptr) {
    (noon->value == 12 ? out.noon : out.midnight) = true;
    return at + noon->length;
  }
  if (lexicon_.language() == "de" || lexicon_.language() == "nl") {
    if (Index end = clock_germanic(at, out); end > at) return end;
  }
  if (!lexicon_.english()) return clock_led_words(at, out);
  std::string_view word = tokens_.word(at);
  Index i = word == "a" ? at + 1 : at;
  int minutes = tokens_.word(i) == "half" ? 30 : tokens_.word(i) == "quarter" ? 15 : 0;
  bool past = one_of(tokens_.word(i + 1), {"past", "after"});
  bool to = one_of(tokens_.word(i + 1), {"to", "before", "till"});
  double hour = 0;
  bool vague = false;
  Index three = at + 1 < tokens_.size() ? number(at + 1, hour, vague) : at;
  if (word == "half" && three == tokens_.size() && alone_ && at == 0 && hour <= 12) {
    out.hour = static_cast<int>(hour);  // "half three"
    out.minute = 30;
    return three;
  }
  if (minutes > 0 && (past || (to && minutes == 15))) {
    Index end = number(i + 2, hour, vague);
    if (end == i + 2 || hour < 1 || hour > 12 || vague) return at;
    out.hour = static_cast<int>(hour) - (to ? 1 : 0);
    out.minute = to ? 60 - minutes : minutes;
    return day_half(end, out);
  }
  if (Index end = clock_spelled(at, out); end > at) return end;
  Index end = number(at, hour, vague);
  const Meaning* clock = end > at ? is(end, Role::kClock) : nullptr;
  const Meaning* half = end > at ? is(end, Role::kAm) : nullptr;
  bool spelled = end > at && tokens_[at].kind == TokenKind::kWord && hour >= 1 && hour <= 12 &&
                 hour == static_cast<int>(hour) && !one_of(word, {"a", "an", "another"});
  if (!spelled || (clock == nullptr && half == nullptr)) return at;
  out.hour = static_cast<int>(hour);
  return day_half(clock != nullptr ? end + clock->length : end, out);
}

// "ten past nine", "twenty to six p.m.", "seven thirty p.m.", "twelve oh three", "330 p.m.".
ExprReader::Index ExprReader::clock_spelled(Index at, Expr& out) const {
  double first = 0;
  double second = 0;
  bool vague = false;
  bool digits = number_at(at, 100, 1259) && tokens_[at].number % 100 < 60;
  if (digits) {  // "330 p.m."
    Expr probe = out;
    probe.hour = static_cast<int>(tokens_[at].number / 100);
    probe.minute = static_cast<int>(tokens_[at].number % 100);
    Index end = is(at + 1, Role::kAm) != nullptr ? day_half(at + 1, probe) : at;
    if (end > at) out = probe;
    return end;
  }
  Index end = number(at, first, vague);
  if (end == at || vague || first < 1 || first != static_cast<int>(first)) return at;
  bool spelled = tokens_[at].kind == TokenKind::kWord && !one_of(tokens_.word(at), {"a", "an"});
  if (one_of(tokens_.word(end), {"minutes", "minute"})) ++end;
  bool past = one_of(tokens_.word(end), {"past"});
  bool to = one_of(tokens_.word(end), {"to", "till"});
  Index behind = past || to ? number(end + 1, second, vague) : end;
  if (behind > end + 1 && first < 60 && second >= 1 && second <= 12 && !vague) {
    Expr probe = out;
    probe.hour = static_cast<int>(second) - (to ? 1 : 0);
    probe.minute = static_cast<int>(to ? 60 - first : first);
    Index half = day_half(behind, probe);
    if (past || alone_ || half > behind) {
      out = probe;
      return half;
    }
  }
  if (!spelled || first > 12) return at;
  bool zero = one_of(tokens_.word(end), {"oh", "o"});
  Index minutes = end + (zero ? 1 : 0);
  behind = minutes < tokens_.size() ? number(minutes, second, vague) : minutes;
  if (behind == minutes || vague || second < 1 || second > 59 || (zero && second > 9)) return at;
  Expr probe = out;
  probe.hour = static_cast<int>(first);
  probe.minute = static_cast<int>(second);
  Index half = day_half(behind, probe);
  if (half == behind && !zero) return at;
  out = probe;
  return half;
}

// "halb 4", "viertel nach drei", "dreiviertel 8"; "kwart over 2", "10 voor half 4", "half acht".
ExprReader::Index ExprReader::clock_germanic(Index at, Expr& out) const {
  Index i = at;
  double count = 0;
  bool vague = false;
  int shift = 0;  // minutes from the hour or half hour named behind
  bool shifted = false;
  std::string_view word = tokens_.word(i);
  bool quarter = one_of(word, {"viertel", "kwart"});
  Index behind = quarter ? i + 1 : i < tokens_.size() ? number(i, count, vague) : i;
  if (one_of(tokens_.word(behind), {"minuten", "min"})) ++behind;
  bool after = one_of(tokens_.word(behind), {"nach", "over"});
  bool before = one_of(tokens_.word(behind), {"vor", "voor"});
  if (behind > i && (after || before) && (quarter || (count >= 1 && count < 30)) && !vague) {
    shift = (quarter ? 15 : static_cast<int>(count)) * (after ? 1 : -1);
    shifted = true;
    i = behind + 1;
  } else if (word == "dreiviertel") {
    shift = -15;
    shifted = true;
    ++i;
  }
  bool half = one_of(tokens_.word(i), {"halb", "half"});
  if (half) ++i;
  if (!shifted && !half) return at;
  double hour = 0;
  Index end = i < tokens_.size() ? number(i, hour, vague) : i;
  bool fits = end > i && !vague && hour >= 1 && hour <= 24 && hour == static_cast<int>(hour);
  // "vor zwei Stunden", "half 4 procent"
  if (!fits || is(end, Role::kUnit) != nullptr || tokens_.word(end) == "%") {
    if (!fits || is(end, Role::kClock) == nullptr) return at;
  }
  if (shifted && !half && !quarter && word != "dreiviertel" && !alone_) return at;
  int minutes = static_cast<int>(hour) * 60 - (half ? 30 : 0) + shift;
  out.hour = minutes / 60;
  out.minute = minutes % 60;
  if (const Meaning* clock = is(end, Role::kClock); clock != nullptr) end += clock->length;
  return day_half(end, out);
}

// The hour in words behind what leads to a clock time: "a las doce y cuarto", "às três e meia",
// "الساعة السابعة والنصف". A number alone needs something that is no noun behind it.
ExprReader::Index ExprReader::clock_led_words(Index at, Expr& out) const {
  if (at >= tokens_.size() || tokens_[at].kind == TokenKind::kGlyph) return at;
  double hour = 0;
  bool vague = false;
  bool half_past = tokens_.word(at) == "साढ़े" || tokens_.word(at) == "साढे";
  Index first = half_past ? at + 1 : at;
  Index end = first < tokens_.size() ? number(first, hour, vague) : first;
  bool fits = end > first && !vague && hour >= 1 && hour <= 24 && hour == static_cast<int>(hour);
  bool spelled = fits && (tokens_[first].kind == TokenKind::kWord || half_past);
  bool digits = fits && !spelled && (led(at) || alone_);
  if (!spelled && !digits) return at;
  Expr probe = out;
  probe.hour = static_cast<int>(hour);
  if (half_past) probe.minute = 30;
  Index behind = end;
  if (const Meaning* clock = is(end, Role::kClock); clock != nullptr) behind += clock->length;
  bool clocked = behind > end && is(end, Role::kUnit) == nullptr;
  Index timed = clock_fraction(behind, probe);
  Index half = day_half(timed, probe);
  bool word_next = half < tokens_.size() && tokens_[half].kind == TokenKind::kWord &&
                   is(half, Role::kAt) == nullptr && is(half, Role::kOf) == nullptr &&
                   is(half, Role::kPart) == nullptr && is(half, Role::kZone) == nullptr;
  bool certain = clocked || half > timed || (timed > behind && (led(at) || alone_));
  bool lead = firmly_led(at) && spelled && !word_next;
  if (!certain && !lead) return at;
  if (digits && timed == behind) return at;
  out = probe;
  return half;
}

// What is added to or taken from an hour in words: "y cuarto", "e meia", "y cuarenta y cinco",
// "menos cinco", "cero dos".
ExprReader::Index ExprReader::clock_fraction(Index at, Expr& out) const {
  if (const Meaning* plus = is(at, Role::kPlusHalf); plus != nullptr) {
    out.minute = static_cast<int>(plus->amount * 60);
    return at + plus->length;
  }
  double minutes = 0;
  bool vague = false;
  bool joint = one_of(tokens_.word(at), {"y", "e", "et", "und", "و", "cero", "zero", "con"});
  bool minus = one_of(tokens_.word(at), {"menos", "meno", "moins"});
  if ((!joint && !minus) || at + 1 >= tokens_.size()) return at;
  if (const Meaning* plus = is(at + 1, Role::kPlusHalf); plus != nullptr) return at;
  Index end = number(at + 1, minutes, vague);
  if (minus && one_of(tokens_.word(at + 1), {"cuarto", "quarto"})) {
    minutes = 15;
    end = at + 2;
  }
  // "cuarenta y cinco"
  double ones = 0;
  bool tens = end > at + 1 && minutes >= 20 && static_cast<int>(minutes) % 10 == 0 &&
              one_of(tokens_.word(end), {"y", "e"}) && end + 1 < tokens_.size();
  Index far = tens ? number(end + 1, ones, vague) : end;
  if (tens && far > end + 1 && ones < 10) {
    minutes += ones;
    end = far;
  }
  if (end == at + 1 || vague || minutes < 1 || minutes > 59) return at;
  out.minute = static_cast<int>(minutes);
  if (minus) {
    out.hour -= 1;
    out.minute = 60 - out.minute;
  }
  return end;
}

// The first hour of "from 10 to 12:30", "between 2 and 4 p.m.", "von 10 bis 12 Uhr": a bare number
// that only what stands behind it makes a clock time.
ExprReader::Index ExprReader::clock_range_start(Index at, Expr& out) const {
  if (at == 0 || !number_at(at, 0, 24) || tokens_[at].last - tokens_[at].first > 2) return at;
  static constexpr std::string_view kLeads[] = {"from", "between", "von",    "zwischen",
                                                "de",   "entre",   "dalle",  "tra",
                                                "las",  "van",     "tussen", "с"};
  std::string_view before = tokens_.word(at - 1);
  if (std::find(std::begin(kLeads), std::end(kLeads), before) == std::end(kLeads)) return at;
  Index next = at + 1;
  const Meaning* to = is(next, Role::kTo);
  if (to == nullptr) return at;
  next += to->length;
  if (!number_at(next, 0, 24)) return at;
  Expr end;
  if (clock_digits(next, end) == next || end.hour < 0) return at;
  int first = static_cast<int>(tokens_[at].number);
  // "2 and 4 p.m.": the half of the day is that of the second, unless the first were later then.
  bool half = end.hour >= 12 && number_at(next, 1, 12);
  out.hour = half && first < 12 && first + 12 <= end.hour ? first + 12 : first;
  return at + 1;
}

// "三点半", "八時": the hour in Chinese numerals.
ExprReader::Index ExprReader::clock_glyphs(Index at, Expr& out) const {
  if (at >= tokens_.size() || tokens_[at].kind != TokenKind::kGlyph) return at;
  int hour = 0;
  Index end = glyph_number(at, 0, 24, hour);
  const Meaning* clock = end > at ? is(end, Role::kClock) : nullptr;
  if (clock == nullptr || is(end, Role::kUnit) != nullptr) return at;
  Index behind = end + clock->length;
  Expr probe = out;
  probe.hour = hour;
  int minute = 0;
  Index minutes = glyph_number(behind, 0, 59, minute);
  if (minutes > behind && tokens_.word(minutes) == "分") {
    probe.minute = minute;
    behind = minutes + 1;
  } else if (tokens_.word(behind) == "半") {
    probe.minute = 30;
    ++behind;
  }
  if (tokens_.word(behind) == "整") ++behind;
  // "三点意见": three points.
  bool point = one_of(tokens_.word(end), {"点", "點"});
  bool said = probe.minute >= 0 || alone_ || (at > 0 && is(at - 1, Role::kAm) != nullptr) ||
              (at > 1 && is(at - 2, Role::kAm) != nullptr);
  bool once = hour == 1 && tokens_.word(end) == "時";  // "一時": for a time
  if ((point || once) && !said) return at;
  out = probe;
  return behind;
}

}  // namespace correlate::extraction
