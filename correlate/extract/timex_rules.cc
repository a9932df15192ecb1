#include <array>
#include <limits>

#include "correlate/extract/rules/automaton.h"
#include "correlate/extract/rules/families.h"
#include "correlate/extract/rules/names.h"
#include "correlate/extract/timex_expr.h"
#include "correlate/extract/word_tests.h"

// Runs the automaton of rules/*.rules: of all that a family reads at a token the longest, of two as
// long the one whose rule stands first.

namespace correlate::extraction {

using rules::Edge;
using rules::Field;
using rules::Guard;
using rules::Leaf;
using rules::Match;
using rules::Source;

// What one step of a pattern has read.
struct ExprReader::Step {
  Index begin;
  Index end;
  const Meaning* meaning;
  int value;
};

// One search for what a family reads at a token.
struct ExprReader::Walk {
  Index at = 0;
  std::array<Step, rules::kMostSteps> steps;  // set as they are taken
  std::size_t depth = 0;                      // steps taken
  Index end = 0;                              // of the best so far
  std::uint16_t rule = std::numeric_limits<std::uint16_t>::max();
  std::optional<Expr> best;
};

namespace {

Deixis pointed(const Meaning& word) {
  switch (word.role) {
    case Role::kLast:
      return word.value == 1 ? Deixis::kPrevious : Deixis::kLast;
    case Role::kNext:
      return word.value == 1 ? Deixis::kFollowing : Deixis::kNext;
    case Role::kThat:
      return Deixis::kThat;
    default:
      return Deixis::kThis;
  }
}

int shift_of(Deixis deixis) {
  if (deixis == Deixis::kLast || deixis == Deixis::kPrevious) return -1;
  return deixis == Deixis::kNext || deixis == Deixis::kFollowing ? 1 : 0;
}

Deixis sign_of(int offset) {
  return offset < 0 ? Deixis::kLast : offset > 0 ? Deixis::kNext : Deixis::kThis;
}

}  // namespace

std::uint32_t ExprReader::language_bit(std::string_view language) {
  const auto& known = rules::automaton().languages;
  auto at = std::find(known.begin(), known.end(), language) - known.begin();
  return 1U << static_cast<unsigned>(at);
}

bool ExprReader::is_word(Index at, const rules::Words& words) const {
  if (at >= tokens_.size()) return false;
  const Token& token = tokens_[at];
  for (const auto& word : rules_.words.subspan(words.first, words.count)) {
    if (word.hash == token.hash && word.text == token.folded) return true;
  }
  return false;
}

ExprReader::Index ExprReader::match(rules::Family family, Index at, Expr& out) const {
  const auto& root = rules_.roots[static_cast<std::size_t>(family)];
  if (!can_begin(root.roles, root.digits, root.words, at)) return at;
  Walk walk;
  walk.at = walk.end = at;
  step_on(walk, root.node, at, out);
  if (walk.best) out = *walk.best;
  return walk.end;
}

bool ExprReader::can_begin(std::uint64_t roles, bool digits, std::uint64_t words, Index at) const {
  if (at >= tokens_.size()) return false;
  if ((roles_[at] & roles) != 0 || ((words >> (tokens_[at].hash % 64)) & 1U) != 0) return true;
  if (!digits || tokens_[at].kind == TokenKind::kWord) return false;
  return tokens_[at].kind != TokenKind::kPunct || tokens_.raw(at) == "½";
}

// A family or function that is called for may begin here.
bool ExprReader::may_read(const Edge& edge, Index at) const {
  if (edge.match == Match::kFamily) {
    const auto& root = rules_.roots[edge.what];
    return can_begin(root.roles, root.digits, root.words, at);
  }
  const auto& reader = rules::kReaders[edge.what];
  return can_begin(reader.roles, reader.digits, reader.roles == ~0ULL ? ~0ULL : 0, at);
}

void ExprReader::step_on(Walk& walk, std::size_t node, Index at, const Expr& expr) const {
  const auto& all = rules_;
  const auto& here = all.nodes[node];
  for (const auto& leaf : all.leaves.subspan(here.first_leaf, here.leaves)) {
    if ((leaf.languages & language_) == 0) continue;
    if (at < walk.end || (at == walk.end && leaf.rule >= walk.rule)) continue;
    Expr made = expr;
    if (!complete(walk, leaf, at, made)) continue;
    walk.best = made;
    walk.end = at;
    walk.rule = leaf.rule;
  }
  if (walk.depth == rules::kMostSteps) return;
  for (const auto& edge : all.edges.subspan(here.first_edge, here.edges)) {
    if ((edge.languages & language_) == 0 || (edge.joined && !joined(at))) continue;
    Step& step = walk.steps[walk.depth];
    step = {at, at, nullptr, 0};
    bool reads = edge.match == Match::kFamily || edge.match == Match::kReader;
    if (reads) {
      if (!may_read(edge, at)) continue;
      Expr inner = expr;
      step.end = edge.match == Match::kFamily
                     ? match(static_cast<rules::Family>(edge.what), at, inner)
                     : run(edge.what, at, inner);
      if (step.end <= at) continue;
      step.value = inner.read;
      ++walk.depth;
      step_on(walk, edge.to, step.end, inner);
    } else {
      if (!take(walk, edge, step)) continue;
      ++walk.depth;
      step_on(walk, edge.to, step.end, expr);
    }
    --walk.depth;
  }
}

// One word, number or mark.
bool ExprReader::take(const Walk& walk, const Edge& edge, Step& step) const {
  Index at = step.begin;
  step.end = at + 1;
  switch (edge.match) {
    case Match::kRole: {
      step.meaning = is(at, static_cast<Role>(edge.what));
      bool fits = step.meaning != nullptr && !(edge.strong && step.meaning->weak) &&
                  (!edge.valued || step.meaning->value == edge.low);
      if (!fits) return false;
      step.value = step.meaning->value;
      step.end = at + step.meaning->length;
      return true;
    }
    case Match::kNumber:
      if (!number_at(at, edge.low, edge.high, edge.digits)) return false;
      step.value = static_cast<int>(tokens_[at].number);
      return true;
    case Match::kWords:
      return is_word(at, edge.words);
    case Match::kDash:
      return is_dash(tokens_.word(at));
    case Match::kSame:
      return at < tokens_.size() && tokens_.word(at) == tokens_.word(walk.steps[edge.what].begin);
    default:
      return false;
  }
}

// Does what a rule says at its end, and looks whether it holds.
bool ExprReader::complete(const Walk& walk, const Leaf& leaf, Index end, Expr& out) const {
  const auto& all = rules_;
  for (const auto& action : all.actions.subspan(leaf.first_action, leaf.actions)) {
    act(walk, action, out);
  }
  for (const auto& condition : all.conditions.subspan(leaf.first_condition, leaf.conditions)) {
    if (holds(walk, condition, end, out) != condition.wanted) return false;
  }
  if (!all.ids[leaf.rule].empty()) out.rule = all.ids[leaf.rule];
  return true;
}

int ExprReader::value_of(const Step& step, const rules::Action& action) {
  constexpr int kTurn = 50;  // "14": 2014, "86": 1986
  switch (action.source) {
    case Source::kConstant:
      return action.constant;
    case Source::kValue:
      return step.value;
    case Source::kMinus:
      return -step.value;
    case Source::kTwo:
      return step.value < kTurn ? 2000 + step.value : 1900 + step.value;
    case Source::kOffset:
      return step.meaning != nullptr ? step.meaning->offset : 0;
    case Source::kSign:
      return static_cast<int>(sign_of(step.meaning != nullptr ? step.meaning->offset : 0));
    case Source::kPoint:
      return step.meaning != nullptr ? static_cast<int>(pointed(*step.meaning)) : 0;
    case Source::kShift:
      return step.meaning != nullptr ? shift_of(pointed(*step.meaning)) : 0;
  }
  return 0;
}

void ExprReader::act(const Walk& walk, const rules::Action& action, Expr& out) const {
  int value = value_of(walk.steps[action.step], action);
  switch (action.field) {
    case Field::kKind:
      out.kind = static_cast<Expr::Kind>(value);
      break;
    case Field::kYear:
      out.year = value;
      break;
    case Field::kMonth:
      out.month = value;
      break;
    case Field::kDay:
      out.day = value;
      break;
    case Field::kOrdered:
      order(walk.steps[action.step], out);
      break;
    case Field::kCompact:
      out.year = value / 10000;
      out.month = value / 100 % 100;
      out.day = value % 100;
      break;
    case Field::kWeekday:
      out.weekday = value;
      break;
    case Field::kHoliday:
      out.holiday = value;
      break;
    case Field::kQuarter:
      out.quarter = value;
      break;
    case Field::kSeason:
      out.season = static_cast<Season>(value);
      break;
    case Field::kPart:
      out.part = static_cast<Part>(value);
      break;
    case Field::kDeixis:
      out.deixis = static_cast<Deixis>(value);
      break;
    default:
      act_further(action.field, value, out);
  }
}

void ExprReader::act_further(Field field, int value, Expr& out) {
  switch (field) {
    case Field::kDayOffset:
      out.day_offset = value;
      break;
    case Field::kUnit:
      out.unit = static_cast<Unit>(value);
      break;
    case Field::kUnitOffset:
      out.unit_offset = value;
      break;
    case Field::kShift: {
      int minutes = out.hour * 60 + std::max(out.minute, 0) + value;
      out.hour = minutes / 60;
      out.minute = minutes % 60;
      break;
    }
    case Field::kNoon:
      (value == 12 ? out.noon : out.midnight) = true;
      break;
    case Field::kMod:
      if (value != 0) out.mod = static_cast<Mod>(value);
      break;
    case Field::kRef:
      out.ref = static_cast<Ref>(value);
      break;
    case Field::kNumberedDay:
      out.numbered_day = value;
      break;
    case Field::kEach:
      out.amounts.push_back({1, static_cast<Unit>(value), false});
      break;
    default:
      break;
  }
}

// Two numbers with a mark between them: which is the day.
void ExprReader::order(const Step& first, Expr& out) const {
  int one = static_cast<int>(tokens_[first.begin].number);
  int two = static_cast<int>(tokens_[first.begin + 2].number);
  bool dotted = tokens_.word(first.begin + 1) == ".";
  bool day_leads = one > 12 || (two <= 12 && (lexicon_.day_first() || dotted));
  out.day = day_leads ? one : two;
  out.month = day_leads ? two : one;
}

bool ExprReader::holds(const Walk& walk, const rules::Condition& condition, Index end,
                       const Expr& out) const {
  const Step& step = walk.steps[std::min<std::size_t>(condition.step, rules::kMostSteps - 1)];
  Index at = walk.at;
  switch (condition.guard) {
    case Guard::kAlone:
      return alone_;
    case Guard::kWhole:
      return tokens_.size() <= kWhole;
    case Guard::kAll:
      return at == 0 && end == tokens_.size();
    case Guard::kLed:
      return led(at);
    case Guard::kClosed:
      return end >= tokens_.size() || tokens_[end].kind == TokenKind::kPunct;
    case Guard::kBefore:
      return at > 0 && is_word(at - 1, condition.words);
    case Guard::kBehind:
      return is_word(end, condition.words);
    case Guard::kFirst:
      return is_word(at, condition.words);
    case Guard::kGoesOn:
      return is_word(end, condition.words) && joined(end) && joined(end + 1) &&
             number_at(end + 1, 0, 1 << 30);
    case Guard::kOneToken:
      return step.end == step.begin + 1;
    case Guard::kLetter:
      return step.meaning != nullptr && step.meaning->weak && tokens_.word(step.begin).size() < 2;
    case Guard::kWeakGlyph:
      return step.meaning != nullptr && step.meaning->weak && joined(step.begin) &&
             tokens_[step.begin].kind == TokenKind::kGlyph;
    case Guard::kStrong:
      return step.meaning != nullptr && !step.meaning->weak;
    case Guard::kSaid: {
      const Meaning* last = walk.steps[walk.depth - 1].meaning;
      return last != nullptr && last->role == static_cast<Role>(condition.step);
    }
    case Guard::kDaySaid:
      return out.day > 0;
    case Guard::kCheck:
      return check(condition.step, walk, end, out);
    default:
      return neighbour(condition.guard, walk, end);
  }
}

// What stands beside it.
bool ExprReader::neighbour(Guard guard, const Walk& walk, Index end) const {
  Index at = walk.at;
  switch (guard) {
    case Guard::kAfterUnit:
      return at > 0 && is(at - 1, Role::kUnit) != nullptr;
    case Guard::kUnitBehind:
      return is(end, Role::kUnit) != nullptr;
    case Guard::kHalfBehind:
      return is(end, Role::kAm) != nullptr;
    case Guard::kClockBehind:
      return end > 0 && tokens_[end - 1].kind == TokenKind::kNumber &&
             (tokens_.word(end) == ":" || is(end, Role::kAm) != nullptr);
    case Guard::kLengthBehind: {
      const Meaning* last = walk.steps[walk.depth - 1].meaning;
      bool clock = last != nullptr && last->role == Role::kClock;
      return !clock && (is(end, Role::kUnit) != nullptr || tokens_.word(end) == "%");
    }
    case Guard::kNumberJoined:
      return joined(end) && tokens_[end].kind == TokenKind::kNumber;
    case Guard::kWordJoined:
      return joined(end) && tokens_[end].kind == TokenKind::kWord;
    default:
      return false;
  }
}

bool ExprReader::check(std::size_t which, const Walk& walk, Index end, const Expr& out) const {
  static constexpr bool (ExprReader::*kCode[])(const Walk&, Index, const Expr&) const = {
      &ExprReader::rate_by_the_clock, &ExprReader::length_of_past, &ExprReader::weak_weekday,
      &ExprReader::month_stands,      &ExprReader::month_exists,   &ExprReader::season_stands,
      &ExprReader::quarter_stands,    &ExprReader::on_the_calendar};
  static_assert(std::size(kCode) == rules::kChecks.size());
  return (this->*kCode[which])(walk, end, out);
}

ExprReader::Index ExprReader::run(std::size_t which, Index at, Expr& out) const {
  static constexpr Index (ExprReader::*kCode[])(Index, Expr&)
      const = {&ExprReader::read_amounts,
               &ExprReader::described_amount,
               &ExprReader::some_units,
               &ExprReader::bare_unit,
               &ExprReader::plural_unit,
               &ExprReader::year,
               &ExprReader::day_number,
               &ExprReader::digit_day,
               &ExprReader::dot,
               &ExprReader::any_dot,
               &ExprReader::glyph_date,
               &ExprReader::lone_day,
               &ExprReader::numbered_day,
               &ExprReader::day_before_range,
               &ExprReader::day_behind_range,
               &ExprReader::lone_year,
               &ExprReader::part,
               &ExprReader::hour12,
               &ExprReader::hour24,
               &ExprReader::minutes_before,
               &ExprReader::spelled_hour,
               &ExprReader::clock_spelled,
               &ExprReader::clock_led_words};
  static_assert(std::size(kCode) == rules::kReaders.size());
  return at < tokens_.size() ? (this->*kCode[which])(at, out) : at;
}

// "per second" is a rate, "per cent" no time at all.
bool ExprReader::rate_by_the_clock(const Walk& walk, Index, const Expr& out) const {
  return lexicon_.english() && tokens_.word(walk.at) == "per" && !out.amounts.empty() &&
         out.amounts[0].unit < Unit::kDay;
}

// "in the past decade": a length, not "in the past".
bool ExprReader::length_of_past(const Walk& walk, Index end, const Expr&) const {
  if (!lexicon_.english() || end < walk.at + 2 || tokens_.word(end - 1) != "past") return false;
  Unit ignored = Unit::kDay;
  Amount some;
  return unit(end, false, ignored) > end || amount(end, some) > end;
}

bool ExprReader::weak_weekday(const Walk& walk, Index, const Expr&) const {
  return weak_weekday_stands(walk.at, *walk.steps[0].meaning);
}

bool ExprReader::month_exists(const Walk&, Index, const Expr& out) const {
  return out.month >= 1 && out.month <= 12;
}

bool ExprReader::on_the_calendar(const Walk& walk, Index end, const Expr& out) const {
  return month_exists(walk, end, out) && out.day >= 1 && exists(out);
}

// "May" and "March" are other words too, unless something says when.
bool ExprReader::month_stands(const Walk& walk, Index end, const Expr&) const {
  Index at = walk.at;
  bool stands = true;
  if (lexicon_.english() && one_of(tokens_.word(at), "may", "march")) {
    const auto before = at > 0 ? tokens_.word(at - 1) : std::string_view();
    stands = one_of(before, "in", "of", "since", "by", "until", "last", "this", "next", "early",
                    "late", "mid", "-", "from", "to", "during", "and", "through", "for", "before",
                    "after", "between", "(", "last", "–", "/") ||
             tokens_.size() <= 2 || (alone_ && tokens_.word(at) == "march");
    if (at > 0 && tokens_.word(at) == "march" && one_of(before, "to", "for", "and")) stands = false;
  }
  // "August 32", "February 151998": a date that cannot be read.
  bool broken = end + 1 == tokens_.size() && tokens_[end].kind == TokenKind::kNumber && at == 0;
  return stands && !broken;
}

bool ExprReader::season_stands(const Walk& walk, Index, const Expr&) const {
  Index at = walk.at;
  const Meaning& name = *walk.steps[0].meaning;
  std::string_view before = at > 0 ? tokens_.word(at - 1) : std::string_view();
  return alone_ || one_of(before, "the", "in", "early", "late", "mid", "-", "by", "last", "this") ||
         (lexicon_.english() && name.value != 1 && !tokens_.word(at).ends_with("s"));
}

bool ExprReader::quarter_stands(const Walk& walk, Index, const Expr&) const {
  Index at = walk.at;
  bool article = tokens_.word(at) == "the" ||
                 (at > 0 && one_of(tokens_.word(at - 1), "its", "their", "the", "a", "his"));
  // "early in the third quarter": of a game.
  bool game = at > 1 && is(at - 2, Role::kStart) != nullptr && tokens_.word(at) == "the" &&
              tokens_.word(at - 1) == "in";
  return !game && (article || led(at) || alone_);
}

}  // namespace correlate::extraction
