#include "correlate/extract/claims.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "store/model/hash.h"

namespace correlate::extraction {
namespace {

using model::ClaimKind;

// Below this the page is not about an outage, and its times are not held against measurements.
constexpr double kAboutOutage = 0.12;
// From here on a length or a range of clock times needs no outage word in its own sentence.
constexpr double kTellsOfOutage = 0.3;
constexpr double kMostlyOutage = 0.4;

bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// The outage word that a time belongs to.
struct Tie {
  const FoundWord* word = nullptr;
  int distance = 1000;
};

class ClaimFinder {
 public:
  explicit ClaimFinder(const Page& page)
      : page_(page),
        tokens_(page.tokens),
        verb_final_(one_of(page.article.language.substr(0, 2), {"ko", "ja", "tr", "hi"})) {}

  std::vector<model::Claim> run();

 private:
  void sentence(std::size_t number);
  void time(std::size_t index);
  void length(std::size_t index);
  void words_of_scope_and_cause();
  Tie nearest(std::size_t first, std::size_t last, std::initializer_list<Sense> senses) const;
  int distance(std::size_t first, std::size_t last, const FoundWord& word) const;
  bool foreign_length(const FoundTime& time) const;
  ClaimKind point_kind(std::size_t index, const Tie& start, const Tie& end) const;
  bool range_with(std::size_t one, std::size_t two) const;
  bool completes_clock(std::size_t index) const;
  void add(ClaimKind kind, std::size_t index);
  void decorate(model::Claim& claim, std::size_t first, std::size_t last) const;
  std::pair<std::size_t, std::size_t> named_by(const FoundWord& word) const;
  std::string speaker(std::size_t at) const;
  bool ongoing(const model::Claim& claim, std::size_t first, std::size_t last) const;
  std::vector<std::string> countries(std::size_t from, std::size_t to) const;
  bool stands_near(Sense sense, std::size_t first, std::size_t last, std::size_t reach) const;
  bool breaks(std::size_t from, std::size_t to) const;
  void forget_repetition();

  const Page& page_;
  const Tokens& tokens_;
  bool verb_final_;       // Korean, Japanese: what happened stands behind its time
  std::size_t from_ = 0;  // the sentence at hand
  std::size_t to_ = 0;
  std::vector<FoundWord> here_;         // its words
  std::vector<std::string> countries_;  // of the title, else of the whole page
  std::vector<model::Claim> out_;
};

// Tokens between, with what a boundary inside adds. The words on the side where the language's
// verbs do not stand count a little farther.
int ClaimFinder::distance(std::size_t first, std::size_t last, const FoundWord& word) const {
  bool ahead = word.first >= last;
  bool farther = ahead != verb_final_;
  std::size_t a = ahead ? last : word.last;
  std::size_t b = ahead ? word.first : first;
  if (a > b) return 0;
  int cost = static_cast<int>(b - a) + (farther ? 1 : 0);
  for (std::size_t i = a; i < b; ++i) {
    std::string_view mark = tokens_.word(i);
    if (one_of(mark, {";", ":"})) cost += 8;
    if (one_of(mark, {",", "–", "—", "(", "，", "、", "،"})) cost += 3;
    if (one_of(mark, {"but", "while", "whereas", "and", "when", "aber", "und", "mais", "et", "y",
                      "pero", "e", "mas", "و", "и", "но", "а"})) {
      cost += 3;
    }
  }
  return cost;
}

Tie ClaimFinder::nearest(std::size_t first, std::size_t last,
                         std::initializer_list<Sense> senses) const {
  Tie best;
  for (const auto& word : here_) {
    if (std::find(senses.begin(), senses.end(), word.word->sense) == senses.end()) continue;
    if (word.first < last && word.last > first) continue;
    int cost = distance(first, last, word) * 2 - static_cast<int>(word.word->weight);
    if (cost < best.distance) best = {&word, cost};
  }
  return best;
}

bool ClaimFinder::stands_near(Sense sense, std::size_t first, std::size_t last,
                              std::size_t reach) const {
  for (const auto& word : here_) {
    if (word.word->sense != sense) continue;
    if (word.last + reach >= first && word.first <= last + reach) return true;
  }
  return false;
}

// Whether a clause ends between two tokens.
bool ClaimFinder::breaks(std::size_t from, std::size_t to) const {
  for (std::size_t i = from; i < to; ++i) {
    if (one_of(tokens_.word(i), {":", ";", "–", "—"})) return true;
  }
  return false;
}

// "Went down again": what happened again is the loss, although "again" alone is of a return.
void ClaimFinder::forget_repetition() {
  constexpr std::size_t kReach = 6;
  const FoundWord* last = nullptr;
  std::vector<FoundWord> kept;
  for (const auto& word : here_) {
    Sense sense = word.word->sense;
    bool again = sense == Sense::kEnd && word.last == word.first + 1 &&
                 one_of(tokens_.word(word.first), {"again", "erneut", "wieder"});
    bool of_loss = last != nullptr && last->word->sense != Sense::kEnd &&
                   word.first <= last->last + kReach && !breaks(last->last, word.first);
    if (again && of_loss) continue;
    kept.push_back(word);
    if (sense == Sense::kStart || sense == Sense::kOutage || sense == Sense::kEnd) last = &word;
  }
  here_ = std::move(kept);
}

// A length that is none of the outage's: ages, "the worst in years", "five hours of talks".
bool ClaimFinder::foreign_length(const FoundTime& time) const {
  static const std::unordered_set<std::string_view> kThings = {
      "talks",    "meeting",   "meetings",    "drill",     "exercise",     "war",      "fighting",
      "sentence", "notice",    "instability", "protests",  "negotiations", "rule",     "old",
      "history",  "power",     "deadline",    "ultimatum", "vacation",     "flight",   "drive",
      "walk",     "interview", "film",        "contract",  "siege",        "ban",      "strike",
      "truce",    "ceasefire", "anniversary", "warning",   "election",     "campaign", "trial",
      "attacks",  "flapping",  "delay",       "queue"};
  std::string_view value = time.timex.value;
  bool years = value.find('Y') != std::string_view::npos || value == "PXDE" || value == "PXCE";
  if (years) return !stands_near(Sense::kOutage, time.first, time.last, 3);
  std::size_t next = time.last;
  if (tokens_.word(next) == "-") ++next;
  std::string_view after = tokens_.word(next);
  if (one_of(after, {"of", "long"})) after = tokens_.word(next + 1);
  if (kThings.contains(after)) return true;
  std::string_view before = time.first > 0 ? tokens_.word(time.first - 1) : std::string_view();
  std::string_view mine = tokens_.word(time.first);
  bool vague = value.find('X') != std::string_view::npos;
  if (before == "in" && (vague || one_of(mine, {"the", "as"}))) return true;
  if (vague && one_of(after, {"before", "later", "earlier", "ago"})) return true;
  // "for nine hours before it came back" is a length, "nine hours before" is none.
  bool led = stands_near(Sense::kLasting, time.first, time.first, 0);
  if (after == "before" && led) return false;
  // "one day after it was gone" counts from it; "crashes for the second time in two days".
  if (after == "after" && !led && value.find('T') == std::string_view::npos) return true;
  if (before == "in" && time.first > 1 && tokens_.word(time.first - 2) == "time") return true;
  if (before == "after" && mine == "a" && tokens_.word(time.first + 1) == "weekend") return true;
  if (one_of(after, {"before", "earlier", "ago", "away"})) return true;
  return one_of(before, {"every", "per", "each", "last", "next", "these", "first"}) ||
         one_of(after, {"week", "a"});
}

void ClaimFinder::length(std::size_t index) {
  const FoundTime& time = page_.times[index];
  if (foreign_length(time)) return;
  bool vague = time.timex.value.find('X') != std::string_view::npos;
  Tie tie = nearest(time.first, time.last, {Sense::kOutage, Sense::kStart, Sense::kEnd});
  Tie lasting = nearest(time.first, time.last, {Sense::kLasting});
  Tie other = nearest(time.first, time.last, {Sense::kElse});
  bool lead = lasting.word != nullptr && lasting.distance <= 4;
  bool near = tie.word != nullptr && tie.distance <= (vague ? 12 : lead ? 44 : 30);
  if (other.word != nullptr && other.distance < std::min(tie.distance, 10)) return;
  // "Lost its paths within ten minutes": how fast it went, not how long it was gone.
  bool within = tokens_.word(time.first) == "within" ||
                (time.first > from_ && tokens_.word(time.first - 1) == "within");
  if (within && nearest(time.first, time.last, {Sense::kEnd}).distance > tie.distance) return;
  // A length beside an outage told of in the title or the sentence before.
  bool told = !vague && page_.outage_score > (lead ? kTellsOfOutage : kMostlyOutage);
  if (near || told || (page_.in_title(time.first) && !vague)) add(ClaimKind::kDuration, index);
}

bool ClaimFinder::range_with(std::size_t one, std::size_t two) const {
  if (two >= page_.times.size()) return false;
  const FoundTime& a = page_.times[one];
  const FoundTime& b = page_.times[two];
  bool points = a.timex.type != model::TimexType::kDuration &&
                b.timex.type != model::TimexType::kDuration &&
                a.timex.type != model::TimexType::kSet && b.timex.type != model::TimexType::kSet;
  if (!points || b.first > a.last + 3 || b.first <= a.last) return false;
  for (std::size_t i = a.last; i < b.first; ++i) {
    if (one_of(tokens_.word(i), {"to", "until", "till", "through", "bis", "–", "-", "a", "à",
                                 "jusqu", "hasta", "até", "до", "по", "إلى", "تا", "से", "から"})) {
      return true;
    }
  }
  return false;
}

ClaimKind ClaimFinder::point_kind(std::size_t index, const Tie& start, const Tie& end) const {
  const FoundTime& time = page_.times[index];
  if (index > 0 && range_with(index - 1, index) && page_.times[index - 1].first >= from_)
    return ClaimKind::kEnd;
  std::string_view before = time.first > from_ ? tokens_.word(time.first - 1) : std::string_view();
  if (one_of(before, {"until", "till", "through", "bis", "jusqu", "hasta", "até"}))
    return ClaimKind::kEnd;
  if (range_with(index, index + 1)) return ClaimKind::kStart;
  bool since = one_of(before, {"since", "seit", "depuis", "desde", "beginning", "starting", "from",
                               "منذ", "с", "з", "sinds", "sejak"});
  if (since && !(end.word != nullptr && end.distance < start.distance && before != "since")) {
    return ClaimKind::kStart;
  }
  return end.distance < start.distance ? ClaimKind::kEnd : ClaimKind::kStart;
}

// "at 1 p.m. Sunday": the day only completes the clock time before it.
bool ClaimFinder::completes_clock(std::size_t index) const {
  if (index == 0) return false;
  const FoundTime& clock = page_.times[index - 1];
  const FoundTime& day = page_.times[index];
  bool types =
      clock.timex.type == model::TimexType::kTime && day.timex.type == model::TimexType::kDate;
  bool adjoins =
      day.first == clock.last || (day.first == clock.last + 1 && day.first > clock.last &&
                                  one_of(tokens_.word(clock.last), {"on", ",", "del", "am", "le"}));
  return types && adjoins && clock.timex.value.starts_with(day.timex.value);
}

void ClaimFinder::time(std::size_t index) {
  const FoundTime& time = page_.times[index];
  std::string_view value = time.timex.value;
  bool clock = time.timex.type == model::TimexType::kTime;
  bool vague = !time.timex.interval || value.find("REF") != std::string_view::npos;
  bool wide = value.size() == 4 || value.find("-Q") != std::string_view::npos;
  if (vague || wide || time.future || completes_clock(index)) return;
  Tie start = nearest(time.first, time.last, {Sense::kStart, Sense::kOutage});
  Tie end = nearest(time.first, time.last, {Sense::kEnd});
  Tie said = nearest(time.first, time.last, {Sense::kSay});
  // "Attack traffic since 18 December": what stands before the "since" began then.
  bool led = start.word != nullptr && start.word->last == time.first;
  Tie other = nearest(led ? start.word->first : time.first, time.last, {Sense::kElse});
  int tied = std::min(start.distance, end.distance);
  int limit = clock ? 60 : 24;
  bool range = range_with(index, index + 1) || (index > 0 && range_with(index - 1, index));
  bool of_statement =
      said.word != nullptr && said.distance < 6 && said.distance < tied + (clock ? 0 : 2);
  bool elsewhere = other.word != nullptr &&
                   (other.distance < std::min(tied, 10) || (led && other.distance <= 0));
  if (of_statement || elsewhere) return;
  bool told = range && clock && page_.outage_score > kTellsOfOutage;
  if (tied > limit && !told) return;
  add(point_kind(index, start, end), index);
}

// The countries named by the tokens [from, to), each once, in order.
std::vector<std::string> ClaimFinder::countries(std::size_t from, std::size_t to) const {
  std::vector<std::string> out;
  auto place =
      std::lower_bound(page_.places.begin(), page_.places.end(), from,
                       [](const FoundMention& found, std::size_t at) { return found.first < at; });
  for (; place != page_.places.end() && place->first < to; ++place) {
    const std::string& country = place->mention.scope.country;
    bool operated = place->mention.kind == model::MentionKind::kNetwork;
    if (!operated && std::find(out.begin(), out.end(), country) == out.end())
      out.push_back(country);
  }
  return out;
}

// The tokens that name who speaks beside a word of saying: "according to X", "X said", "said X",
// "officials say". Empty when nobody is named.
std::pair<std::size_t, std::size_t> ClaimFinder::named_by(const FoundWord& word) const {
  auto name_like = [&](std::size_t i) {
    return i < to_ && tokens_[i].kind == TokenKind::kWord &&
           (tokens_[i].capital || one_of(tokens_.word(i), {"of", "the", "de", "la"}));
  };
  std::size_t begin = word.last;
  std::size_t end = begin;
  if (tokens_.word(word.first) == "according") {
    while (end < to_ && end < begin + 8 && tokens_[end].kind == TokenKind::kWord) ++end;
    return {begin, end};
  }
  begin = end = word.first;
  while (begin > from_ && name_like(begin - 1)) --begin;
  while (begin < end && !tokens_[begin].capital) ++begin;
  if (begin < end) return {begin, end};
  begin = end = word.last;
  while (name_like(end)) ++end;
  while (end > begin && !tokens_[end - 1].capital) --end;
  if (begin < end || word.first <= from_) return {begin, end};
  bool many = tokens_[word.first - 1].kind == TokenKind::kWord &&
              tokens_.word(word.first - 1).ends_with("s");
  return many ? std::pair{word.first - 1, word.first} : std::pair{begin, end};
}

// The name, or the words up to the next mark.
std::string ClaimFinder::speaker(std::size_t at) const {
  for (const auto& word : here_) {
    if (word.word->sense != Sense::kSay) continue;
    auto [begin, end] = named_by(word);
    while (begin < end && tokens_.word(begin) == "the") ++begin;
    auto time =
        std::lower_bound(page_.times.begin(), page_.times.end(), end,
                         [](const FoundTime& found, std::size_t to) { return found.first < to; });
    bool is_time = time != page_.times.begin() && std::prev(time)->last > begin;
    if (end > begin && !is_time && !(at >= begin && at < end)) return tokens_.span(begin, end).text;
  }
  return {};
}

// "has been down for more than two hours", "has passed 18 hours", "still offline after".
bool ClaimFinder::ongoing(const model::Claim& claim, std::size_t first, std::size_t last) const {
  if (claim.kind != ClaimKind::kDuration) return false;
  bool perfect = false;
  bool over = false;
  std::size_t from = first > from_ + 12 ? first - 12 : from_;
  for (std::size_t i = from; i < std::min(to_, last + 5); ++i) {
    std::string_view word = tokens_.word(i);
    if (one_of(word, {"has",   "have", "remains", "remain",    "still", "already",  "now",
                      "'ve",   "’ve",  "seit",    "depuis",    "noch",  "toujours", "llevan",
                      "lleva", "уже",  "masih",   "continues", "está",  "sigue"})) {
      perfect = true;
    }
    if (one_of(word, {"had", "was", "were", "lasted", "after", "ended", "took", "restored", "came",
                      "returned", "back", "lasting", "before", "ran", "following"})) {
      over = true;
    }
  }
  for (const auto& word : here_)
    over = over || (word.word->sense == Sense::kEnd && word.word->weight >= 3);
  return perfect && !over;
}

void ClaimFinder::decorate(model::Claim& claim, std::size_t first, std::size_t last) const {
  claim.span = tokens_.span(first, last);
  claim.sentence = tokens_.span(from_, to_);
  claim.countries = countries(from_, to_);
  if (claim.countries.empty()) claim.countries = countries_;
  claim.speaker = speaker(first);
  claim.hedged = stands_near(Sense::kHedge, first, last, 10);
  claim.denied = std::any_of(here_.begin(), here_.end(), [&](const FoundWord& word) {
    constexpr std::size_t kReach = 6;
    if (word.word->sense != Sense::kDeny) return false;
    bool near = word.last + kReach >= first && word.first <= last + kReach;
    return near && !breaks(std::min(word.last, last), std::max(word.first, first));
  });
  claim.ongoing = ongoing(claim, first, last);
}

void ClaimFinder::add(ClaimKind kind, std::size_t index) {
  const FoundTime& time = page_.times[index];
  model::Claim claim;
  claim.kind = kind;
  decorate(claim, time.first, time.last);
  claim.value = time.timex.value;
  claim.mod = time.timex.mod;
  claim.zone = time.timex.zone;
  claim.interval = time.timex.interval;
  out_.push_back(std::move(claim));
}

void ClaimFinder::words_of_scope_and_cause() {
  bool caused = false;
  bool scoped = false;
  bool outage = std::any_of(here_.begin(), here_.end(), [](const FoundWord& word) {
    return (word.word->sense == Sense::kOutage || word.word->sense == Sense::kStart) &&
           word.word->weight >= 2;
  });
  if (!outage) return;
  for (const auto& word : here_) {
    bool cause = word.word->sense == Sense::kCause && !caused;
    bool scope = (word.word->sense == Sense::kAll || word.word->sense == Sense::kSome) && !scoped;
    if (!cause && !scope) continue;
    // "Partially restored" measures the return, not the outage.
    bool of_return = std::any_of(here_.begin(), here_.end(), [&](const FoundWord& other) {
      return other.word->sense == Sense::kEnd && other.first == word.last;
    });
    if (scope && of_return) continue;
    model::Claim claim;
    claim.kind = cause ? ClaimKind::kCause : ClaimKind::kScope;
    decorate(claim, word.first, word.last);
    claim.value = cause ? word.word->name : word.word->sense == Sense::kAll ? "all" : "some";
    (cause ? caused : scoped) = true;
    out_.push_back(std::move(claim));
  }
}

void ClaimFinder::sentence(std::size_t number) {
  std::tie(from_, to_) = tokens_.sentence(number);
  here_.clear();
  auto first =
      std::lower_bound(page_.words.begin(), page_.words.end(), from_,
                       [](const FoundWord& word, std::size_t at) { return word.first < at; });
  for (; first != page_.words.end() && first->first < to_; ++first) here_.push_back(*first);
  // A sentence of thousands of words is no prose; what it costs must stay linear.
  constexpr std::size_t kMostWords = 400;
  if (here_.size() > kMostWords) here_.resize(kMostWords);
  forget_repetition();
  auto index =
      std::lower_bound(page_.times.begin(), page_.times.end(), from_,
                       [](const FoundTime& time, std::size_t at) { return time.first < at; });
  std::size_t done = 0;
  for (; index != page_.times.end() && index->first < to_ && done < kMostWords; ++index, ++done) {
    auto at = static_cast<std::size_t>(index - page_.times.begin());
    if (index->timex.type == model::TimexType::kDuration) length(at);
    if (index->timex.type == model::TimexType::kDate ||
        index->timex.type == model::TimexType::kTime)
      time(at);
  }
  words_of_scope_and_cause();
}

std::vector<model::Claim> ClaimFinder::run() {
  if (page_.outage_score < kAboutOutage) return {};
  countries_ = countries(0, page_.title_end);
  if (countries_.empty()) countries_ = countries(0, tokens_.size());
  for (std::size_t number = 0; number < tokens_.sentences(); ++number) sentence(number);
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
