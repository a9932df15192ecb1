#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "correlate/extract/lexicon.h"

// What rules may call by name and code of ExprReader does (timex_rules.cc, in the same order).

namespace correlate::extraction::rules {

constexpr std::uint64_t bits() { return 0; }
template <typename... Rest>
constexpr std::uint64_t bits(Role role, Rest... rest) {
  return (1ULL << static_cast<unsigned>(role)) | bits(rest...);
}

struct ReaderName {
  std::string_view name;
  std::uint64_t roles = 0;  // that it can begin with
  bool digits = false;      // it can begin with a number or a glyph
};

constexpr std::uint64_t kAmountRoles =
    bits(Role::kNumber, Role::kVague, Role::kModBefore, Role::kCounted, Role::kUnit);
constexpr std::uint64_t kArticleRoles =
    bits(Role::kOf, Role::kUnit, Role::kAt, Role::kTo, Role::kWeekday, Role::kNumber);
constexpr std::uint64_t kNumberRoles = bits(Role::kNumber, Role::kVague);

inline constexpr std::array kReaders = {
    ReaderName{"amounts", kAmountRoles, true},
    ReaderName{"described-amount", kAmountRoles, true},
    ReaderName{"some-units", bits(Role::kUnit), false},
    ReaderName{"bare-unit", bits(Role::kUnit), false},
    ReaderName{"plural-unit", bits(Role::kUnit), false},
    ReaderName{"year", ~0ULL, true},
    ReaderName{"day-of-month", bits(Role::kOrdinal), true},
    ReaderName{"digit-day", 0, true},
    ReaderName{"dot", ~0ULL, true},
    ReaderName{"any-dot", ~0ULL, true},
    ReaderName{"glyph-date", 0, true},
    ReaderName{"lone-day", kArticleRoles, true},
    ReaderName{"numbered-day", bits(Role::kUnit), false},
    ReaderName{"day-before-range", bits(Role::kOf), true},
    ReaderName{"day-behind-range", 0, true},
    ReaderName{"lone-year", bits(Role::kOf, Role::kOrdinal), true},
    ReaderName{"part", bits(Role::kPart, Role::kOf), false},
    ReaderName{"hour12", kNumberRoles, true},
    ReaderName{"hour24", kNumberRoles, true},
    ReaderName{"minutes", kNumberRoles, true},
    ReaderName{"spelled-hour", kNumberRoles, false},
    ReaderName{"spelled", kNumberRoles, true},
    ReaderName{"led-words", ~0ULL, true}};

constexpr std::array<std::string_view, 8> kChecks = {
    "rate-by-the-clock", "length-of-past", "weak-weekday-stands", "month-stands",
    "month-exists",      "season-stands",  "quarter-stands",      "on-the-calendar"};

}  // namespace correlate::extraction::rules
