#include <algorithm>
#include <array>
#include <cmath>

#include "correlate/extract/claims.h"
#include "correlate/extract/clause.h"
#include "correlate/extract/happened.h"
#include "correlate/extract/recurrence.h"

namespace correlate::extraction {
namespace {

using model::Happening;

constexpr double kTitleWeight = 3;
constexpr double kLeadWeight = 2;  // the first sentence of the body
constexpr std::size_t kKinds = static_cast<std::size_t>(Happening::kRelapse) + 1;

double place_weight(const Page& page, std::size_t token) {
  if (page.in_title(token)) return kTitleWeight;
  std::uint32_t first =
      page.title_end < page.tokens.size() ? page.tokens[page.title_end].sentence : 0;
  return page.tokens[token].sentence == first ? kLeadWeight : 1;
}

// How much the words of a part of the page speak of a network outage.
struct Tally {
  double network = 0;
  double outage = 0;
  double start = 0;
  double end = 0;
  double other = 0;

  void add(const FoundWord& word, double place) {
    double weight = word.word->weight * place;
    if (word.word->sense == Sense::kNetwork) network += weight;
    if (word.word->sense == Sense::kOutage) outage += weight;
    if (word.word->sense == Sense::kStart && word.word->weight >= 3) start += weight;
    if (word.word->sense == Sense::kEnd && word.word->weight >= 2) end += weight;
    if (word.word->sense == Sense::kElse) other += weight;
  }
};

Tally count(const Page& page) {
  Tally tally;
  for (const auto& word : page.words) tally.add(word, place_weight(page, word.first));
  return tally;
}

// "North Korea hacked the studio": who did it is told with what was done.
constexpr double kAccused = 3;
// From this outage_score() on a headline's words of an outage count nearly in full.
constexpr double kToldInHead = 0.4;

// What speaks for one kind of happening: the sum of its words, and each of them.
struct Case {
  double score = 0;
  std::vector<std::pair<double, const FoundWord*>> words;

  void add(double weight, const FoundWord& word) {
    score += weight;
    words.emplace_back(weight, &word);
  }
};

class Decision {
 public:
  explicit Decision(const Page& page) : page_(page) {}

  void decide(model::Extraction& out);

 private:
  void weigh();
  void settle_background();
  bool follows_place(const FoundWord& word) const;
  bool means_no_return(const FoundWord& word, const FoundWord* loss) const;
  Happening outage_kind() const;
  bool is_again() const;
  // The title, or where there is none the first sentence.
  bool in_head(const FoundWord& word) const {
    return page_.title_end > 0 ? page_.in_title(word.first)
                               : page_.tokens[word.first].sentence == 0;
  }
  Case& of(Happening kind) { return cases_[static_cast<std::size_t>(kind)]; }

  const Page& page_;
  std::array<Case, kKinds> cases_;
  Case outage_;  // of whichever kind of outage it is
  Tally head_;
  Tally body_;
};

bool Decision::follows_place(const FoundWord& word) const {
  return std::any_of(page_.places.begin(), page_.places.end(), [&](const FoundMention& place) {
    return place.mention.kind == model::MentionKind::kPlace && place.last == word.first;
  });
}

// "Down again", "not normal", "nor back": words of a return that tell of none. `loss` is the last
// word of a loss before it.
bool Decision::means_no_return(const FoundWord& word, const FoundWord* loss) const {
  if (word.word->sense != Sense::kEnd) return false;
  const Tokens& tokens = page_.tokens;
  std::string_view text = tokens.word(word.first);
  constexpr std::size_t kReach = 6;
  bool repeats = word.last == word.first + 1 &&
                 one_of(text, "again", "erneut", "wieder", "снова", "nuevamente") &&
                 loss != nullptr && word.first <= loss->last + kReach;
  bool bound = one_of(text, "until", "till", "over");
  bool negated = word.first > 0 &&
                 one_of(tokens.word(word.first - 1), "not", "no", "never", "nicht", "pas", "no");
  return repeats || bound || negated;
}

void Decision::weigh() {
  const FoundWord* loss = nullptr;
  for (const auto& word : page_.words) {
    if (means_no_return(word, loss)) continue;
    if (word.word->sense == Sense::kOutage || word.word->sense == Sense::kStart) loss = &word;
    bool told = in_head(word) && page_.outage_score > kToldInHead;
    double about = page_.outage_score * (told ? 1 : page_.outage_score);
    double place = place_weight(page_, word.first);
    (in_head(word) ? head_ : body_).add(word, place);
    Sense sense = word.word->sense;
    double weight = word.word->weight * place;
    bool of_outage = sense == Sense::kOutage ||
                     (sense == Sense::kStart && word.word->weight >= 3) ||
                     (sense == Sense::kEnd && word.word->weight >= 2);
    if (of_outage) outage_.add(weight * about, word);
    if (sense != Sense::kHappening) continue;
    bool names_who =
        word.word->happening == Happening::kBreach && in_head(word) && follows_place(word);
    of(names_who ? Happening::kAttribution : word.word->happening)
        .add(names_who ? kAccused * place : weight, word);
  }
}

// A break-in is what all that follows it is about: "the Sony hack" in a headline on sanctions tells
// of sanctions. Its words count in full only where the head tells of nothing else.
void Decision::settle_background() {
  constexpr double kBackground = 0.3;
  bool tells_more = false;
  bool retorts = false;
  for (std::size_t i = 0; i < kKinds; ++i) {
    auto kind = static_cast<Happening>(i);
    if (kind == Happening::kBreach || kind == Happening::kAttack || kind == Happening::kOther) {
      continue;
    }
    for (const auto& [weight, word] : cases_[i].words) {
      tells_more = tells_more || (in_head(*word) && word->word->weight >= 2);
      retorts = retorts || (in_head(*word) && word->word->name == "retort");
    }
  }
  // So are sanctions to a headline that tells how they were received.
  if (retorts) of(Happening::kSanctions).score *= kBackground;
  // Nor is the attack what a headline is about that tells what it took down.
  constexpr double kTold = 3 * kTitleWeight;
  if (head_.start >= kTold || head_.outage >= kTold) of(Happening::kAttack).score *= kBackground;
  if (!tells_more) return;
  for (auto kind : {Happening::kBreach, Happening::kAttack}) {
    of(kind).score *= kBackground;
  }
}

// "Down again", "second outage in two days": told of in the head.
bool Decision::is_again() const {
  std::size_t end = page_.title_end;
  std::size_t sentences = end > 0 ? page_.tokens[end - 1].sentence + std::size_t{1} : 1;
  constexpr std::size_t kMost = 8;  // sentences of a title
  for (std::size_t i = 0; i < std::min({sentences, kMost, page_.tokens.sentences()}); ++i) {
    if (find_recurrence(page_, Clause(page_, i))) return true;
  }
  return false;
}

Happening Decision::outage_kind() const {
  double begun = head_.start + head_.outage;
  if (head_.end > 0 && head_.end >= begun * 0.5) return Happening::kOutageEnd;
  if (begun > 0) return is_again() ? Happening::kRelapse : Happening::kOutageStart;
  if (head_.end > 0) return Happening::kOutageEnd;
  if (body_.end > 1.2 * body_.start && body_.end >= 6) return Happening::kOutageEnd;
  return body_.start >= 3 ? Happening::kOutageStart : Happening::kOutage;
}

void Decision::decide(model::Extraction& out) {
  weigh();
  settle_background();
  Case& outage = of(outage_kind());
  outage.score += outage_.score;
  outage.words.insert(outage.words.end(), outage_.words.begin(), outage_.words.end());
  auto best = std::max_element(cases_.begin(), cases_.end(),
                               [](const Case& a, const Case& b) { return a.score < b.score; });
  constexpr double kEnough = 2;
  double all = kEnough;
  for (const auto& one : cases_) all += one.score;
  if (best->score < kEnough) {
    out.happening = Happening::kOther;
    out.happening_confidence = kEnough / all;
    return;
  }
  out.happening = static_cast<Happening>(best - cases_.begin());
  out.happening_confidence = best->score / all;
  std::stable_sort(best->words.begin(), best->words.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  constexpr std::size_t kMost = 6;
  for (const auto& [weight, word] : best->words) {
    std::string text = page_.tokens.span(word->first, word->last).text;
    auto& said = out.happening_words;
    if (said.size() == kMost) break;
    if (std::find(said.begin(), said.end(), text) == said.end()) said.push_back(std::move(text));
  }
}

}  // namespace

double outage_score(const Page& page, std::vector<std::string>& words) {
  Tally tally = count(page);
  for (const auto& word : page.words) {
    bool speaks = word.word->sense == Sense::kNetwork || word.word->sense == Sense::kOutage ||
                  word.word->sense == Sense::kStart;
    if (!speaks || word.word->weight < 2) continue;
    std::string said = page.tokens.span(word.first, word.last).text;
    if (std::find(words.begin(), words.end(), said) == words.end() && words.size() < 24) {
      words.push_back(std::move(said));
    }
  }
  double named = 0;
  for (const auto& place : page.places) {
    if (place.mention.kind == model::MentionKind::kNetwork) named += 2;
  }
  // Both must be there: something that is a network, and that it was out.
  // An operator may be all that is named of the network.
  double network = 1 - std::exp(-(tally.network + named + 1.5) / 6);
  double outage = 1 - std::exp(-(tally.outage + tally.start + 0.5 * tally.end) / 6);
  double own = tally.network + tally.outage + tally.start;
  double share = own <= 0 ? 0 : own / (own + tally.other);
  return std::sqrt(network * outage) * share;
}

void find_happening(const Page& page, model::Extraction& out) {
  Decision(page).decide(out);
  date_happening(page, out);
}

}  // namespace correlate::extraction
