#include "store/query/times.h"

#include <charconv>

namespace store::query {
namespace {

using model::Instant;
using model::Interval;
using model::Seconds;

// Ends that lie outside of all that can be told.
constexpr Instant kFirst{Seconds{-62'135'596'800}};  // year 1
constexpr Instant kLast{Seconds{253'402'300'800}};   // year 10000

std::optional<Interval> point(std::string_view text, Instant now) {
  constexpr Seconds kDay{86'400};
  auto today = std::chrono::floor<std::chrono::days>(now);
  if (text == "today") return Interval{today, today + kDay};
  if (text == "yesterday") return Interval{today - kDay, today};
  if (text == "now") return Interval{now, now + Seconds{1}};
  auto time = model::parse_iso(text);
  if (!time) return std::nullopt;
  return time->interval();
}

// A length as calendar months and seconds.
struct Length {
  int months = 0;
  Seconds seconds{0};
};

std::optional<int> number(std::string_view& text) {
  int out = 0;
  auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failure != std::errc() || out < 0 || out > 1'000'000) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
  return out;
}

bool add(Length& to, int count, char unit, bool of_clock) {
  switch (unit) {
    case 'Y':
      to.months += 12 * count;
      return !of_clock;
    case 'W':
      to.seconds += Seconds{604'800} * count;
      return !of_clock;
    case 'D':
      to.seconds += Seconds{86'400} * count;
      return !of_clock;
    case 'H':
      to.seconds += Seconds{3'600} * count;
      return of_clock;
    case 'S':
      to.seconds += Seconds{count};
      return of_clock;
    case 'M':
      if (of_clock) {
        to.seconds += Seconds{60} * count;
      } else {
        to.months += count;
      }
      return true;
    default:
      return false;
  }
}

// "P1W", "P1DT12H" (ISO 8601 durations).
std::optional<Length> length(std::string_view text) {
  if (!text.starts_with('P') || text.size() < 3) return std::nullopt;
  text.remove_prefix(1);
  Length out;
  bool of_clock = false;
  while (!text.empty()) {
    if (text.front() == 'T' && !of_clock && text.size() > 1) {
      of_clock = true;
      text.remove_prefix(1);
    }
    auto count = number(text);
    if (!count || text.empty() || !add(out, *count, text.front(), of_clock)) return std::nullopt;
    text.remove_prefix(1);
  }
  return out;
}

Instant shifted(Instant at, const Length& by, int sign) {
  using namespace std::chrono;
  auto day = floor<days>(at);
  year_month_day date{day};
  auto moved = date + months{sign * by.months};
  // The 31st of a shorter month is its last day.
  if (!moved.ok()) moved = moved.year() / moved.month() / last;
  return sys_days{moved} + (at - day) + sign * by.seconds;
}

std::optional<Interval> bounded(std::optional<Instant> from, std::optional<Instant> to) {
  if (!from || !to || *from >= *to) return std::nullopt;
  return Interval{std::max(*from, kFirst), std::min(*to, kLast)};
}

// "24h", "last-7d".
std::optional<Interval> latest(std::string_view text, Instant now) {
  if (text.starts_with("last-")) text.remove_prefix(5);
  auto count = number(text);
  if (!count || *count == 0 || text.size() != 1) return std::nullopt;
  Length back;
  switch (text.front()) {
    case 'h':
      back.seconds = Seconds{3'600} * *count;
      break;
    case 'd':
      back.seconds = Seconds{86'400} * *count;
      break;
    case 'w':
      back.seconds = Seconds{604'800} * *count;
      break;
    case 'm':
      back.months = *count;
      break;
    case 'y':
      back.months = 12 * *count;
      break;
    default:
      return std::nullopt;
  }
  if (back.months > 120'000) return std::nullopt;
  return bounded(shifted(now, back, -1), now + Seconds{1});
}

std::optional<Interval> range(std::string_view from, std::string_view to, Instant now) {
  auto first = from.empty() ? Interval{kFirst, kFirst} : Interval{};
  if (!from.empty()) {
    auto read = point(from, now);
    if (!read) return std::nullopt;
    first = *read;
  }
  if (to.empty()) return from.empty() ? std::nullopt : bounded(first.from, kLast);
  auto last = point(to, now);
  if (!last) return std::nullopt;
  return bounded(first.from, last->to);
}

}  // namespace

std::optional<Interval> read_times(std::string_view text, Instant now) {
  if (auto dots = text.find(".."); dots != text.npos) {
    return range(text.substr(0, dots), text.substr(dots + 2), now);
  }
  if (auto slash = text.find('/'); slash != text.npos) {
    auto left = text.substr(0, slash), right = text.substr(slash + 1);
    if (auto after = length(right)) {
      auto from = point(left, now);
      if (!from || after->months > 120'000) return std::nullopt;
      return bounded(from->from, shifted(from->from, *after, 1));
    }
    if (auto before = length(left)) {
      auto to = point(right, now);
      if (!to || before->months > 120'000) return std::nullopt;
      return bounded(shifted(to->from, *before, -1), to->from);
    }
    return range(left, right, now);
  }
  if (auto read = point(text, now)) return read;
  return latest(text, now);
}

}  // namespace store::query
