#include "store/model/instant.h"

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include <fmt/format.h>
#include <unicode/basictz.h>
#include <unicode/timezone.h>

namespace model {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::years;

// Reads `count` digits at `pos` and moves on; nothing when there are fewer.
std::optional<int> digits(std::string_view text, std::size_t& pos, std::size_t count) {
  if (pos + count > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    char c = text[pos + i];
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  pos += count;
  return value;
}

bool skip(std::string_view text, std::size_t& pos, char c) {
  if (pos >= text.size() || text[pos] != c) return false;
  ++pos;
  return true;
}

// "+09:00", "-0530", "+09" → seconds. Nothing for other spellings.
std::optional<Seconds> fixed_offset(std::string_view zone) {
  if (zone.size() < 3 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  std::size_t pos = 1;
  auto hours = digits(zone, pos, 2);
  std::optional<int> minutes = 0;
  if (hours && pos < zone.size()) {
    skip(zone, pos, ':');
    minutes = digits(zone, pos, 2);
  }
  if (!hours || !minutes || pos != zone.size() || *hours > 18 || *minutes > 59) return std::nullopt;
  Seconds offset{*hours * 3600 + *minutes * 60};
  return zone[0] == '-' ? -offset : offset;
}

struct Abbreviation {
  std::string_view name;
  int minutes;
};

// Abbreviations as newsrooms write them. Those with two meanings (IST, CST, BST, AST) have the one
// that English-language coverage of outages uses most; RFC 822 section 5 for the American ones.
constexpr std::array kAbbreviations = {
    Abbreviation{"UTC", 0},    Abbreviation{"GMT", 0},     Abbreviation{"UT", 0},
    Abbreviation{"Z", 0},      Abbreviation{"WET", 0},     Abbreviation{"WEST", 60},
    Abbreviation{"BST", 60},   Abbreviation{"CET", 60},    Abbreviation{"CEST", 120},
    Abbreviation{"MEZ", 60},   Abbreviation{"MESZ", 120},  Abbreviation{"EET", 120},
    Abbreviation{"EEST", 180}, Abbreviation{"MSK", 180},   Abbreviation{"WAT", 60},
    Abbreviation{"CAT", 120},  Abbreviation{"SAST", 120},  Abbreviation{"EAT", 180},
    Abbreviation{"GST", 240},  Abbreviation{"PKT", 300},   Abbreviation{"IST", 330},
    Abbreviation{"ICT", 420},  Abbreviation{"WIB", 420},   Abbreviation{"SGT", 480},
    Abbreviation{"HKT", 480},  Abbreviation{"AWST", 480},  Abbreviation{"KST", 540},
    Abbreviation{"JST", 540},  Abbreviation{"AEST", 600},  Abbreviation{"AEDT", 660},
    Abbreviation{"NZST", 720}, Abbreviation{"NZDT", 780},  Abbreviation{"EST", -300},
    Abbreviation{"EDT", -240}, Abbreviation{"CST", -360},  Abbreviation{"CDT", -300},
    Abbreviation{"MST", -420}, Abbreviation{"MDT", -360},  Abbreviation{"PST", -480},
    Abbreviation{"PDT", -420}, Abbreviation{"AKST", -540}, Abbreviation{"HST", -600},
    Abbreviation{"BRT", -180}, Abbreviation{"ART", -180},  Abbreviation{"VET", -240},
};

std::optional<Seconds> abbreviation(std::string_view zone) {
  for (const auto& entry : kAbbreviations) {
    if (entry.name == zone) return Seconds{entry.minutes * 60};
  }
  return std::nullopt;
}

// ICU's zone by its IANA name, made once; null when there is no such zone, of which nothing is
// kept: anybody may ask for any name. "ET", "PT" and the like follow the place's summer time.
const icu::TimeZone* named_zone(std::string_view zone) {
  static std::mutex mutex;
  static std::unordered_map<std::string, std::unique_ptr<icu::TimeZone>> zones;
  static const std::unordered_map<std::string_view, std::string_view> kClocks = {
      {"ET", "America/New_York"},
      {"CT", "America/Chicago"},
      {"MT", "America/Denver"},
      {"PT", "America/Los_Angeles"}};
  if (auto clock = kClocks.find(zone); clock != kClocks.end()) zone = clock->second;
  constexpr std::size_t kLongest = 64;
  if (zone.size() >= kLongest || zone.find('/') == std::string_view::npos) return nullptr;
  std::string name(zone);
  std::scoped_lock lock(mutex);
  if (auto found = zones.find(name); found != zones.end()) return found->second.get();
  std::unique_ptr<icu::TimeZone> made(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  if (*made == icu::TimeZone::getUnknown()) return nullptr;
  return zones.emplace(std::move(name), std::move(made)).first->second.get();
}

double to_millis(Instant at) { return static_cast<double>(at.time_since_epoch().count()) * 1000; }

// Time of day after the date in an ISO time. False when it is malformed.
bool parse_clock(std::string_view text, std::size_t& pos, Civil& civil, Precision& precision) {
  auto hour = digits(text, pos, 2);
  if (!hour) return false;
  civil.hour = *hour;
  precision = Precision::kHour;
  bool colon = skip(text, pos, ':');
  std::size_t before = pos;
  if (auto minute = digits(text, pos, 2)) {
    civil.minute = *minute;
    precision = Precision::kMinute;
  } else if (colon) {
    return false;
  } else {
    pos = before;
    return true;
  }
  before = pos;
  colon = skip(text, pos, ':');
  if (auto second = digits(text, pos, 2)) {
    civil.second = *second;
    precision = Precision::kSecond;
    if (skip(text, pos, '.') || skip(text, pos, ',')) {
      while (pos < text.size() && text[pos] >= '0' && text[pos] <= '9') ++pos;
    }
  } else if (colon) {
    return false;
  } else {
    pos = before;
  }
  return civil.hour <= 24 && civil.minute < 60 && civil.second <= 60;
}

}  // namespace

Interval Timestamp::interval() const {
  auto midnight = std::chrono::floor<days>(at);
  switch (precision) {
    case Precision::kSecond:
      return {at, at + Seconds{1}};
    case Precision::kMinute:
      return {at, at + Seconds{60}};
    case Precision::kHour:
      return {at, at + Seconds{3600}};
    case Precision::kDay:
      return {at, at + days{1}};
    case Precision::kMonth:
    case Precision::kYear: {
      // In the stated zone `at` is the first midnight of the unit, so a shift by the day of the
      // UTC date cannot leave the unit by more than the zone's offset.
      year_month_day date{midnight};
      auto next = precision == Precision::kMonth ? date + months{1} : date + years{1};
      while (!next.ok()) next = next.year() / next.month() / (next.day() - days{1});
      return {at, sys_days{next} + (at - midnight)};
    }
  }
  return {at, at};
}

std::string to_iso(Instant at) { return to_iso(at, Precision::kSecond); }

std::string to_iso(Instant at, Precision precision) {
  Civil c = civil_of(at);
  std::string date = fmt::format("{:04}-{:02}-{:02}", c.year, c.month, c.day);
  switch (precision) {
    case Precision::kYear:
      return date.substr(0, date.size() - 6);
    case Precision::kMonth:
      return date.substr(0, date.size() - 3);
    case Precision::kDay:
      return date;
    case Precision::kHour:
    case Precision::kMinute:
      return fmt::format("{}T{:02}:{:02}Z", date, c.hour, c.minute);
    case Precision::kSecond:
      break;
  }
  return fmt::format("{}T{:02}:{:02}:{:02}Z", date, c.hour, c.minute, c.second);
}

Civil civil_of(Instant at) {
  auto midnight = std::chrono::floor<days>(at);
  year_month_day date{midnight};
  std::chrono::hh_mm_ss clock{at - midnight};
  return {static_cast<int>(date.year()),
          static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()),
          static_cast<int>(clock.hours().count()),
          static_cast<int>(clock.minutes().count()),
          static_cast<int>(clock.seconds().count())};
}

std::optional<Instant> instant_of(const Civil& c) {
  year_month_day date{year{c.year}, month{c.month}, day{c.day}};
  if (!date.ok() || c.year < 1 || c.year > 9999) return std::nullopt;
  return sys_days{date} + Seconds{c.hour * 3600 + c.minute * 60 + c.second};
}

std::optional<Timestamp> parse_iso(std::string_view text) {
  std::size_t pos = 0;
  Civil civil;
  Precision precision = Precision::kYear;
  auto year_digits = digits(text, pos, 4);
  if (!year_digits) return std::nullopt;
  civil.year = *year_digits;
  bool clock = false;
  if (skip(text, pos, '-')) {
    auto month_digits = digits(text, pos, 2);
    if (!month_digits) return std::nullopt;
    civil.month = static_cast<unsigned>(*month_digits);
    precision = Precision::kMonth;
    if (skip(text, pos, '-')) {
      auto day_digits = digits(text, pos, 2);
      if (!day_digits) return std::nullopt;
      civil.day = static_cast<unsigned>(*day_digits);
      precision = Precision::kDay;
      clock = skip(text, pos, 'T') || skip(text, pos, 't') || skip(text, pos, ' ');
      if (clock && !parse_clock(text, pos, civil, precision)) return std::nullopt;
    }
  }
  std::string zone(text.substr(pos));
  if (zone == "z") zone = "Z";
  // Behind a date without a time "-01" is no zone: XML Schema writes "-01:00" there.
  if (!clock && zone.size() == 3) return std::nullopt;
  auto offset = zone.empty() || zone == "Z" ? std::optional(Seconds{0}) : fixed_offset(zone);
  auto local = instant_of(civil);
  if (!offset || !local) return std::nullopt;
  return Timestamp{*local - *offset, precision, zone};
}

std::optional<Seconds> utc_offset(std::string_view zone, Instant at) {
  if (zone.empty()) return std::nullopt;
  if (auto offset = fixed_offset(zone)) return offset;
  if (auto offset = abbreviation(zone)) return offset;
  const icu::TimeZone* named = named_zone(zone);
  if (named == nullptr) return std::nullopt;
  std::int32_t raw = 0;
  std::int32_t dst = 0;
  UErrorCode failure = U_ZERO_ERROR;
  named->getOffset(to_millis(at), false, raw, dst, failure);
  if (U_FAILURE(failure)) return std::nullopt;
  return Seconds{(raw + dst) / 1000};
}

bool is_zone(std::string_view zone) { return utc_offset(zone, Instant{}).has_value(); }

Civil local_time(Instant at, std::string_view zone) {
  return civil_of(at + utc_offset(zone, at).value_or(Seconds{0}));
}

std::optional<Instant> from_local(const Civil& civil, std::string_view zone) {
  auto local = instant_of(civil);
  if (!local) return std::nullopt;
  // The offsets a day before and after bracket any change of the clock; the larger one gives the
  // earlier instant. Where neither is consistent the time was skipped.
  auto before = utc_offset(zone, *local - days{1});
  auto after = utc_offset(zone, *local + days{1});
  if (!before || !after) return std::nullopt;
  Instant first = *local - std::max(*before, *after);
  Instant second = *local - std::min(*before, *after);
  if (utc_offset(zone, first) == *local - first) return first;
  if (utc_offset(zone, second) == *local - second) return second;
  return *local - *before;
}

std::string human_duration(Seconds length) {
  auto total = length.count();
  if (total < 0) return "-" + human_duration(-length);
  auto d = total / 86400;
  auto h = total / 3600 % 24;
  auto m = total / 60 % 60;
  auto s = total % 60;
  auto two = [](auto a, const char* unit, auto b, const char* rest) {
    return b == 0 ? fmt::format("{} {}", a, unit) : fmt::format("{} {} {} {}", a, unit, b, rest);
  };
  if (d > 0) return two(d, "d", h, "h");
  if (h > 0) return two(h, "h", m, "min");
  if (m > 0) return two(m, "min", s, "s");
  return fmt::format("{} s", s);
}

}  // namespace model
