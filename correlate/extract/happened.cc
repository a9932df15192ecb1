#include "correlate/extract/happened.h"

#include <algorithm>
#include <chrono>

namespace correlate::extraction {
namespace {

using model::Happening;

// Kinds whose words are those of deeds, not of outages.
bool of_deed(Happening kind) {
  return kind != Happening::kOutage && kind != Happening::kOutageStart &&
         kind != Happening::kOutageEnd && kind != Happening::kRelapse;
}

// Whether a word of another world stands nearer to a time than `gap`, in its sentence: "unstable
// since Sunday".
bool of_something_else(const Page& page, const FoundTime& time, std::size_t gap, Happening kind) {
  std::size_t from = time.first > gap ? time.first - gap : 0;
  auto word =
      std::lower_bound(page.words.begin(), page.words.end(), from,
                       [](const FoundWord& found, std::size_t at) { return found.first < at; });
  for (; word != page.words.end() && word->first < time.first + gap; ++word) {
    bool same = page.tokens[word->first].sentence == page.tokens[time.first].sentence;
    if (same && word->word->sense == Sense::kElse) return true;
    // "Gives 22 November for the break-in", in a report of an offer.
    bool another = word->word->sense == Sense::kHappening && word->word->happening != kind &&
                   word->word->happening != Happening::kStatement;
    if (same && another && of_deed(kind)) return true;
  }
  return false;
}

// What somebody says is news for some days only; an older time beside it is of what it is about.
bool is_fresh(const Page& page, const FoundTime& time) {
  constexpr std::chrono::days kNews{14};
  const model::Instant anchor = page.article.anchor.at;
  const auto& interval = *time.timex.interval;
  if (anchor == model::Instant::min()) return true;
  return interval.length() <= std::chrono::hours{25} && interval.to > anchor - kNews;
}

// Time from whose words the reported happening is dated, and that it is.
const FoundTime* time_of(const Page& page, Happening kind) {
  auto speaks = [&](const FoundWord& word) {
    switch (kind) {
      case Happening::kOutageStart:
      case Happening::kRelapse:
      case Happening::kOutage:
        // "Down for two hours" is one phrase, and speaks of the outage too.
        return word.word->sense == Sense::kStart || word.word->sense == Sense::kOutage ||
               (word.word->sense == Sense::kLasting && word.last > word.first + 1);
      case Happening::kOutageEnd:
        return word.word->sense == Sense::kEnd;
      case Happening::kStatement:
      case Happening::kOther:
        return word.word->sense == Sense::kSay || (word.word->sense == Sense::kHappening &&
                                                   word.word->happening == Happening::kStatement);
      default:
        return word.word->sense == Sense::kHappening && word.word->happening == kind;
    }
  };
  constexpr std::uint32_t kLeadSentences = 4;  // title and lead
  auto between = [](const FoundWord& word, const FoundTime& time) {
    return word.first > time.first ? word.first - time.first : time.first - word.first;
  };
  bool is_statement = kind == Happening::kStatement || kind == Happening::kOther;
  const FoundTime* best = nullptr;
  std::size_t nearest = 40;
  for (const auto& time : page.times) {
    std::uint32_t sentence = page.tokens[time.first].sentence;
    if (sentence >= kLeadSentences) break;
    if (!time.timex.interval || time.future || time.timex.value.size() < 7) continue;
    if (is_statement && !is_fresh(page, time)) continue;
    for (const auto& word : page.words) {
      if (page.tokens[word.first].sentence > sentence) break;
      if (page.tokens[word.first].sentence != sentence || !speaks(word)) continue;
      std::size_t gap = between(word, time) + 4 * sentence;
      if (gap < nearest && !of_something_else(page, time, between(word, time), kind)) {
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

}  // namespace

void date_happening(const Page& page, model::Extraction& out) {
  const FoundTime* time = time_of(page, out.happening);
  if (time == nullptr) {
    out.happened = page.article.anchor;
    return;
  }
  out.happened = {time->timex.interval->from, precision_of(*time->timex.interval),
                  time->timex.zone};
  out.happened_span = time->timex.span;
}

}  // namespace correlate::extraction
