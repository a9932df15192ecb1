#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "correlate/extract/lexicon.h"
#include "correlate/extract/rules/automaton.h"

namespace correlate::extraction {

namespace rules {
enum class Family : std::uint8_t;  // made from the names in rules/*.rules
}

struct Amount {
  double count = 0;
  Unit unit = Unit::kHour;
  bool vague = false;  // "several hours"
};

// A few amounts, in place: expressions are copied often.
class Amounts {
 public:
  static constexpr std::size_t kMost = 4;

  void push_back(const Amount& amount) {
    if (size_ < kMost) items_[size_++] = amount;
  }
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  const Amount& operator[](std::size_t i) const { return items_[i]; }
  const Amount& back() const { return items_[size_ - 1]; }
  const Amount* begin() const { return items_.data(); }
  const Amount* end() const { return items_.data() + size_; }

 private:
  std::array<Amount, kMost> items_;
  std::size_t size_ = 0;
};

// Towards what a date is shifted, and from where.
enum class Deixis : std::uint8_t { kNone, kThis, kLast, kNext, kThat, kPrevious, kFollowing };

// A time expression as it is written, before it is placed on the calendar. Zero and -1: not said.
struct Expr {
  enum class Kind : std::uint8_t { kNone, kDate, kDuration, kSet, kRef };
  Kind kind = Kind::kNone;
  std::size_t first = 0;  // tokens
  std::size_t last = 0;
  Mod mod = Mod::kNone;
  std::string_view rule;  // that read it: "date/weekday"; of a date with a clock time, its date

  int year = 0;
  int month = 0;  // of other calendars than the Gregorian: see timex_calendar.h
  int day = 0;
  int weekday = 0;
  int numbered_day = 0;  // "day four" of what is told
  int quarter = 0;
  int decade = -1;   // 198: the 1980s
  int century = -1;  // 19: the years 1900 to 1999
  bool before_christ = false;
  bool iranian_year = false;  // and nothing but the year
  int holiday = 0;            // code of holiday_in() in timex_calendar.h
  Season season = Season::kNone;
  Part part = Part::kNone;
  Deixis deixis = Deixis::kNone;
  std::optional<int> day_offset;  // days from the anchor
  std::optional<Unit> unit;       // with deixis: "this week"
  int unit_offset = 0;
  std::optional<int> year_shift;  // "of next year": years from now, or from the year spoken of
  bool year_spoken_of = false;

  int hour = -1;
  int minute = -1;
  int second = -1;
  bool noon = false;      // said by name: "noon"
  bool midnight = false;  // … "midnight"
  bool before = false;    // "just before"
  bool after = false;     // "shortly after"
  std::string_view zone;  // of the text or the lexicon, which outlive it

  Amounts amounts;              // of durations, and of dates that count from somewhere
  int direction = 0;            // -1 "ago", +1 "from now"
  bool from_reference = false;  // counts from the time spoken of, not from the anchor
  Ref ref = Ref::kPresent;
  int read = 0;  // the number that a function read for a rule

  bool has_clock() const { return hour >= 0 || noon || midnight; }
  bool has_day() const { return day > 0 || weekday > 0 || day_offset || holiday != 0; }
  bool found() const { return kind != Kind::kNone; }
};

// Days of the month, 29 for February.
int longest_month(int month);

// Finds expressions in a text of one language. All look-ups are done once, at construction.
class ExprReader {
 public:
  ExprReader(const Tokens& tokens, const Lexicon& lexicon);

  // The longest expression that begins at token `at`; Kind::kNone when there is none.
  Expr read(std::size_t at) const;
  // Something at `at` can begin an expression.
  bool promising(std::size_t at) const;
  // The token at `at` belongs to a number, name or address that stands before it.
  bool tail_of_something(std::size_t at) const;
  // The end of a date or clock time at `at` that cannot be, such as 32 August; or `at`.
  std::size_t unreal(std::size_t at) const;
  // A line of the text begins with the token at `at`.
  bool begins_line(std::size_t at) const;
  // The day is on the calendar: of the year that is said, else of some year.
  static bool exists(const Expr& date);

 private:
  using Index = std::size_t;

  static constexpr std::uint64_t bit(Role role) { return 1ULL << static_cast<unsigned>(role); }
  const Meaning* is(Index at, Role role) const;
  bool is_core(Index at) const;
  bool led(Index at) const;         // "at", "um" … stands before
  bool firmly_led(Index at) const;  // by a word that only clock times follow
  Index skip_filler(Index at) const;
  // Thailand counts years from 543 before Christ.
  int latest_year() const { return lexicon_.language() == "th" ? 2700 : 2200; }
  bool joined(Index at) const;  // no blank before the token
  bool stops_short(Index end) const;
  bool year_in_number(Index at) const;
  bool year_introduced(Index at) const;
  Index year_word(Index at) const;
  Index unreal_slashed(Index at) const;
  bool number_at(Index at, int low, int high, std::size_t digits = 0) const;

  Index number(Index at, double& value, bool& vague) const;
  Index digits(Index at, double& value) const;
  Index amount(Index at, Amount& out) const;
  Index amounts(Index at, Amounts& out) const;
  Index unit(Index at, bool after_digits, Unit& out) const;
  Index mod_before(Index at, Mod& mod) const;
  Index mod_after(Index at, Mod& mod) const;

  Index clock(Index at, Expr& out) const;
  // rules/*.rules, in timex_rules.cc: the longest that a family reads at a token.
  struct Step;
  struct Walk;
  static std::uint32_t language_bit(std::string_view language);
  Index match(rules::Family family, Index at, Expr& out) const;
  bool can_begin(std::uint64_t roles, bool digits, std::uint64_t words, Index at) const;
  bool may_read(const rules::Edge& edge, Index at) const;
  void step_on(Walk& walk, std::size_t node, Index at, const Expr& expr) const;
  bool take(const Walk& walk, const rules::Edge& edge, Step& step) const;
  bool complete(const Walk& walk, const rules::Leaf& leaf, Index end, Expr& out) const;
  static int value_of(const Step& step, const rules::Action& action);
  void act(const Walk& walk, const rules::Action& action, Expr& out) const;
  static void act_further(rules::Field field, int value, Expr& out);
  void order(const Step& first, Expr& out) const;
  bool holds(const Walk& walk, const rules::Condition& condition, Index end, const Expr& out) const;
  bool neighbour(rules::Guard guard, const Walk& walk, Index end) const;
  bool is_word(Index at, const rules::Words& words) const;
  // What rules ask of code: checks of an expression …
  bool check(std::size_t which, const Walk& walk, Index end, const Expr& out) const;
  bool rate_by_the_clock(const Walk& walk, Index end, const Expr& out) const;
  bool length_of_past(const Walk& walk, Index end, const Expr& out) const;
  bool weak_weekday(const Walk& walk, Index end, const Expr& out) const;
  bool month_stands(const Walk& walk, Index end, const Expr& out) const;
  bool month_exists(const Walk& walk, Index end, const Expr& out) const;
  bool season_stands(const Walk& walk, Index end, const Expr& out) const;
  bool quarter_stands(const Walk& walk, Index end, const Expr& out) const;
  bool on_the_calendar(const Walk& walk, Index end, const Expr& out) const;
  // … and functions that read a place of a pattern.
  Index run(std::size_t which, Index at, Expr& out) const;
  Index read_amounts(Index at, Expr& out) const;
  Index some_units(Index at, Expr& out) const;
  Index plural_unit(Index at, Expr& out) const;
  Index day_number(Index at, Expr& out) const;
  Index digit_day(Index at, Expr& out) const;
  Index dot(Index at, Expr& out) const;
  Index any_dot(Index at, Expr& out) const;
  Index hour_upto(Index at, int most, Expr& out) const;
  Index hour12(Index at, Expr& out) const { return hour_upto(at, 12, out); }
  Index hour24(Index at, Expr& out) const { return hour_upto(at, 24, out); }
  Index minutes_before(Index at, Expr& out) const;
  Index spelled_hour(Index at, Expr& out) const;

  Index clock_digits(Index at, Expr& out) const;
  Index clock_minutes(Index at, Expr& out) const;
  Index clock_words(Index at, Expr& out) const;
  Index clock_spelled(Index at, Expr& out) const;
  Index clock_led_words(Index at, Expr& out) const;
  Index clock_fraction(Index at, Expr& out) const;
  Index clock_glyphs(Index at, Expr& out) const;
  Index clock_range_start(Index at, Expr& out) const;
  static int on_half(int hour, int half);
  Index day_half(Index at, Expr& out) const;
  Index latin_half(Index at, Expr& out) const;
  Index zone(Index at, Expr& out) const;
  Index clock_mod(Index at, Expr& out) const;

  Index date(Index at, Expr& out) const;
  Index glyph_number(Index at, int low, int high, int& value) const;
  Index glyph_date(Index at, Expr& out) const;
  Index lone_day(Index at, Expr& out) const;
  Index led_day(Index at, Expr& out) const;
  Index numbered_day(Index at, Expr& out) const;
  Index day_before_range(Index at, Expr& out) const;
  Index day_behind_range(Index at, Expr& out) const;
  bool weak_weekday_stands(Index at, const Meaning& name) const;
  Index year(Index at, Expr& out) const;
  Index lone_year(Index at, Expr& out) const;
  Index era(Index at, Expr& out) const;
  Index part(Index at, Expr& out) const;
  Index of_year(Index at, Expr& out) const;
  Index with_part(Index at, Expr& out) const;
  Index day_of_month(Index at, int& day) const;

  Expr duration(Index at) const;
  Index bare_unit(Index at, Expr& out) const;
  Index described_amount(Index at, Expr& out) const;
  Expr counted_from(Index at) const;
  Index counted_side(Index end, const Meaning* prefix, Expr& out) const;
  Expr weekdays_ago(Index at) const;
  Expr whole(rules::Family family, Index at) const;
  Expr set(Index at) const;
  Expr reference(Index at) const;
  Expr half_and_clock(Index at, Index end, const Expr& day) const;
  Expr moment(Index at) const;  // a date, a clock time or both

  static constexpr std::size_t kWhole = 3;  // tokens of a text that is one expression

  const Tokens& tokens_;
  const Lexicon& lexicon_;
  const rules::Automaton& rules_ = rules::automaton();
  bool alone_;              // the text is little more than one expression
  std::uint32_t language_;  // as a bit of the rules
  std::vector<Meaning> meanings_;
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint64_t> roles_;   // of a token, as bits
  std::vector<std::uint8_t> to_core_;  // tokens to the next one that an expression is made of
};

}  // namespace correlate::extraction
