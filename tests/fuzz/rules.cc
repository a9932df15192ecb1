#include <algorithm>
#include <string>

#include "ingest/address.h"
#include "ingest/guard.h"
#include "ingest/proxy.h"
#include "ingest/robots.h"
#include "tests/fuzz/input.h"

namespace {

void check_proxy(const std::string& word) {
  auto proxy = ingest::proxy_of(word);
  if (!proxy) return;
  bool ipv6 = proxy->host.find(':') != std::string::npos;
  auto again = ingest::proxy_of("http://" + (ipv6 ? "[" + proxy->host + "]" : proxy->host) + ":" +
                                proxy->port);
  fuzz::require(again && again->host == proxy->host && again->port == proxy->port,
                "a proxy is one place");
}

// Metadata services are reached only where the list has their address itself.
void check_allowed(const std::string& word, const std::string& host) {
  auto list = ingest::AllowList::of({word});
  if (!list) return;
  for (const char* ip : {"169.254.169.254", "::ffff:169.254.169.254", "fe80::1"}) {
    fuzz::require(ingest::may_connect(*list, host, ip, true) == list->has_address(ip),
                  "link-local addresses by address only");
  }
  for (const char* ip : {"127.0.0.1", "10.0.0.1", "::1"}) {
    bool listed = list->has_address(ip) || list->has_host(host);
    fuzz::require(ingest::may_connect(*list, host, ip, false) == listed,
                  "private ones by the list");
  }
}

}  // namespace

// What a person and a site's owner lay down: a proxy or word of an allow-list, a host and a path,
// one a line; the rest is a robots.txt.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto rest = fuzz::text_of(data, size);
  auto line = [&rest] {
    auto end = std::min(rest.find('\n'), rest.size());
    std::string out(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return out;
  };
  std::string word = line(), host = line(), path = line();
  check_proxy(word);
  check_allowed(word, host);
  ingest::Robots robots(rest, "Faultline");
  fuzz::require(robots.allows("/robots.txt"), "robots.txt itself is allowed");
  ingest::Robots longer(std::string(rest) + "\n# the end", "Faultline");
  fuzz::require(robots.allows(path) == longer.allows(path), "comments change nothing");
  return 0;
}
