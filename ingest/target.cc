#include "ingest/target.h"

#include <boost/url.hpp>

namespace ingest {
namespace {

namespace urls = boost::urls;
using model::Errc;
using model::Error;
using model::Result;

}  // namespace

std::string Target::host_and_port() const {
  bool v6 = host.find(':') != host.npos;
  return (v6 ? "[" + host + "]" : host) + ":" + port;
}

Result<Target> target_of(const std::string& url) {
  auto parsed = urls::parse_uri(url);
  if (!parsed || parsed->encoded_host().empty()) {
    return Error{Errc::kInvalid, url + " is no web address; check its spelling."};
  }
  Target target;
  std::string scheme(parsed->scheme());
  target.tls = scheme == "https";
  if (!target.tls && scheme != "http") {
    return Error{Errc::kInvalid, url + " is neither http nor https and is not fetched."};
  }
  if (parsed->has_userinfo()) {
    return Error{Errc::kInvalid, url +
                                     " carries a user name, which is not supported; leave it "
                                     "out."};
  }
  target.url = url.substr(0, url.find('#'));
  target.host =
      parsed->host_type() == urls::host_type::ipv6
          ? std::string(parsed->encoded_host().substr(1, parsed->encoded_host().size() - 2))
          : std::string(parsed->encoded_host());
  target.port = parsed->port().empty() ? (target.tls ? "443" : "80") : std::string(parsed->port());
  target.path = parsed->encoded_path().empty() ? "/" : std::string(parsed->encoded_path());
  if (parsed->has_query()) target.path += "?" + std::string(parsed->encoded_query());
  target.authority = std::string(parsed->encoded_host_and_port());
  return target;
}

Result<Target> next_of(const Target& from, const std::string& location) {
  auto base = urls::parse_uri(from.url);
  auto reference = urls::parse_uri_reference(location);
  urls::url resolved;
  if (!base || !reference || !urls::resolve(*base, *reference, resolved)) {
    return Error{Errc::kIo, from.url + " redirects to \"" + location + "\", which is no address."};
  }
  auto next = target_of(std::string(resolved.buffer()));
  if (next && from.tls && !next->tls) {
    return Error{Errc::kInvalid, from.url + " redirects from https to " + next->url +
                                     ", which is not encrypted; refused."};
  }
  return next;
}

}  // namespace ingest
