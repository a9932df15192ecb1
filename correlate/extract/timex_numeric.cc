#include <algorithm>

#include "correlate/extract/timex_expr.h"
#include "correlate/extract/word_tests.h"

// Dates written in digits: "2014-12-22", "22/12/2014", "22.12.", "2014年12月22日".

namespace correlate::extraction {
// "2014-12-22", "2014-12-22T16:15Z" (the clock is read by the caller).
ExprReader::Index ExprReader::iso_date(Index at, Expr& out) const {
  if (!number_at(at, 1000, 2200, 4)) return at;
  std::string_view mark = tokens_.word(at + 1);
  bool dash = is_dash(mark) || mark == "/" || mark == ".";
  bool named = mark == "/" && joined(at + 1) && number_at(at + 2, 1, 31) &&
               tokens_.word(at + 3) == "/" && joined(at + 3) && joined(at + 4);
  if (const Meaning* name = named ? is(at + 4, Role::kMonth) : nullptr; name != nullptr) {
    out.year = static_cast<int>(tokens_[at].number);  // "2020/23/Sep"
    out.month = name->value;
    out.day = static_cast<int>(tokens_[at + 2].number);
    return at + 4 + name->length;
  }
  if (!dash || !joined(at + 1) || !joined(at + 2) || !number_at(at + 2, 1, 12)) return at;
  bool second = tokens_.word(at + 3) == mark && joined(at + 3) && joined(at + 4);
  if (!second || !number_at(at + 4, 1, 31)) return at;
  out.year = static_cast<int>(tokens_[at].number);
  out.month = static_cast<int>(tokens_[at + 2].number);
  out.day = static_cast<int>(tokens_[at + 4].number);
  return at + 5;
}

// "22/12/2014", "12/22/2014", "22.12.2014", "22.12.".
ExprReader::Index ExprReader::slashed(Index at, Expr& out) const {
  bool whole = tokens_.size() <= kWhole;  // "2 / 15" and nothing else
  if (!number_at(at, 1, 31) || (!whole && (!joined(at + 1) || !joined(at + 2)))) return at;
  std::string_view mark = tokens_.word(at + 1);
  if ((mark != "/" && mark != "." && !is_dash(mark)) || !number_at(at + 2, 1, 31)) return at;
  int one = static_cast<int>(tokens_[at].number);
  int two = static_cast<int>(tokens_[at + 2].number);
  bool day_leads = one > 12 || (two <= 12 && (lexicon_.day_first() || mark == "."));
  int day = day_leads ? one : two;
  int month = day_leads ? two : one;
  if (month > 12) return at;
  Index end = at + 3;
  bool third = tokens_.word(end) == mark && joined(end) && joined(end + 1) &&
               end + 1 < tokens_.size() && tokens_[end + 1].kind == TokenKind::kNumber;
  if (third) {
    std::int64_t year = tokens_[end + 1].number;
    std::size_t width = tokens_[end + 1].last - tokens_[end + 1].first;
    if ((width != 4 && width != 2) || year < 0) return at;
    bool full = width == 4;
    if (full && (year < 1000 || year > 2200)) return at;
    out.year = static_cast<int>(full ? year : year < 50 ? 2000 + year : 1900 + year);
    end += 2;
  } else if (mark == "." || is_dash(mark)) {
    // "9.5", "10-12": numbers, unless a full stop makes it a date ("am 22.12.").
    bool stop = mark == "." && tokens_.word(end) == "." && joined(end) && !lexicon_.english();
    bool on = at > 0 && one_of(tokens_.word(at - 1), {"am", "op", "el", "on", "den"});
    bool pair = whole || (alone_ && on);
    if (!stop && !pair) return at;
    end += stop ? 1 : 0;
  } else {
    bool longer = one_of(tokens_.word(end), {"/", ".", ","}) && joined(end) && joined(end + 1) &&
                  number_at(end + 1, 0, 1 << 30);
    bool on = at > 0 && tokens_.word(at - 1) == "on";
    bool plain = lexicon_.english() && !alone_ && !led(at) && !on;
    // "24/7", "1/2", "30/4.85", a path
    if (longer || plain || tokens_.word(end) == "/") return at;
  }
  out.day = day;
  out.month = month;
  return end;
}

// "09/2012", "10.2014"; "2014-10" where a word leads to it.
ExprReader::Index ExprReader::month_and_year(Index at, Expr& out) const {
  std::string_view mark = tokens_.word(at + 1);
  bool slash = mark == "/" || (mark == "." && !lexicon_.english()) || (alone_ && is_dash(mark));
  bool dash = is_dash(mark) && (alone_ || led(at) || (at > 0 && tokens_.word(at - 1) == "in"));
  if (!(slash || dash) || !joined(at + 1) || !joined(at + 2)) return at;
  bool more = joined(at + 3) && at + 3 < tokens_.size() &&
              (tokens_[at + 3].kind == TokenKind::kWord ||
               (one_of(tokens_.word(at + 3), {"/", ".", "-"}) && number_at(at + 4, 0, 1 << 30) &&
                joined(at + 4)));
  if (more) return at;
  if (slash && number_at(at, 1, 12) && number_at(at + 2, 1900, 2100, 4)) {
    out.month = static_cast<int>(tokens_[at].number);
    out.year = static_cast<int>(tokens_[at + 2].number);
    return at + 3;
  }
  if (dash && number_at(at, 1900, 2100, 4) && number_at(at + 2, 1, 12, 2)) {
    out.year = static_cast<int>(tokens_[at].number);
    out.month = static_cast<int>(tokens_[at + 2].number);
    return at + 3;
  }
  return at;
}

// "20141222".
ExprReader::Index ExprReader::compact(Index at, Expr& out) const {
  if (!number_at(at, 19000101, 20991231, 8)) return at;
  auto value = static_cast<int>(tokens_[at].number);
  Expr found = out;
  found.year = value / 10000;
  found.month = value / 100 % 100;
  found.day = value % 100;
  if (found.month < 1 || found.month > 12 || found.day < 1 || !exists(found)) return at;
  out = found;
  return at + 1;
}

// A number of low … high in digits or in Chinese numerals up to 99: "12", "十二", "二十三", "廿三".
ExprReader::Index ExprReader::glyph_number(Index at, int low, int high, int& value) const {
  if (number_at(at, low, high)) {
    value = static_cast<int>(tokens_[at].number);
    return at + 1;
  }
  constexpr std::string_view kDigits[] = {"〇", "一", "二", "三", "四",
                                          "五", "六", "七", "八", "九"};
  auto digit = [&](Index i) {
    for (int d = 0; d < 10; ++d) {
      if (tokens_.raw(i) == kDigits[d]) return d;
    }
    return tokens_.raw(i) == "两" || tokens_.raw(i) == "兩" ? 2 : -1;
  };
  Index i = at;
  int tens = digit(i);
  int sum = 0;
  if (tokens_.raw(i) == "十") {
    sum = 10;
    ++i;
  } else if (tens > 0 && tokens_.raw(i + 1) == "十") {
    sum = tens * 10;
    i += 2;
  } else if (tokens_.raw(i) == "廿") {
    sum = 20;
    ++i;
  }
  if (int ones = digit(i); ones >= 0) {
    sum += ones;
    ++i;
  }
  if (i == at || sum < low || sum > high) return at;
  value = sum;
  return i;
}

// "2014年12月22日", "12월 22일", "23日", "十二月二十二日".
ExprReader::Index ExprReader::glyph_date(Index at, Expr& out) const {
  auto reads = [&](Index i, std::initializer_list<std::string_view> marks) {
    return one_of(tokens_.word(i), marks);
  };
  Index i = at;
  struct Era {
    std::string_view first;
    std::string_view second;
    int before;  // the year before its first
  };
  constexpr Era kEras[] = {
      {"令", "和", 2018}, {"平", "成", 1988}, {"昭", "和", 1925}, {"大", "正", 1911}};
  for (const auto& era : kEras) {
    if (tokens_.raw(i) != era.first || tokens_.raw(i + 1) != era.second) continue;
    int count = 0;
    Index end = reads(i + 2, {"元"}) ? i + 3 : glyph_number(i + 2, 1, 70, count);
    if (end == i + 2 || !reads(end, {"年"})) break;
    out.year = era.before + std::max(count, 1);
    i = end + 1;
  }
  if (out.year == 0 && number_at(i, 1000, 2200, 4) && reads(i + 1, {"年", "년"})) {
    out.year = static_cast<int>(tokens_[i].number);
    i += 2;
    if (reads(i, {"の"})) ++i;
  }
  int value = 0;
  bool month = false;
  if (Index end = glyph_number(i, 1, 12, value); end > i && reads(end, {"月", "월"})) {
    if (!reads(end + 1, {"間", "间", "間", "份"}) || reads(end + 1, {"份"})) {
      out.month = value;
      i = end + (reads(end + 1, {"份"}) ? 2 : 1);
      month = true;
    }
  }
  Index end = glyph_number(i, 1, 31, value);
  bool day = end > i && reads(end, {"日", "일", "号", "號"});
  // "3日間", "12일간": lengths; "第3日": an ordinal.
  bool length = reads(end + 1, {"間", "间", "간", "後", "前", "线", "線"});
  bool numeral = end > i && tokens_[i].kind == TokenKind::kGlyph;
  if (day && !length && (month || !numeral || reads(end, {"号", "號"}))) {
    out.day = value;
    i = end + 1;
  }
  if (i == at + 2 && reads(i, {"間", "间", "간"})) return at;
  return i;
}

}  // namespace correlate::extraction
