#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include <fmt/format.h>

#include "correlate/extract/rules/names.h"
#include "correlate/extract/rules/parse.h"
#include "correlate/extract/tokens.h"

// time_rules OUT.cc FAMILIES.h EXAMPLES.cc FILE.rules…: run by the build. Each family becomes a
// trie: rules that begin alike share their first edges. A pattern with optional places and with
// alternatives is written out as all the paths that it stands for.

namespace correlate::extraction::rules {
namespace {

// A way through a pattern: an edge for each step, and which place of the pattern it fills.
struct Path {
  std::vector<Edge> edges;
  std::vector<std::size_t> places;  // from 1
};

constexpr std::size_t kMostPaths = 2000;  // of one rule

std::vector<Path> paths_of(const Rule& rule) {
  std::vector<Path> out(1);
  for (std::size_t i = 0; i < rule.pattern.size(); ++i) {
    std::vector<Path> longer;
    for (const auto& path : out) {
      for (const auto& way : rule.pattern[i].ways) {
        longer.push_back(path);
        longer.back().edges.push_back(way);
        longer.back().places.push_back(i + 1);
      }
      if (rule.pattern[i].optional) longer.push_back(path);
    }
    if (longer.size() > kMostPaths) fail({rule.file, rule.line}, "a pattern of too many paths");
    out = std::move(longer);
  }
  return out;
}

struct Branch {
  Edge edge;
  std::size_t to;
};

struct Knot {
  std::vector<Branch> branches;
  std::vector<Leaf> leaves;
};

class Compiler {
 public:
  explicit Compiler(const Book& book) : book_(book), knots_(book.families.size()) {
    for (std::size_t i = 0; i < book_.rules.size(); ++i) add(i);
    check_recursion();
  }

  std::string tables() const;
  std::string families() const;
  std::string examples() const;

 private:
  std::string tries() const;
  void add(std::size_t rule);
  void add(std::size_t rule, const Path& path);
  std::size_t step_of(const Path& path, std::size_t place) const;
  bool like(const Edge& a, const Edge& b) const;
  void check_recursion() const;
  [[noreturn]] void begins_with_itself(std::size_t family) const;
  void visit(std::size_t family, std::vector<int>& state) const;
  Root root(std::size_t family) const;

  const Book& book_;
  std::vector<Knot> knots_;  // the first are the roots of the families
  std::vector<Condition> conditions_;
  std::vector<Action> actions_;
};

void Compiler::add(std::size_t rule) {
  for (const auto& path : paths_of(book_.rules[rule])) {
    if (path.edges.empty()) fail({book_.rules[rule].file, book_.rules[rule].line}, "an empty path");
    add(rule, path);
  }
}

// The step, from 0, that fills a place of the pattern; npos where the path leaves it out.
std::size_t Compiler::step_of(const Path& path, std::size_t place) const {
  for (std::size_t i = 0; i < path.places.size(); ++i) {
    if (path.places[i] == place) return i;
  }
  return std::string::npos;
}

bool Compiler::like(const Edge& a, const Edge& b) const {
  bool same = a.match == b.match && a.joined == b.joined && a.strong == b.strong &&
              a.valued == b.valued && a.what == b.what && a.digits == b.digits && a.low == b.low &&
              a.high == b.high && a.words.count == b.words.count;
  for (std::uint16_t i = 0; same && i < a.words.count; ++i) {
    same = book_.words[a.words.first + i] == book_.words[b.words.first + i];
  }
  return same;
}

void Compiler::add(std::size_t index, const Path& path) {
  const Rule& rule = book_.rules[index];
  std::size_t at = rule.family;
  for (Edge edge : path.edges) {
    if (edge.match == Match::kSame) {
      edge.what = static_cast<std::uint8_t>(step_of(path, edge.what));
    }
    auto& branches = knots_[at].branches;
    auto known = std::find_if(branches.begin(), branches.end(),
                              [&](const Branch& branch) { return like(branch.edge, edge); });
    if (known == branches.end()) {
      edge.languages = 0;
      branches.push_back({edge, knots_.size()});
      knots_.emplace_back();
      known = std::prev(knots_[at].branches.end());
    }
    known->edge.languages |= rule.languages;
    at = known->to;
  }
  std::vector<std::vector<Condition>> whens = rule.whens;
  if (whens.empty()) whens.emplace_back();
  for (const auto& when : whens) {
    Leaf leaf;
    leaf.rule = static_cast<std::uint16_t>(index);
    leaf.languages = rule.languages;
    leaf.first_condition = static_cast<std::uint16_t>(conditions_.size());
    leaf.first_action = static_cast<std::uint16_t>(actions_.size());
    for (Condition condition : when) {
      bool of_step = condition.guard == Guard::kOneToken || condition.guard == Guard::kLetter ||
                     condition.guard == Guard::kWeakGlyph || condition.guard == Guard::kStrong;
      std::size_t step = of_step ? step_of(path, condition.step) : condition.step;
      if (step == std::string::npos) continue;
      condition.step = static_cast<std::uint8_t>(step);
      conditions_.push_back(condition);
    }
    for (Action action : rule.actions) {
      bool of_step = action.source != Source::kConstant;
      std::size_t step = of_step ? step_of(path, action.step) : 0;
      if (step == std::string::npos) continue;
      action.step = static_cast<std::uint8_t>(step);
      actions_.push_back(action);
    }
    leaf.conditions = static_cast<std::uint16_t>(conditions_.size() - leaf.first_condition);
    leaf.actions = static_cast<std::uint16_t>(actions_.size() - leaf.first_action);
    knots_[at].leaves.push_back(leaf);
  }
}

void Compiler::begins_with_itself(std::size_t family) const {
  auto rule = std::find_if(book_.rules.begin(), book_.rules.end(),
                           [&](const Rule& one) { return one.family == family; });
  fail({rule->file, rule->line},
       fmt::format("family {} begins with itself", book_.families[family]));
}

// A family that begins with itself would never end.
void Compiler::visit(std::size_t family, std::vector<int>& state) const {
  state[family] = 1;
  for (const auto& branch : knots_[family].branches) {
    if (branch.edge.match != Match::kFamily) continue;
    std::size_t inner = branch.edge.what;
    if (state[inner] == 1) begins_with_itself(inner);
    if (state[inner] == 0) visit(inner, state);
  }
  state[family] = 2;
}

void Compiler::check_recursion() const {
  std::vector<int> state(book_.families.size(), 0);
  for (std::size_t i = 0; i < book_.families.size(); ++i) {
    if (state[i] == 0) visit(i, state);
  }
}

Root Compiler::root(std::size_t family) const {
  Root made;
  for (const auto& [edge, to] : knots_[family].branches) {
    switch (edge.match) {
      case Match::kRole:
        made.roles |= 1ULL << edge.what;
        break;
      case Match::kNumber:
        made.digits = true;
        break;
      case Match::kReader:
        made.roles |= kReaders[edge.what].roles;
        if (kReaders[edge.what].roles == ~0ULL) made.words = ~0ULL;
        made.digits = made.digits || kReaders[edge.what].digits;
        break;
      case Match::kFamily: {
        Root inner = root(edge.what);
        made.roles |= inner.roles;
        made.digits = made.digits || inner.digits;
        made.words |= inner.words;
        break;
      }
      case Match::kWords:
        for (std::uint16_t i = 0; i < edge.words.count; ++i) {
          made.words |= 1ULL << (hash_bytes(kHashSeed, book_.words[edge.words.first + i]) % 64);
        }
        break;
      default:
        made.words = ~0ULL;
    }
  }
  return made;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string_view flag(bool set) { return set ? "true" : "false"; }

std::string row(const Edge& e, std::size_t to) {
  return fmt::format(
      "    {{static_cast<Match>({}), {}, {}, {}, {}, {}, {}, {}, {{{}, {}}}, {}, {}U}},\n",
      static_cast<int>(e.match), flag(e.joined), flag(e.strong), flag(e.valued), e.what, e.digits,
      e.low, e.high, e.words.first, e.words.count, to, e.languages);
}

std::string row(const Leaf& leaf) {
  return fmt::format("    {{{}, {}U, {}, {}, {}, {}}},\n", leaf.rule, leaf.languages,
                     leaf.first_condition, leaf.conditions, leaf.first_action, leaf.actions);
}

std::string row(const Condition& c) {
  return fmt::format("    {{static_cast<Guard>({}), {}, {}, {{{}, {}}}}},\n",
                     static_cast<int>(c.guard), flag(c.wanted), c.step, c.words.first,
                     c.words.count);
}

std::string row(const Action& a) {
  return fmt::format("    {{static_cast<Field>({}), static_cast<Source>({}), {}, {}}},\n",
                     static_cast<int>(a.field), static_cast<int>(a.source), a.step, a.constant);
}

std::string array(std::string_view type, std::string_view name, std::string_view rows) {
  return fmt::format("constexpr {} {}[] = {{\n{}}};\n", type, name, rows);
}

// Nodes with their edges and leaves, which stand in the same order.
std::string Compiler::tries() const {
  std::string nodes;
  std::string edges;
  std::string leaves;
  std::size_t edge_count = 0;
  std::size_t leaf_count = 0;
  for (const auto& knot : knots_) {
    nodes += fmt::format("    {{{}, {}, {}, {}}},\n", edge_count, knot.branches.size(), leaf_count,
                         knot.leaves.size());
    edge_count += knot.branches.size();
    leaf_count += knot.leaves.size();
    for (const auto& [edge, to] : knot.branches) edges += row(edge, to);
    for (const auto& leaf : knot.leaves) leaves += row(leaf);
  }
  return array("Node", "kNodes", nodes) + array("Edge", "kEdges", edges) +
         array("Leaf", "kLeaves", leaves);
}

std::string Compiler::tables() const {
  std::string roots;
  std::string conditions;
  std::string actions;
  std::string words;
  std::string ids;
  std::string languages;
  for (std::size_t i = 0; i < book_.families.size(); ++i) {
    Root made = root(i);
    roots += fmt::format("    {{{}, {}ULL, {}, {}ULL}},\n", i, made.roles, flag(made.digits),
                         made.words);
  }
  for (const auto& one : conditions_) conditions += row(one);
  for (const auto& one : actions_) actions += row(one);
  for (const auto& word : book_.words) {
    words += fmt::format("    {{{}ULL, {}}},\n", hash_bytes(kHashSeed, word), quoted(word));
  }
  for (const auto& rule : book_.rules) ids += fmt::format("    {},\n", quoted(rule.id));
  for (const auto& code : book_.languages) languages += fmt::format("    {},\n", quoted(code));
  return "#include \"correlate/extract/rules/automaton.h\"\n"
         "// Made by time_rules from rules/*.rules.\n"
         "namespace correlate::extraction::rules {\nnamespace {\n" +
         array("Root", "kRoots", roots) + tries() + array("Condition", "kConditions", conditions) +
         array("Action", "kActions", actions) + array("Word", "kWords", words) +
         array("std::string_view", "kIds", ids) +
         array("std::string_view", "kLanguages", languages) +
         "constexpr Automaton kAll{kRoots, kNodes, kEdges, kLeaves, kConditions, kActions, kWords, "
         "kIds, kLanguages};\n"
         "}  // namespace\nconst Automaton& automaton() { return kAll; }\n}  // namespace\n";
}

// "clock-words": kClockWords.
std::string Compiler::families() const {
  std::string out =
      "#pragma once\n#include <cstdint>\n// Made by time_rules from rules/*.rules.\n"
      "namespace correlate::extraction::rules {\nenum class Family : std::uint8_t {\n";
  for (const auto& family : book_.families) {
    std::string name = "k";
    bool upper = true;
    for (char c : family) {
      if (c != '-') name += upper ? static_cast<char>(std::toupper(c)) : c;
      upper = c == '-';
    }
    out += "  " + name + ",\n";
  }
  return out + "};\n}  // namespace correlate::extraction::rules\n";
}

std::string Compiler::examples() const {
  std::string rows;
  for (const auto& one : book_.examples) {
    rows +=
        fmt::format("    {{{}, {}, {}, {}, {}, {}}},\n", quoted(one.place.file), one.place.line,
                    quoted(one.rule), quoted(one.language), quoted(one.text), quoted(one.expected));
  }
  return fmt::format(
      "#include \"correlate/extract/rules/automaton.h\"\n"
      "namespace correlate::extraction::rules {{\nnamespace {{\nconstexpr Example kExamples[] = "
      "{{\n{}}};\n}}  // namespace\nstd::span<const Example> examples() {{ return kExamples; }}\n"
      "}}  // namespace\n",
      rows);
}

bool put(const char* path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  return static_cast<bool>(out.flush());
}

}  // namespace
}  // namespace correlate::extraction::rules

int main(int argc, char** argv) {
  using namespace correlate::extraction::rules;
  if (argc < 5) {
    std::fputs("usage: time_rules OUT.cc FAMILIES.h EXAMPLES.cc FILE.rules...\n", stderr);
    return 2;
  }
  Parser parser;
  for (int i = 4; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in.good() && text.empty()) fail({argv[i], 0}, "cannot be read");
    parser.read(argv[i], text);
  }
  parser.check();
  Compiler compiler(parser.book());
  bool written = put(argv[1], compiler.tables()) && put(argv[2], compiler.families()) &&
                 put(argv[3], compiler.examples());
  return written ? 0 : 1;
}
