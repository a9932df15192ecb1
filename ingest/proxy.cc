#include "ingest/proxy.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <boost/url.hpp>
#include <openssl/evp.h>

#include "ingest/guard.h"
#include "store/model/text.h"

namespace ingest {
namespace {

namespace urls = boost::urls;
using model::Errc;
using model::Error;
using model::Result;

std::string variable(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return "";
}

std::string base64(const std::string& bytes) {
  std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
  int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                             reinterpret_cast<const unsigned char*>(bytes.data()),
                             static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

bool is_exempt(const std::string& rule, const std::string& host) {
  if (rule == "*") return true;
  // An address or network, or a name with all below it, with or without the dot before it.
  auto name = rule.front() == '.' ? rule.substr(1) : rule;
  auto list = AllowList::of({name, "." + name});
  if (list && list->has_host(host)) return true;
  auto networks = AllowList::of({rule});
  return networks && networks->has_address(host);
}

}  // namespace

Result<Proxy> proxy_of(const std::string& url) {
  auto whole = url.find("://") == url.npos ? "http://" + url : url;
  auto parsed = urls::parse_uri(whole);
  // No name of a host needs escapes.
  bool sound = parsed && !parsed->encoded_host().empty() && parsed->scheme() == "http" &&
               parsed->encoded_host().find('%') == whole.npos;
  // port_number() is 0 for what is beyond ports.
  if (!sound || (!parsed->port().empty() && parsed->port_number() == 0)) {
    return Error{Errc::kInvalid, "The proxy \"" + url +
                                     "\" is no address of an HTTP proxy; write "
                                     "http://proxy.example:3128."};
  }
  Proxy proxy;
  proxy.host = parsed->host_address();
  proxy.port = parsed->port().empty() ? "80" : std::string(parsed->port());
  if (parsed->has_userinfo()) {
    proxy.authorization = "Basic " + base64(parsed->user() + ":" + parsed->password());
  }
  return proxy;
}

Result<Proxies> proxies_from_environment() {
  Proxies proxies;
  auto read = [](const std::string& url, std::optional<Proxy>& into) -> model::Status {
    if (url.empty()) return {};
    auto proxy = proxy_of(url);
    if (!proxy) return proxy.error();
    into = std::move(*proxy);
    return {};
  };
  if (auto done = read(variable({"http_proxy"}), proxies.http); !done) return done.error();
  auto https = variable({"https_proxy", "HTTPS_PROXY"});
  if (auto done = read(https, proxies.https); !done) return done.error();
  auto rest = variable({"no_proxy", "NO_PROXY"});
  std::replace(rest.begin(), rest.end(), ' ', ',');
  for (std::size_t begin = 0; begin < rest.size();) {
    auto end = std::min(rest.find(',', begin), rest.size());
    if (end > begin) proxies.except.push_back(model::fold(rest.substr(begin, end - begin)));
    begin = end + 1;
  }
  return proxies;
}

const Proxy* proxy_for(const Proxies& proxies, const Target& target) {
  const auto& proxy = target.tls ? proxies.https : proxies.http;
  if (!proxy) return nullptr;
  auto host = model::fold(target.host);
  bool exempt = std::any_of(proxies.except.begin(), proxies.except.end(),
                            [&](const std::string& rule) { return is_exempt(rule, host); });
  return exempt ? nullptr : &*proxy;
}

}  // namespace ingest
