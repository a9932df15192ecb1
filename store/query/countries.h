#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace store::query {

// The ISO 3166-1 alpha-2 code of a country: of a code in any case, or of its English name as ICU
// has it ("North Korea", "Côte d’Ivoire"), folded. Nothing for what is none.
std::optional<std::string> country_of(std::string_view text);
// The English name of a code; the code where there is none.
std::string country_name(const std::string& code);

}  // namespace store::query
