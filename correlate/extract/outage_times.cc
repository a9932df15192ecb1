#include "correlate/extract/outage_times.h"

#include <chrono>

#include "correlate/extract/foreign_lengths.h"

namespace correlate::extraction {
namespace {

using model::ClaimKind;
using model::TimexType;

// From here on a clock time, a range or a length needs no outage word in its own sentence.
constexpr double kTellsOfOutage = 0.2;
// Farther from its word than this a time does not belong to the outage's end rather than start.
constexpr int kFar = 30;
// Within this distance of an outage word a month dates the outage.
constexpr int kMonthTie = 12;

bool is_point(const FoundTime& time) {
  return time.timex.type == TimexType::kDate || time.timex.type == TimexType::kTime;
}

bool is_clock(const FoundTime& time) {
  return time.timex.type == TimexType::kTime && time.timex.value.find(':') != std::string::npos;
}

// A tie to a word that says by itself that something was out; "since May" does not.
Tie strong(const Tie& tie) {
  bool enough = tie && (tie.word->word->sense == Sense::kOutage || tie.word->word->weight >= 3);
  return enough ? tie : Tie{};
}

class OutageTime {
 public:
  OutageTime(const Page& page, const Clause& clause, std::size_t index)
      : page_(page), clause_(clause), index_(index), time_(page.times[index]) {}

  std::optional<ClaimKind> read() const {
    if (page_.in_dateline(time_.first)) return std::nullopt;
    if (time_.timex.type == TimexType::kDuration) return length();
    return is_point(time_) ? point() : std::nullopt;
  }

 private:
  std::optional<ClaimKind> length() const;
  std::optional<ClaimKind> point() const;
  ClaimKind kind(const Tie& start, const Tie& end) const;
  bool is_undated() const;
  bool is_month() const { return time_.timex.value.size() == 7 && !is_week(); }
  bool is_week() const { return time_.timex.value.find("-W") != std::string::npos; }
  bool is_vaguer_than_next() const;
  bool is_bare_part_of_day() const;
  bool is_stamp() const;
  bool is_comparison() const;
  bool is_offset() const;
  bool is_hypothetical(const Tie& tie) const;
  bool completes_clock() const;
  bool is_other_event(const Tie& start, int tied) const;
  bool range(std::size_t one, std::size_t two) const;
  bool ends_range() const { return index_ > 0 && range(index_ - 1, index_); }
  bool begins_range() const { return range(index_, index_ + 1); }

  const Page& page_;
  const Clause& clause_;
  std::size_t index_;
  const FoundTime& time_;
};

std::optional<ClaimKind> OutageTime::length() const {
  if (is_foreign_length(page_, clause_, time_)) return std::nullopt;
  std::size_t first = time_.first;
  Tie tie = clause_.nearest(first, time_.last, {Sense::kOutage, Sense::kStart, Sense::kEnd});
  Tie lasting = clause_.nearest(first, time_.last, {Sense::kLasting});
  Tie other = clause_.nearest(first, time_.last, {Sense::kElse});
  bool lead = lasting && lasting.distance <= 4;
  if (other && other.distance < std::min(tie.distance, 10)) return std::nullopt;
  // "Lost its paths within ten minutes": how fast it went, not how long it was gone.
  bool within = clause_.at(first) == "within" || clause_.before(first) == "within";
  if (within && clause_.nearest(first, time_.last, {Sense::kEnd}).distance > tie.distance) {
    return std::nullopt;
  }
  bool near = tie && tie.distance <= (lead ? 44 : 30);
  bool told = page_.outage_score > kTellsOfOutage;
  if (near || told || page_.in_title(first)) return ClaimKind::kDuration;
  return std::nullopt;
}

// Two times that are the ends of one stretch.
bool OutageTime::range(std::size_t one, std::size_t two) const {
  if (two >= page_.times.size()) return false;
  const FoundTime& a = page_.times[one];
  const FoundTime& b = page_.times[two];
  if (!is_point(a) || !is_point(b) || b.first > a.last + 3 || b.first <= a.last) return false;
  if (a.first < clause_.from() || b.first >= clause_.to()) return false;
  bool between = one_of(clause_.before(a.first), "between", "zwischen", "entre", "между", "між");
  if (between && clause_.any(a.last, b.first, "and", "und", "et", "y", "e", "и", "та", "і")) {
    return true;
  }
  return clause_.any(a.last, b.first, "to", "until", "till", "through", "bis", "–", "-", "a", "à",
                     "jusqu", "hasta", "até", "до", "по", "إلى", "تا", "से", "から");
}

ClaimKind OutageTime::kind(const Tie& start, const Tie& end) const {
  // "They went between 10:26 and 10:29": one point, not a stretch.
  constexpr std::chrono::minutes kMoment{15};
  bool moment = ends_range() && page_.times[index_ - 1].timex.interval &&
                time_.timex.interval->from - page_.times[index_ - 1].timex.interval->from < kMoment;
  if (moment) return end.distance < start.distance ? ClaimKind::kEnd : ClaimKind::kStart;
  if (ends_range()) return ClaimKind::kEnd;
  std::string_view before = clause_.before(time_.first);
  if (one_of(before, "la", "le", "el", "the", "o", "a", "dem", "der")) {
    before = clause_.before(time_.first, 2);
  }
  if (one_of(before, "until", "till", "through", "bis", "jusqu", "hasta", "até")) {
    return ClaimKind::kEnd;
  }
  if (begins_range()) return ClaimKind::kStart;
  bool since = one_of(before, "since", "seit", "depuis", "desde", "beginning", "starting", "from",
                      "منذ", "с", "з", "sinds", "sejak");
  bool returned =
      clause_.has(Sense::kEnd, 3) && !clause_.has(Sense::kOutage) && !clause_.has(Sense::kStart, 3);
  if (since && returned) return ClaimKind::kEnd;
  if (since && !(end && end.distance < start.distance && before != "since")) {
    return ClaimKind::kStart;
  }
  if (end.distance > kFar) return ClaimKind::kStart;
  // "When the blackout ended": what ended is the noun that stands before.
  bool noun = start && start.word->word->sense == Sense::kOutage;
  if (noun && end && end.word->first >= start.word->last &&
      end.word->first <= start.word->last + 1 &&
      !clause_.any(time_.last, start.word->first, "after", "before")) {
    return ClaimKind::kEnd;
  }
  return end.distance < start.distance ? ClaimKind::kEnd : ClaimKind::kStart;
}

// "at 1 p.m. Sunday": the day only completes the clock time before it.
bool OutageTime::completes_clock() const {
  if (index_ == 0) return false;
  const FoundTime& clock = page_.times[index_ - 1];
  bool types = clock.timex.type == TimexType::kTime && time_.timex.type == TimexType::kDate;
  bool adjoins = time_.first == clock.last ||
                 (time_.first == clock.last + 1 && time_.first > clock.last &&
                  clause_.any(clock.last, clock.last + 1, "on", ",", "del", "am", "le"));
  return types && adjoins && clock.timex.value.starts_with(time_.timex.value);
}

// What is no wider than a month or a weekend dates an outage.
bool OutageTime::is_undated() const {
  std::string_view value = time_.timex.value;
  bool vague = !time_.timex.interval || value.find("REF") != std::string_view::npos;
  constexpr std::size_t kMonth = 7;  // "2014-12"
  bool wide = value.size() < kMonth || value.find("-Q") != std::string_view::npos;
  return vague || wide || (is_week() && !value.ends_with("-WE"));
}

// "Late this afternoon, just before 5 p.m.": the clock time says it better.
bool OutageTime::is_vaguer_than_next() const {
  constexpr std::size_t kReach = 5;
  if (is_clock(time_) || index_ + 1 >= page_.times.size()) return false;
  const FoundTime& next = page_.times[index_ + 1];
  bool part = time_.timex.value.find('T') != std::string::npos;
  bool close = next.first <= time_.last + kReach && next.first < clause_.to();
  bool same = next.timex.value.substr(0, 10) == time_.timex.value.substr(0, 10);
  return part && close && same && is_clock(next) && !range(index_, index_ + 1);
}

// "After a night of silence", "evening collapse": no date.
bool OutageTime::is_bare_part_of_day() const {
  bool part = time_.timex.type == TimexType::kTime && !is_clock(time_);
  return part && time_.last == time_.first + 1 &&
         one_of(clause_.at(time_.first), "night", "evening", "morning", "afternoon", "day");
}

// "23:10 UTC - errors are up": when a line of a log was written.
bool OutageTime::is_stamp() const {
  bool opens = time_.first == clause_.from() ||
               (time_.first == clause_.from() + 1 && clause_.before(time_.first) == "/");
  return opens && is_clock(time_) && one_of(clause_.at(time_.last), "-", "–", "—", ":");
}

// "The day before", "um dia depois": counted from something else.
bool OutageTime::is_offset() const {
  return time_.timex.type == TimexType::kDate &&
         clause_.any(time_.first, time_.last, "before", "after", "later", "depois", "después",
                     "avant", "zuvor", "vorher", "danach");
}

// "Should have ended yesterday", "would be restored".
bool OutageTime::is_hypothetical(const Tie& tie) const {
  constexpr std::size_t kReach = 3;
  std::size_t from = tie.word->first > kReach ? tie.word->first - kReach : 0;
  return clause_.any(from, tie.word->first, "should", "would", "might", "may", "must", "shall");
}

// "The longest cut since November 2019", "the largest since Egypt's in January 2011".
bool OutageTime::is_comparison() const {
  constexpr std::size_t kReach = 14;
  std::size_t from = time_.first > kReach ? time_.first - kReach : 0;
  return clause_.any(from, time_.first, "since") &&
         clause_.any(from, time_.first, "longest", "largest", "worst", "biggest", "deepest",
                     "first", "most");
}

// Of a statement, or of another world.
bool OutageTime::is_other_event(const Tie& start, int tied) const {
  Tie said = clause_.nearest(time_.first, time_.last, {Sense::kSay});
  // "The company says yesterday's failure …".
  bool owned = one_of(clause_.at(time_.last), "'", "’") && start &&
               start.word->first <= time_.last + 3 && start.word->first >= time_.last;
  bool of_statement =
      said && !owned && said.distance < 6 && said.distance < tied + (is_clock(time_) ? 0 : 2);
  // "Attack traffic since 18 December": what stands before the "since" began then.
  bool led = start && start.word->last == time_.first;
  Tie other = clause_.nearest(led ? start.word->first : time_.first, time_.last, {Sense::kElse});
  bool elsewhere = other && (other.distance < std::min(tied, 10) || (led && other.distance <= 0));
  return of_statement || elsewhere;
}

std::optional<ClaimKind> OutageTime::point() const {
  if (is_undated() || time_.future || completes_clock()) return std::nullopt;
  if (is_vaguer_than_next() || is_bare_part_of_day() || is_stamp() || is_comparison() ||
      is_offset()) {
    return std::nullopt;
  }
  Tie start = clause_.nearest(time_.first, time_.last, {Sense::kStart, Sense::kOutage});
  Tie end = clause_.nearest(time_.first, time_.last, {Sense::kEnd});
  if (is_month()) start = strong(start);
  int tied = std::min(start.distance, end.distance);
  if (is_other_event(start, tied)) return std::nullopt;
  bool clock = time_.timex.type == TimexType::kTime;
  int limit = clock ? 60 : is_month() ? kMonthTie : 24;
  bool told =
      page_.outage_score > kTellsOfOutage && (is_clock(time_) || begins_range() || ends_range());
  if (tied > limit && !told) return std::nullopt;
  const Tie& tie = end.distance < start.distance ? end : start;
  if (tie && is_hypothetical(tie)) return std::nullopt;
  return kind(start, end);
}

}  // namespace

std::optional<ClaimKind> read_as_outage_time(const Page& page, const Clause& clause,
                                             std::size_t index) {
  return OutageTime(page, clause, index).read();
}

}  // namespace correlate::extraction
