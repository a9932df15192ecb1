#include "correlate/extract/claims.h"

#include <utility>

#include <fmt/format.h>

#include "correlate/extract/circumstances.h"
#include "correlate/extract/outage_times.h"
#include "correlate/extract/speech.h"
#include "store/model/hash.h"

namespace correlate::extraction {
namespace {

using model::ClaimKind;

class ClaimFinder {
 public:
  explicit ClaimFinder(const Page& page)
      : page_(page), tokens_(page.tokens), quantities_(find_quantities(page.tokens)) {}

  std::vector<model::Claim> run();

 private:
  void times(const Clause& clause);
  void add(const Clause& clause, Saying saying);
  model::Claim claim(const Clause& clause, ClaimKind kind, std::size_t first,
                     std::size_t last) const;
  std::vector<std::string> countries(std::size_t from, std::size_t to,
                                     const Clause* clause = nullptr) const;

  const Page& page_;
  const Tokens& tokens_;
  std::vector<Quantity> quantities_;
  std::vector<std::string> countries_;  // of the title, else of the whole page
  std::vector<model::Claim> out_;
};

// "Officials in South Korea said": whoever speaks sits there.
bool speaks_from(const Clause& clause, const FoundMention& place) {
  return std::any_of(clause.words().begin(), clause.words().end(), [&](const FoundWord& word) {
    return word.word->sense == Sense::kSay && word.first == place.last;
  });
}

// The countries named by the tokens [from, to), each once, in order. Where a reporter sits, or in
// `clause` who is quoted, is not where it happened, unless nothing else is named.
std::vector<std::string> ClaimFinder::countries(std::size_t from, std::size_t to,
                                                const Clause* clause) const {
  std::vector<std::string> out;
  auto place =
      std::lower_bound(page_.places.begin(), page_.places.end(), from,
                       [](const FoundMention& found, std::size_t at) { return found.first < at; });
  for (; place != page_.places.end() && place->first < to; ++place) {
    const std::string& country = place->mention.scope.country;
    bool scene =
        place->mention.kind == model::MentionKind::kPlace && !page_.in_dateline(place->first);
    if (clause != nullptr && speaks_from(*clause, *place)) continue;
    if (scene && std::find(out.begin(), out.end(), country) == out.end()) out.push_back(country);
  }
  return out;
}

model::Claim ClaimFinder::claim(const Clause& clause, ClaimKind kind, std::size_t first,
                                std::size_t last) const {
  model::Claim claim;
  claim.kind = kind;
  claim.span = tokens_.span(first, last);
  claim.sentence = tokens_.span(clause.from(), clause.to());
  claim.countries = countries(clause.from(), clause.to(), &clause);
  if (claim.countries.empty()) claim.countries = countries_;
  Speech speech = who_says(page_, clause, first);
  claim.speaker = std::move(speech.speaker);
  claim.via = std::move(speech.via);
  claim.voice = speech.voice;
  claim.hedge = hedge_of(page_, clause, first, last);
  claim.hedged = !claim.hedge.empty();
  claim.denied = kind != ClaimKind::kDenial && is_denied(clause, first, last);
  if (kind == ClaimKind::kCause) claim.denied = claim.denied || is_negated(clause, first);
  claim.ongoing = kind == ClaimKind::kOngoing ||
                  (kind == ClaimKind::kDuration && goes_on(page_, clause, first, last));
  claim.tense = tense_of(tokens_, clause, first, last);
  return claim;
}

void ClaimFinder::add(const Clause& clause, Saying saying) {
  model::Claim one = claim(clause, saying.kind, saying.first, saying.last);
  one.value = std::move(saying.value);
  one.mod = std::move(saying.mod);
  one.basis = std::move(saying.basis);
  one.amount = saying.amount;
  one.unit = std::move(saying.unit);
  out_.push_back(std::move(one));
}

void ClaimFinder::times(const Clause& clause) {
  auto first =
      std::lower_bound(page_.times.begin(), page_.times.end(), clause.from(),
                       [](const FoundTime& time, std::size_t at) { return time.first < at; });
  std::size_t done = 0;
  for (auto time = first;
       time != page_.times.end() && time->first < clause.to() && done < Clause::kMostWords;
       ++time, ++done) {
    auto kind =
        read_as_outage_time(page_, clause, static_cast<std::size_t>(time - page_.times.begin()));
    if (!kind) continue;
    model::Claim one = claim(clause, *kind, time->first, time->last);
    one.value = time->timex.value;
    one.mod = time->timex.mod;
    one.zone = time->timex.zone;
    one.interval = time->timex.interval;
    out_.push_back(std::move(one));
  }
}

std::vector<model::Claim> ClaimFinder::run() {
  bool outage = page_.outage_score >= kAboutOutage;
  countries_ = countries(0, page_.title_end);
  if (countries_.empty()) countries_ = countries(0, tokens_.size());
  // A text of thousands of sentences says the rest of it again.
  constexpr std::size_t kMostDeeds = 64;
  std::size_t deeds = 0;
  for (std::size_t number = 0; number < tokens_.sentences(); ++number) {
    Clause clause(page_, number);
    std::size_t before = out_.size();
    if (outage) {
      times(clause);
      for (auto& one : find_circumstances(page_, clause, quantities_)) add(clause, std::move(one));
    }
    if (deeds >= kMostDeeds) continue;
    bool told = out_.size() > before;
    for (auto& one : find_deeds(page_, clause)) {
      // Who says what is already a claim needs no other.
      if (one.kind == ClaimKind::kStatement && told) continue;
      add(clause, std::move(one));
      ++deeds;
    }
  }
  for (auto& claim : out_) {
    claim.id = model::make_id(
        "clm", fmt::format("{}\n{}\n{}\n{}\n{}", page_.article.id, page_.article.revision,
                           model::to_string(claim.kind), claim.span.begin, claim.span.end));
  }
  return std::move(out_);
}

}  // namespace

std::vector<model::Claim> find_claims(const Page& page) { return ClaimFinder(page).run(); }

}  // namespace correlate::extraction
