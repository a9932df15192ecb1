#include "correlate/verdict/timex_value.h"

#include <array>
#include <charconv>
#include <utility>

namespace correlate::verdict {
namespace {

using model::Civil;

struct Unit {
  char letter;
  bool of_time;  // after the T
  double seconds;
  std::string_view name;
};

constexpr std::array kUnits = {Unit{'Y', false, 31557600, "Y"}, Unit{'M', false, 2629746, "MO"},
                               Unit{'W', false, 604800, "W"},   Unit{'D', false, 86400, "D"},
                               Unit{'H', true, 3600, "H"},      Unit{'M', true, 60, "M"},
                               Unit{'S', true, 1, "S"}};

const Unit* unit_of(char letter, bool of_time) {
  for (const auto& unit : kUnits) {
    if (unit.letter == letter && unit.of_time == of_time) return &unit;
  }
  return nullptr;
}

// Hours after the midnight that begins the date.
struct DayPart {
  std::string_view code;
  int from;
  int to;
};

constexpr std::array kDayParts = {
    DayPart{"MO", 3, 12},  DayPart{"MI", 11, 14}, DayPart{"AF", 12, 18}, DayPart{"EV", 17, 24},
    DayPart{"NI", 18, 30}, DayPart{"NI", 0, 6},   DayPart{"DT", 6, 18}};

// The civil time `hours` after midnight of `day`; hours may pass 24.
Civil at_hour(const Civil& day, int hours) {
  auto midnight = model::instant_of({day.year, day.month, day.day, 0, 0, 0});
  return model::civil_of(*midnight + std::chrono::hours{hours});
}

std::vector<CivilRange> parts_of_day(const Civil& day, std::string_view code) {
  std::vector<CivilRange> out;
  for (const auto& part : kDayParts) {
    if (part.code == code) {
      out.push_back({at_hour(day, part.from), at_hour(day, part.to), false, true});
    }
  }
  return out;
}

// ISO 8601 weeks, "2014-W52", and their weekends, "2014-W52-WE".
std::vector<CivilRange> week(std::string_view value) {
  int year = 0;
  int number = 0;
  auto read = [&](std::size_t from, std::size_t count, int& into) {
    const char* begin = value.data() + from;
    auto [rest, failure] = std::from_chars(begin, begin + count, into);
    return failure == std::errc() && rest == begin + count;
  };
  bool weekend = value.size() == 11 && value.substr(8) == "-WE";
  if ((value.size() != 8 && !weekend) || value.substr(4, 2) != "-W" || !read(0, 4, year) ||
      !read(6, 2, number) || number < 1 || number > 53) {
    return {};
  }
  // The week that holds 4 January is the first.
  using std::chrono::days;
  std::chrono::sys_days fourth{std::chrono::year{year} / 1 / 4};
  std::chrono::sys_days monday =
      fourth - (std::chrono::weekday{fourth} - std::chrono::Monday) + days{7 * (number - 1)};
  auto civil = [](std::chrono::sys_days day) { return model::civil_of(day); };
  return {{civil(monday + days{weekend ? 5 : 0}), civil(monday + days{7}), false, false}};
}

}  // namespace

std::optional<Length> parse_length(std::string_view value) {
  if (value.size() < 3 || value[0] != 'P') return std::nullopt;
  Length out;
  bool of_time = false;
  const char* end = value.data() + value.size();
  for (const char* at = value.data() + 1; at < end;) {
    if (*at == 'T') {
      of_time = true;
      ++at;
      continue;
    }
    double number = 0;
    auto [rest, failure] = std::from_chars(at, end, number);
    if (failure != std::errc() || rest == end || number < 0) return std::nullopt;
    const Unit* unit = unit_of(*rest, of_time);
    if (unit == nullptr) return std::nullopt;
    out.seconds += number * unit->seconds;
    out.unit = unit->seconds;
    out.letters = unit->name;
    out.fraction = std::string_view(at, static_cast<std::size_t>(rest - at)).find('.') !=
                   std::string_view::npos;
    at = rest + 1;
  }
  if (out.unit == 0) return std::nullopt;
  return out;
}

std::vector<CivilRange> parse_civil(std::string_view value, std::string_view mod) {
  if (value.size() >= 13 && value[10] == 'T' && value[11] >= 'A') {
    auto day = model::parse_iso(value.substr(0, 10));
    if (!day) return {};
    return parts_of_day(model::civil_of(day->at), value.substr(11));
  }
  auto time = model::parse_iso(value);
  if (!time) return week(value);
  Civil from = model::civil_of(time->at);
  Civil to = model::civil_of(time->interval().to);
  if (time->precision < model::Precision::kDay) return {{from, to, true, false}};
  if (time->precision == model::Precision::kDay && mod == "START") {
    return {{from, at_hour(from, 8), false, true}};
  }
  if (time->precision == model::Precision::kDay && mod == "END") {
    return {{at_hour(from, 18), at_hour(from, 24), false, true}};
  }
  return {{from, to, false, false}};
}

}  // namespace correlate::verdict
