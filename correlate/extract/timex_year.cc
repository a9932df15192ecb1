#include <algorithm>

#include "correlate/extract/timex_expr.h"
#include "correlate/extract/word_tests.h"

// Years, decades, centuries, seasons and quarters: "in 2014", "the 1980s", "1915-17", "BC 490".

namespace correlate::extraction {
// A year behind a month or day: four digits, "'14", or two digits where allowed.
ExprReader::Index ExprReader::year(Index at, Expr& out) const {
  Index i = at;
  if (tokens_.word(i) == "," &&
      (number_at(i + 1, 1000, latest_year()) || tokens_.word(i + 1) == "in"))
    ++i;
  const Meaning* filler = is(i, Role::kOf);
  if (filler != nullptr && number_at(i + filler->length, 1000, latest_year())) i += filler->length;
  if (lexicon_.english() && tokens_.word(i) == "in" && number_at(i + 1, 1000, latest_year())) ++i;
  if (number_at(i, 1000, latest_year(), 4)) {
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

// The four digits at `at` are part of a longer number, a rate, a price or a thing's name.
bool ExprReader::year_in_number(Index at) const {
  std::string_view next = tokens_.word(at + 1);
  auto a_year = [&](Index i) { return number_at(i, 1000, 2100, 4); };
  if (one_of(next, "%", "€", "$", "£")) return true;
  bool mark = joined(at + 1) && one_of(next, ".", ",", ":", "/", "%");
  if (mark && joined(at + 2) && number_at(at + 2, 0, 1 << 30)) return true;
  // Of a chain of numbers only the two ends of a range of years are years: 1861-1863, 1915-17.
  Index far = at + 2;
  bool dash = is_dash(next) && far < tokens_.size() && tokens_[far].kind == TokenKind::kNumber;
  if (dash) {
    bool glued = joined(at + 1) && joined(far);
    bool later = a_year(far) && tokens_[far].number > tokens_[at].number;
    bool two = glued && tokens_.size() > kWhole && number_at(far, 0, 99, 2) &&
               tokens_[far].number > tokens_[at].number % 100;
    bool third = glued && is_dash(tokens_.word(far + 1)) && joined(far + 1) && joined(far + 2) &&
                 number_at(far + 2, 0, 1 << 30);
    if (third || !(later || two)) return true;
  }
  bool behind = at >= 2 && is_dash(tokens_.word(at - 1)) &&
                tokens_[at - 2].kind == TokenKind::kNumber &&
                tokens_[at - 1].sentence == tokens_[at].sentence;
  return behind && !a_year(at - 2) && !(at >= 3 && is(at - 3, Role::kMonth) != nullptr);
}

// A year, decade or century that stands alone.
ExprReader::Index ExprReader::lone_year(Index at, Expr& out) const {
  Index i = at;
  if (tokens_.word(i) == "the" && lexicon_.english()) ++i;
  if (i >= tokens_.size()) return at;
  if (number_at(i, 1000, 2100, 4)) {
    bool decade = joined(i + 1) && tokens_.word(i + 1) == "s" && tokens_[i].number % 10 == 0;
    if (decade) {
      out.decade = static_cast<int>(tokens_[i].number / 10);
      return i + 2;
    }
    Index named = year_word(i + 1);
    if (named == i + 1 && (year_in_number(i) || !year_introduced(i))) return at;
    out.year = static_cast<int>(tokens_[i].number);
    out.iranian_year = lexicon_.language() == "fa" && out.year < 1500;
    return std::max(named, era(i + 1, out));
  }
  // "1915-17": the century of the first holds for the second.
  bool range = i >= 2 && tokens_.size() > kWhole && number_at(i, 0, 99, 2) &&
               number_at(i - 2, 1000, 2100, 4) && joined(i) && joined(i - 1) &&
               is_dash(tokens_.word(i - 1)) && tokens_[i].number > tokens_[i - 2].number % 100 &&
               !year_in_number(i - 2);
  if (range) {
    out.year = static_cast<int>(tokens_[i - 2].number / 100 * 100 + tokens_[i].number);
    return i + 1;
  }
  if (number_at(i, 1, 999)) {
    Index end = era(i + 1, out);
    if (end > i + 1 && (out.before_christ || alone_)) {
      out.year = static_cast<int>(tokens_[i].number);
      return end;
    }
    std::string_view lead = i > 0 ? tokens_.word(i - 1) : std::string_view();
    bool tens = tokens_[i].number % 10 == 0 && tokens_[i].number >= 20 && tokens_[i].number < 100;
    bool plain = tens && joined(i + 1) && tokens_.word(i + 1) == "s";
    bool said = i > at || one_of(lead, "'", "’", "and", "early", "late", "mid", "-");
    if (lexicon_.english() && plain && said) {
      out.decade = 190 + static_cast<int>(tokens_[i].number / 10);
      return i + 2;
    }
    bool two = lexicon_.english() && one_of(lead, "'", "’") && joined(i) &&
               number_at(i, 20, 99, 2) && (i < 2 || tokens_[i - 1].spaced);
    if (two && i + 1 < tokens_.size() && tokens_[i + 1].kind == TokenKind::kPunct) {
      out.year = 1900 + static_cast<int>(tokens_[i].number);
      return i + 1;
    }
  }
  int ordinal = 0;
  Index end = day_of_month(i, ordinal);
  if (lexicon_.english() && end > i) {
    if (is_dash(tokens_.word(end))) ++end;
    if (one_of(tokens_.word(end), "century", "centuries") &&
        tokens_[end - 1].kind != TokenKind::kNumber) {
      out.century = ordinal - 1;
      return std::max(end + 1, era(end + 1, out));
    }
  }
  return at;
}

// "2013 году", "2013 yılında": a word that names a year and never counts years.
ExprReader::Index ExprReader::year_word(Index at) const {
  static constexpr std::string_view kWords[] = {
      "год", "году",    "года", "годом",   "рік",      "року",      "році",  "roku",
      "rok", "yılında", "yılı", "yılının", "yılından", "senesinde", "година"};
  bool named =
      std::find(std::begin(kWords), std::end(kWords), tokens_.word(at)) != std::end(kWords);
  return named ? at + 1 : at;
}

// Four digits are a year where the words around them say so, or the text is little else.
bool ExprReader::year_introduced(Index at) const {
  bool english = lexicon_.english();
  std::string_view next = tokens_.word(at + 1);
  std::string_view previous = at > 0 ? tokens_.word(at - 1) : std::string_view();
  bool glued = at > 0 && joined(at) &&
               !one_of(previous, "(", "[", "\"", "-", "–", "'", "/", "“", "‘") &&
               tokens_[at - 1].kind != TokenKind::kGlyph;
  if (glued || (english && is(at + 1, Role::kUnit) != nullptr)) return false;
  // "سال ۲۰۱۳", "عام 2013", "2013 में"
  if (one_of(previous, "سال", "عام", "سنة", "año", "ano", "année", "anno", "jaar", "वर्ष", "साल") ||
      one_of(next, "में")) {
    return true;
  }
  bool word = at + 1 < tokens_.size() && tokens_[at + 1].kind == TokenKind::kWord &&
              !tokens_[at + 1].capital && tokens_[at + 1].sentence == tokens_[at].sentence;
  // "1000 people", "2000 pieces": so many of something.
  bool counted =
      word && english &&
      ((next.size() > 4 && next.ends_with("s")) ||
       one_of(next, "people", "men", "women", "children", "cars", "jobs", "feet", "tons", "miles"));
  std::int64_t value = tokens_[at].number;
  bool likely = value >= 1900 && value <= 2060;
  static constexpr std::string_view kFirm[] = {
      "in",    "of",  "since", "by",   "until",      "during", "before", "after", "early",
      "late",  "mid", "en",    "im",   "jahr",       "seit",   "depuis", "em",    "desde",
      "del",   "til", "anul",  "през", "throughout", "ב",      "nel",    "dal",   "sejak",
      "tahun", "в",   "у",     "з",    "от",         "от"};
  if (std::find(std::begin(kFirm), std::end(kFirm), previous) != std::end(kFirm)) {
    return !counted || (english && likely && previous != "of");
  }
  bool soft = at == 0 || led(at) ||
              one_of(previous, "from", "to", "and", "between", "through", "(", "for", "-", ",", "–",
                     "de", "von", "bis", "с", "до", "i", "fra", "the", "around", "about", "into",
                     "than", "and", "op", "do", "od", "a", "au");
  bool closed = at + 1 >= tokens_.size() || one_of(next, ",", ".", ")", ";", "-", "–", ":");
  if (tokens_.size() <= kWhole) return true;
  if (english) return !counted && (likely || (soft && closed));
  return (soft && (likely || closed)) || (closed && likely);
}

}  // namespace correlate::extraction
