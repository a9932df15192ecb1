#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "correlate/extract/lexicon.h"

// The names of roles and of their values in words/*.times and rules/*.rules.

namespace correlate::extraction {

struct RoleName {
  std::string_view name;
  Role role;
};

inline constexpr std::array kRoles = {RoleName{"MONTH", Role::kMonth},
                                      RoleName{"WDAY", Role::kWeekday},
                                      RoleName{"WDAYPART", Role::kWeekdayPart},
                                      RoleName{"UNIT", Role::kUnit},
                                      RoleName{"COUNTED", Role::kCounted},
                                      RoleName{"DAY", Role::kDay},
                                      RoleName{"REL", Role::kRelative},
                                      RoleName{"PART", Role::kPart},
                                      RoleName{"DAYPART", Role::kDayPart},
                                      RoleName{"THIS", Role::kThis},
                                      RoleName{"LAST", Role::kLast},
                                      RoleName{"NEXT", Role::kNext},
                                      RoleName{"THAT", Role::kThat},
                                      RoleName{"AGO", Role::kAgo},
                                      RoleName{"HENCE", Role::kHence},
                                      RoleName{"LATER", Role::kLater},
                                      RoleName{"EARLIER", Role::kEarlier},
                                      RoleName{"NUM", Role::kNumber},
                                      RoleName{"ORD", Role::kOrdinal},
                                      RoleName{"VAGUE", Role::kVague},
                                      RoleName{"HALF", Role::kHalf},
                                      RoleName{"PLUS", Role::kPlusHalf},
                                      RoleName{"MOD", Role::kModBefore},
                                      RoleName{"MODAFTER", Role::kModAfter},
                                      RoleName{"AM", Role::kAm},
                                      RoleName{"CLOCK", Role::kClock},
                                      RoleName{"AT", Role::kAt},
                                      RoleName{"OF", Role::kOf},
                                      RoleName{"TO", Role::kTo},
                                      RoleName{"PHASE", Role::kStart},
                                      RoleName{"SEASON", Role::kSeason},
                                      RoleName{"EVERY", Role::kEvery},
                                      RoleName{"SET", Role::kSet},
                                      RoleName{"REF", Role::kRef},
                                      RoleName{"HOLIDAY", Role::kHoliday},
                                      RoleName{"ZONE", Role::kZone},
                                      RoleName{"NOON", Role::kNoon},
                                      RoleName{"QUARTER", Role::kQuarterYear}};

struct Code {
  std::string_view name;
  int value;
};

inline constexpr std::array kUnits = {Code{"S", 0},  Code{"MI", 1}, Code{"H", 2},  Code{"D", 3},
                                      Code{"WE", 4}, Code{"W", 5},  Code{"MO", 6}, Code{"Q", 7},
                                      Code{"Y", 8},  Code{"DE", 9}, Code{"C", 10}, Code{"FN", 11}};
inline constexpr std::array kParts = {Code{"MO", 1}, Code{"MI", 2}, Code{"AF", 3},
                                      Code{"EV", 4}, Code{"NI", 5}, Code{"DT", 6}};
inline constexpr std::array kSeasons = {Code{"SP", 1}, Code{"SU", 2}, Code{"FA", 3}, Code{"WI", 4}};
inline constexpr std::array kMods = {
    Code{"MORE_THAN", 1}, Code{"LESS_THAN", 2}, Code{"EQUAL_OR_MORE", 3}, Code{"EQUAL_OR_LESS", 4},
    Code{"APPROX", 5},    Code{"START", 6},     Code{"MID", 7},           Code{"END", 8}};
inline constexpr std::array kRefs = {Code{"PRESENT", 0}, Code{"PAST", 1}, Code{"FUTURE", 2}};

template <std::size_t N>
constexpr std::optional<int> find_code(const std::array<Code, N>& codes, std::string_view name) {
  for (const auto& code : codes) {
    if (code.name == name) return code.value;
  }
  return std::nullopt;
}

constexpr std::optional<Role> role_named(std::string_view name) {
  for (const auto& entry : kRoles) {
    if (entry.name == name) return entry.role;
  }
  return std::nullopt;
}

}  // namespace correlate::extraction
