#pragma once

#include <string>
#include <string_view>

#include "store/model/scope.h"

// Countries by the names that tables of measurements use.
namespace feeds::outages {

// A country as English tables write it: "Viet Nam", "Iran (Islamic Republic of)", "Tanzania, United
// Republic of", "Turkey" and "Türkiye", "KP". Names from CLDR (through ICU), and those of the
// United Nations' list that differ. Empty when there is none.
std::string country_named(std::string_view name);

// The same, for parts of a country that tables list as if they were one: "Somaliland" is a region.
model::Scope scope_named(std::string_view name);

// The country whose name `text` begins with, as whole words: "Tonga April 2022".
std::string country_at_beginning(std::string_view text);

}  // namespace feeds::outages
