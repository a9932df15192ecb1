#include <algorithm>

#include "correlate/extract/timex_expr.h"
#include "correlate/extract/word_tests.h"

// Dates in glyphs: "2014年12月22日", "平成26年12月22日", "十二月二十二日".

namespace correlate::extraction {
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
  auto reads = [&](Index i, const auto&... marks) { return one_of(tokens_.word(i), marks...); };
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
    Index end = reads(i + 2, "元") ? i + 3 : glyph_number(i + 2, 1, 70, count);
    if (end == i + 2 || !reads(end, "年")) break;
    out.year = era.before + std::max(count, 1);
    i = end + 1;
  }
  if (out.year == 0 && number_at(i, 1000, 2200, 4) && reads(i + 1, "年", "년")) {
    out.year = static_cast<int>(tokens_[i].number);
    i += 2;
    if (reads(i, "の")) ++i;
  }
  int value = 0;
  bool month = false;
  if (Index end = glyph_number(i, 1, 12, value); end > i && reads(end, "月", "월")) {
    if (!reads(end + 1, "間", "间", "間", "份") || reads(end + 1, "份")) {
      out.month = value;
      i = end + (reads(end + 1, "份") ? 2 : 1);
      month = true;
    }
  }
  Index end = glyph_number(i, 1, 31, value);
  bool day = end > i && reads(end, "日", "일", "号", "號");
  // "3日間", "12일간": lengths; "第3日": an ordinal.
  bool length = reads(end + 1, "間", "间", "간", "後", "前", "线", "線");
  bool numeral = end > i && tokens_[i].kind == TokenKind::kGlyph;
  if (day && !length && (month || !numeral || reads(end, "号", "號"))) {
    out.day = value;
    i = end + 1;
  }
  if (i == at + 2 && reads(i, "間", "间", "간")) return at;
  return i;
}

}  // namespace correlate::extraction
