#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ingest/target.h"
#include "store/model/result.h"

// Proxies as the environment names them. Pure but for the one function that says so.
namespace ingest {

struct Proxy {
  std::string host;  // IPv6 without brackets
  std::string port;
  std::string authorization;  // value of Proxy-Authorization (RFC 7617), empty: none
};

struct Proxies {
  std::optional<Proxy> http;
  std::optional<Proxy> https;
  // Hosts that are reached without one: "a.example" and all below it, addresses, networks, "*".
  std::vector<std::string> except;
};

// "http://user:pass@proxy.example:3128", "proxy.example:3128". kInvalid for what is no address of a
// proxy that speaks HTTP.
model::Result<Proxy> proxy_of(const std::string& url);

// What http_proxy (only in small letters: the other may come from a request, CVE-2016-5385),
// https_proxy, HTTPS_PROXY, no_proxy and NO_PROXY of the environment say.
model::Result<Proxies> proxies_from_environment();

// The proxy on the way to `target`, or none.
const Proxy* proxy_for(const Proxies& proxies, const Target& target);

}  // namespace ingest
