#include "ingest/http_client.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <fmt/format.h>

#include "ingest/address.h"
#include "ingest/decompress.h"
#include "ingest/target.h"

namespace ingest {
namespace {

namespace net = boost::asio;
namespace http = boost::beast::http;
namespace ssl = boost::asio::ssl;
using boost::system::error_code;
using model::Errc;
using model::Error;
using model::Result;
using tcp = net::ip::tcp;
using Time = std::chrono::steady_clock::time_point;
using Message = http::response<http::string_body>;

constexpr const char* kUserAgent = "Faultline/0.1";
constexpr const char* kAccept =
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/csv;q=0.8, */*;q=0.5";
// Ten times what servers send; more is an attack.
constexpr std::uint32_t kLargestHeader = 64 * 1024;

// One request to one host. Every wait ends at a point in time.
class Hop {
 public:
  Hop(const Target& target, const Limits& limits, Time end)
      : target_(target),
        limits_(limits),
        end_(end),
        connect_end_(std::min(end, std::chrono::steady_clock::now() + limits.connect)) {}

  Result<Message> run(bool allow_private) {
    auto endpoints = resolve(allow_private);
    if (!endpoints) return endpoints.error();
    return target_.tls ? over_tls(*endpoints) : over_tcp(*endpoints);
  }

 private:
  using Endpoints = std::vector<tcp::endpoint>;

  // Runs an asynchronous operation up to `until`; past that, gives it up by `cancel`.
  template <typename Start, typename Cancel>
  error_code wait(Time until, Start start, Cancel cancel) {
    std::optional<error_code> done;
    start([&done](error_code failure, auto&&...) { done = failure; });
    context_.restart();
    context_.run_until(until);
    if (done) return *done;
    cancel();
    context_.restart();
    context_.run();
    return net::error::timed_out;
  }

  Error failed(const std::string& what, error_code failure) const {
    bool late = failure == net::error::timed_out;
    return {late ? Errc::kTimeout : Errc::kIo,
            fmt::format("{}: {} {}; try again later.", target_.url, what,
                        late ? "took too long" : "failed (" + failure.message() + ")")};
  }

  Result<Endpoints> resolve(bool allow_private) {
    tcp::resolver resolver(context_);
    tcp::resolver::results_type found;
    auto failure = wait(
        connect_end_,
        [&](auto done) {
          resolver.async_resolve(target_.host, target_.port, tcp::resolver::numeric_service,
                                 [done, &found](error_code ec, auto results) mutable {
                                   found = std::move(results);
                                   done(ec);
                                 });
        },
        [&] { resolver.cancel(); });
    if (failure == net::error::timed_out) return failed("looking up the name", failure);
    if (failure) {
      return Error{Errc::kIo, fmt::format("{}: the name {} is not known ({}); check its spelling "
                                          "and the network.",
                                          target_.url, target_.host, failure.message())};
    }
    Endpoints endpoints;
    for (const auto& entry : found) {
      if (allow_private || is_public_address(entry.endpoint().address().to_string())) {
        endpoints.push_back(entry.endpoint());
      }
    }
    if (endpoints.empty()) {
      return Error{
          Errc::kInvalid,
          fmt::format("{}: {} is an address of a private network ({}), where only what you "
                      "name yourself is fetched from.",
                      target_.url, target_.host, found.begin()->endpoint().address().to_string())};
    }
    return endpoints;
  }

  error_code connect(tcp::socket& socket, const Endpoints& endpoints) {
    return wait(
        connect_end_, [&](auto done) { net::async_connect(socket, endpoints, done); },
        [&] { close(socket); });
  }

  Result<Message> over_tcp(const Endpoints& endpoints) {
    tcp::socket socket(context_);
    if (auto failure = connect(socket, endpoints)) return failed("connecting", failure);
    return exchange(socket, socket);
  }

  Result<Message> over_tls(const Endpoints& endpoints) {
    ssl::context settings(ssl::context::tls_client);
    error_code failure;
    SSL_CTX_set_min_proto_version(settings.native_handle(), TLS1_2_VERSION);
    settings.set_default_verify_paths(failure);
    if (failure) return failed("loading the system's certificates", failure);
    ssl::stream<tcp::socket> stream(context_, settings);
    stream.set_verify_mode(ssl::verify_peer);
    stream.set_verify_callback(ssl::host_name_verification(target_.host));
    SSL_set_tlsext_host_name(stream.native_handle(), target_.host.c_str());
    auto& socket = stream.next_layer();
    if ((failure = connect(socket, endpoints))) return failed("connecting", failure);
    failure = wait(
        connect_end_, [&](auto done) { stream.async_handshake(ssl::stream_base::client, done); },
        [&] { close(socket); });
    if (failure) return handshake_failed(stream, failure);
    return exchange(stream, socket);
  }

  Error handshake_failed(ssl::stream<tcp::socket>& stream, error_code failure) const {
    auto verdict = SSL_get_verify_result(stream.native_handle());
    if (verdict == X509_V_OK) return failed("the TLS handshake", failure);
    return {Errc::kInvalid,
            fmt::format("{}: the certificate of {} is not valid ({}); nothing was "
                        "read.",
                        target_.url, target_.host, X509_verify_cert_error_string(verdict))};
  }

  template <typename Stream>
  Result<Message> exchange(Stream& stream, tcp::socket& socket) {
    http::request<http::empty_body> request(http::verb::get, target_.path, 11);
    request.set(http::field::host, target_.authority);
    request.set(http::field::user_agent, kUserAgent);
    request.set(http::field::accept, kAccept);
    request.set(http::field::accept_encoding, "gzip, deflate, br");
    request.set(http::field::connection, "close");
    auto give_up = [&] { close(socket); };
    auto failure = wait(
        end_, [&](auto done) { http::async_write(stream, request, done); }, give_up);
    if (failure) return failed("sending the request", failure);
    boost::beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.header_limit(kLargestHeader);
    parser.body_limit(limits_.body);
    failure = wait(
        end_, [&](auto done) { http::async_read(stream, buffer, parser, done); }, give_up);
    if (failure == http::error::body_limit) {
      return Error{Errc::kInvalid,
                   fmt::format("{}: the answer is larger than {} bytes, the most that is read.",
                               target_.url, limits_.body)};
    }
    if (failure) return failed("reading the answer", failure);
    return parser.release();
  }

  static void close(tcp::socket& socket) {
    error_code ignored;
    socket.close(ignored);
  }

  const Target& target_;
  const Limits& limits_;
  Time end_;
  Time connect_end_;
  net::io_context context_;
};

std::string field(const Message& message, http::field name) { return std::string(message[name]); }

bool is_redirect(const Message& message) {
  switch (message.result_int()) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
      return message.count(http::field::location) > 0;
    default:
      return false;
  }
}

Error refused(const Target& target, const Message& message) {
  auto status = message.result_int();
  auto what = fmt::format("{}: the server answered {} {}", target.url, status,
                          std::string(http::obsolete_reason(message.result())));
  if (status == 404 || status == 410) {
    return {Errc::kNotFound, what + "; the address leads nowhere, look for the new one."};
  }
  auto later = field(message, http::field::retry_after);
  if (!later.empty()) return {Errc::kIo, what + "; it asks to come back after " + later + "."};
  if (status == 401 || status == 403) return {Errc::kIo, what + "; it does not let us in."};
  return {Errc::kIo, what + "; try again later."};
}

Result<Response> response_of(const Target& target, Message message, const Limits& limits) {
  if (message.result_int() < 200 || message.result_int() > 299) return refused(target, message);
  auto body = decompress(std::move(message.body()), field(message, http::field::content_encoding),
                         limits.body);
  if (!body) return Error{body.error().code, target.url + ": " + body.error().message};
  Response response;
  response.url = target.url;
  response.body = std::move(*body);
  response.content_type = field(message, http::field::content_type);
  response.content_language = field(message, http::field::content_language);
  response.content_location = field(message, http::field::content_location);
  response.etag = field(message, http::field::etag);
  response.last_modified = field(message, http::field::last_modified);
  return response;
}

}  // namespace

Result<Response> get(const std::string& url, const Limits& limits) {
  auto end = std::chrono::steady_clock::now() + limits.total;
  auto first = target_of(url);
  if (!first) return first.error();
  auto target = *first;
  for (int hop = 0; hop <= limits.redirects; ++hop) {
    // A redirect may stay on the very server that was named, wherever that is.
    bool named = target.host == first->host && target.port == first->port;
    auto message = Hop(target, limits, end).run(named && limits.allow_private);
    if (!message) return message.error();
    if (!is_redirect(*message)) return response_of(target, std::move(*message), limits);
    auto next = next_of(target, field(*message, http::field::location));
    if (!next) return next.error();
    target = std::move(*next);
  }
  return Error{Errc::kIo, fmt::format("{} redirects more than {} times; it leads in a circle.", url,
                                      limits.redirects)};
}

}  // namespace ingest
