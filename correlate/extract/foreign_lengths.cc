#include "correlate/extract/foreign_lengths.h"

#include <unordered_set>

namespace correlate::extraction {
namespace {

// What else lasts for a while.
bool is_thing(std::string_view word) {
  static const std::unordered_set<std::string_view> kThings = {
      "talks",    "meeting",   "meetings", "drill",        "exercise",    "war",      "fighting",
      "sentence", "notice",    "protests", "negotiations", "rule",        "old",      "history",
      "power",    "deadline",  "siege",    "ultimatum",    "vacation",    "flight",   "drive",
      "walk",     "interview", "film",     "contract",     "instability", "ban",      "strike",
      "truce",    "ceasefire", "trial",    "anniversary",  "warning",     "election", "campaign",
      "attacks",  "flapping",  "delay",    "queue",        "wobbling",    "unrest",   "footage",
      "unstable", "wobble",    "slowness", "testimony"};
  return kThings.contains(word);
}

// "Will take four weeks", "might last a day", "wird vier Wochen dauern".
bool is_to_come(const Clause& clause, const FoundTime& time) {
  constexpr std::size_t kReach = 6;
  std::size_t from = time.first > kReach ? time.first - kReach : 0;
  return clause.any(from, time.first, "will", "may", "might", "could", "would", "shall", "wird",
                    "könnte", "werden", "pourrait", "prendra", "podría", "tardará", "akan") ||
         (clause.any(from, time.first, "expected", "expects", "expect") &&
          clause.any(from, time.first, "to"));
}

// "The second such order in a month", "twice in two days", "deux coupures en deux jours": what an
// ordinal counts over.
bool is_counted_over(const Clause& clause, const FoundTime& time) {
  if (time.timex.value.find('T') != std::string::npos) return false;  // hours are not counted over
  if (!one_of(clause.before(time.first), "in", "en", "em", "within", "binnen", "за")) {
    return false;
  }
  constexpr std::size_t kReach = 8;
  std::size_t from = time.first > kReach ? time.first - kReach : 0;
  return clause.any(from, time.first, "time", "times", "second", "third", "fourth", "fifth",
                    "twice", "thrice", "again", "two", "three", "deux", "trois", "fois", "deuxième",
                    "troisième", "segunda", "segundo", "tercera", "terceira", "vez", "veces",
                    "vezes", "zweite", "zweiten", "zweites", "mal", "такой", "раз", "второй");
}

// Words behind a length that make it count from something.
bool is_offset(std::string_view after) {
  return one_of(after, "before", "earlier", "ago", "away", "avant", "antes", "zuvor", "vorher",
                "später", "auparavant");
}

}  // namespace

bool is_foreign_length(const Page& page, const Clause& clause, const FoundTime& time) {
  const Tokens& tokens = page.tokens;
  std::string_view value = time.timex.value;
  bool years = value.find('Y') != std::string_view::npos || value == "PXDE" || value == "PXCE";
  if (years) return !clause.stands_near(Sense::kOutage, time.first, time.last, 3);
  if (value.find('X') != std::string_view::npos) return true;
  std::size_t next = time.last;
  if (tokens.word(next) == "-") ++next;
  std::string_view after = tokens.word(next);
  if (one_of(after, "of", "long")) after = tokens.word(++next);
  if (is_thing(after) || (is_thing(tokens.word(next + 1)) && tokens.word(next - 1) == "of")) {
    return true;
  }
  std::string_view before = clause.before(time.first);
  std::string_view mine = tokens.word(time.first);
  if (before == "in" && one_of(mine, "the", "as")) return true;
  if (is_to_come(clause, time) || is_counted_over(clause, time)) return true;
  // "for nine hours before it came back" is a length, "nine hours before" is none.
  bool led = clause.stands_near(Sense::kLasting, time.first, time.first, 0);
  if (led && one_of(after, "before", "avant", "antes")) return false;
  // "One day after it was gone" counts from it; "came back 24 days after the coup" does not.
  bool days = value.find('T') == std::string_view::npos;
  if (after == "after" && !led && days) return value == "P1D" || !clause.has(Sense::kEnd, 3);
  // "Had not returned by 9:30, two hours on."
  bool on =
      after == "on" && (next + 1 >= clause.to() || tokens[next + 1].kind == TokenKind::kPunct);
  if (on) return true;
  if (before == "in" && clause.before(time.first, 2) == "time") return true;
  if (before == "after" && mine == "a" && tokens.word(time.first + 1) == "weekend") return true;
  if (is_offset(after)) return true;
  return one_of(before, "every", "per", "each", "last", "next", "these", "first") ||
         one_of(after, "week", "a");
}

}  // namespace correlate::extraction
