#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/extract/rules/automaton.h"

// Reads *.rules. What cannot be read ends the program with its file and line.

namespace correlate::extraction::rules {

// One or more ways to fill a place of a pattern.
struct Element {
  std::vector<Edge> ways;
  bool optional = false;
};

struct Rule {
  std::string file;
  int line = 0;
  std::string id;  // empty: "use" and "piece"
  std::size_t family = 0;
  std::uint32_t languages = ~0U;
  std::vector<Element> pattern;
  std::vector<Action> actions;                // steps are places of the pattern, from 1
  std::vector<std::vector<Condition>> whens;  // one of these lists must hold
  int examples = 0;
};

// Where in the files something stands.
struct Place {
  std::string file;
  int line = 0;
};

struct Book {
  std::vector<std::string> families;
  std::map<std::string, Place, std::less<>> wanted;  // families that are called
  std::vector<std::string> languages;
  std::vector<Rule> rules;
  struct Told {
    Place place;
    std::string rule;
    std::string language;
    std::string text;
    std::string expected;
  };
  std::vector<Told> examples;
  std::vector<std::string> words;  // of all rules; Words point into it
};

[[noreturn]] void fail(const Place& place, std::string_view why);

class Parser {
 public:
  void read(const std::string& file, std::string_view text);
  // Looks for what no single line shows. Call it last.
  void check();
  const Book& book() const { return book_; }

 private:
  void line(std::string_view text);
  void rule(std::string_view text);
  void pattern(std::string_view text, Rule& rule);
  Element element(std::string_view text);
  Edge way(std::string_view text);
  void number(std::string_view text, Edge& edge);
  void role(std::string_view text, Edge& edge);
  std::uint32_t languages(std::string_view text);
  void actions(std::string_view text, Rule& rule);
  Action action(std::string_view name, std::string_view value);
  void when(std::string_view text);
  Condition condition(std::string_view text);
  void example(std::string_view text);
  Words words(std::string_view text);
  std::uint8_t family(std::string_view name);
  std::uint8_t step(std::string_view text) const;

  Book book_;
  Place place_;
  std::size_t family_ = ~std::size_t{0};
  std::map<std::string, Words, std::less<>> named_;
};

}  // namespace correlate::extraction::rules
