#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/extract/phrase_index.h"
#include "correlate/extract/tokens.h"

namespace correlate::extraction {

// What a word or phrase can be inside a time expression.
enum class Role : std::uint8_t {
  kMonth,        // value: 1 … 12
  kWeekday,      // 1 Monday … 7 Sunday
  kUnit,         // value: Unit
  kCounted,      // amount and unit in one word: "half-hour", Arabic duals; value: Unit
  kDay,          // value: days from the anchor: -1 "yesterday"
  kRelative,     // value: Unit, offset: -1 "last week"
  kPart,         // value: Part
  kWeekdayPart,  // value: weekday, offset: Part: "Sonntagabend"
  kDayPart,      // offset: days from the anchor, value: Part: "tonight"
  kThis,         // before or after a unit, weekday, month …
  kLast,
  kNext,
  kThat,
  kAgo,      // beside an amount: that long before the anchor. offset: 1 only before the amount,
             // 2 only behind it, 0 either
  kHence,    // beside an amount: that long after the anchor
  kLater,    // after an amount: that long after the time spoken of
  kEarlier,  // … before it
  kNumber,   // amount
  kOrdinal,  // value
  kVague,    // "several"
  kHalf,
  kPlusHalf,     // amount: what it adds to the number before: 0.5, 0.25, 0.75
  kModBefore,    // value: Mod; stands before the value
  kModAfter,     // … or behind it
  kAm,           // value 0: before noon, 12: after noon
  kClock,        // "o'clock", "Uhr", "時"
  kAt,           // "at", "um", "à": leads to a clock time
  kOf,           // filler inside of dates: "of", "de", "the"
  kTo,           // between the ends of a range
  kStart,        // value: Mod of a date: early, mid, late
  kSeason,       // value: Season
  kEvery,        // makes a set
  kSet,          // a set in one word: "daily"; value: Unit
  kRef,          // value: Ref: "now", "recently"
  kHoliday,      // value: month * 100 + day
  kZone,         // text: the zone
  kNoon,         // value: 12 or 0
  kQuarterYear,  // value: 1 … 4, of "Q3"
};

enum class Unit : std::uint8_t {
  kSecond,
  kMinute,
  kHour,
  kDay,
  kWeekend,
  kWeek,
  kMonth,
  kQuarter,
  kYear,
  kDecade,
  kCentury,
  kFortnight,
};
enum class Part : std::uint8_t { kNone, kMorning, kMidday, kAfternoon, kEvening, kNight, kDaytime };
enum class Season : std::uint8_t { kNone, kSpring, kSummer, kAutumn, kWinter };
enum class Mod : std::uint8_t {
  kNone,
  kMoreThan,
  kLessThan,
  kEqualOrMore,
  kEqualOrLess,
  kApprox,
  kStart,
  kMid,
  kEnd,
};
enum class Ref : std::uint8_t { kPresent, kPast, kFuture };

std::string_view timex_name(Mod mod);    // "MORE_THAN"
std::string_view timex_name(Part part);  // "EV"

struct Meaning {
  Role role = Role::kOf;
  bool weak = false;        // an abbreviation, or a word with other meanings: never stands alone
  std::uint8_t length = 1;  // tokens
  std::int32_t value = 0;
  std::int32_t offset = 0;
  double amount = 0;
  std::string_view text;
};

// The words of time of one language: from CLDR by way of ICU (months, weekdays, units in all their
// plural forms, relative days, spelled-out numbers) and from our own table (lexicon_words.cc).
class Lexicon {
 public:
  explicit Lexicon(const std::string& language);

  // Made once for each language; "en" for one that ICU does not know.
  static const Lexicon& of(std::string_view language);

  // Everything that the tokens at `at` can mean, longest first. Appends to `out`.
  void find(const Tokens& tokens, std::size_t at, std::vector<Meaning>& out) const;

  const std::string& language() const { return language_; }
  // 11/12 is the eleventh of December.
  bool day_first() const { return day_first_; }
  bool english() const { return language_ == "en"; }

  // 1 Monday … 7 Sunday; 0 when the word names none.
  int weekday_named(std::string_view word) const;

  // Used while it is made. A form that ends in "*" matches every word that begins with it.
  void add(std::string_view form, Meaning meaning);

 private:
  void add_table(std::string_view table);
  void join_weekdays();

  static constexpr std::size_t kMost = 9;  // tokens of a phrase

  std::string language_;
  bool day_first_ = true;
  PhraseIndex phrases_;
  StemIndex stems_;
  FirstWords firsts_;
  std::vector<std::vector<Meaning>> of_phrases_;
  std::vector<std::vector<Meaning>> of_stems_;
};

// What CLDR knows, added to `lexicon`.
void add_cldr_words(const std::string& language, Lexicon& lexicon);
// Our own table: lines "LANGUAGE ROLE VALUE: form | form".
std::string_view lexicon_table();

}  // namespace correlate::extraction
