#include "ingest/guard.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <boost/asio/ip/address.hpp>

#include "ingest/address.h"
#include "store/model/text.h"

namespace ingest {
namespace {

namespace ip = boost::asio::ip;
using model::Errc;
using model::Error;

constexpr std::array kBlockedPorts{
    0,    1,    7,    9,    11,   13,   15,   17,   19,   20,   21,   22,   23,   25,
    37,   42,   43,   53,   69,   77,   79,   87,   95,   101,  102,  103,  104,  109,
    110,  111,  113,  115,  117,  119,  123,  135,  137,  139,  143,  161,  179,  389,
    427,  465,  512,  513,  514,  515,  526,  530,  531,  532,  540,  548,  554,  556,
    563,  587,  601,  636,  989,  990,  993,  995,  1719, 1720, 1723, 2049, 3659, 4045,
    4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080};
static_assert(std::is_sorted(kBlockedPorts.begin(), kBlockedPorts.end()));

// The bytes of an address; those of IPv4 where IPv6 only carries one (RFC 4291 section 2.5.5.2,
// RFC 6052: whoever is behind a NAT64 reaches private IPv4 through it).
std::string bytes_of(const ip::address& address) {
  if (address.is_v4()) {
    auto bytes = address.to_v4().to_bytes();
    return {bytes.begin(), bytes.end()};
  }
  auto bytes = address.to_v6().to_bytes();
  std::string all(bytes.begin(), bytes.end());
  const std::string mapped("\0\0\0\0\0\0\0\0\0\0\xFF\xFF", 12);
  const std::string nat64("\0\x64\xFF\x9B\0\0\0\0\0\0\0\0", 12);
  bool carries = all.starts_with(mapped) || all.starts_with(nat64);
  return carries ? all.substr(12) : all;
}

std::optional<std::string> bytes_of(const std::string& text) {
  boost::system::error_code failure;
  auto address = ip::make_address(text, failure);
  if (failure) return std::nullopt;
  return bytes_of(address);
}

bool begins_alike(const std::string& a, const std::string& b, unsigned bits) {
  if (a.size() != b.size()) return false;
  for (unsigned bit = 0; bit < bits; ++bit) {
    auto mask = static_cast<unsigned char>(0x80U >> (bit % 8));
    if (((a[bit / 8] ^ b[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

bool is_link_local(const std::string& bytes) {
  const std::string metadata6("\xFD\0\x0E\xC2\0\0\0\0\0\0\0\0\0\0\x02\x54", 16);
  return begins_alike(bytes, std::string("\xA9\xFE\0\0", 4), 16) ||
         begins_alike(bytes, "\xFE\x80" + std::string(14, '\0'), 10) || bytes == metadata6;
}

bool is_host_name(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '.' || c == '_' || c >= 0x80;
  });
}

}  // namespace

model::Result<AllowList> AllowList::of(const std::vector<std::string>& words) {
  AllowList list;
  for (const auto& word : words) {
    auto slash = word.find('/');
    auto bytes = bytes_of(word.substr(0, slash));
    if (!bytes && slash == word.npos && is_host_name(word)) {
      list.hosts_.push_back(model::fold(word));
      continue;
    }
    unsigned most = bytes ? static_cast<unsigned>(bytes->size() * 8) : 0;
    unsigned bits = most;
    if (slash != word.npos) {
      const char* end = word.data() + word.size();
      auto [stop, failure] = std::from_chars(word.data() + slash + 1, end, bits);
      if (failure != std::errc() || stop != end) bits = most + 1;
    }
    if (!bytes || bits > most) {
      return Error{Errc::kInvalid, "\"" + word +
                                       "\" is neither a host name nor an address nor a network; "
                                       "write news.intern.example, 10.1.2.3 or 10.0.0.0/8."};
    }
    list.networks_.push_back({*bytes, bits});
  }
  return list;
}

bool AllowList::has_host(std::string_view host) const {
  auto name = model::fold(host);
  return std::any_of(hosts_.begin(), hosts_.end(), [&](const std::string& word) {
    return name == word || (word.front() == '.' && name.ends_with(word));
  });
}

bool AllowList::has_address(const std::string& ip) const {
  auto bytes = bytes_of(ip);
  return bytes && std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
           return begins_alike(*bytes, network.bytes, network.bits);
         });
}

bool may_connect(const AllowList& allowed, const std::string& host, const std::string& ip,
                 bool typed) {
  if (is_public_address(ip) || allowed.has_address(ip)) return true;
  auto bytes = bytes_of(ip);
  if (!bytes || is_link_local(*bytes)) return false;
  return typed || allowed.has_host(host);
}

bool is_blocked_port(std::string_view port) {
  int number = 0;
  auto [stop, failure] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (failure != std::errc() || stop != port.data() + port.size()) return true;
  return number < 0 || number > 65535 ||
         std::binary_search(kBlockedPorts.begin(), kBlockedPorts.end(), number);
}

}  // namespace ingest
