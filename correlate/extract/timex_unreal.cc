#include "correlate/extract/rules/families.h"
#include "correlate/extract/timex_expr.h"
#include "correlate/extract/word_tests.h"

// What looks like a date or clock time and is none: days that do not exist, parts of longer
// numbers, versions, fractions, telephone numbers, names of products and files.

namespace correlate::extraction {
namespace {

bool is_latin_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

// The longest that a month can be; 29 for February.
int longest_month(int month) {
  constexpr int kDays[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month >= 1 && month <= 12 ? kDays[month - 1] : 31;
}

// The number at `at` goes on something that stands before it without a blank: "A330", "F-105",
// "555-1212", "0.8/15", "$2000". The second half of a range ("9-10 May", "1861-63") does not.
bool ExprReader::tail_of_something(Index at) const {
  if (at == 0 || tokens_[at].kind != TokenKind::kNumber || tokens_[at].spaced) return false;
  const Token& before = tokens_[at - 1];
  if (before.kind == TokenKind::kWord) return is_latin_letter(tokens_.text()[before.end - 1]);
  if (before.kind != TokenKind::kPunct) return false;
  std::string_view mark = tokens_.word(at - 1);
  if (one_of(mark, "$", "€", "£", "¥", "#", "_", "=", "@", "&", "+", "%")) return true;
  bool glued = at >= 2 && !before.spaced;
  if (!glued) return false;
  const Token& first = tokens_[at - 2];
  if (one_of(mark, ".", ",", ":", "/", "’", "'")) return first.kind == TokenKind::kNumber;
  if (!is_dash(mark)) return false;
  if (first.kind == TokenKind::kWord) return first.upper || first.last - first.first == 1;
  if (first.kind != TokenKind::kNumber) return false;
  bool third = at >= 3 && !first.spaced && tokens_[at - 3].kind != TokenKind::kGlyph &&
               !one_of(tokens_.word(at - 3), "(", "[", "\"", "“");
  return third || first.number >= tokens_[at].number;
}

// A line ends before the token at `at`.
bool ExprReader::begins_line(Index at) const {
  if (at == 0 || at >= tokens_.size()) return at == 0;
  std::size_t from = tokens_[at - 1].end;
  std::string_view between = tokens_.text().substr(from, tokens_[at].begin - from);
  return between.find('\n') != std::string_view::npos;
}

// The expression [at, end) stops inside a run of letters and digits: "3am3io", "413d4".
bool ExprReader::stops_short(Index end) const {
  if (end == 0 || !joined(end)) return false;
  const Token& last = tokens_[end - 1];
  const Token& next = tokens_[end];
  bool before =
      last.kind == TokenKind::kNumber || (last.kind == TokenKind::kWord && last.end > last.begin &&
                                          is_latin_letter(tokens_.text()[last.end - 1]));
  bool behind = next.kind == TokenKind::kNumber ||
                (next.kind == TokenKind::kWord && is_latin_letter(tokens_.text()[next.begin]));
  // Other languages put endings right behind numbers.
  bool ending = !lexicon_.english() && next.kind == TokenKind::kWord && next.last - next.first <= 3;
  return before && behind && !ending;
}

// The end of a date or clock time at `at` that cannot be: "32 August 2014", "31/06/2022",
// "18/13/2022", "5時70分". `at` when there is none.
ExprReader::Index ExprReader::unreal(Index at) const {
  if (at >= tokens_.size()) return at;
  if (const Meaning* half = is(at, Role::kAm); half != nullptr && !lexicon_.english()) {
    Index i = at + half->length;  // "午後13時"
    bool glyphs = tokens_[at].kind == TokenKind::kGlyph;
    return glyphs && number_at(i, 13, 99) && is(i + 1, Role::kClock) != nullptr ? i + 2 : at;
  }
  if (const Meaning* month = is(at, Role::kMonth); month != nullptr && month->value <= 12) {
    Index one = at + month->length;  // "June 10 - 31"
    bool range = number_at(one, 1, 31) && is_dash(tokens_.word(one + 1)) &&
                 number_at(one + 2, longest_month(month->value) + 1, 31);
    Expr ignored;
    return range ? year(one + 3, ignored) : at;
  }
  if (tokens_[at].kind != TokenKind::kNumber) return at;
  const Meaning* clock = is(at + 1, Role::kClock);
  if (clock != nullptr && tokens_[at + 1].kind == TokenKind::kGlyph && number_at(at + 2, 60, 99)) {
    return at + 3;
  }
  bool day = number_at(at, 0, 0) || number_at(at, 32, 99);
  if (day) {
    const Meaning* filler = is(at + 1, Role::kOf);
    Index i = at + 1 + (filler != nullptr ? filler->length : 0);
    if (tokens_.word(i) == "." && joined(i)) ++i;
    if (begins_line(i)) return at;
    if (const Meaning* month = is(i, Role::kMonth); month != nullptr) {
      Expr ignored;
      return year(i + month->length, ignored);
    }
  }
  return unreal_slashed(at);
}

// Three numbers between like marks that make no date in any order.
ExprReader::Index ExprReader::unreal_slashed(Index at) const {
  std::string_view mark = tokens_.word(at + 1);
  bool marked = (mark == "/" || mark == "." || is_dash(mark)) && joined(at + 1) && joined(at + 2) &&
                tokens_.word(at + 3) == mark && joined(at + 3) && joined(at + 4);
  bool three =
      marked && number_at(at, 0, 9999) && number_at(at + 2, 0, 9999) && number_at(at + 4, 0, 9999);
  if (!three) return at;
  Expr date;
  bool read = match(rules::Family::kNumericDate, at, date) == at + 5;
  return read && exists(date) ? at : at + 5;
}

// A day that is on the calendar, in some year where none is said.
bool ExprReader::exists(const Expr& date) {
  if (date.month == 0 || date.day == 0) return true;
  if (date.day > longest_month(date.month)) return false;
  bool leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
  return date.month != 2 || date.day < 29 || date.year == 0 || leap;
}

}  // namespace correlate::extraction
