#include "correlate/extract/outage_times.h"

#include "correlate/extract/foreign_lengths.h"

namespace correlate::extraction {
namespace {

using model::ClaimKind;
using model::TimexType;

// From here on a clock time, a range or a length needs no outage word in its own sentence.
constexpr double kTellsOfOutage = 0.3;
constexpr double kMostlyOutage = 0.2;

bool is_point(const FoundTime& time) {
  return time.timex.type == TimexType::kDate || time.timex.type == TimexType::kTime;
}

bool is_clock(const FoundTime& time) {
  return time.timex.type == TimexType::kTime && time.timex.value.find(':') != std::string::npos;
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
  bool is_coarse() const;
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
  bool told = page_.outage_score > kMostlyOutage;
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
  bool between = one_of(clause_.before(a.first), {"between", "zwischen", "entre", "между", "між"});
  if (between && clause_.any(a.last, b.first, {"and", "und", "et", "y", "e", "и", "та", "і"})) {
    return true;
  }
  return clause_.any(a.last, b.first,
                     {"to", "until", "till", "through", "bis", "–", "-", "a", "à", "jusqu", "hasta",
                      "até", "до", "по", "إلى", "تا", "से", "から"});
}

ClaimKind OutageTime::kind(const Tie& start, const Tie& end) const {
  if (ends_range()) return ClaimKind::kEnd;
  std::string_view before = clause_.before(time_.first);
  if (one_of(before, {"until", "till", "through", "bis", "jusqu", "hasta", "até"})) {
    return ClaimKind::kEnd;
  }
  if (begins_range()) return ClaimKind::kStart;
  bool since = one_of(before, {"since", "seit", "depuis", "desde", "beginning", "starting", "from",
                               "منذ", "с", "з", "sinds", "sejak"});
  if (since && !(end && end.distance < start.distance && before != "since")) {
    return ClaimKind::kStart;
  }
  return end.distance < start.distance ? ClaimKind::kEnd : ClaimKind::kStart;
}

// "at 1 p.m. Sunday": the day only completes the clock time before it.
bool OutageTime::completes_clock() const {
  if (index_ == 0) return false;
  const FoundTime& clock = page_.times[index_ - 1];
  bool types = clock.timex.type == TimexType::kTime && time_.timex.type == TimexType::kDate;
  bool adjoins =
      time_.first == clock.last || (time_.first == clock.last + 1 && time_.first > clock.last &&
                                    clause_.any(clock.last, clock.last + 1,
                                                {"on", ",", "del", "am", "le"}));
  return types && adjoins && clock.timex.value.starts_with(time_.timex.value);
}

// What is no wider than a day or a weekend dates an outage; a week, a month or a year does not.
bool OutageTime::is_coarse() const {
  std::string_view value = time_.timex.value;
  bool vague = !time_.timex.interval || value.find("REF") != std::string_view::npos;
  bool week = value.find("-W") != std::string_view::npos && !value.ends_with("-WE");
  constexpr std::size_t kMonth = 7;  // "2014-12"
  return vague || week || value.size() <= kMonth || value.find("-Q") != std::string_view::npos;
}

// Of a statement, or of another world.
bool OutageTime::is_other_event(const Tie& start, int tied) const {
  Tie said = clause_.nearest(time_.first, time_.last, {Sense::kSay});
  bool of_statement =
      said && said.distance < 6 && said.distance < tied + (is_clock(time_) ? 0 : 2);
  // "Attack traffic since 18 December": what stands before the "since" began then.
  bool led = start && start.word->last == time_.first;
  Tie other =
      clause_.nearest(led ? start.word->first : time_.first, time_.last, {Sense::kElse});
  bool elsewhere =
      other && (other.distance < std::min(tied, 10) || (led && other.distance <= 0));
  return of_statement || elsewhere;
}

std::optional<ClaimKind> OutageTime::point() const {
  if (is_coarse() || time_.future || completes_clock()) return std::nullopt;
  Tie start = clause_.nearest(time_.first, time_.last, {Sense::kStart, Sense::kOutage});
  Tie end = clause_.nearest(time_.first, time_.last, {Sense::kEnd});
  int tied = std::min(start.distance, end.distance);
  if (is_other_event(start, tied)) return std::nullopt;
  bool clock = time_.timex.type == TimexType::kTime;
  int limit = clock ? 60 : 24;
  bool told = page_.outage_score > kTellsOfOutage &&
              (is_clock(time_) || begins_range() || ends_range());
  if (tied > limit && !told) return std::nullopt;
  return kind(start, end);
}

}  // namespace

std::optional<ClaimKind> read_as_outage_time(const Page& page, const Clause& clause,
                                             std::size_t index) {
  return OutageTime(page, clause, index).read();
}

}  // namespace correlate::extraction
