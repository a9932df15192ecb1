#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "store/model/result.h"

namespace ingest {

// What a fetch may cost and where it may go.
struct Limits {
  std::size_t body = 64U << 20U;                 // bytes after decompression
  std::size_t received = 64U << 20U;             // bytes of a body as they come
  std::size_t header = 64U << 10U;               // ten times what servers send; more is an attack
  std::chrono::milliseconds connect{10'000};     // name look-up, TCP and TLS of one hop
  std::chrono::milliseconds first_byte{15'000};  // from the request to the end of the header
  std::chrono::milliseconds stall{10'000};       // in this time a body brings `stall_bytes` …
  std::size_t stall_bytes = 1000;                // … or is given up: slow readers hold sockets
  std::chrono::milliseconds total{20'000};       // all hops together
  int redirects = 10;
  // Lets the address that was asked for be one of this machine or its network: for what a user
  // typed. Never for where a redirect leads.
  bool allow_private = false;
};

struct Response {
  std::string url;   // after redirects
  std::string body;  // decompressed
  std::string content_type;
  std::string content_language;
  std::string content_location;
  std::string etag;           // byte for byte, quotes too
  std::string last_modified;  // byte for byte
};

// GETs an http or https address and follows redirects (never from https back to http): one fetch of
// a Fetcher (fetcher.h), waited for. Proxies are taken from the environment. TLS 1.2 or newer,
// certificate and host name checked against the system's authorities (SSL_CERT_FILE and
// SSL_CERT_DIR name others). The address that is connected to is checked, after name look-up, on
// every hop: private, loopback, link-local and multicast ones are refused, see Limits. Blocks.
// Errors: kInvalid (address, certificate, too large, refused by policy, cannot be decompressed),
// kNotFound (404, 410), kTimeout, kIo (name look-up, connection, other statuses).
model::Result<Response> get(const std::string& url, const Limits& limits = {});

// With options of the caller's, see fetcher.h.
struct FetcherOptions;
model::Result<Response> get(const std::string& url, const Limits& limits, FetcherOptions options);

}  // namespace ingest
