#include <boost/json.hpp>
#include <boost/url.hpp>

#include "ingest/ris_live.h"
#include "ingest/target.h"

namespace ingest {

using model::Errc;
using model::Error;

model::Result<StreamTarget> stream_target(const std::string& url) {
  bool tls = url.starts_with("wss://");
  if (!tls && !url.starts_with("ws://")) {
    return Error{Errc::kInvalid, url + ": is no address of a stream, ws:// or wss://."};
  }
  // The same rules as for any address that is fetched; only the scheme has another name.
  auto http = target_of((tls ? "https" : "http") + url.substr(url.find("://")));
  if (!http) return http.error();
  boost::json::object data;
  auto parsed = boost::urls::parse_uri(url);
  if (parsed) {
    for (const auto& parameter : parsed->params()) {
      std::string key(parameter.key);
      bool filter = key == "prefix" || key == "path" || key == "host" || key == "peer";
      if (filter) data[key] = std::string(parameter.value);
    }
  }
  if (data.contains("prefix")) data["moreSpecific"] = true;
  data["socketOptions"] = boost::json::object{{"acknowledge", true}};
  boost::json::object message{{"type", "ris_subscribe"}, {"data", std::move(data)}};
  StreamTarget out;
  out.tls = http->tls;
  out.host = http->host;
  out.port = http->port;
  out.target = http->path;
  out.authority = http->authority;
  out.subscription = boost::json::serialize(message);
  return out;
}

}  // namespace ingest
