#pragma once

#include <string>
#include <vector>

namespace model {

// The zones of tz data in which a country's places are, by their canonical names, as ICU knows
// them. `country`: ISO 3166-1 alpha-2; of any other text none.
std::vector<std::string> zones_of_country(const std::string& country);

}  // namespace model
