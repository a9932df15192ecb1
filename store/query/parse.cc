#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "store/model/scope.h"
#include "store/model/spelling.h"
#include "store/model/text.h"
#include "store/query/countries.h"
#include "store/query/query.h"
#include "store/query/times.h"
#include "store/query/words.h"

namespace store::query {
namespace {

using model::Errc;
using model::Error;
using model::Instant;
using model::Result;
using model::Status;

constexpr std::array<std::string_view, 18> kFieldNames = {
    "country",  "asn",     "prefix",    "org",   "actor",    "place",
    "source",   "lang",    "kind",      "type",  "verdict",  "confidence",
    "happened", "learned", "published", "story", "incident", "entry"};
constexpr std::array<std::string_view, 4> kKindNames = {"entry", "claim", "outage", "edit"};
constexpr std::array<std::string_view, 6> kVerdicts = {
    "agrees", "rounds", "disagrees", "undecided", "not measured", "not measurable"};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Parser {
 public:
  Parser(std::string_view text, Instant now) : text_(text), now_(now) {}

  Result<Query> parse() {
    auto root = any_of(0);
    if (!root) return root.error();
    skip_blanks();
    if (at_ < text_.size()) return bad(at_, "this ) closes nothing; take it out");
    if (parts_ == 0) {
      return Error{Errc::kInvalid, "the query names nothing to look for; try a word, as in sony"};
    }
    Query out;
    out.root = *std::move(root);
    if (out.root.op != Op::kAnd) out.root = Node{.op = Op::kAnd, .parts = {std::move(out.root)}};
    out.asks_claims = asks_claims_;
    return out;
  }

 private:
  Error bad(std::size_t byte, std::string_view what) const {
    auto character = model::code_points(text_.substr(0, byte)) + 1;
    return {Errc::kInvalid, fmt::format("query, character {}: {}", character, what)};
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  // The word OR, in capitals, standing alone.
  bool take_or() {
    skip_blanks();
    auto rest = text_.substr(at_);
    if (!rest.starts_with("OR") || (rest.size() > 2 && !is_blank(rest[2]) && rest[2] != '(')) {
      return false;
    }
    at_ += 2;
    return true;
  }

  // all_of OR all_of …
  Result<Node> any_of(std::size_t depth) {
    auto begin = at_;
    Node out{.op = Op::kOr};
    do {
      auto or_at = at_;
      auto part = all_of(depth);
      if (!part) return part.error();
      if (part->parts.empty() && part->op == Op::kAnd) {
        if (out.parts.empty() && !take_or()) return part;  // nothing at all
        return bad(out.parts.empty() ? begin : or_at, "OR needs something on either side");
      }
      out.parts.push_back(*std::move(part));
    } while (take_or());
    if (out.parts.size() == 1) return std::move(out.parts.front());
    return out;
  }

  // Parts one after another: all of them.
  Result<Node> all_of(std::size_t depth) {
    Node out{.op = Op::kAnd};
    for (;;) {
      skip_blanks();
      if (at_ == text_.size() || text_[at_] == ')') break;
      auto before = at_;
      bool is_or = take_or();
      at_ = before;
      if (is_or) break;
      auto one = part(depth);
      if (!one) return one.error();
      out.parts.push_back(*std::move(one));
    }
    if (out.parts.size() == 1) return std::move(out.parts.front());
    return out;
  }

  Result<Node> part(std::size_t depth) {
    auto begin = at_;
    if (++parts_ > kMostParts) return bad(begin, "more than 64 parts; ask for less at a time");
    if (depth > kMostDepth) return bad(begin, "more than 16 parentheses inside of one another");
    if (text_[at_] == '-') return negated(depth);
    if (text_[at_] == '(') return in_parentheses(depth);
    if (text_[at_] == '"') {
      auto phrase = quoted();
      if (!phrase) return phrase.error();
      return words(*phrase, begin);
    }
    return word_or_field();
  }

  Result<Node> negated(std::size_t depth) {
    auto begin = at_++;
    if (at_ == text_.size() || is_blank(text_[at_]) || text_[at_] == '-') {
      return bad(begin, "a - stands before what must not be, as in -playstation");
    }
    auto one = part(depth + 1);
    if (!one) return one.error();
    return Node{.op = Op::kNot, .parts = {*std::move(one)}};
  }

  Result<Node> in_parentheses(std::size_t depth) {
    auto begin = at_++;
    auto inside = any_of(depth + 1);
    if (!inside) return inside.error();
    if (at_ == text_.size()) return bad(begin, "this ( is never closed");
    ++at_;
    if (inside->op == Op::kAnd && inside->parts.empty()) {
      return bad(begin, "there is nothing between these parentheses");
    }
    return inside;
  }

  Result<std::string_view> quoted() {
    auto begin = at_++;
    auto close = text_.find('"', at_);
    if (close == text_.npos) return bad(begin, "this quote is never closed");
    auto out = text_.substr(at_, close - at_);
    at_ = close + 1;
    return out;
  }

  Result<Node> words(std::string_view text, std::size_t begin) const {
    if (model::words(text).empty()) {
      return bad(begin, fmt::format("there is no word in “{}”", text));
    }
    return Node{.op = Op::kWords, .text = std::string(text)};
  }

  Result<Node> word_or_field() {
    auto begin = at_;
    while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != '"' && text_[at_] != '(' &&
           text_[at_] != ')' && text_[at_] != ':') {
      ++at_;
    }
    auto word = text_.substr(begin, at_ - begin);
    if (at_ == text_.size() || text_[at_] != ':' || word.empty()) {
      if (word.empty()) ++at_;  // a colon alone
      return words(text_.substr(begin, at_ - begin), begin);
    }
    auto field = field_named(word);
    if (!field) {
      // "10:30" is a word; letters before a colon are meant as a field.
      bool letters =
          std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
      if (letters) return unknown_field(word, begin);
      while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != ')') ++at_;
      return words(text_.substr(begin, at_ - begin), begin);
    }
    ++at_;
    return values(*field);
  }

  static std::optional<Field> field_named(std::string_view name) {
    if (name == "as") return Field::kAsn;
    for (std::size_t i = 0; i < kFieldNames.size(); ++i) {
      if (kFieldNames[i] == name) return static_cast<Field>(i);
    }
    return std::nullopt;
  }

  Error unknown_field(std::string_view name, std::size_t begin) const {
    auto nearest = model::nearest(name, {kFieldNames.begin(), kFieldNames.end()});
    return bad(begin, fmt::format("no field “{}”; did you mean {}:? A word with a colon goes into "
                                  "quotes",
                                  name, nearest));
  }

  // One value, or several in parentheses of which one must hold.
  Result<Node> values(Field field) {
    auto begin = at_;
    if (at_ == text_.size() || text_[at_] != '(') return value(field);
    ++at_;
    Node out{.op = Op::kOr};
    for (;;) {
      while (at_ < text_.size() && (is_blank(text_[at_]) || text_[at_] == ',')) ++at_;
      if (at_ == text_.size()) return bad(begin, "this ( is never closed");
      if (text_[at_] == ')') break;
      if (++parts_ > kMostParts) return bad(at_, "more than 64 parts; ask for less at a time");
      auto one = value(field);
      if (!one) return one.error();
      out.parts.push_back(*std::move(one));
    }
    ++at_;
    if (out.parts.empty()) return bad(begin, "there is nothing between these parentheses");
    return out;
  }

  Result<Node> value(Field field) {
    auto begin = at_;
    std::string_view text;
    if (at_ < text_.size() && text_[at_] == '"') {
      auto inside = quoted();
      if (!inside) return inside.error();
      text = *inside;
    } else {
      while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != ',' &&
             text_[at_] != ')') {
        ++at_;
      }
      text = text_.substr(begin, at_ - begin);
    }
    auto name = to_string(field);
    if (text.empty()) return bad(begin, fmt::format("{}: has no value; {}", name, example(field)));
    Node out{.op = Op::kField, .field = field};
    if (!read(field, text, out)) {
      return bad(begin, fmt::format("{}: does not take “{}”; {}", name, text, example(field)));
    }
    if (field == Field::kKind && out.text == "claim") asks_claims_ = true;
    return out;
  }

  static std::string_view example(Field field) {
    switch (field) {
      case Field::kCountry:
        return "write a code or an English name, as country:KP, country:\"North Korea\"";
      case Field::kAsn:
        return "write a number, as asn:131279";
      case Field::kPrefix:
        return "write it as prefix:175.45.176.0/22";
      case Field::kKind:
        return "there are entry, claim, outage and edit";
      case Field::kVerdict:
        return "there are agrees, rounds, disagrees, undecided, not-measured and not-measurable";
      case Field::kConfidence:
        return "write it as confidence:>0.8 or confidence:0.5..0.8";
      case Field::kHappened:
      case Field::kLearned:
      case Field::kPublished:
        return "write 2014-12-22, 2014-12-20..2014-12-24, 2014-12/P1W, yesterday or last-24h";
      case Field::kLang:
        return "write a language's code, as lang:ko";
      case Field::kType:
        return "write a kind of happening, claim or outage, as type:breach";
      default:
        return "write a name or an id, in quotes where it has blanks";
    }
  }

  bool read(Field field, std::string_view text, Node& out) const {
    switch (field) {
      case Field::kCountry: {
        auto code = country_of(text);
        out.text = code.value_or("");
        return code.has_value();
      }
      case Field::kAsn:
        return read_asn(text, out);
      case Field::kPrefix:
        out.text = model::canonical_prefix(std::string(text));
        return !out.text.empty();
      case Field::kOrg:
      case Field::kActor:
      case Field::kPlace:
      case Field::kSource:
        out.text = folded_words(text);
        return !out.text.empty();
      case Field::kLang:
        return read_word(text, 2, 8, out);
      case Field::kType:
        return read_word(text, 2, 40, out);
      case Field::kKind:
        out.text = model::fold(text);
        return kind_named(out.text).has_value();
      case Field::kVerdict:
        out.text = model::fold(text);
        std::replace(out.text.begin(), out.text.end(), '-', ' ');
        return std::find(kVerdicts.begin(), kVerdicts.end(), out.text) != kVerdicts.end();
      case Field::kConfidence:
        return read_share(text, out);
      case Field::kHappened:
      case Field::kLearned:
      case Field::kPublished: {
        auto during = read_times(text, now_);
        if (during) out.during = *during;
        return during.has_value();
      }
      case Field::kStory:
      case Field::kIncident:
      case Field::kEntry:
        out.text = text;
        return text.size() <= 100;
    }
    return false;
  }

  static bool read_asn(std::string_view text, Node& out) {
    if (text.starts_with("AS") || text.starts_with("as")) text.remove_prefix(2);
    std::uint32_t number = 0;
    auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    out.text = std::to_string(number);
    return failure == std::errc() && stop == text.data() + text.size();
  }

  // Letters, digits and hyphens, in small letters.
  static bool read_word(std::string_view text, std::size_t least, std::size_t most, Node& out) {
    out.text = model::fold(text);
    bool plain = std::all_of(out.text.begin(), out.text.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    return plain && out.text.size() >= least && out.text.size() <= most;
  }

  static std::optional<double> share(std::string_view text) {
    double out = 0;
    auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
    bool whole = failure == std::errc() && stop == text.data() + text.size();
    return whole && out >= 0 && out <= 1 ? std::optional(out) : std::nullopt;
  }

  static bool read_share(std::string_view text, Node& out) {
    // Probabilities are kept to four places and more: the next one is as good as "greater".
    constexpr double kNext = 1e-9;
    if (auto dots = text.find(".."); dots != text.npos) {
      auto least = share(text.substr(0, dots)), most = share(text.substr(dots + 2));
      if (!least || !most || *least > *most) return false;
      out.least = *least;
      out.most = *most;
      return true;
    }
    bool less = text.starts_with('<'), more = text.starts_with('>');
    if (less || more) text.remove_prefix(1);
    bool equal = (less || more) && text.starts_with('=');
    if (equal) text.remove_prefix(1);
    auto value = share(text);
    if (!value) return false;
    if (more || !less) out.least = equal || !more ? *value : *value + kNext;
    if (less) out.most = equal ? *value : *value - kNext;
    if (!less && !more) out.most = *value;
    return true;
  }

  std::string_view text_;
  Instant now_;
  std::size_t at_ = 0;
  std::size_t parts_ = 0;
  bool asks_claims_ = false;
};

void add_wanted(const Node& node, std::vector<std::string>& out) {
  if (node.op == Op::kWords) out.push_back(node.text);
  if (node.op == Op::kNot) return;
  for (const auto& part : node.parts) add_wanted(part, out);
}

}  // namespace

std::string_view to_string(Kind kind) { return kKindNames.at(static_cast<std::size_t>(kind)); }

std::optional<Kind> kind_named(std::string_view name) {
  for (std::size_t i = 0; i < kKindNames.size(); ++i) {
    if (kKindNames[i] == name) return static_cast<Kind>(i);
  }
  return std::nullopt;
}

std::string_view to_string(Field field) { return kFieldNames.at(static_cast<std::size_t>(field)); }

Result<Query> parse(std::string_view text, Instant now) {
  if (text.size() > kMostBytes) {
    return Error{Errc::kInvalid, "query, character 1001: longer than 1,000 bytes; ask for less"};
  }
  if (!model::is_utf8(text)) return Error{Errc::kInvalid, "the query is not UTF-8 text"};
  return Parser(text, now).parse();
}

std::vector<std::string> wanted_words(const Query& query) {
  std::vector<std::string> out;
  add_wanted(query.root, out);
  return out;
}

}  // namespace store::query
