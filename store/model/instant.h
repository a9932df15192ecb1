#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace model {

// A moment in UTC. Seconds are the finest grain that any of our sources is exact to.
using Instant = std::chrono::sys_seconds;
using Seconds = std::chrono::seconds;

// How exactly a source stated a time.
enum class Precision : std::uint8_t { kSecond, kMinute, kHour, kDay, kMonth, kYear };

// Half open: `from` belongs to it, `to` does not.
struct Interval {
  Instant from;
  Instant to;

  Seconds length() const { return to - from; }
  bool contains(Instant at) const { return from <= at && at < to; }
  bool overlaps(const Interval& other) const { return from < other.to && other.from < to; }
  friend bool operator==(const Interval&, const Interval&) = default;
};

// A time as a source stated it: the first instant it can mean, how exact it is, and its zone as
// written ("+09:00", "EST", "Asia/Pyongyang"; empty when none was written, then UTC was assumed).
struct Timestamp {
  Instant at;
  Precision precision = Precision::kSecond;
  std::string zone;

  // Every instant that the statement can mean: [at, at + one unit of its precision).
  Interval interval() const;
  friend bool operator==(const Timestamp&, const Timestamp&) = default;
};

// A calendar time on some clock, not yet tied to a zone.
struct Civil {
  int year = 1970;
  unsigned month = 1;
  unsigned day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;

  friend bool operator==(const Civil&, const Civil&) = default;
};

// "2014-12-22T16:15:00Z".
std::string to_iso(Instant at);
// As long as the precision allows: "2014", "2014-12", "2014-12-22", "2014-12-22T16:15Z".
std::string to_iso(Instant at, Precision precision);

// ISO 8601, RFC 3339 and W3CDTF: "2014", "2014-12", "2014-12-22", "2014-12-22T16:15[:00[.5]]" with
// "Z", "+09:00", "+0900" or no zone (then UTC is assumed and `zone` is empty). The second is
// rounded down. Nothing for any other spelling and for impossible dates.
std::optional<Timestamp> parse_iso(std::string_view text);

// Civil time of a UTC instant and back; nothing when the date does not exist.
Civil civil_of(Instant at);
std::optional<Instant> instant_of(const Civil& civil);

// The clock of a zone: an IANA name ("Asia/Pyongyang"), a fixed offset ("+09:00", "UTC", "Z") or a
// common abbreviation ("EST", "KST", "GMT"). Rules come from tz data, by date. Nothing when
// unknown.
std::optional<Seconds> utc_offset(std::string_view zone, Instant at);
bool is_zone(std::string_view zone);
Civil local_time(Instant at, std::string_view zone);
// Earlier of two readings when a clock is set back; shifted when the time was skipped.
std::optional<Instant> from_local(const Civil& civil, std::string_view zone);

// "9 h 31 min", "31 min", "45 s", "2 d 4 h": two units, rounded down.
std::string human_duration(Seconds length);

}  // namespace model
