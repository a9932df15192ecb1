#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// The rules of *.rules as compile.cc writes them out: for each family one trie whose edges are
// classes of words, with what is to be done at its leaves. README.md says how a rule is written.

namespace correlate::extraction::rules {

enum class Match : std::uint8_t {
  kRole,    // a word of that role
  kNumber,  // digits, a value of low … high
  kWords,   // one of these folded words or marks
  kDash,
  kSame,    // the same word as that of an earlier step
  kFamily,  // what another family reads
  kReader,  // what a function of ExprReader reads
};

// A word that a rule names itself, with its hash.
struct Word {
  std::uint64_t hash;
  std::string_view text;
};

struct Words {
  std::uint16_t first = 0;
  std::uint16_t count = 0;
  bool operator==(const Words&) const = default;
};

struct Edge {
  Match match = Match::kWords;
  bool joined = false;      // no blank stands before it
  bool strong = false;      // the word may stand alone (Meaning::weak)
  bool valued = false;      // of roles: the value is `low`
  std::uint8_t what = 0;    // role, step, family or reader
  std::uint8_t digits = 0;  // of a number; 0: any count
  std::int32_t low = 0;
  std::int32_t high = 0;
  Words words;
  std::uint16_t to = 0;         // node
  std::uint32_t languages = 0;  // that a rule below it is for
};

// What is said of the whole, or of its surroundings, where a rule holds.
enum class Guard : std::uint8_t {
  kAlone,         // the text is little more than one expression
  kWhole,         // the text is at most three tokens
  kAll,           // the text is nothing but this
  kLed,           // what leads to a clock time stands before it
  kClosed,        // nothing or a mark stands behind it
  kBefore,        // one of these words stands before it
  kBehind,        // one of these words stands behind it
  kFirst,         // its first word is one of these
  kGoesOn,        // one of these marks and a number go on behind it: "1.5.3"
  kAfterUnit,     // a unit stands before it
  kUnitBehind,    // a unit stands behind it
  kHalfBehind,    // "a.m." stands behind it
  kClockBehind,   // "a.m." or a colon stands behind a number
  kLengthBehind,  // a unit or "%" behind what ends without a word for clock times
  kNumberJoined,  // a number stands behind without a blank
  kWordJoined,    // a word stands behind without a blank
  kOneToken,      // the step is one token
  kLetter,        // the step is a single letter that is seldom a word of time
  kWeakGlyph,     // … a glyph of other meanings, with no blank before it
  kStrong,        // the step may stand alone
  kSaid,          // the last step is of this role
  kDaySaid,       // a day is read
  kCheck,         // what only code can say: one of kChecks
};

struct Condition {
  Guard guard = Guard::kAlone;
  bool wanted = true;
  std::uint8_t step = 0;  // or the role or check
  Words words;
};

enum class Field : std::uint8_t {
  kKind,
  kYear,
  kMonth,
  kDay,
  kOrdered,  // two numbers and a mark between them: day and month as the language writes them
  kCompact,  // 20141222
  kWeekday,
  kHoliday,
  kQuarter,
  kSeason,
  kPart,
  kDeixis,
  kDayOffset,
  kUnit,
  kUnitOffset,
  kShift,  // minutes to or from the hour
  kNoon,   // 12 noon, 0 midnight
  kMod,
  kRef,
  kEach,  // an amount of one such unit
  kNumberedDay,
};

enum class Source : std::uint8_t {
  kConstant,
  kValue,   // the value of the step
  kMinus,   // … less than nothing
  kTwo,     // a year of two digits: 1950 … 2049
  kOffset,  // the second value of the step
  kSign,    // its sign, as something that points
  kPoint,   // where the step points: this, last, next …
  kShift,   // the same as a step of one to or fro
};

struct Action {
  Field field = Field::kKind;
  Source source = Source::kConstant;
  std::uint8_t step = 0;
  std::int32_t constant = 0;
};

struct Leaf {
  std::uint16_t rule = 0;  // its place in the files: the earlier wins between two of a length
  std::uint32_t languages = 0;
  std::uint16_t first_condition = 0;
  std::uint16_t conditions = 0;
  std::uint16_t first_action = 0;
  std::uint16_t actions = 0;
};

struct Node {
  std::uint16_t first_edge = 0;
  std::uint16_t edges = 0;
  std::uint16_t first_leaf = 0;
  std::uint16_t leaves = 0;
};

struct Root {
  std::uint16_t node = 0;
  std::uint64_t roles = 0;  // that it can begin with
  bool digits = false;      // it can begin with a number or a glyph
  // … with words of its own: bit h of the hash modulo 64 of each, so that most others are seen off.
  std::uint64_t words = 0;
};

constexpr std::size_t kMostSteps = 10;

struct Automaton {
  std::span<const Root> roots;  // of families
  std::span<const Node> nodes;
  std::span<const Edge> edges;
  std::span<const Leaf> leaves;
  std::span<const Condition> conditions;
  std::span<const Action> actions;
  std::span<const Word> words;
  std::span<const std::string_view> ids;        // of rules; empty: that of the family within
  std::span<const std::string_view> languages;  // bit by bit; the bit behind the last: any other
};

const Automaton& automaton();

// What a rule calls for what it says that must be read so, and at how.
struct Example {
  std::string_view file;
  int line;
  std::string_view rule;
  std::string_view language;
  std::string_view text;
  std::string_view expected;  // "words = value MOD; words = value"
};

// For the tests.
std::span<const Example> examples();

}  // namespace correlate::extraction::rules
