#include "store/model/scope.h"

#include <array>
#include <charconv>
#include <string_view>

#include <arpa/inet.h>

namespace model {
namespace {

// An address in network order and how many leading bits count.
struct Prefix {
  int family = 0;
  std::array<unsigned char, 16> bytes{};
  unsigned bits = 0;
};

std::optional<Prefix> parse_prefix(const std::string& text) {
  auto slash = text.find('/');
  if (slash == std::string::npos) return std::nullopt;
  Prefix out;
  std::string address = text.substr(0, slash);
  out.family = address.find(':') == std::string::npos ? AF_INET : AF_INET6;
  if (inet_pton(out.family, address.c_str(), out.bytes.data()) != 1) return std::nullopt;
  const char* end = text.data() + text.size();
  auto [rest, failure] = std::from_chars(text.data() + slash + 1, end, out.bits);
  unsigned most = out.family == AF_INET ? 32 : 128;
  if (failure != std::errc() || rest != end || out.bits > most) return std::nullopt;
  for (unsigned bit = out.bits; bit < most; ++bit) {
    out.bytes[bit / 8] &= static_cast<unsigned char>(~(0x80U >> (bit % 8)));
  }
  return out;
}

}  // namespace

std::string to_string(const Scope& scope) {
  std::string out = scope.country;
  auto add = [&out](const std::string& part) {
    if (!part.empty()) out += (out.empty() ? "" : " ") + part;
  };
  add(scope.region);
  if (scope.asn) add("AS" + std::to_string(*scope.asn));
  add(scope.prefix);
  return out.empty() ? "?" : out;
}

std::string canonical_prefix(const std::string& text) {
  auto prefix = parse_prefix(text);
  if (!prefix) return {};
  std::array<char, INET6_ADDRSTRLEN> address{};
  inet_ntop(prefix->family, prefix->bytes.data(), address.data(), address.size());
  return std::string(address.data()) + "/" + std::to_string(prefix->bits);
}

bool prefix_contains(const std::string& outer, const std::string& inner) {
  auto a = parse_prefix(outer);
  auto b = parse_prefix(inner);
  if (!a || !b || a->family != b->family || a->bits > b->bits) return false;
  for (unsigned bit = 0; bit < a->bits; ++bit) {
    unsigned mask = 0x80U >> (bit % 8);
    if ((a->bytes[bit / 8] & mask) != (b->bytes[bit / 8] & mask)) return false;
  }
  return true;
}

}  // namespace model
