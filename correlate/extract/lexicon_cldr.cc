#include <memory>

#include <unicode/dtfmtsym.h>
#include <unicode/measunit.h>
#include <unicode/numberformatter.h>
#include <unicode/rbnf.h>
#include <unicode/reldatefmt.h>

#include "correlate/extract/lexicon.h"
#include "store/model/text.h"

// Words of time as CLDR has them, read through ICU's formatters once for each language.

namespace correlate::extraction {
namespace {

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

Meaning of(Role role, int value, bool weak = false) {
  Meaning m;
  m.role = role;
  m.value = value;
  m.amount = value;
  m.weak = weak;
  return m;
}

void add_names(const icu::DateFormatSymbols& symbols, Lexicon& lexicon) {
  using Symbols = icu::DateFormatSymbols;
  for (auto context : {Symbols::FORMAT, Symbols::STANDALONE}) {
    for (auto width : {Symbols::WIDE, Symbols::ABBREVIATED}) {
      std::int32_t count = 0;
      const icu::UnicodeString* names = symbols.getMonths(count, context, width);
      for (std::int32_t i = 0; i < count && i < 12; ++i) {
        std::string name = utf8(names[i]);
        bool shortened = width == Symbols::ABBREVIATED && names[i].length() < 5;
        if (!name.empty() && name.back() == '.') name.pop_back();
        bool digits = !name.empty() && name[0] >= '0' && name[0] <= '9';
        if (!digits) lexicon.add(name, of(Role::kMonth, i + 1, shortened));
      }
      names = symbols.getWeekdays(count, context, width);
      for (std::int32_t i = 1; i < count && i < 8; ++i) {  // 1: Sunday
        std::string name = utf8(names[i]);
        if (!name.empty() && name.back() == '.') name.pop_back();
        int weekday = i == 1 ? 7 : i - 1;
        bool dotted = names[i].endsWith(u".");
        bool shortened = width == Symbols::ABBREVIATED && names[i].length() < (dotted ? 5 : 4);
        lexicon.add(name, of(Role::kWeekday, weekday, shortened));
      }
    }
  }
}

// What is left of a formatted amount when the digits are taken out: the words before and behind.
struct Around {
  bool digits = false;
  std::string before;
  std::string behind;
};

Around around_digits(const icu::UnicodeString& text) {
  icu::UnicodeString parts[2];
  Around out;
  std::int32_t last = -1;
  for (std::int32_t i = 0; i < text.length(); ++i) {
    if (u_charDigitValue(text.charAt(i)) >= 0) last = i;
  }
  std::int32_t first = 0;
  while (first < text.length() && u_charDigitValue(text.charAt(first)) < 0) ++first;
  out.digits = last >= 0;
  if (out.digits) {
    parts[0] = text.tempSubString(0, first);
    parts[1] = text.tempSubString(last + 1);
  } else {
    parts[1] = text;
  }
  out.before = model::squeeze(utf8(parts[0]));
  out.behind = model::squeeze(utf8(parts[1]));
  return out;
}

struct UnitName {
  Unit unit;
  const char* measure;
  URelativeDateTimeUnit relative;
};

constexpr UnitName kUnitNames[] = {{Unit::kSecond, "second", UDAT_REL_UNIT_SECOND},
                                   {Unit::kMinute, "minute", UDAT_REL_UNIT_MINUTE},
                                   {Unit::kHour, "hour", UDAT_REL_UNIT_HOUR},
                                   {Unit::kDay, "day", UDAT_REL_UNIT_DAY},
                                   {Unit::kWeek, "week", UDAT_REL_UNIT_WEEK},
                                   {Unit::kMonth, "month", UDAT_REL_UNIT_MONTH},
                                   {Unit::kYear, "year", UDAT_REL_UNIT_YEAR}};

// Numbers that between them take every plural form of every language.
constexpr double kSamples[] = {1, 2, 3, 5, 11, 21, 22, 100, 1.5, 0};

// One formatted amount: what is left without its digits names the unit, or the amount with it.
void add_unit(const Around& around, double sample, Meaning unit, Lexicon& lexicon) {
  std::string form = around.behind;
  if (around.digits && !form.empty() && form.back() == '.') form.pop_back();
  if (form.empty() || (!around.digits && sample > 2)) return;
  if (!around.digits && sample == 2) {
    unit.role = Role::kCounted;
    unit.amount = 2;
  }
  if (around.digits || sample == 1 || sample == 2) lexicon.add(form, unit);
}

void add_units(const icu::Locale& locale, Lexicon& lexicon) {
  for (const auto& name : kUnitNames) {
    UErrorCode failure = U_ZERO_ERROR;
    auto measure = icu::MeasureUnit::forIdentifier(name.measure, failure);
    for (auto width : {UNUM_UNIT_WIDTH_FULL_NAME, UNUM_UNIT_WIDTH_SHORT}) {
      auto formatter =
          icu::number::NumberFormatter::withLocale(locale).unit(measure).unitWidth(width);
      for (double sample : kSamples) {
        auto text = formatter.formatDouble(sample, failure).toString(failure);
        if (U_FAILURE(failure) != 0) return;
        bool narrow = width == UNUM_UNIT_WIDTH_SHORT && text.length() < 6;
        Meaning unit = of(Role::kUnit, static_cast<int>(name.unit), narrow);
        add_unit(around_digits(text), sample, unit, lexicon);
      }
    }
  }
}

// "vor {0} Stunden" → AGO "vor"; "{0} hours ago" → AGO "ago", and the unit's form beside them.
void add_marker(const Around& around, Role role, Unit unit, Lexicon& lexicon) {
  if (!around.digits) return;
  Meaning marker = of(role, 0);
  Meaning named = of(Role::kUnit, static_cast<int>(unit));
  marker.offset = 1;
  if (!around.before.empty()) lexicon.add(around.before, marker);
  marker.offset = 2;
  Tokens behind(around.behind);
  std::size_t used = 0;
  for (std::size_t i = 0; i < behind.size(); i = std::max(i + 1, used)) {
    std::vector<Meaning> meanings;
    lexicon.find(behind, i, meanings);
    bool is_unit = !meanings.empty() && meanings[0].role == Role::kUnit;
    if (is_unit && i == 0) used = meanings[0].length;
  }
  std::string_view text = behind.text();
  if (used == 0 && !behind.empty() && behind[0].kind == TokenKind::kWord) {
    lexicon.add(behind.raw(0), named);  // a case form that only stands beside the marker
    used = 1;
  }
  if (used > 0 && used < behind.size()) lexicon.add(text.substr(behind[used].begin), marker);
}

void add_relative(const icu::Locale& locale, Lexicon& lexicon) {
  UErrorCode failure = U_ZERO_ERROR;
  icu::RelativeDateTimeFormatter formatter(locale, failure);
  if (U_FAILURE(failure) != 0) return;
  auto word = [&](UDateDirection direction, UDateAbsoluteUnit unit) {
    icu::UnicodeString text;
    UErrorCode ignored = U_ZERO_ERROR;
    return utf8(formatter.format(direction, unit, text, ignored));
  };
  constexpr std::pair<UDateDirection, int> kDirections[] = {{UDAT_DIRECTION_LAST_2, -2},
                                                            {UDAT_DIRECTION_LAST, -1},
                                                            {UDAT_DIRECTION_THIS, 0},
                                                            {UDAT_DIRECTION_NEXT, 1},
                                                            {UDAT_DIRECTION_NEXT_2, 2}};
  constexpr std::pair<UDateAbsoluteUnit, Unit> kUnits[] = {{UDAT_ABSOLUTE_WEEK, Unit::kWeek},
                                                           {UDAT_ABSOLUTE_MONTH, Unit::kMonth},
                                                           {UDAT_ABSOLUTE_YEAR, Unit::kYear}};
  for (auto [direction, offset] : kDirections) {
    lexicon.add(word(direction, UDAT_ABSOLUTE_DAY), of(Role::kDay, offset));
    if (offset < -1 || offset > 1) continue;
    for (auto [absolute, unit] : kUnits) {
      Meaning m = of(Role::kRelative, static_cast<int>(unit));
      m.offset = offset;
      lexicon.add(word(direction, absolute), m);
    }
  }
  for (const auto& name : kUnitNames) {
    for (double sample : kSamples) {
      icu::UnicodeString text;
      formatter.formatNumeric(-sample, name.relative, text, failure);
      add_marker(around_digits(text), Role::kAgo, name.unit, lexicon);
      text.remove();
      formatter.formatNumeric(sample, name.relative, text, failure);
      add_marker(around_digits(text), Role::kHence, name.unit, lexicon);
    }
  }
}

void add_numbers(const icu::Locale& locale, Lexicon& lexicon) {
  UErrorCode failure = U_ZERO_ERROR;
  icu::RuleBasedNumberFormat formatter(icu::URBNF_SPELLOUT, locale, failure);
  if (U_FAILURE(failure) != 0) return;
  for (std::int32_t rule = 0; rule < formatter.getNumberOfRuleSetNames(); ++rule) {
    icu::UnicodeString name = formatter.getRuleSetName(rule);
    bool ordinal = name.indexOf("ordinal") >= 0;
    bool skipped =
        name.indexOf("year") >= 0 || name.indexOf("financial") >= 0 || name.indexOf("verbose") >= 0;
    if (skipped || (!ordinal && name.indexOf("cardinal") < 0 && name.indexOf("numbering") < 0)) {
      continue;
    }
    for (int number = 1; number <= 100; number += ordinal || number < 31 ? 1
                                                  : number < 32          ? 9
                                                                         : 5) {
      if (ordinal && number > 31) break;
      icu::UnicodeString text;
      icu::FieldPosition position;
      formatter.format(number, name, text, position, failure);
      if (U_FAILURE(failure) != 0) return;
      std::string form = utf8(text);
      Meaning m = of(ordinal ? Role::kOrdinal : Role::kNumber, number);
      if (form.empty() || (form[0] >= '0' && form[0] <= '9')) break;
      lexicon.add(form, m);
      std::string apart = form;
      for (char& c : apart) c = c == '-' ? ' ' : c;
      lexicon.add(apart, m);
    }
  }
}

}  // namespace

void add_cldr_words(const std::string& language, Lexicon& lexicon) {
  UErrorCode failure = U_ZERO_ERROR;
  icu::Locale locale(language.c_str());
  icu::DateFormatSymbols symbols(locale, failure);
  if (U_SUCCESS(failure) != 0) add_names(symbols, lexicon);
  add_units(locale, lexicon);
  add_relative(locale, lexicon);
  add_numbers(locale, lexicon);
}

}  // namespace correlate::extraction
