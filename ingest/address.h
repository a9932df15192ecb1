#pragma once

#include <string>

namespace ingest {

// Whether an IP address (in text, IPv6 without brackets) is one of the public Internet. False for
// loopback, private (RFC 1918, RFC 4193), shared (RFC 6598), link-local, multicast, unspecified,
// broadcast and reserved ones, for IPv6 that carries such an IPv4 address (mapped, 6to4, NAT64,
// Teredo), and for what is no address. After the IANA special-purpose registries.
bool is_public_address(const std::string& ip);

}  // namespace ingest
