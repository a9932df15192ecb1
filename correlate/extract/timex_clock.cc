#include <algorithm>
#include <array>

#include "correlate/extract/timex_expr.h"
#include "correlate/extract/word_tests.h"
#include "store/model/instant.h"

// Times of day: "16:15 UTC", "around 11 a.m. ET", "17.15 Uhr", "6h27", "오전 8시", "noon".

namespace correlate::extraction {
// "just after", "shortly before", "a little after": how a clock time is approached.
ExprReader::Index ExprReader::clock_mod(Index at, Expr& out) const {
  if (!lexicon_.english()) return at;
  Index i = at;
  if (tokens_.word(i) == "a" && one_of(tokens_.word(i + 1), "little", "bit", "few")) ++i;
  if (!one_of(tokens_.word(i), "just", "shortly", "soon", "little", "bit", "minutes", "right",
              "moments", "sometime", "slightly")) {
    return at;
  }
  ++i;
  bool after = one_of(tokens_.word(i), "after", "past");
  if (!after && !one_of(tokens_.word(i), "before", "ahead")) return at;
  out.after = after;
  out.before = !after;
  return i + 1;
}

// "pm" in any language, "5:16p": Latin letters right behind the digits.
ExprReader::Index ExprReader::latin_half(Index at, Expr& out) const {
  if (out.hour < 0 || out.hour > 12 || at >= tokens_.size()) return at;
  std::string_view word = tokens_.word(at);
  bool apart = tokens_[at].spaced && tokens_[at].upper && out.minute >= 0;  // "8:10 PM"
  if (!apart && !joined(at)) return at;
  bool letter = (word == "a" || word == "p") && !apart && (out.minute >= 0 || lexicon_.english()) &&
                !stops_short(at + 1);
  if (word != "am" && word != "pm" && !letter) return at;
  if (word[0] == 'p' && out.hour < 12) out.hour += 12;
  if (word[0] == 'a' && out.hour == 12) out.hour = 0;
  return at + 1;
}

// An hour of the half of the day that a word says: 0 before noon, 12 after it, 18 at night, which
// has both: "रात 10 बजे", "रात 2 बजे".
int ExprReader::on_half(int hour, int half) {
  constexpr int kNight = 18;
  constexpr int kEarly = 6;  // before which an hour of the night is one of the morning
  if (half == 0) return hour == 12 ? 0 : hour;
  if (half == kNight && hour < kEarly) return hour;
  if (half == kNight && hour == 12) return 0;
  return hour < 12 ? hour + 12 : hour;
}

ExprReader::Index ExprReader::day_half(Index at, Expr& out) const {
  const Meaning* half = is(at, Role::kAm);
  if (half == nullptr) return latin_half(at, out);
  if (out.hour < 0) return at;
  out.hour = on_half(out.hour, half->value);
  Index end = at + half->length;
  // The full stop of "a.m." that the tokens split off.
  bool dotted = tokens_.word(end) == "." && !tokens_[end].spaced && half->length >= 3 &&
                tokens_.word(end - 2) == ".";
  return dotted ? end + 1 : end;
}

ExprReader::Index ExprReader::zone(Index at, Expr& out) const {
  Index i = at;
  bool bracket = tokens_.word(i) == "(";
  if (bracket) ++i;
  if (i >= tokens_.size() || tokens_[i].kind == TokenKind::kNumber) return at;
  const Meaning* known = is(i, Role::kZone);
  std::string_view raw = tokens_.raw(i);
  bool code = raw.size() > 1 ? tokens_[i].upper : tokens_[i].capital && joined(i);
  bool named = known != nullptr && (known->length > 1 || raw.size() > 4 || code ||
                                    tokens_[i].kind == TokenKind::kGlyph);
  if (named && known->length == 1 && known->text != "local" &&
      tokens_[i].kind == TokenKind::kWord && !tokens_[i].capital && raw.size() < 12) {
    named = false;  // "pacific", lower case
  }
  Index end = at;
  if (named) {
    out.zone = known->text;
    end = i + known->length;
  } else if (code && raw.size() > 2 && raw.size() < 6 && model::is_zone(raw)) {
    out.zone = raw;
    end = i + 1;
  } else if (tokens_[i].capital && tokens_.word(i + 1) == "time") {
    out.zone = tokens_.text().substr(tokens_[i].begin, tokens_[i + 1].end - tokens_[i].begin);
    end = i + 2;
  }
  if (end == at) return at;
  if (bracket && tokens_.word(end) == ")") ++end;
  return end;
}

// Minutes after the hour: ":15", ".15 Uhr", "h27", " Uhr 30", "時30分", "時半".
ExprReader::Index ExprReader::clock_minutes(Index at, Expr& out) const {
  std::string_view mark = tokens_.word(at);
  bool colon = mark == ":" || mark == "：";
  bool dot = mark == "." && lexicon_.language() != "en";
  if (colon || mark == ".") {
    bool pair = joined(at) && joined(at + 1) && number_at(at + 1, 0, 59, 2);
    if (!pair) return at;
    out.minute = static_cast<int>(tokens_[at + 1].number);
    Index end = at + 2;
    bool seconds = colon && joined(end) && tokens_.word(end) == ":" && number_at(end + 1, 0, 60, 2);
    if (seconds) {
      out.second = static_cast<int>(tokens_[end + 1].number);
      end += 2;
      if (tokens_.word(end) == "." && joined(end) && joined(end + 1) &&
          number_at(end + 1, 0, 999999)) {
        end += 2;
      }
    }
    Expr probe = out;
    bool marked = is(end, Role::kAm) != nullptr || is(end, Role::kClock) != nullptr ||
                  latin_half(end, probe) > end;
    bool said = tokens_.word(at - 2) == "at" && lexicon_.english();  // "at 6.45"
    bool pairs = tokens_[at - 1].last - tokens_[at - 1].first == 2;  // "rond 13.00"
    said = said || (dot && pairs && (tokens_.size() <= kWhole || led(at - 1)));
    if (colon || marked || said || (dot && firmly_led(at - 1)) || zone(end, probe) > end) {
      return end;
    }
    out.minute = -1;
    return at;
  }
  const Meaning* hour = is(at, Role::kClock);
  if (hour == nullptr) return at;
  Index end = at + hour->length;
  if (number_at(end, 0, 59) && (tokens_[end].kind == TokenKind::kNumber)) {
    const Meaning* minutes = is(end + 1, Role::kUnit);
    bool minute = minutes != nullptr && static_cast<Unit>(minutes->value) == Unit::kMinute &&
                  !lexicon_.english();
    bool pair = tokens_[end].last - tokens_[end].first == 2 && minutes == nullptr;
    if (minute || pair) {
      out.minute = static_cast<int>(tokens_[end].number);
      return minute ? end + 1 + minutes->length : end + 1;
    }
  }
  if (const Meaning* half = is(end, Role::kPlusHalf); half != nullptr) {
    out.minute = static_cast<int>(half->amount * 60);
    return end + half->length;
  }
  return at;
}

ExprReader::Index ExprReader::clock_digits(Index at, Expr& out) const {
  if (at >= tokens_.size() || tokens_[at].kind != TokenKind::kNumber) return at;
  std::size_t width = tokens_[at].last - tokens_[at].first;
  std::int64_t value = tokens_[at].number;
  if (width == 4 && value % 100 < 60 && value < 2400) {  // "1615 UTC"
    Expr probe;
    Index end = zone(at + 1, probe);
    bool hours = tokens_.word(at + 1) == "hours" && tokens_.raw(at)[0] == '0';
    if ((end > at + 1 && probe.zone != "local") || hours) {
      out.hour = static_cast<int>(value / 100);
      out.minute = static_cast<int>(value % 100);
      return hours ? at + 2 : at + 1;
    }
    return at;
  }
  if (width > 2 || value > 24 || value < 0) return at;
  out.hour = static_cast<int>(value);
  Index end = clock_minutes(at + 1, out);
  bool minutes = end > at + 1;
  if (minutes) {
    if (const Meaning* clock = is(end, Role::kClock); clock != nullptr) end += clock->length;
    Index half = day_half(end, out);
    // "5:30 in the morning", "5.30 uur 's middags"
    return half;
  }
  if (const Meaning* clock = is(end, Role::kClock); clock != nullptr) {
    const Meaning* span = is(end, Role::kUnit);
    bool also_unit = span != nullptr;
    Index behind = end + clock->length;
    Index half = day_half(behind, out);
    if (!also_unit || led(at) || half > behind) return half;
    out.hour = -1;
    return at;
  }
  Index half = day_half(end, out);
  if (half > end && (value > 0 || width == 2)) return half;
  Expr probe;
  // Only a bare hour before a zone that cannot be a word.
  if (lexicon_.english() && led(at) && zone(end, probe) > end && width <= 2) return end;
  bool fraction = tokens_.word(end) == "." || tokens_.word(end) == "," || tokens_.word(end) == "/";
  bool counted = is(end, Role::kUnit) != nullptr || is(end, Role::kMonth) != nullptr ||
                 tokens_.word(end) == "%" || (fraction && number_at(end + 1, 0, 1 << 30));
  bool last = alone_ && led(at) && end == tokens_.size() && !lexicon_.english();  // "в 3"
  if ((firmly_led(at) || last) && !counted) return end;
  out.hour = -1;
  return at;
}

// A time of day with all that belongs to it; `at` when there is none.
ExprReader::Index ExprReader::clock(Index at, Expr& out) const {
  if (const Meaning* named = is(at, Role::kZone); named != nullptr && !lexicon_.english()) {
    // "北京时间16时15分", "за київським часом о 16:15"
    Index i = at + named->length;
    if (const Meaning* lead = is(i, Role::kAt); lead != nullptr) i += lead->length;
    Expr timed = out;
    Index end = i < tokens_.size() && is(i, Role::kZone) == nullptr ? clock(i, timed) : i;
    if (end == i) return at;
    if (timed.zone.empty()) timed.zone = named->text;
    out = timed;
    return end;
  }
  Expr found = out;
  Index begin = clock_mod(at, found);
  Mod mod = Mod::kNone;
  if (begin == at) begin = mod_before(at, mod);
  if (mod == Mod::kApprox) found.mod = mod;
  if (mod != Mod::kNone && mod != Mod::kApprox) begin = at;
  if (begin > at && tokens_.word(begin) == "the") ++begin;
  // "hacia las 22:30", "sekitar pukul 22.30"
  const Meaning* lead = begin > at && !lexicon_.english() ? is(begin, Role::kAt) : nullptr;
  if (lead != nullptr) begin += lead->length;
  Index i = begin;
  const Meaning* prefix = is(i, Role::kAm);
  bool leading = prefix != nullptr && !lexicon_.english();
  if (leading) i += prefix->length;
  Index end = std::max(clock_digits(i, found), clock_glyphs(i, found));
  if (end == i && i == at) end = clock_range_start(i, found);
  if (end > i && leading) {
    found.hour = on_half(found.hour, prefix->value);
  }
  if (end == i) {
    i = begin;
    end = clock_words(i, found);
  }
  if (end == i || found.hour > 24) return at;
  if ((found.noon || found.midnight) && (found.before || found.after)) {
    found.hour = found.noon ? 12 : found.before ? 24 : 0;
  }
  if (found.mod == Mod::kNone && (found.before || found.after) && !found.noon && !found.midnight) {
    found.mod = Mod::kApprox;
  }
  end = zone(end, found);
  Mod after = Mod::kNone;
  Index behind = mod_after(end, after);
  if (after == Mod::kApprox) {
    found.mod = after;
    end = behind;
  }
  found.kind = Expr::Kind::kDate;
  if (found.rule.empty()) found.rule = found.noon || found.midnight ? "clock/noon" : "clock";
  out = found;
  return end;
}

}  // namespace correlate::extraction
