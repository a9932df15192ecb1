#include <algorithm>
#include <cmath>

#include "correlate/extract/rules/families.h"
#include "correlate/extract/timex_expr.h"
#include "correlate/extract/word_tests.h"

// Times of day in words: "half past five", "noon", "las doce y cuarto", "halb vier", "kwart over
// twee", "下午三点半".

namespace correlate::extraction {
ExprReader::Index ExprReader::clock_words(Index at, Expr& out) const {
  Expr found = out;
  Index end = match(rules::Family::kClockWords, at, found);
  if (end == at) return at;
  out = found;
  return out.noon || out.midnight ? end : day_half(end, out);
}

// A number of 1 … `most`, in digits or words.
ExprReader::Index ExprReader::hour_upto(Index at, int most, Expr& out) const {
  double hour = 0;
  bool vague = false;
  Index end = number(at, hour, vague);
  bool fits = end > at && !vague && hour >= 1 && hour <= most && hour == std::floor(hour);
  if (!fits) return at;
  out.hour = static_cast<int>(hour);
  return end;
}

// "ten" of "ten past half four".
ExprReader::Index ExprReader::minutes_before(Index at, Expr& out) const {
  double count = 0;
  bool vague = false;
  Index end = number(at, count, vague);
  if (end == at || vague || count < 1 || count >= 30) return at;
  out.read = static_cast<int>(count);
  return end;
}

// "nine" of "nine o'clock".
ExprReader::Index ExprReader::spelled_hour(Index at, Expr& out) const {
  bool word =
      tokens_[at].kind == TokenKind::kWord && !one_of(tokens_.word(at), "a", "an", "another");
  return word ? hour12(at, out) : at;
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
  if (end == at || vague || first < 1 || first >= 60 || first != std::floor(first)) return at;
  bool spelled = tokens_[at].kind == TokenKind::kWord && !one_of(tokens_.word(at), "a", "an");
  if (one_of(tokens_.word(end), "minutes", "minute")) ++end;
  bool past = one_of(tokens_.word(end), "past");
  bool to = one_of(tokens_.word(end), "to", "till");
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
  bool zero = one_of(tokens_.word(end), "oh", "o");
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

// The hour in words behind what leads to a clock time: "a las doce y cuarto", "às três e meia",
// "الساعة السابعة والنصف". A number alone needs something that is no noun behind it.
ExprReader::Index ExprReader::clock_led_words(Index at, Expr& out) const {
  if (at >= tokens_.size() || tokens_[at].kind == TokenKind::kGlyph) return at;
  double hour = 0;
  bool vague = false;
  bool half_past = tokens_.word(at) == "साढ़े" || tokens_.word(at) == "साढे";
  Index first = half_past ? at + 1 : at;
  Index end = first < tokens_.size() ? number(first, hour, vague) : first;
  bool fits = end > first && !vague && hour >= 1 && hour <= 24 && hour == std::floor(hour);
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
  bool joint = one_of(tokens_.word(at), "y", "e", "et", "und", "و", "cero", "zero", "con");
  bool minus = one_of(tokens_.word(at), "menos", "meno", "moins");
  if ((!joint && !minus) || at + 1 >= tokens_.size()) return at;
  if (const Meaning* plus = is(at + 1, Role::kPlusHalf); plus != nullptr) return at;
  Index end = number(at + 1, minutes, vague);
  if (minus && one_of(tokens_.word(at + 1), "cuarto", "quarto")) {
    minutes = 15;
    end = at + 2;
  }
  // "cuarenta y cinco"
  double ones = 0;
  bool tens = end > at + 1 && minutes >= 20 && std::fmod(minutes, 10) == 0 &&
              one_of(tokens_.word(end), "y", "e") && end + 1 < tokens_.size();
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
  bool point = one_of(tokens_.word(end), "点", "點");
  bool said = probe.minute >= 0 || alone_ || (at > 0 && is(at - 1, Role::kAm) != nullptr) ||
              (at > 1 && is(at - 2, Role::kAm) != nullptr);
  bool once = hour == 1 && tokens_.word(end) == "時";  // "一時": for a time
  if ((point || once) && !said) return at;
  out = probe;
  return behind;
}

}  // namespace correlate::extraction
