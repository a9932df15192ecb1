#include <algorithm>
#include <cmath>

#include "correlate/extract/timex_expr.h"
#include "correlate/extract/word_tests.h"

// Days by their number: "the 2nd", "el 17", "day four", "6-7 January", "May 4 and 5".

namespace correlate::extraction {
// 1 … 31, as digits with or without an ordinal ending, or as an ordinal word.
ExprReader::Index ExprReader::day_of_month(Index at, int& day) const {
  if (number_at(at, 1, 31)) {
    std::size_t width = tokens_[at].last - tokens_[at].first;
    if (width > 2) return at;
    day = static_cast<int>(tokens_[at].number);
    Index end = at + 1;
    if (joined(end) && one_of(tokens_.word(end), "st", "nd", "rd", "th", "er", "re", "º", "ª", "°",
                              "ro", "го", "e", "de", "o", "η", "ης")) {
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
        !one_of(tokens_.word(end), "of", "and", "at", "in", "to", "was", "it", "when", "after",
                "by", "that", "or")) {
      return at;
    }
    out.day = day;
    return end;
  }
  return led_day(at, out);
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
    if (vague || spelled < 1 || spelled > 31 || spelled != std::floor(spelled)) return at;
    day = static_cast<int>(spelled);
  }
  if (end == i) return at;
  bool marked = tokens_.word(end) == "तारीख";
  bool fraction = joined(end) && one_of(tokens_.word(end), ".", ",", ":", "/", "%", "-") &&
                  end + 1 < tokens_.size() && joined(end + 1);
  bool closed = end >= tokens_.size() || tokens_[end].kind == TokenKind::kPunct ||
                one_of(tokens_.word(end), "y", "a", "e", "et", "und", "al", "en", "cuando");
  const Meaning* of = is(end, Role::kOf);  // "el día 19 de marzo" is read from its number on
  bool dated = of != nullptr && is(end + of->length, Role::kMonth) != nullptr;
  if (fraction || dated || tokens_.word(end) == "%") return at;
  if (!named && !marked && !(article && closed)) return at;
  out.day = day;
  return marked ? end + 1 : end;
}

// "day four" of what is told: a day that only its beginning could date.
ExprReader::Index ExprReader::numbered_day(Index at, Expr& out) const {
  if (!lexicon_.english() || tokens_.word(at) != "day" || at + 1 >= tokens_.size()) return at;
  std::string_view before = at > 0 ? tokens_.word(at - 1) : std::string_view();
  bool told = at == 0 || one_of(before, "on", "for", "into", "in", "its", "by", "of", "until", "a",
                                "enters", "entered", "enter");
  double count = 0;
  bool vague = false;
  Index end = told ? number(at + 1, count, vague) : at + 1;
  bool fits = end > at + 1 && !vague && count >= 1 && count <= 999 && count == std::floor(count);
  if (!fits || tokens_[at + 1].paragraph || is(end, Role::kUnit) != nullptr) return at;
  if (one_of(tokens_.word(at + 1), "a", "an", "another", "one") && tokens_.word(end) != "of" &&
      tokens_.word(at + 1) != "one") {
    return at;
  }
  out.numbered_day = static_cast<int>(count);
  return end;
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
  bool joint = is_dash(tokens_.word(at - 1)) || one_of(tokens_.word(at - 1), "and", "to");
  const Meaning* month = is(at - 3, Role::kMonth);
  bool pair = joint && number_at(at - 2, 1, 31) && month != nullptr && month->length == 1 &&
              tokens_[at - 3].sentence == tokens_[at].sentence;
  int day = 0;
  Index end = pair ? day_of_month(at, day) : at;
  if (end == at || (!is_dash(tokens_.word(at - 1)) && tokens_[at - 2].number >= day)) return at;
  // "May 4 and 5 people": so many of something, unless the sentence goes on.
  bool goes_on = end >= tokens_.size() || tokens_[end].kind == TokenKind::kPunct ||
                 is_dash(tokens_.word(at - 1)) ||
                 one_of(tokens_.word(end), "were", "was", "in", "at", "the", "on", "by", "but",
                        "when", "as", "for", "after", "and", "to", "with");
  if (!goes_on) return at;
  out.month = month->value;
  out.day = day;
  return year(end, out);
}

}  // namespace correlate::extraction
