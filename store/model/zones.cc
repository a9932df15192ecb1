#include "store/model/zones.h"

#include <memory>

#include <unicode/strenum.h>
#include <unicode/timezone.h>

namespace model {

std::vector<std::string> zones_of_country(const std::string& country) {
  std::vector<std::string> out;
  if (country.size() != 2) return out;
  UErrorCode failure = U_ZERO_ERROR;
  std::unique_ptr<icu::StringEnumeration> zones(icu::TimeZone::createTimeZoneIDEnumeration(
      UCAL_ZONE_TYPE_CANONICAL_LOCATION, country.c_str(), nullptr, failure));
  if (U_FAILURE(failure) != 0 || !zones) return out;
  while (const char* id = zones->next(nullptr, failure)) out.emplace_back(id);
  return out;
}

}  // namespace model
