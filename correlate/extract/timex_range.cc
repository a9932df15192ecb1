#include "correlate/extract/timex_range.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "correlate/extract/word_tests.h"

namespace correlate::extraction {
namespace {

using std::chrono::hours;
using Words = std::unordered_set<std::string_view>;

bool opens(std::string_view word) {
  static const Words kWords = {
      "since", "from",  "starting", "seit",  "ab",    "von",   "depuis", "dès",   "de", "desde",
      "dal",   "dalle", "dall",     "sinds", "vanaf", "с",     "со",     "з",     "із", "منذ",
      "من",    "از",    "sejak",    "dari",  "od",    "sedan", "från",   "siden", "fra"};
  return kWords.contains(word);
}

bool closes(std::string_view word) {
  static const Words kWords = {"until", "till",  "to",  "through", "bis", "zum",    "jusqu",  "à",
                               "a",     "hasta", "al",  "até",     "às",  "fino",   "alle",   "tot",
                               "до",    "по",    "حتى", "إلى",     "تا",  "hingga", "sampai", "-",
                               "–",     "—",     "~",   "〜",      "do",  "till",   "til",    "au"};
  return kWords.contains(word);
}

// "since", and what holds until now: not "from", which needs its other end.
bool since(std::string_view word) {
  static const Words kWords = {"since", "seit", "depuis", "desde", "dal",  "dalle",
                               "sinds", "منذ",  "sejak",  "sedan", "siden"};
  return kWords.contains(word);
}

// The word before a time, articles and modifiers skipped.
std::string_view lead(const Tokens& tokens, const FoundTime& time) {
  std::size_t i = time.first;
  for (int steps = 0; steps < 3 && i > 0; ++steps) {
    --i;
    if (tokens[i].sentence != tokens[time.first].sentence) return {};
    if (!one_of(tokens.word(i), "the", "about", "around", "at", "le", "la", "el", "las", "il",
                "dem", "der", "um", "de", "early", "late", "approximately", "l", "'")) {
      return tokens.word(i);
    }
  }
  return {};
}

// The moment at which a range ends that goes to a time: an hour or minute when it begins, a day or
// longer when it is over.
model::Instant end_of(const model::Timex& time) {
  bool noon = time.value.ends_with("TMI");
  bool clock = time.type == model::TimexType::kTime && (noon || time.granularity != "part");
  if (!clock) return time.interval->to;
  return time.interval->from + (noon ? hours{1} : hours{0});
}

// The two ends of "from A to B", "between A and B", "A – B".
bool is_range(const Tokens& tokens, const FoundTime& a, const FoundTime& b) {
  if (!a.timex.interval || !b.timex.interval || b.first < a.last || b.first - a.last > 3)
    return false;
  if (tokens[a.first].sentence != tokens[b.first].sentence || b.first == a.last) return false;
  std::string_view word = tokens.word(a.last);
  bool between = one_of(lead(tokens, a), "between", "zwischen", "entre", "tra", "tussen", "między");
  bool both = one_of(word, "and", "und", "et", "y", "e", "en", "i");
  if (!(both ? between : closes(word))) return false;
  return end_of(b.timex) > a.timex.interval->from;
}

// Seconds of a duration value; 0 for one that is not counted.
std::int64_t seconds_of(std::string_view value) {
  double total = 0;
  double number = 0;
  double scale = 0;  // of the digit after a point
  bool clock = false;
  for (char c : value.substr(std::min<std::size_t>(1, value.size()))) {
    if (c >= '0' && c <= '9') {
      number = scale > 0 ? number + (c - '0') * scale : number * 10 + (c - '0');
      scale /= 10;
    } else if (c == '.') {
      scale = 0.1;
    } else if (c == 'T') {
      clock = true;
    } else if (c == 'X') {
      return 0;
    } else {
      double unit = c == 'Y'   ? 31557600
                    : c == 'W' ? 604800
                    : c == 'D' ? 86400
                    : c == 'H' ? 3600
                    : c == 'S' ? 1
                    : c == 'M' ? (clock ? 60 : 2629800)
                               : 0;
      total += number * unit;
      number = scale = 0;
    }
  }
  constexpr double kLongest = 1e11;  // 3,000 years
  return total > 0 && total < kLongest ? static_cast<std::int64_t>(total) : 0;
}

// "the past three hours" end at the time of writing, "the next two days" begin there.
void mark_length(const Tokens& tokens, const model::Timestamp& anchor, FoundTime& time) {
  auto seconds = model::Seconds{seconds_of(time.timex.value)};
  if (seconds.count() == 0) return;
  for (std::size_t i = time.first; i < time.last && i < time.first + 4; ++i) {
    std::string_view word = tokens.word(i);
    if (one_of(word, "past", "last", "previous", "preceding")) {
      time.timex.extent = model::Interval{anchor.at - seconds, anchor.at};
    } else if (one_of(word, "next", "coming")) {
      time.timex.extent = model::Interval{anchor.at, anchor.at + seconds};
    }
  }
}

}  // namespace

// "15:00 to 18:40 UTC", "10:26 and 10:29 UTC": the zone of the second holds for the first.
void share_zones(const Tokens& tokens, std::vector<Expr>& exprs) {
  for (std::size_t i = 0; i + 1 < exprs.size(); ++i) {
    Expr& one = exprs[i];
    const Expr& two = exprs[i + 1];
    bool range = two.first - one.last <= 2 && one.has_clock() && two.has_clock() &&
                 one.zone.empty() && !two.zone.empty() &&
                 one_of(tokens.word(one.last), "to", "and", "until", "till", "-", "–", "bis", "a",
                        "et", "y", "e");
    if (range) one.zone = two.zone;
  }
}

// "between March and April 1918", "May 15 to August 16, 1988": the year of the second holds for the
// first, one less where the months run over its end.
void share_years(const Tokens& tokens, std::vector<Expr>& exprs) {
  for (std::size_t i = exprs.size(); i-- > 1;) {
    Expr& one = exprs[i - 1];
    const Expr& two = exprs[i];
    bool open = one.year == 0 && (one.month > 0 || one.season != Season::kNone) &&
                one.deixis == Deixis::kNone && one.holiday == 0;
    bool said = two.year > 0 && (two.month > 0 || two.season != Season::kNone);
    if (!open || !said || two.first < one.last || two.first - one.last > 2) continue;
    if (!one_of(tokens.word(one.last), "to", "and", "until", "till", "-", "–", "/", "through", "or",
                "bis", "und", "et", "y", "e", "al", "a")) {
      continue;
    }
    bool list = one_of(tokens.word(one.last), "and", "or", "und", "et", "y", "e");
    one.year = two.year - (one.month > two.month && two.month > 0 && !list ? 1 : 0);
    one.before_christ = two.before_christ;
  }
}

bool told_as_open(const Tokens& tokens, std::size_t first) {
  FoundTime time;
  time.first = first;
  return since(lead(tokens, time));
}

void mark_ranges(const Tokens& tokens, const model::Timestamp& anchor,
                 std::vector<FoundTime>& times) {
  bool anchored = anchor.at != model::Instant::min();
  for (std::size_t i = 0; i < times.size(); ++i) {
    model::Timex& time = times[i].timex;
    if (i + 1 < times.size() && is_range(tokens, times[i], times[i + 1])) {
      model::Timex& end = times[i + 1].timex;
      time.edge = model::TimexEdge::kFrom;
      end.edge = model::TimexEdge::kUntil;
      time.extent = end.extent = model::Interval{time.interval->from, end_of(end)};
      continue;
    }
    if (time.edge != model::TimexEdge::kNone) continue;
    std::string_view word = time.interval ? lead(tokens, times[i]) : std::string_view();
    if (opens(word) && (since(word) || one_of(word, "from", "ab", "vanaf", "starting"))) {
      time.edge = model::TimexEdge::kFrom;
      bool holds = anchored && since(word) && time.interval->from < anchor.at;
      if (holds) time.extent = model::Interval{time.interval->from, anchor.at};
    } else if (one_of(word, "until", "till", "through", "bis", "hasta", "até", "tot", "до", "حتى",
                      "تا", "hingga", "sampai")) {
      time.edge = model::TimexEdge::kUntil;
    }
    if (anchored && time.type == model::TimexType::kDuration) mark_length(tokens, anchor, times[i]);
  }
}

std::string granularity_of(const Expr& expr, const model::Timex& timex) {
  static constexpr std::array<std::string_view, 12> kUnits = {
      "second", "minute",  "hour", "day",    "day",     "week",
      "month",  "quarter", "year", "decade", "century", "week"};
  if (timex.type == model::TimexType::kDuration || timex.type == model::TimexType::kSet) {
    if (expr.amounts.empty()) return expr.weekday > 0 ? "day" : "part";
    return std::string(kUnits[static_cast<std::size_t>(expr.amounts.back().unit)]);
  }
  std::string_view value = timex.value;
  if (value.ends_with("_REF")) return {};
  if (value.starts_with("BC")) value.remove_prefix(2);
  if (std::size_t t = value.find('T'); t != std::string_view::npos) {
    std::string_view clock = value.substr(t + 1);
    if (clock.empty() || clock[0] < '0' || clock[0] > '9') return "part";
    bool hour = expr.hour >= 0 && expr.minute < 0 && expr.amounts.empty();
    return clock.size() >= 8 ? "second" : clock.size() >= 5 && !hour ? "minute" : "hour";
  }
  if (value.ends_with("-WE")) return "day";
  if (value.find("-W") != std::string_view::npos) return value.size() > 8 ? "day" : "week";
  if (value.find("-Q") != std::string_view::npos) return "quarter";
  if (value.size() == 7 && value[5] >= 'A') return "season";
  switch (value.size()) {
    case 2:
      return "century";
    case 3:
      return "decade";
    case 4:
      return "year";
    case 7:
      return "month";
    default:
      return "day";
  }
}

}  // namespace correlate::extraction
