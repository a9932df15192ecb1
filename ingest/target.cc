#include "ingest/target.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include <arpa/inet.h>
#include <boost/url.hpp>
#include <unicode/uidna.h>

#include "ingest/printable.h"
#include "store/model/text.h"

namespace ingest {
namespace {

namespace urls = boost::urls;
using model::Errc;
using model::Error;
using model::Result;

// RFC 9110 section 4.1 asks for 8,000 at least.
constexpr std::size_t kLongestUrl = 8192;
// RFC 1035 section 2.3.4.
constexpr int kLongestHost = 253;

// The host as it is looked up: in small letters, other scripts as Punycode (UTS 46), and IPv4
// addresses in their one spelling: 2130706433, 0x7f.1 and 0177.0.0.1 are 127.0.0.1 to whoever looks
// them up, so they are to the guard. Nothing for what is no host.
std::optional<std::string> host_of(const std::string& decoded) {
  UErrorCode failure = U_ZERO_ERROR;
  UIDNA* idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII, &failure);
  char name[kLongestHost + 2];
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  auto size =
      uidna_nameToASCII_UTF8(idna, decoded.data(), static_cast<std::int32_t>(decoded.size()), name,
                             sizeof name, &info, &failure);
  uidna_close(idna);
  constexpr std::uint32_t kHarmless =  // what real names do all the same
      UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;
  if (U_FAILURE(failure) || (info.errors & ~kHarmless) != 0) return std::nullopt;
  std::string out(name, static_cast<std::size_t>(size));
  bool sound = !out.empty() && std::all_of(out.begin(), out.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '.' || c == '_';
  });
  if (!sound) return std::nullopt;
  auto number = out.ends_with('.') ? out.substr(0, out.size() - 1) : out;
  in_addr address{};
  if (inet_aton(number.c_str(), &address) == 0) return out;
  char text[INET_ADDRSTRLEN];
  return inet_ntop(AF_INET, &address, text, sizeof text);
}

// A Location as servers send it: what a browser would escape is escaped.
std::string tidy(std::string_view location) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  static constexpr std::string_view kOdd = " \t\"<>\\^`{|}";
  std::string out;
  bool in_host = true;
  auto authority = location.find("//");
  auto path = authority == location.npos ? 0 : location.find_first_of("/?#", authority + 2);
  for (std::size_t at = 0; at < location.size(); ++at) {
    auto c = static_cast<unsigned char>(location[at]);
    if (at >= path) in_host = false;
    bool bracket = (c == '[' || c == ']') && !in_host;
    if (c >= 0x7F || kOdd.find(location[at]) != kOdd.npos || bracket) {
      out += {'%', kHex[c >> 4U], kHex[c & 15U]};
    } else {
      out += location[at];
    }
  }
  return out;
}

Error no_address(const std::string& url) {
  return {Errc::kInvalid, printable(url) + " is no web address; check its spelling."};
}

}  // namespace

std::string Target::host_and_port() const {
  bool v6 = host.find(':') != host.npos;
  return (v6 ? "[" + host + "]" : host) + ":" + port;
}

Result<Target> target_of(const std::string& url) {
  if (url.size() > kLongestUrl) {
    return Error{Errc::kInvalid,
                 printable(url) + "… is longer than 8192 bytes; it is not fetched."};
  }
  auto parsed = urls::parse_uri(url);
  if (!parsed) return no_address(url);
  Target target;
  auto scheme = model::fold(std::string_view(parsed->scheme()));
  target.tls = scheme == "https";
  if (!target.tls && scheme != "http") {
    return Error{Errc::kInvalid, printable(url) + " is neither http nor https and is not fetched."};
  }
  if (parsed->encoded_host().empty()) return no_address(url);
  if (parsed->has_userinfo()) {
    auto at = url.find('@');
    return Error{Errc::kInvalid, scheme + "://…" + printable(std::string_view(url).substr(at)) +
                                     " carries a user name, which is not supported; leave it "
                                     "out."};
  }
  target.url = url.substr(0, url.find('#'));
  auto host = std::optional(parsed->host_address());
  bool bracketed = parsed->encoded_host().front() == '[';
  if (!bracketed) host = host_of(parsed->host());
  if (!host) return no_address(url);
  target.host = std::move(*host);
  target.port = parsed->port().empty() ? (target.tls ? "443" : "80") : std::string(parsed->port());
  target.path = parsed->encoded_path().empty() ? "/" : std::string(parsed->encoded_path());
  if (parsed->has_query()) target.path += "?" + std::string(parsed->encoded_query());
  target.authority = bracketed ? std::string(parsed->encoded_host()) : target.host;
  if (!parsed->port().empty()) target.authority += ":" + target.port;
  return target;
}

Result<Target> next_of(const Target& from, const std::string& location) {
  auto base = urls::parse_uri(from.url);
  auto tidied = tidy(model::trim(location));
  auto reference = urls::parse_uri_reference(tidied);
  urls::url resolved;
  if (!base || !reference || !urls::resolve(*base, *reference, resolved)) {
    return Error{Errc::kIo,
                 from.url + " redirects to \"" + printable(location) + "\", which is no address."};
  }
  // RFC 3986 section 5.2.4: nothing is above the root.
  std::string path(resolved.encoded_path());
  while (path.starts_with("/../")) path.erase(0, 3);
  if (path != resolved.encoded_path()) resolved.set_encoded_path(path);
  auto next = target_of(std::string(resolved.buffer()));
  if (next && from.tls && !next->tls) {
    return Error{Errc::kInvalid, from.url + " redirects from https to " + printable(next->url) +
                                     ", which is not encrypted; refused."};
  }
  return next;
}

}  // namespace ingest
