#include "correlate/extract/rules/parse.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include <fmt/format.h>

#include "correlate/extract/role_names.h"
#include "correlate/extract/rules/names.h"

namespace correlate::extraction::rules {
namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// What stands before `mark`, which is taken off with it; all where there is none.
std::string_view before(std::string_view& rest, std::string_view mark) {
  std::size_t at = rest.find(mark);
  std::string_view head = trim(rest.substr(0, at));
  rest = at == std::string_view::npos ? std::string_view() : trim(rest.substr(at + mark.size()));
  return head;
}

// Fields between blanks, but not inside of brackets.
std::vector<std::string_view> fields(std::string_view text) {
  std::vector<std::string_view> out;
  int depth = 0;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    char c = i < text.size() ? text[i] : ' ';
    if (c == '\'') quoted = !quoted;
    if (!quoted && (c == '[' || c == '(')) ++depth;
    if (!quoted && (c == ']' || c == ')')) --depth;
    if (i < text.size() && (text[i] != ' ' || depth > 0)) continue;
    if (i > begin) out.push_back(text.substr(begin, i - begin));
    begin = i + 1;
  }
  return out;
}

std::optional<int> whole(std::string_view text) {
  int value = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <typename List, typename Of>
std::optional<std::size_t> place_in(const List& list, std::string_view name, Of of) {
  auto found = std::find_if(std::begin(list), std::end(list),
                            [&](const auto& entry) { return of(entry) == name; });
  if (found == std::end(list)) return std::nullopt;
  return static_cast<std::size_t>(found - std::begin(list));
}

constexpr std::string_view kGuards[] = {
    "alone",        "whole",         "all",           "led",         "closed",      "before",
    "behind",       "first",         "goes-on",       "after-unit",  "unit-behind", "half-behind",
    "clock-behind", "length-behind", "number-joined", "word-joined", "one-token",   "letter",
    "weak-glyph",   "strong",        "said",          "day-said",    "check"};
constexpr std::string_view kFields[] = {
    "kind",        "year",    "month",  "day",  "ordered", "compact",    "weekday",
    "holiday",     "quarter", "season", "part", "deixis",  "day-offset", "unit",
    "unit-offset", "shift",   "noon",   "mod",  "ref",     "each",       "numbered-day"};
constexpr std::array kKinds = {Code{"date", 1}, Code{"duration", 2}, Code{"set", 3},
                               Code{"ref", 4}};
constexpr std::array kDeixes = {Code{"this", 1}, Code{"last", 2},     Code{"next", 3},
                                Code{"that", 4}, Code{"previous", 5}, Code{"following", 6}};

// A value by its name, of a field or of a role.
std::optional<int> named_value(Field field, std::string_view name) {
  switch (field) {
    case Field::kKind:
      return find_code(kKinds, name);
    case Field::kDeixis:
      return find_code(kDeixes, name);
    case Field::kUnit:
    case Field::kEach:
      return find_code(kUnits, name);
    case Field::kPart:
      return find_code(kParts, name);
    case Field::kMod:
      return find_code(kMods, name);
    case Field::kRef:
      return find_code(kRefs, name);
    default:
      return whole(name);
  }
}

std::optional<int> named_value(Role role, std::string_view name) {
  switch (role) {
    case Role::kPart:
      return find_code(kParts, name);
    case Role::kUnit:
    case Role::kRelative:
      return find_code(kUnits, name);
    case Role::kModBefore:
    case Role::kModAfter:
      return find_code(kMods, name);
    default:
      return whole(name);
  }
}

}  // namespace

void fail(const Place& place, std::string_view why) {
  std::fputs(fmt::format("{}:{}: {}\n", place.file, place.line, why).c_str(), stderr);
  std::exit(1);
}

void Parser::read(const std::string& file, std::string_view text) {
  place_ = {file, 0};
  family_ = ~std::size_t{0};
  named_.clear();
  while (!text.empty()) {
    std::string_view one = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), one.size() + 1));
    ++place_.line;
    if (one.empty() || one.front() == '#') continue;
    line(one);
  }
}

void Parser::line(std::string_view text) {
  bool below = text.front() == ' ';
  text = trim(text);
  std::string_view rest = text;
  std::string_view head = before(rest, " ");
  if (below && head == "when") return when(rest);
  if (below && head == "example") return example(rest);
  if (below) fail(place_, "only \"when\" and \"example\" stand below a rule");
  if (head == "family") {
    family_ = family(rest);
    return;
  }
  if (head == "words") {
    std::string name(before(rest, ":"));
    if (!named_.emplace(name, words(rest)).second) fail(place_, "these words have a name already");
    return;
  }
  rule(text);
}

void Parser::rule(std::string_view text) {
  if (family_ == ~std::size_t{0}) fail(place_, "a rule outside of a family");
  Rule made;
  made.file = place_.file;
  made.line = place_.line;
  made.family = family_;
  std::string_view rest = text;
  if (text.starts_with("use ")) {
    rest = trim(text.substr(4));
  } else {
    std::string_view head = before(rest, ": ");
    std::string_view id = before(head, "[");
    if (!head.empty()) {
      if (head.back() != ']') fail(place_, "languages end with ]");
      made.languages = languages(head.substr(0, head.size() - 1));
    }
    if (id.empty()) fail(place_, "a rule without a name");
    if (id != "piece") made.id = id;
    bool known = std::any_of(book_.rules.begin(), book_.rules.end(),
                             [&](const Rule& other) { return other.id == id; });
    if (known) fail(place_, fmt::format("a second rule {}", id));
  }
  std::string_view shape = before(rest, "=>");
  pattern(shape, made);
  actions(rest, made);
  book_.rules.push_back(std::move(made));
}

void Parser::pattern(std::string_view text, Rule& made) {
  for (std::string_view field : fields(text)) made.pattern.push_back(element(field));
  if (made.pattern.empty()) fail(place_, "a rule without a pattern");
  if (made.pattern.size() > kMostSteps) fail(place_, "a pattern of too many places");
  bool some = std::any_of(made.pattern.begin(), made.pattern.end(),
                          [](const Element& one) { return !one.optional; });
  if (!some) fail(place_, "a pattern that matches nothing at all");
}

Element Parser::element(std::string_view text) {
  Element made;
  if (text.ends_with('?')) {
    made.optional = true;
    text.remove_suffix(1);
  }
  bool joined = text.starts_with('~');
  if (joined) text.remove_prefix(1);
  if (text.starts_with('[') && text.ends_with(']')) {
    for (auto one : fields(text.substr(1, text.size() - 2))) made.ways.push_back(way(one));
  } else {
    made.ways.push_back(way(text));
  }
  if (made.ways.empty()) fail(place_, "brackets with nothing inside");
  for (auto& one : made.ways) one.joined = one.joined || joined;
  return made;
}

Edge Parser::way(std::string_view text) {
  Edge edge;
  if (text.starts_with('~')) {
    edge.joined = true;
    text.remove_prefix(1);
  }
  if (text.size() > 2 && text.front() == '\'' && text.back() == '\'') {
    edge.match = Match::kWords;
    edge.words = words(text.substr(1, text.size() - 2));
  } else if (text.starts_with('@')) {
    auto known = named_.find(text.substr(1));
    if (known == named_.end()) fail(place_, fmt::format("no words {}", text));
    edge.words = known->second;
  } else if (text.size() > 2 && text.front() == '<' && text.back() == '>') {
    std::string_view name = text.substr(1, text.size() - 2);
    auto reader = place_in(kReaders, name, [](const ReaderName& one) { return one.name; });
    edge.match = reader ? Match::kReader : Match::kFamily;
    edge.what = reader ? static_cast<std::uint8_t>(*reader) : family(name);
    if (!reader) book_.wanted.emplace(std::string(name), place_);
  } else if (text.starts_with('=')) {
    edge.match = Match::kSame;
    edge.what = step(text.substr(1));
  } else if (text == "DASH") {
    edge.match = Match::kDash;
  } else if (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    number(text, edge);
  } else {
    role(text, edge);
  }
  return edge;
}

// "1..31", "1000..2200/4"
void Parser::number(std::string_view text, Edge& edge) {
  edge.match = Match::kNumber;
  std::string_view rest = text;
  auto low = whole(before(rest, ".."));
  auto high = whole(before(rest, "/"));
  auto digits = rest.empty() ? std::optional(0) : whole(rest);
  if (!low || !high || !digits || *low > *high) fail(place_, fmt::format("no numbers: {}", text));
  edge.low = *low;
  edge.high = *high;
  edge.digits = static_cast<std::uint8_t>(*digits);
}

// "MONTH", "UNIT!", "PART=NI"
void Parser::role(std::string_view text, Edge& edge) {
  edge.match = Match::kRole;
  std::string_view rest = text;
  if (rest.ends_with('!')) {
    edge.strong = true;
    rest.remove_suffix(1);
  }
  auto named = role_named(before(rest, "="));
  if (!named) fail(place_, fmt::format("no class of words: {}", text));
  edge.what = static_cast<std::uint8_t>(*named);
  if (rest.empty()) return;
  auto value = named_value(*named, rest);
  if (!value) fail(place_, fmt::format("no value of that class: {}", text));
  edge.valued = true;
  edge.low = *value;
}

// "en", "de nl", "!en", as bits.
std::uint32_t Parser::languages(std::string_view text) {
  bool other = text.starts_with('!');
  if (other) text.remove_prefix(1);
  std::uint32_t mask = 0;
  for (std::string_view code : fields(text)) {
    if (code.size() != 2) fail(place_, fmt::format("no language: {}", code));
    auto known = place_in(book_.languages, code, [](const std::string& one) { return one; });
    if (!known) {
      known = book_.languages.size();
      if (*known >= 30) fail(place_, "rules for too many languages");
      book_.languages.emplace_back(code);
    }
    mask |= 1U << *known;
  }
  if (mask == 0) fail(place_, "brackets without a language");
  return other ? ~mask : mask;
}

void Parser::actions(std::string_view text, Rule& made) {
  for (std::string_view field : fields(text)) {
    std::string_view value = field;
    std::string_view name = before(value, "=");
    Action one = action(name, value);
    if (one.step > made.pattern.size()) fail(place_, fmt::format("no such place: {}", field));
    made.actions.push_back(one);
  }
}

// "month=$2", "unit-offset=$1.shift", "deixis=last", "year=two($5)", "shift=-$1"
Action Parser::action(std::string_view name, std::string_view value) {
  Action made;
  auto field = place_in(kFields, name, [](std::string_view one) { return one; });
  if (!field) fail(place_, fmt::format("no field of an expression: {}", name));
  made.field = static_cast<Field>(*field);
  bool two = value.starts_with("two(") && value.ends_with(')');
  if (two) value = value.substr(4, value.size() - 5);
  bool minus = value.starts_with("-$");
  if (minus) value.remove_prefix(1);
  if (!value.starts_with('$')) {
    auto constant = named_value(made.field, value);
    if (!constant) fail(place_, fmt::format("no value of {}: {}", name, value));
    made.constant = *constant;
    return made;
  }
  std::string_view rest = value;
  made.step = step(before(rest, ".").substr(1));
  if (rest.empty()) {
    made.source = two ? Source::kTwo : minus ? Source::kMinus : Source::kValue;
  } else if (rest == "offset") {
    made.source = Source::kOffset;
  } else if (rest == "sign") {
    made.source = Source::kSign;
  } else if (rest == "point") {
    made.source = Source::kPoint;
  } else if (rest == "shift") {
    made.source = Source::kShift;
  } else {
    fail(place_, fmt::format("no part of a step: {}", value));
  }
  return made;
}

void Parser::when(std::string_view text) {
  if (book_.rules.empty() || book_.rules.back().file != place_.file) fail(place_, "no rule above");
  std::vector<Condition> all;
  for (std::string_view field : fields(text)) all.push_back(condition(field));
  if (all.empty()) fail(place_, "when what?");
  for (const auto& one : all) {
    bool steps = one.guard == Guard::kOneToken || one.guard == Guard::kLetter ||
                 one.guard == Guard::kWeakGlyph || one.guard == Guard::kStrong;
    if (steps && one.step > book_.rules.back().pattern.size()) fail(place_, "no such place");
  }
  book_.rules.back().whens.push_back(std::move(all));
}

// "alone", "!behind(of|after)", "before(@during)", "strong(1)", "check(month-stands)",
// "said(CLOCK)"
Condition Parser::condition(std::string_view text) {
  Condition made;
  made.wanted = !text.starts_with('!');
  if (!made.wanted) text.remove_prefix(1);
  std::string_view rest = text;
  auto guard = place_in(kGuards, before(rest, "("), [](std::string_view one) { return one; });
  if (!guard) fail(place_, fmt::format("no condition: {}", text));
  made.guard = static_cast<Guard>(*guard);
  if (!rest.empty() && rest.back() != ')') fail(place_, fmt::format("no end of {}", text));
  std::string_view inner = rest.empty() ? rest : rest.substr(0, rest.size() - 1);
  switch (made.guard) {
    case Guard::kBefore:
    case Guard::kBehind:
    case Guard::kFirst:
    case Guard::kGoesOn: {
      auto known = inner.starts_with('@') ? named_.find(inner.substr(1)) : named_.end();
      if (inner.starts_with('@') && known == named_.end()) fail(place_, "no such words");
      made.words = known != named_.end() ? known->second : words(inner);
      break;
    }
    case Guard::kOneToken:
    case Guard::kLetter:
    case Guard::kWeakGlyph:
    case Guard::kStrong:
      made.step = step(inner);
      break;
    case Guard::kSaid: {
      auto named = role_named(inner);
      if (!named) fail(place_, fmt::format("no class of words: {}", inner));
      made.step = static_cast<std::uint8_t>(*named);
      break;
    }
    case Guard::kCheck: {
      auto check = place_in(kChecks, inner, [](std::string_view one) { return one; });
      if (!check) fail(place_, fmt::format("no check: {}", inner));
      made.step = static_cast<std::uint8_t>(*check);
      break;
    }
    default:
      if (!inner.empty()) fail(place_, fmt::format("nothing stands in brackets here: {}", text));
  }
  return made;
}

// "en: TEXT => SPAN = VALUE; SPAN = VALUE"
void Parser::example(std::string_view text) {
  if (book_.rules.empty() || book_.rules.back().id.empty()) fail(place_, "an example of no rule");
  std::string_view rest = text;
  std::string language(before(rest, ": "));
  std::string said(before(rest, " => "));
  if (language.size() != 2 || said.empty() || rest.find(" = ") == std::string_view::npos) {
    fail(place_, "no example: LANGUAGE: TEXT => WORDS = VALUE");
  }
  ++book_.rules.back().examples;
  book_.examples.push_back({place_, book_.rules.back().id, language, said, std::string(rest)});
}

Words Parser::words(std::string_view text) {
  Words made;
  made.first = static_cast<std::uint16_t>(book_.words.size());
  while (!text.empty()) {
    std::string_view one = before(text, "|");
    if (one.empty()) fail(place_, "an empty word");
    book_.words.emplace_back(one);
  }
  made.count = static_cast<std::uint16_t>(book_.words.size() - made.first);
  if (made.count == 0) fail(place_, "no words");
  return made;
}

std::uint8_t Parser::family(std::string_view name) {
  auto known = place_in(book_.families, name, [](const std::string& one) { return one; });
  if (name.empty()) fail(place_, "a family without a name");
  if (known) return static_cast<std::uint8_t>(*known);
  book_.families.emplace_back(name);
  if (book_.families.size() > 200) fail(place_, "too many families");
  return static_cast<std::uint8_t>(book_.families.size() - 1);
}

std::uint8_t Parser::step(std::string_view text) const {
  auto number = whole(text);
  if (!number || *number < 1 || *number > static_cast<int>(kMostSteps)) {
    fail(place_, fmt::format("no place of a pattern: {}", text));
  }
  return static_cast<std::uint8_t>(*number);
}

void Parser::check() {
  std::vector<bool> made(book_.families.size(), false);
  for (const auto& one : book_.rules) {
    made[one.family] = true;
    if (!one.id.empty() && one.examples == 0) {
      fail({one.file, one.line}, fmt::format("{} has no example", one.id));
    }
  }
  for (const auto& [name, place] : book_.wanted) {
    if (!made[family(name)]) fail(place, fmt::format("nothing reads <{}>", name));
  }
}

}  // namespace correlate::extraction::rules
