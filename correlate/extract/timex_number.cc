#include "correlate/extract/timex_expr.h"
#include "correlate/extract/word_tests.h"

// Numbers, units and amounts: "9.5", "twenty-one", "5 1/2 hours", "9 hours and 31 minutes".

namespace correlate::extraction {
// "9", "9.5", "1,000", "5 1/2", "9½".
ExprReader::Index ExprReader::digits(Index at, double& value) const {
  if (tokens_.raw(at) == "½") {
    value = 0.5;
    return at + 1;
  }
  if (tokens_[at].kind != TokenKind::kNumber || tokens_[at].number < 0) return at;
  value = static_cast<double>(tokens_[at].number);
  Index end = at + 1;
  Unit ignored = Unit::kHour;
  bool part = number_at(at, 1, 9) && tokens_.word(end) == "/" && joined(end) &&
              number_at(end + 1, 2, 9) && joined(end + 1) && unit(end + 2, true, ignored) > end + 2;
  if (part) {  // "1/2h"
    value /= static_cast<double>(tokens_[end + 1].number);
    return end + 2;
  }
  bool mark = one_of(tokens_.word(end), ".", ",", "٫") && joined(end) && joined(end + 1) &&
              number_at(end + 1, 0, 999999);
  if (mark) {
    std::size_t width = tokens_[end + 1].last - tokens_[end + 1].first;
    bool thousands = width == 3 && tokens_.word(end) == (lexicon_.english() ? "," : ".");
    double fraction = static_cast<double>(tokens_[end + 1].number);
    for (std::size_t i = 0; !thousands && i < width; ++i) fraction /= 10;
    value = thousands ? value * 1000 + fraction : value + fraction;
    return end + 2;
  }
  bool over = number_at(end, 1, 9) && tokens_.word(end + 1) == "/" && number_at(end + 2, 2, 9);
  if (over) {
    value +=
        static_cast<double>(tokens_[end].number) / static_cast<double>(tokens_[end + 2].number);
    return end + 3;
  }
  bool half = tokens_.raw(end) == "½" || tokens_.raw(end) == "¼" || tokens_.raw(end) == "¾";
  if (half) {
    value += tokens_.raw(end) == "½" ? 0.5 : tokens_.raw(end) == "¼" ? 0.25 : 0.75;
    return end + 1;
  }
  return end;
}

ExprReader::Index ExprReader::number(Index at, double& value, bool& vague) const {
  if (at >= tokens_.size()) return at;
  vague = false;
  if (Index end = digits(at, value); end > at) return end;
  if (const Meaning* some = is(at, Role::kVague); some != nullptr) {
    vague = true;
    return at + some->length;
  }
  const Meaning* word = is(at, Role::kNumber);
  if (word == nullptr) return at;
  // Korean: "인터넷이 일요일": a particle, not two days. Such a number is written to its unit.
  bool glyph = word->length == 1 && tokens_[at].kind == TokenKind::kGlyph && word->amount < 10;
  bool ending = glyph && lexicon_.language() == "ko" && joined(at) && at > 0 &&
                tokens_[at - 1].kind == TokenKind::kGlyph && !joined(at + 1);
  if (ending) return at;
  value = word->amount;
  Index end = at + word->length;
  bool tens = value >= 20 && value < 100 && static_cast<int>(value) % 10 == 0;
  Index next = is_dash(tokens_.word(end)) ? end + 1 : end;
  const Meaning* ones = tens ? is(next, Role::kNumber) : nullptr;
  if (ones != nullptr && ones->amount >= 1 && ones->amount < 10 && tokens_.word(next) != "a") {
    value += ones->amount;
    end = next + ones->length;
  }
  if (lexicon_.english() && one_of(tokens_.word(end), "dozen", "hundred", "thousand")) {
    value *= tokens_.word(end) == "dozen" ? 12 : tokens_.word(end) == "hundred" ? 100 : 1000;
    ++end;
  }
  return end;
}

ExprReader::Index ExprReader::unit(Index at, bool after_digits, Unit& out) const {
  const Meaning* word = is(at, Role::kUnit);
  if (word == nullptr) return at;
  bool single = word->length == 1 && tokens_.word(at).size() == 1;
  if (single && tokens_.raw(at).size() != 1) return at;  // "1ª"
  bool letter = single && lexicon_.english() && tokens_.size() > kWhole;
  if (word->weak && !after_digits) return at;
  // "9 h 31 min": a letter that stands alone is a unit where a number of minutes follows it.
  const Meaning* next = is(at + 2, Role::kUnit);
  bool goes_on = tokens_.word(at) == "h" && next != nullptr &&
                 static_cast<Unit>(next->value) == Unit::kMinute &&
                 tokens_[at + 1].kind == TokenKind::kNumber;
  if (letter && goes_on) letter = false;
  // "3D" is no length.
  if (letter && (!joined(at) || (tokens_[at].capital && tokens_.word(at) == "d"))) return at;
  out = static_cast<Unit>(word->value);
  return at + word->length;
}

// A number and its unit.
ExprReader::Index ExprReader::amount(Index at, Amount& out) const {
  if (at >= tokens_.size()) return at;
  if (const Meaning* both = is(at, Role::kCounted); both != nullptr) {
    out = {both->amount, static_cast<Unit>(both->value), both->amount == 0};
    return at + both->length;
  }
  Index end = number(at, out.count, out.vague);
  if (end == at) return at;
  bool by_digits = tokens_[at].kind == TokenKind::kNumber;
  if (const Meaning* both = is(end, Role::kCounted);
      both != nullptr && !by_digits && out.count == 1) {
    out = {both->amount, static_cast<Unit>(both->value), false};
    return end + both->length;
  }
  if (const Meaning* plus = is(end, Role::kPlusHalf); plus != nullptr && !out.vague) {
    out.count += plus->amount;
    end += plus->length;
  }
  if (is_dash(tokens_.word(end))) ++end;
  if (!lexicon_.english()) {
    if (const Meaning* filler = is(end, Role::kOf);
        filler != nullptr && is(end, Role::kUnit) == nullptr) {
      end += filler->length;  // "cerca de 20 de horas", "două de ore"
    }
  } else if (one_of(tokens_.word(end), "more", "additional", "straight", "full", "consecutive",
                    "trading", "whole", "solid", "long", "calendar", "extra", "working", "business",
                    "further", "other", "successive")) {
    ++end;
  }
  Index behind = unit(end, by_digits || alone_, out.unit);
  // 1" and 15' where the text is little else
  bool mark = alone_ && by_digits && joined(end) && end + 1 == tokens_.size();
  if (behind == end && mark && one_of(tokens_.word(end), "'", "\"")) {
    out.unit = tokens_.word(end) == "'" ? Unit::kMinute : Unit::kSecond;
    behind = end + 1;
  }
  if (behind == end) return at;
  // "the 1988 quarter": the quarter of a year.
  bool of_year = number_at(at, 1900, 2100, 4) && out.unit >= Unit::kQuarter;
  if (of_year && (lexicon_.english() || year_word(end) > end)) return at;
  // "a second outage", "the one second that …": an ordinal, not a length.
  if (lexicon_.english() && out.count == 1 && !by_digits && tokens_.word(end) == "second")
    return at;
  return behind;
}

// Amounts of falling units: "9 hours and 31 minutes", "5h06m", "a day and a half".
ExprReader::Index ExprReader::amounts(Index at, Amounts& out) const {
  Amount first;
  Index end = amount(at, first);
  if (end == at) return at;
  if (const Meaning* plus = is(end, Role::kPlusHalf); plus != nullptr && !first.vague) {
    // 反: "3시간 반", "a day and a half", "five hours and a half".
    first.count += plus->amount;
    end += plus->length;
  }
  out.push_back(first);
  for (int more = 0; more < 3 && !first.vague; ++more) {
    Index i = end;
    if (tokens_.word(i) == ",") ++i;
    if (one_of(tokens_.word(i), "and", "und", "et", "y", "e", "en", "och", "og", "и", "і", "i",
               "ja", "ve", "و", "と", "și")) {
      ++i;
    }
    Amount next;
    Index behind = i < tokens_.size() ? amount(i, next) : i;
    bool article = i < tokens_.size() && one_of(tokens_.word(i), "a", "an", "another");
    if (behind == i || next.vague || next.unit >= out.back().unit || article) break;
    out.push_back(next);
    end = behind;
  }
  return end;
}

ExprReader::Index ExprReader::mod_before(Index at, Mod& mod) const {
  const Meaning* word = is(at, Role::kModBefore);
  if (word == nullptr) return at;
  mod = static_cast<Mod>(word->value);
  return at + word->length;
}

ExprReader::Index ExprReader::mod_after(Index at, Mod& mod) const {
  const Meaning* word = is(at, Role::kModAfter);
  if (word == nullptr) return at;
  if (word->value != 0) mod = static_cast<Mod>(word->value);
  return at + word->length;
}

}  // namespace correlate::extraction
