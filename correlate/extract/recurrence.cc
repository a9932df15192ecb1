#include "correlate/extract/recurrence.h"

#include <array>
#include <utility>

namespace correlate::extraction {
namespace {

struct Ordinal {
  std::string_view word;
  int number;
};

constexpr std::array kOrdinals = {
    Ordinal{"second", 2},   Ordinal{"third", 3},     Ordinal{"fourth", 4},  Ordinal{"fifth", 5},
    Ordinal{"sixth", 6},    Ordinal{"2nd", 2},       Ordinal{"3rd", 3},     Ordinal{"deuxième", 2},
    Ordinal{"seconde", 2},  Ordinal{"troisième", 3}, Ordinal{"zweite", 2},  Ordinal{"zweiten", 2},
    Ordinal{"zweiter", 2},  Ordinal{"dritte", 3},    Ordinal{"dritten", 3}, Ordinal{"segundo", 2},
    Ordinal{"segunda", 2},  Ordinal{"tercer", 3},    Ordinal{"tercera", 3}, Ordinal{"terceira", 3},
    Ordinal{"terceiro", 3}, Ordinal{"seconda", 2},   Ordinal{"tweede", 2},  Ordinal{"второй", 2},
    Ordinal{"вторая", 2},   Ordinal{"третий", 3},    Ordinal{"kedua", 2},   Ordinal{"ketiga", 3}};

// The tokens of what is counted over, behind the ordinal: "in two days", "this week", "since …".
std::string basis(const Page& page, const Clause& clause, std::size_t from) {
  constexpr std::size_t kReach = 8;
  constexpr std::size_t kLongest = 5;
  for (std::size_t i = from; i < std::min(clause.to(), from + kReach); ++i) {
    std::string_view word = clause.at(i);
    bool opens = one_of(word, "in", "since", "within", "this", "en", "innerhalb", "seit", "depuis",
                        "desde", "em", "за", "dalam");
    if (!opens) continue;
    std::size_t end = i + 1;
    while (end < clause.to() && end < i + kLongest && page.tokens[end].kind != TokenKind::kPunct) {
      ++end;
    }
    // "In North Korea" is where, not how often.
    bool place = std::any_of(page.places.begin(), page.places.end(), [&](const auto& found) {
      return found.first > i && found.first < end;
    });
    if (!place && end > i + 1) return page.tokens.span(i, end).text;
  }
  return {};
}

bool counts_outages(const Clause& clause, std::size_t at) {
  constexpr std::size_t kReach = 5;
  if (one_of(clause.at(at + 1), "day", "night", "week", "hour", "tag", "jour", "día", "dia")) {
    return false;  // how long, not how often
  }
  if (clause.any(at + 1, at + 2, "time", "fois", "mal", "vez", "volta", "keer", "раз")) {
    return true;
  }
  return clause.stands_near(Sense::kOutage, at + 1, at + 1, kReach - 2) ||
         clause.stands_near(Sense::kStart, at + 1, at + 1, 2);
}

}  // namespace

std::optional<Saying> find_recurrence(const Page& page, const Clause& clause) {
  if (!clause.has(Sense::kOutage, 2) && !clause.has(Sense::kStart, 3)) return std::nullopt;
  Saying out;
  out.kind = model::ClaimKind::kRecurs;
  for (std::size_t i = clause.from(); i < clause.to() && i < clause.from() + Clause::kMostWords;
       ++i) {
    std::string_view word = clause.at(i);
    const auto* ordinal = std::find_if(kOrdinals.begin(), kOrdinals.end(),
                                       [&](const Ordinal& o) { return o.word == word; });
    bool numbered = ordinal != kOrdinals.end() && counts_outages(clause, i);
    bool again = one_of(word, "again", "anew", "erneut", "снова", "nuevamente") &&
                 (clause.stands_near(Sense::kOutage, i, i + 1, 4) ||
                  clause.stands_near(Sense::kStart, i, i + 1, 4)) &&
                 !clause.stands_near(Sense::kEnd, i, i, 3);
    bool another = one_of(word, "another", "new", "nouvelle", "nueva", "nova", "erneute") &&
                   clause.stands_near(Sense::kOutage, i + 1, i + 1, 2) && !numbered;
    bool once_more = word == "once" && clause.at(i + 1) == "more";
    if (!numbered && !again && !once_more && !another) continue;
    out.first = i;
    out.last = i + (once_more || numbered ? 2 : 1);
    out.last = std::min(out.last, clause.to());
    out.value = numbered ? std::to_string(ordinal->number) : "again";
    if (numbered) out.amount = ordinal->number;
    out.basis = basis(page, clause, out.last);
    return out;
  }
  return std::nullopt;
}

}  // namespace correlate::extraction
