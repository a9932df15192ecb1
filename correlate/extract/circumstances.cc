#include "correlate/extract/circumstances.h"

#include <utility>

#include "correlate/extract/recurrence.h"

namespace correlate::extraction {
namespace {

using model::ClaimKind;

// "Partially restored" measures the return, not the outage.
bool is_of_return(const Clause& clause, const FoundWord& scope) {
  return std::any_of(clause.words().begin(), clause.words().end(), [&](const FoundWord& other) {
    return other.word->sense == Sense::kEnd && other.first == scope.last;
  });
}

Saying saying(ClaimKind kind, const FoundWord& word, std::string value) {
  Saying out;
  out.kind = kind;
  out.first = word.first;
  out.last = word.last;
  out.value = std::move(value);
  return out;
}

void add_words(const Clause& clause, std::vector<Saying>& out) {
  bool caused = false;
  bool scoped = false;
  for (const auto& word : clause.words()) {
    Sense sense = word.word->sense;
    if (sense == Sense::kCause && !caused) {
      caused = true;
      out.push_back(saying(ClaimKind::kCause, word, std::string(word.word->name)));
    }
    bool scope = sense == Sense::kAll || sense == Sense::kSome;
    if (!scope || scoped || is_of_return(clause, word)) continue;
    scoped = true;
    out.push_back(saying(ClaimKind::kScope, word, sense == Sense::kAll ? "all" : "some"));
  }
}

// What of the network a share or a number is of: what is lost, or who is hit.
bool is_of_traffic(const Clause& clause, const Quantity& quantity) {
  constexpr std::size_t kReach = 8;
  std::size_t from = quantity.first > kReach ? quantity.first - kReach : 0;
  return clause.any(from, quantity.last + kReach, "traffic", "connectivity", "routes", "prefixes",
                    "networks", "capacity", "datenverkehr", "trafic", "tráfico", "tráfego",
                    "трафик", "трафика", "level", "levels", "connections");
}

// "Fell by 90 percent" loses 0.9, "fell to 4 percent" 0.96.
double lost_share(const Clause& clause, const Quantity& quantity) {
  bool rest = one_of(clause.before(quantity.first), "to", "auf", "à", "al", "para", "до") ||
              (clause.before(quantity.first) == "only") || (clause.before(quantity.first) == "at");
  return rest ? 1 - quantity.amount : quantity.amount;
}

void add_quantity(const Page& page, const Clause& clause, const Quantity& quantity,
                  std::vector<Saying>& out) {
  if (page.in_dateline(quantity.first)) return;
  Saying one;
  one.first = quantity.first;
  one.last = quantity.last;
  one.mod = quantity.mod;
  one.amount = quantity.amount;
  one.unit = quantity.unit;
  if (quantity.unit == "share") {
    bool traffic = is_of_traffic(clause, quantity);
    one.kind = traffic ? ClaimKind::kDepth : ClaimKind::kScope;
    one.value = "share";
    if (traffic) one.amount = lost_share(clause, quantity);
    if (clause.at(quantity.last) == "of") {
      constexpr std::size_t kLongest = 5;
      std::size_t end = std::min(clause.to(), quantity.last + kLongest);
      while (end > quantity.last + 1 && page.tokens[end - 1].kind != TokenKind::kWord) --end;
      one.basis = page.tokens.span(quantity.last, end).text;
    }
    out.push_back(std::move(one));
    return;
  }
  bool of_network = one_of(quantity.unit, "networks", "addresses", "customers", "sites", "servers",
                           "routers", "countries", "regions", "calls");
  if (!of_network) return;
  one.kind = ClaimKind::kScope;
  one.value = "count";
  out.push_back(std::move(one));
}

// "Remains offline", "is still down".
void add_ongoing(const Clause& clause, std::vector<Saying>& out) {
  for (const auto& word : clause.words()) {
    bool lost = word.word->sense == Sense::kOutage && word.word->weight >= 2;
    if (!lost || clause.has(Sense::kEnd, 3)) continue;
    constexpr std::size_t kReach = 4;
    std::size_t from = word.first > kReach ? word.first - kReach : 0;
    bool now = clause.any(from, word.first, "remains", "remain", "still", "stays", "stay",
                          "continues", "currently", "noch", "weiterhin", "toujours", "sigue",
                          "continúa", "continua", "masih") ||
               (clause.any(from, word.first, "is", "are") &&
                clause.any(word.last, word.last + kReach, "now", "currently", "since"));
    if (!now) continue;
    out.push_back(saying(ClaimKind::kOngoing, word, "ongoing"));
    return;
  }
}

}  // namespace

std::vector<Saying> find_circumstances(const Page& page, const Clause& clause,
                                       const std::vector<Quantity>& quantities) {
  std::vector<Saying> out;
  bool outage = clause.has(Sense::kOutage, 2) || clause.has(Sense::kStart, 2);
  if (auto again = find_recurrence(page, clause)) out.push_back(*std::move(again));
  if (!outage) return out;
  add_words(clause, out);
  add_ongoing(clause, out);
  auto quantity =
      std::lower_bound(quantities.begin(), quantities.end(), clause.from(),
                       [](const Quantity& found, std::size_t at) { return found.first < at; });
  constexpr int kMost = 8;  // quantities of a sentence
  for (int n = 0; n < kMost && quantity != quantities.end() && quantity->first < clause.to();
       ++n, ++quantity) {
    add_quantity(page, clause, *quantity, out);
  }
  return out;
}

bool goes_on(const Page& page, const Clause& clause, std::size_t first, std::size_t last) {
  constexpr std::size_t kBefore = 12;
  constexpr std::size_t kBehind = 5;
  bool perfect = false;
  bool over = clause.has(Sense::kEnd, 3);
  std::size_t from = first > clause.from() + kBefore ? first - kBefore : clause.from();
  for (std::size_t i = from; i < std::min(clause.to(), last + kBehind); ++i) {
    std::string_view word = page.tokens.word(i);
    if (one_of(word, "has", "have", "remains", "remain", "still", "already", "now", "'ve", "’ve",
               "seit", "depuis", "noch", "toujours", "llevan", "lleva", "уже", "masih", "continues",
               "está", "sigue")) {
      perfect = true;
    }
    if (one_of(word, "had", "was", "were", "lasted", "after", "ended", "took", "restored", "came",
               "returned", "back", "lasting", "before", "ran", "following")) {
      over = true;
    }
  }
  return perfect && !over;
}

}  // namespace correlate::extraction
