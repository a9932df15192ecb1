#pragma once

#include <string>

#include "store/model/result.h"

// Where a request goes. Pure.
namespace ingest {

// An address taken apart.
struct Target {
  std::string url;
  bool tls = false;
  std::string host;  // in small letters, as it is looked up; IPv6 without brackets
  std::string port;
  std::string path;  // and query
  std::string authority;

  std::string host_and_port() const;  // with the port always, as CONNECT wants it
};

// kInvalid for what is no http or https address, and for one with a user name in it.
model::Result<Target> target_of(const std::string& url);

// Where a redirect leads (RFC 9110 section 10.2.2). kInvalid also when it would leave https.
model::Result<Target> next_of(const Target& from, const std::string& location);

}  // namespace ingest
