#include "ingest/canonical_url.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include <boost/url.hpp>

#include "store/model/text.h"

namespace ingest {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEF";
constexpr std::string_view kNotAllowed = " \"<>\\^`{|}";
constexpr std::string_view kUnreserved = "-._~";
// Longer ones are data, not addresses: browsers and servers give up well before.
constexpr std::size_t kLongest = 16U << 10U;

constexpr std::array<std::string_view, 6> kTrackingPrefixes{"utm_",    "mtm_",   "pk_",
                                                            "matomo_", "piwik_", "hsa_"};
constexpr std::array<std::string_view, 44> kTrackingNames{"fbclid",
                                                          "gclid",
                                                          "dclid",
                                                          "gclsrc",
                                                          "gbraid",
                                                          "wbraid",
                                                          "gad_source",
                                                          "srsltid",
                                                          "yclid",
                                                          "ysclid",
                                                          "_openstat",
                                                          "twclid",
                                                          "msclkid",
                                                          "ttclid",
                                                          "igshid",
                                                          "igsh",
                                                          "li_fat_id",
                                                          "mc_cid",
                                                          "mc_eid",
                                                          "mc_tc",
                                                          "mkt_tok",
                                                          "_hsenc",
                                                          "_hsmi",
                                                          "__hssc",
                                                          "__hstc",
                                                          "__hsfp",
                                                          "hsctatracking",
                                                          "oly_enc_id",
                                                          "oly_anon_id",
                                                          "vero_id",
                                                          "vero_conv",
                                                          "wickedid",
                                                          "rb_clickid",
                                                          "s_cid",
                                                          "ml_subscriber",
                                                          "epik",
                                                          "ml_subscriber_hash",
                                                          "_branch_match_id",
                                                          "at_medium",
                                                          "at_campaign",
                                                          "ns_campaign",
                                                          "cmpid",
                                                          "ftag",
                                                          "guccounter"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

// Parameters that ask for the same page in another form.
bool asks_for_amp(std::string_view parameter) {
  constexpr std::array<std::string_view, 5> kAsks{"amp", "amp=", "amp=1", "amp=true",
                                                  "outputtype=amp"};
  return std::find(kAsks.begin(), kAsks.end(), lower(parameter)) != kAsks.end();
}

bool is_tracking(std::string_view parameter) {
  auto name = lower(parameter.substr(0, parameter.find('=')));
  return std::any_of(kTrackingPrefixes.begin(), kTrackingPrefixes.end(),
                     [&](auto prefix) { return name.starts_with(prefix); }) ||
         std::find(kTrackingNames.begin(), kTrackingNames.end(), name) != kTrackingNames.end();
}

// The query without tracking parameters and those of forms; what stays is not re-encoded and keeps
// its order.
std::string without_tracking(std::string_view query) {
  std::string out;
  while (!query.empty()) {
    auto parameter = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), parameter.size() + 1));
    if (parameter.empty() || is_tracking(parameter) || asks_for_amp(parameter)) continue;
    if (!out.empty()) out += '&';
    out += parameter;
  }
  return out;
}

bool is_hex(std::string_view text, std::size_t pos) {
  return pos < text.size() && std::isxdigit(static_cast<unsigned char>(text[pos])) != 0;
}

// Escapes what RFC 3986 does not allow but people write: blanks, quotes, other scripts, a bare %.
std::string escaped(std::string_view url) {
  std::string out;
  out.reserve(url.size());
  for (std::size_t i = 0; i < url.size(); ++i) {
    auto c = static_cast<unsigned char>(url[i]);
    if (c == '\t' || c == '\n' || c == '\r') continue;  // WHATWG: removed
    bool bare_percent = c == '%' && !(is_hex(url, i + 1) && is_hex(url, i + 2));
    if (c > 0x7E || c < 0x20 || bare_percent || kNotAllowed.find(url[i]) != kNotAllowed.npos) {
      out.append({'%', kDigits[c >> 4U], kDigits[c & 15U]});
    } else {
      out += url[i];
    }
  }
  return out;
}

// Escapes of what needs none are undone, the others written in capitals (RFC 3986 section 6.2.2).
std::string with_few_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%' || i + 2 >= text.size()) {
      out += text[i];
      continue;
    }
    auto c = static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
    auto byte = static_cast<unsigned char>(c);
    bool plain =
        byte < 0x80 && (std::isalnum(byte) != 0 || kUnreserved.find(c) != kUnreserved.npos);
    if (plain) {
      out += c;
    } else {
      out += '%';
      for (char digit : text.substr(i + 1, 2)) out += static_cast<char>(std::toupper(digit));
    }
    i += 2;
  }
  return out;
}

// RFC 3986 section 5.2.4, with all that would lead above the root left out.
std::string without_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  bool ends_in_folder = true;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    auto segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    ends_in_folder = segment.empty() || segment == "." || segment == "..";
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (segment != "." && !(segment.empty() && path.empty())) {
      kept.push_back(segment);
    }
  }
  std::string out;
  for (auto segment : kept) out.append("/").append(segment);
  return ends_in_folder ? out + "/" : out;
}

// The pieces of a URL that Boost.URL found well formed. Its own normalize() is not used: that of
// 1.81 undoes %26 in queries and keeps dot segments above the root.
struct Pieces {
  std::string user;  // with its @
  std::string host;
  std::string port;
  std::string path;
  std::string query;
};

Pieces cut(std::string_view after_scheme) {
  Pieces out;
  auto authority = after_scheme.substr(0, after_scheme.find_first_of("/?"));
  auto rest = after_scheme.substr(authority.size());
  auto at = authority.rfind('@');
  if (at != authority.npos) out.user = authority.substr(0, at + 1);
  auto host = at == authority.npos ? authority : authority.substr(at + 1);
  auto colon = host.rfind(':');
  if (colon != host.npos && host.find(']', colon) == host.npos) {
    out.port = host.substr(colon + 1);
    host = host.substr(0, colon);
  }
  out.host = lower(with_few_escapes(host));
  while (out.host.size() > 1 && out.host.ends_with('.')) out.host.pop_back();
  auto path = rest.substr(0, rest.find('?'));
  out.path = without_dot_segments(with_few_escapes(path));
  if (path.size() < rest.size()) {
    out.query = without_tracking(with_few_escapes(rest.substr(path.size() + 1)));
  }
  return out;
}

bool is_default_port(std::string_view scheme, std::string_view port) {
  return port.empty() || (scheme == "http" && port == "80") || (scheme == "https" && port == "443");
}

// Where AMP pages are kept for others: the caches (developers.google.com/amp/cache/overview) and
// the search engines' viewers. What comes behind it in the path is "s/" for https, then the address
// itself. Empty where `url`, a canonical one, is none of them.
std::string kept_page(std::string_view url) {
  auto scheme_end = url.find("://") + 3;
  auto slash = std::min(url.find('/', scheme_end), url.size());
  auto host = url.substr(scheme_end, slash - scheme_end);
  auto path = url.substr(slash);
  bool cache = host == "cdn.ampproject.org" || host.ends_with(".cdn.ampproject.org") ||
               host.ends_with(".bing-amp.com");
  bool viewer = host.starts_with("www.google.") || host == "www.bing.com";
  for (std::string_view folder : {"/c/", "/v/", "/amp/"}) {
    bool here = folder == "/amp/" ? viewer : cache;
    if (!here || !path.starts_with(folder)) continue;
    path.remove_prefix(folder.size());
    bool secure = path.starts_with("s/");
    if (secure) path.remove_prefix(2);
    // A host, not a word of the engine's own.
    auto inside = path.substr(0, path.find_first_of("/?"));
    if (inside.find('.') == inside.npos || inside.find(':') != inside.npos) return "";
    return (secure ? "https://" : "http://") + std::string(path);
  }
  return "";
}

std::string canonical_form(std::string_view text) {
  std::string as_it_is(model::trim(text));
  if (as_it_is.size() > kLongest) return as_it_is;
  auto colon = as_it_is.find(':');
  if (colon == std::string::npos) return as_it_is;
  auto scheme = lower(as_it_is.substr(0, colon));
  if (scheme != "http" && scheme != "https") return as_it_is;
  auto legal = escaped(as_it_is.substr(0, as_it_is.find('#')));
  auto after_scheme = std::string_view(legal).substr(scheme.size() + 1);
  if (!after_scheme.starts_with("//") || !boost::urls::parse_uri(legal)) return as_it_is;
  auto pieces = cut(after_scheme.substr(2));
  bool port_is_number = std::all_of(pieces.port.begin(), pieces.port.end(),
                                    [](char c) { return c >= '0' && c <= '9'; });
  // Boost.URL 1.81 lets "a::" pass.
  bool literal = pieces.host.starts_with('[') && pieces.host.ends_with(']');
  bool odd_host = pieces.host.find(':') != std::string::npos && !literal;
  if (pieces.host.empty() || odd_host || !port_is_number) return as_it_is;
  auto out = scheme + "://" + pieces.user + pieces.host;
  if (!is_default_port(scheme, pieces.port)) out += ":" + pieces.port;
  out += pieces.path;
  if (!pieces.query.empty()) out += "?" + pieces.query;
  return out;
}

}  // namespace

std::string canonical_url(std::string_view text) {
  auto out = canonical_form(text);
  // A cache may keep a viewer's page; each step makes the address shorter.
  while (out.starts_with("http")) {
    auto kept = kept_page(out);
    if (kept.empty()) break;
    auto inside = canonical_form(kept);
    if (inside.size() >= out.size()) break;
    out = std::move(inside);
  }
  return out;
}

}  // namespace ingest
