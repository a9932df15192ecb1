#include "ingest/address.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <boost/asio/ip/address.hpp>

namespace ingest {
namespace {

constexpr std::uint32_t kNat64 = 0x0064FF9B;      // 64:ff9b::/96, RFC 6052
constexpr std::uint32_t kProtocols = 0x20010000;  // 2001::/23, RFC 2928: Teredo, ORCHID and such
constexpr std::uint32_t kDocumentation = 0x20010DB8;   // RFC 3849
constexpr std::uint32_t kDocumentation2 = 0x3FFF0000;  // 3fff::/20, RFC 9637
namespace ip = boost::asio::ip;

struct Range4 {
  std::uint32_t network;
  int bits;
};

constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c = 0) {
  return a << 24U | b << 16U | c << 8U;
}

// RFC 6890 and its updates; 240/4 includes broadcast.
constexpr std::array kNotPublic{
    Range4{v4(0, 0), 8},         Range4{v4(10, 0), 8},      Range4{v4(100, 64), 10},
    Range4{v4(127, 0), 8},       Range4{v4(169, 254), 16},  Range4{v4(172, 16), 12},
    Range4{v4(192, 0, 0), 24},   Range4{v4(192, 0, 2), 24}, Range4{v4(192, 88, 99), 24},
    Range4{v4(192, 168), 16},    Range4{v4(198, 18), 15},   Range4{v4(198, 51, 100), 24},
    Range4{v4(203, 0, 113), 24}, Range4{v4(224, 0), 4},     Range4{v4(240, 0), 4}};

bool is_public(std::uint32_t address) {
  return std::none_of(kNotPublic.begin(), kNotPublic.end(), [&](const Range4& range) {
    return address >> static_cast<unsigned>(32 - range.bits) ==
           range.network >> static_cast<unsigned>(32 - range.bits);
  });
}

bool is_public(const ip::address_v6::bytes_type& bytes) {
  auto quad = [&](std::size_t at) {
    return std::uint32_t{bytes[at]} << 24U | std::uint32_t{bytes[at + 1]} << 16U |
           std::uint32_t{bytes[at + 2]} << 8U | std::uint32_t{bytes[at + 3]};
  };
  bool zeros = quad(4) == 0 && quad(8) == 0;
  if (quad(0) == kNat64 && zeros) return is_public(quad(12));
  if (quad(0) == 0 && quad(4) == 0 && quad(8) == 0xFFFF) return is_public(quad(12));
  if ((quad(0) & 0xFFFFFE00U) == kProtocols || quad(0) == kDocumentation) return false;
  if ((quad(0) & 0xFFFFF000U) == kDocumentation2) return false;
  if (bytes[0] == 0x20 && bytes[1] == 0x02) return is_public(quad(2));  // 6to4, RFC 3056
  return (bytes[0] & 0xE0U) == 0x20U;  // 2000::/3 is all that is given out, RFC 4291 section 2.4
}

}  // namespace

bool is_public_address(const std::string& text) {
  boost::system::error_code failure;
  auto address = ip::make_address(text, failure);
  if (failure) return false;
  return address.is_v4() ? is_public(address.to_v4().to_uint())
                         : is_public(address.to_v6().to_bytes());
}

}  // namespace ingest
