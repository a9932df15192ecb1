#include "store/model/route.h"

#include <charconv>

#include <arpa/inet.h>

namespace model {
namespace {

constexpr std::size_t kV4Octets = 4;
constexpr unsigned kV4Bits = 32;
constexpr unsigned kV6Bits = 128;

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  Address address;
  address.v6 = text.find(':') != std::string_view::npos;
  std::string terminated(text);
  int family = address.v6 ? AF_INET6 : AF_INET;
  if (inet_pton(family, terminated.c_str(), address.octets.data()) != 1) return std::nullopt;
  return address;
}

std::string to_string(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  int family = address.v6 ? AF_INET6 : AF_INET;
  inet_ntop(family, address.octets.data(), text.data(), text.size());
  return text.data();
}

std::optional<Prefix> parse_prefix(std::string_view text) {
  auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  auto address = parse_address(text.substr(0, slash));
  auto digits = text.substr(slash + 1);
  unsigned bits = 0;
  auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  bool number = failure == std::errc() && end == digits.data() + digits.size();
  if (!address || !number || bits > (address->v6 ? kV6Bits : kV4Bits)) return std::nullopt;
  return cleared({address->v6, address->octets, static_cast<std::uint8_t>(bits)});
}

std::string to_string(const Prefix& prefix) {
  return to_string(Address{prefix.octets, prefix.v6}) + "/" + std::to_string(prefix.bits);
}

Prefix cleared(Prefix prefix) {
  std::size_t size = prefix.v6 ? prefix.octets.size() : kV4Octets;
  for (std::size_t i = 0; i < prefix.octets.size(); ++i) {
    std::size_t kept = i >= size || prefix.bits <= 8 * i ? 0 : prefix.bits - 8 * i;
    if (kept >= 8) continue;
    prefix.octets[i] = static_cast<std::uint8_t>(prefix.octets[i] & ~(0xFFU >> kept));
  }
  return prefix;
}

}  // namespace model
