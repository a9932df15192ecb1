#include "correlate/extract/quantities.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "correlate/extract/one_of.h"
#include "correlate/extract/phrase_index.h"

namespace correlate::extraction {
namespace {

struct Number {
  double value = 0;
  std::size_t end = 0;  // behind its last token
};

// The value of the token at `at` in a table; past the end and where it has none, `none`.
template <typename Value>
Value value_at(const WordMap<Value>& table, const Tokens& tokens, std::size_t at, Value none) {
  const Value* found = at < tokens.size() ? table.find(tokens[at]) : nullptr;
  return found == nullptr ? none : *found;
}

double word_value(const Tokens& tokens, std::size_t at) {
  static const WordMap<double> kWords = {
      {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},      {"five", 5},
      {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},      {"ten", 10},
      {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15},
      {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},
      {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},    {"seventy", 70},
      {"eighty", 80},  {"ninety", 90},    {"dozen", 12},    {"zero", 0}};
  return value_at(kWords, tokens, at, -1.0);
}

double multiplier(const Tokens& tokens, std::size_t at) {
  static const WordMap<double> kWords = {{"hundred", 1e2},  {"thousand", 1e3},  {"million", 1e6},
                                         {"millions", 1e6}, {"billion", 1e9},   {"millionen", 1e6},
                                         {"mille", 1e3},    {"millones", 1e6},  {"milhões", 1e6},
                                         {"dozen", 12},     {"тысяч", 1e3},     {"млн", 1e6},
                                         {"tausend", 1e3},  {"миллионов", 1e6}, {"juta", 1e6}};
  return value_at(kWords, tokens, at, 0.0);
}

std::string_view unit_named(const Tokens& tokens, std::size_t at) {
  static const WordMap<std::string_view> kUnits = {
      {"network", "networks"},    {"networks", "networks"},
      {"prefix", "networks"},     {"prefixes", "networks"},
      {"routes", "networks"},     {"blocks", "networks"},
      {"address", "addresses"},   {"addresses", "addresses"},
      {"customers", "customers"}, {"customer", "customers"},
      {"users", "customers"},     {"subscribers", "customers"},
      {"clients", "customers"},   {"households", "customers"},
      {"homes", "customers"},     {"lines", "customers"},
      {"people", "people"},       {"persons", "people"},
      {"residents", "people"},    {"employees", "people"},
      {"sites", "sites"},         {"websites", "sites"},
      {"servers", "servers"},     {"routers", "routers"},
      {"countries", "countries"}, {"provinces", "regions"},
      {"states", "regions"},      {"regions", "regions"},
      {"cities", "regions"},      {"cables", "cables"},
      {"cinemas", "sites"},       {"theaters", "sites"},
      {"theatres", "sites"},      {"computers", "computers"},
      {"calls", "calls"},         {"gbps", "Gbps"},
      {"mbps", "Mbps"},           {"tbps", "Tbps"},
      {"terabytes", "TB"},        {"gigabytes", "GB"},
      {"kunden", "customers"},    {"nutzer", "customers"},
      {"abonnés", "customers"},   {"usuarios", "customers"},
      {"clientes", "customers"},  {"абонентов", "customers"},
      {"dollars", "USD"}};
  return value_at(kUnits, tokens, at, std::string_view());
}

// "1,024", "39.15", "900 000" stay one number; a mark that does not fit ends it.
std::optional<Number> digits(const Tokens& tokens, std::size_t at) {
  constexpr double kMost = 1e15;
  constexpr std::size_t kGroup = 3;  // digits between two separators of thousands
  if (tokens[at].kind != TokenKind::kNumber || tokens[at].number < 0) return std::nullopt;
  Number out{static_cast<double>(tokens[at].number), at + 1};
  while (out.end + 1 < tokens.size() && !tokens[out.end].spaced && !tokens[out.end + 1].spaced &&
         tokens[out.end + 1].kind == TokenKind::kNumber && tokens[out.end + 1].number >= 0 &&
         out.value < kMost) {
    std::string_view mark = tokens.raw(out.end);
    const Token& next = tokens[out.end + 1];
    std::size_t length = next.last - next.first;
    if (mark == "," && length == kGroup) {
      out.value = out.value * 1000 + static_cast<double>(next.number);
      out.end += 2;
      continue;
    }
    if (mark == "." || mark == ",") {
      out.value += static_cast<double>(next.number) / std::pow(10.0, static_cast<double>(length));
      out.end += 2;
    }
    break;
  }
  return out;
}

std::optional<Number> number_at(const Tokens& tokens, std::size_t at) {
  std::optional<Number> out = digits(tokens, at);
  if (!out) {
    double value = word_value(tokens, at);
    std::size_t end = at + 1;
    constexpr double kTens = 20;  // "twenty-two"
    if (value >= kTens && tokens.word(end) == "-" && word_value(tokens, end + 1) > 0) {
      value += word_value(tokens, end + 1);
      end += 2;
    }
    if (value < 0 && tokens.word(at) != "million") return std::nullopt;
    out = Number{std::max(value, 1.0), end};
  }
  if (double times = multiplier(tokens, out->end); times > 0) {
    out->value *= times;
    ++out->end;
  }
  return out;
}

bool is_percent(std::string_view word) {
  return one_of(word, "%", "percent", "prozent", "procent", "процентов", "persen", "yüzde");
}

// "A third of", "half of", "three quarters of".
std::optional<Number> fraction(const Tokens& tokens, std::size_t at) {
  std::string_view word = tokens.word(at);
  if (word == "half" && (tokens.word(at + 1) == "of" || tokens.word(at + 1) == "the")) {
    return Number{0.5, at + 1};
  }
  double parts = one_of(word, "a", "one") ? 1 : word == "two" ? 2 : word == "three" ? 3 : 0;
  if (parts <= 0) return std::nullopt;
  std::size_t next = at + 1;
  if (tokens.word(next) == "-") ++next;
  std::string_view name = tokens.word(next);
  double whole = name == "third" || name == "thirds"       ? 3
                 : name == "quarter" || name == "quarters" ? 4
                 : name == "fifth" || name == "fifths"     ? 5
                 : name == "tenth" || name == "tenths"     ? 10
                                                           : 0;
  if (whole <= 0 || tokens.word(next + 1) != "of") return std::nullopt;
  return Number{parts / whole, next + 1};
}

// The modifier in front of `at`, and the token that it begins at.
std::pair<std::string_view, std::size_t> modifier(const Tokens& tokens, std::size_t at) {
  auto word = [&](std::size_t steps) {
    return at >= steps ? tokens.word(at - steps) : std::string_view();
  };
  if (word(1) == "than" && word(2) == "more") return {"MORE_THAN", at - 2};
  if (word(1) == "than" && (word(2) == "less" || word(2) == "fewer")) return {"LESS_THAN", at - 2};
  if (word(1) == "least" && word(2) == "at") return {"EQUAL_OR_MORE", at - 2};
  if (word(1) == "to" && word(2) == "up") return {"EQUAL_OR_LESS", at - 2};
  if (word(1) == "over") return {"MORE_THAN", at - 1};
  if (word(1) == "nearly" || word(1) == "almost") return {"LESS_THAN", at - 1};
  for (std::string_view about : {"about", "around", "some", "roughly", "approximately"}) {
    if (word(1) == about) return {"APPROX", at - 1};
  }
  return {"", at};
}

std::optional<Quantity> quantity_at(const Tokens& tokens, std::size_t at) {
  Quantity out;
  if (auto part = fraction(tokens, at)) {
    out = {part->value, "share", "", at, part->end};
  } else if (auto number = number_at(tokens, at)) {
    std::size_t next = number->end;
    bool per_cent = tokens.word(next) == "per" && tokens.word(next + 1) == "cent";
    bool por_ciento = (tokens.word(next) == "por" || tokens.word(next) == "pour") &&
                      tokens.word(next + 1).starts_with("c");
    if (per_cent || por_ciento || is_percent(tokens.word(next))) {
      constexpr double kWhole = 100;
      std::size_t end = next + (is_percent(tokens.word(next)) ? 1 : 2);
      out = {number->value / kWhole, "share", "", at, end};
      if (out.amount > 1) return std::nullopt;
    } else {
      // One adjective may stand between: "four routed networks".
      std::string_view unit = unit_named(tokens, next);
      if (unit.empty() && next < tokens.size() && tokens[next].kind == TokenKind::kWord) {
        unit = unit_named(tokens, ++next);
      }
      if (unit.empty() || tokens[next].sentence != tokens[at].sentence) return std::nullopt;
      out = {number->value, std::string(unit), "", at, next + 1};
    }
  } else {
    return std::nullopt;
  }
  auto [mod, first] = modifier(tokens, at);
  out.mod = mod;
  out.first = first;
  return out;
}

// Whether a number, as digits or in words, can begin with the token.
bool may_begin(const Token& token) {
  static const WordSet kWords = {
      "a",       "half",    "one",       "two",      "three",    "four",   "five",     "six",
      "seven",   "eight",   "nine",      "ten",      "eleven",   "twelve", "thirteen", "fourteen",
      "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty",   "forty",
      "fifty",   "sixty",   "seventy",   "eighty",   "ninety",   "dozen",  "zero",     "million"};
  return token.kind == TokenKind::kNumber ||
         (token.kind == TokenKind::kWord && kWords.contains(token));
}

}  // namespace

std::vector<Quantity> find_quantities(const Tokens& tokens) {
  std::vector<Quantity> out;
  for (std::size_t i = 0; i < tokens.size();) {
    auto found = may_begin(tokens[i]) ? quantity_at(tokens, i) : std::nullopt;
    if (!found) {
      ++i;
      continue;
    }
    i = found->last;
    out.push_back(*std::move(found));
  }
  return out;
}

}  // namespace correlate::extraction
