#include <algorithm>
#include <array>
#include <cmath>

#include "correlate/extract/claims.h"

namespace correlate::extraction {
namespace {

using model::Happening;

constexpr double kTitleWeight = 3;
constexpr double kLeadWeight = 2;  // the first sentence of the body

double place_weight(const Page& page, std::size_t token) {
  if (page.in_title(token)) return kTitleWeight;
  std::uint32_t first =
      page.title_end < page.tokens.size() ? page.tokens[page.title_end].sentence : 0;
  return page.tokens[token].sentence == first ? kLeadWeight : 1;
}

// Whether a word of another world stands nearer to a time than `gap`, in its sentence: "unstable
// since Sunday".
bool of_something_else(const Page& page, const FoundTime& time, std::size_t gap) {
  std::size_t from = time.first > gap ? time.first - gap : 0;
  auto word =
      std::lower_bound(page.words.begin(), page.words.end(), from,
                       [](const FoundWord& found, std::size_t at) { return found.first < at; });
  for (; word != page.words.end() && word->first < time.first + gap; ++word) {
    bool same = page.tokens[word->first].sentence == page.tokens[time.first].sentence;
    if (same && word->word->sense == Sense::kElse) return true;
  }
  return false;
}

// Time from whose words the reported happening is dated, and that it is.
const FoundTime* time_of(const Page& page, Happening kind) {
  auto speaks = [&](const FoundWord& word) {
    switch (kind) {
      case Happening::kOutageStart:
      case Happening::kOutage:
        // "Down for two hours" is one phrase, and speaks of the outage too.
        return word.word->sense == Sense::kStart || word.word->sense == Sense::kOutage ||
               (word.word->sense == Sense::kLasting && word.last > word.first + 1);
      case Happening::kOutageEnd:
        return word.word->sense == Sense::kEnd;
      case Happening::kStatement:
      case Happening::kOther:
        return word.word->sense == Sense::kSay;
      default:
        return word.word->sense == Sense::kHappening && word.word->happening == kind;
    }
  };
  constexpr std::uint32_t kLeadSentences = 4;  // title and lead
  auto between = [](const FoundWord& word, const FoundTime& time) {
    return word.first > time.first ? word.first - time.first : time.first - word.first;
  };
  const FoundTime* best = nullptr;
  std::size_t nearest = 40;
  for (const auto& time : page.times) {
    std::uint32_t sentence = page.tokens[time.first].sentence;
    if (sentence >= kLeadSentences) break;
    if (!time.timex.interval || time.future || time.timex.value.size() < 7) continue;
    for (const auto& word : page.words) {
      if (page.tokens[word.first].sentence > sentence) break;
      if (page.tokens[word.first].sentence != sentence || !speaks(word)) continue;
      std::size_t gap = between(word, time) + 4 * sentence;
      if (gap < nearest && !of_something_else(page, time, between(word, time))) {
        nearest = gap;
        best = &time;
      }
    }
  }
  return best;
}

model::Precision precision_of(const model::Interval& interval) {
  auto length = interval.length();
  if (length <= model::Seconds{60}) return model::Precision::kMinute;
  if (length <= std::chrono::hours{1}) return model::Precision::kHour;
  if (length <= std::chrono::hours{25}) return model::Precision::kDay;
  return length <= std::chrono::days{31} ? model::Precision::kMonth : model::Precision::kYear;
}

struct Tally {
  std::array<double, 14> of{};  // by Happening
  double network = 0;
  double outage = 0;
  double start = 0;
  double end = 0;
  double other = 0;
};

Tally count(const Page& page) {
  Tally tally;
  for (const auto& word : page.words) {
    double weight = word.word->weight * place_weight(page, word.first);
    switch (word.word->sense) {
      case Sense::kNetwork:
        tally.network += weight;
        break;
      case Sense::kOutage:
        tally.outage += weight;
        break;
      case Sense::kStart:
        if (word.word->weight >= 3) tally.start += weight;
        break;
      case Sense::kEnd:
        if (word.word->weight >= 2) tally.end += weight;
        break;
      case Sense::kElse:
        tally.other += weight;
        break;
      case Sense::kHappening:
        tally.of[static_cast<std::size_t>(word.word->happening)] += weight;
        break;
      default:
        break;
    }
  }
  return tally;
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
  Tally tally = count(page);
  double about = page.outage_score;
  auto& of = tally.of;
  double outage = tally.outage + tally.start + tally.end;
  Happening kind = tally.end > 1.2 * tally.start && tally.end >= 6 ? Happening::kOutageEnd
                   : tally.start >= 3                              ? Happening::kOutageStart
                                                                   : Happening::kOutage;
  of[static_cast<std::size_t>(kind)] += outage * about * about;
  auto best = std::max_element(of.begin(), of.end());
  constexpr double kEnough = 2;
  out.happening = *best >= kEnough ? static_cast<Happening>(best - of.begin()) : Happening::kOther;
  const FoundTime* time = time_of(page, out.happening);
  const model::Timestamp& anchor = page.article.anchor;
  if (time != nullptr) {
    out.happened = {time->timex.interval->from, precision_of(*time->timex.interval),
                    time->timex.zone};
    out.happened_span = time->timex.span;
  } else {
    out.happened = anchor;
  }
}

}  // namespace correlate::extraction
