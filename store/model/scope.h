#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace model {

// Where: country ⊃ region ⊃ (AS in a country) ⊃ AS ⊃ prefix. Empty members say nothing. A lattice:
// an AS may reach into several countries, so neither side need contain the other.
struct Scope {
  std::string country;               // ISO 3166-1 alpha-2, upper case
  std::string region;                // name as the source gives it ("Sindh"), or ISO 3166-2
  std::optional<std::uint32_t> asn;  // RFC 6793: four octets
  std::string prefix;                // CIDR, "175.45.176.0/22"

  bool empty() const { return country.empty() && region.empty() && !asn && prefix.empty(); }
  friend bool operator==(const Scope&, const Scope&) = default;
};

// "KP", "KP AS131279 175.45.176.0/22", "PK Sindh"; "?" for an empty scope.
std::string to_string(const Scope& scope);

// An IPv4 or IPv6 prefix in canonical spelling (RFC 5952 for IPv6, host bits cleared); empty when
// `text` is none.
std::string canonical_prefix(const std::string& text);
// True when `inner` lies inside `outer` (or equals it). Both canonical.
bool prefix_contains(const std::string& outer, const std::string& inner);

}  // namespace model
