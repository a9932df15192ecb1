#include "ingest/exchange.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <fmt/format.h>

#include "store/model/text.h"

namespace ingest {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;
using std::chrono::steady_clock;
using Parser = http::response_parser<http::string_body>;

// What is read ahead of what is understood: one read. A chunk's size with its extensions, and the
// fields behind the last chunk, must fit into it with the header.
constexpr std::size_t kAhead = 1U << 16U;

http::request<http::string_body> request_of(const Sent& sent) {
  http::request<http::string_body> request;
  request.method_string(sent.method);
  request.target(sent.target);
  request.version(11);
  for (const auto& [name, value] : sent.fields) request.insert(name, value);
  if (!sent.body.empty()) {
    request.body() = sent.body;
    request.prepare_payload();
  }
  return request;
}

template <typename Stream>
net::awaitable<error_code> send(Stream& stream, const Sent& sent) {
  auto request = request_of(sent);
  error_code failure;
  co_await http::async_write(stream, request, net::redirect_error(net::use_awaitable, failure));
  co_return failure;
}

// Reads up to the end of the header of the final answer.
template <typename Stream>
net::awaitable<error_code> read_header(Stream& stream, boost::beast::flat_buffer& buffer,
                                       std::optional<Parser>& parser, const Allowance& allowed) {
  error_code failure;
  for (int interim = 0; interim < kMostInterim; ++interim) {
    parser.emplace();
    parser->header_limit(static_cast<std::uint32_t>(allowed.limits.header));
    parser->body_limit(std::min(allowed.limits.received, allowed.limits.body));
    co_await http::async_read_header(stream, buffer, *parser,
                                     net::redirect_error(net::use_awaitable, failure));
    if (failure || parser->get().result_int() >= 200) co_return failure;
  }
  co_return error_code();  // of an interim answer still
}

// Reads a body whose header was read. A large one waits for its turn, the server with it.
template <typename Stream>
net::awaitable<Fault> read_body(Connection& connection, Stream& stream,
                                boost::beast::flat_buffer& buffer, Parser& parser,
                                const Allowance& allowed, error_code& failure) {
  std::size_t counted = 0;  // of the body, when the time was last moved
  connection.until(std::min(allowed.end, steady_clock::now() + allowed.limits.stall));
  while (!parser.is_done()) {
    co_await http::async_read_some(stream, buffer, parser,
                                   net::redirect_error(net::use_awaitable, failure));
    // Without close_notify a body that ends with the connection may be cut; it is taken as other
    // clients take it, and a torn document is noticed by its reader.
    if (failure == net::ssl::error::stream_truncated && parser.need_eof()) {
      failure = {};
      parser.put_eof(failure);
    }
    if (failure == http::error::body_limit) co_return Fault::kLargeBody;
    if (failure == http::error::buffer_overflow || failure == http::error::header_limit) {
      co_return Fault::kChunks;
    }
    if (failure) co_return connection.late() ? Fault::kStalled : Fault::kBody;
    auto size = parser.get().body().size();
    if (!allowed.bodies.fits(size, allowed.held)) {
      connection.until(steady_clock::now() + Bodies::kLongestWait * 2);
      bool ours = co_await allowed.bodies.take(size, allowed.held, allowed.end);
      if (!ours) co_return Fault::kNoTurn;
      // Room at once: doubling it again and again would hold it twice.
      auto most = std::min(allowed.limits.received, allowed.limits.body);
      auto room = allowed.held.huge ? most : std::min(most, Bodies::kHuge);
      parser.get().body().reserve(room + kAhead);
    } else if (size < counted + allowed.limits.stall_bytes) {
      continue;
    }
    counted = size;
    connection.until(std::min(allowed.end, steady_clock::now() + allowed.limits.stall));
  }
  co_return Fault::kNone;
}

void fill(Message& message, Parser& parser, bool nothing_left) {
  message.status = static_cast<int>(parser.get().result_int());
  // A body behind a status that has none would be read as the next answer.
  bool surplus = (message.status == 204 || message.status == 304) &&
                 (parser.chunked() || parser.content_length().value_or(0) > 0);
  message.reusable =
      parser.get().keep_alive() && !parser.get().need_eof() && nothing_left && !surplus;
  for (const auto& field : parser.get()) {
    message.fields.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  message.body = std::move(parser.get().body());
}

template <typename Stream>
net::awaitable<Exchanged> exchange_over(Connection& connection, Stream& stream, const Sent& sent,
                                        const Allowance& allowed) {
  Exchanged out;
  connection.until(std::min(allowed.end, steady_clock::now() + allowed.limits.first_byte));
  out.code = co_await send(stream, sent);
  if (out.code) {
    out.fault = Fault::kSending;
    out.silent = !connection.late();
    co_return out;
  }
  boost::beast::flat_buffer buffer(allowed.limits.header + kAhead);
  std::optional<Parser> parser;
  out.code = co_await read_header(stream, buffer, parser, allowed);
  if (out.code == http::error::body_limit) {
    out.fault = Fault::kLargeBody;  // Content-Length says so
  } else if (out.code == http::error::header_limit || out.code == http::error::buffer_overflow) {
    out.fault = Fault::kLargeHeader;
  } else if (out.code) {
    out.fault = Fault::kHeader;
    out.silent = !connection.late() && buffer.size() == 0 && !parser->got_some();
  } else if (parser->get().result_int() < 200) {
    out.fault = Fault::kInterim;
  } else {
    out.fault = co_await read_body(connection, stream, buffer, *parser, allowed, out.code);
  }
  if (out.fault == Fault::kNone) fill(out.message, *parser, buffer.size() == 0);
  co_return out;
}

template <typename Stream>
net::awaitable<std::optional<std::string>> tunnel_over(Stream& stream, const Sent& sent) {
  auto failure = co_await send(stream, sent);
  if (failure) co_return failure.message();
  boost::beast::flat_buffer buffer(kAhead);
  Parser parser;
  parser.skip(true);  // a 2xx to CONNECT has no body
  co_await http::async_read_header(stream, buffer, parser,
                                   net::redirect_error(net::use_awaitable, failure));
  if (failure) co_return failure.message();
  auto status = static_cast<int>(parser.get().result_int());
  if (status < 200 || status > 299) co_return fmt::format("{} {}", status, reason_of(status));
  if (buffer.size() > 0) co_return "it sent more than its answer";
  co_return std::nullopt;
}

}  // namespace

std::string_view Message::field(std::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (boost::beast::iequals({key.data(), key.size()}, {name.data(), name.size()})) return value;
  }
  return {};
}

std::string Message::list(std::string_view name) const {
  std::string out;
  for (const auto& [key, value] : fields) {
    if (!boost::beast::iequals({key.data(), key.size()}, {name.data(), name.size()})) continue;
    out += (out.empty() ? "" : ", ") + value;
  }
  return out;
}

std::string reason_of(int status) {
  auto reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(status)));
  return std::string(reason == "<unknown-status>" ? "" : reason);
}

net::awaitable<Exchanged> exchange(Connection& connection, const Sent& sent,
                                   const Allowance& allowed) {
  if (connection.tls() != nullptr) {
    return exchange_over(connection, *connection.tls(), sent, allowed);
  }
  return exchange_over(connection, connection.socket(), sent, allowed);
}

net::awaitable<std::optional<std::string>> tunnel(Connection& connection,
                                                  const std::string& authority,
                                                  const std::string& authorization) {
  Sent sent;
  sent.method = "CONNECT";
  sent.target = authority;
  sent.fields.emplace_back("Host", authority);
  if (!authorization.empty()) sent.fields.emplace_back("Proxy-Authorization", authorization);
  co_return co_await tunnel_over(connection.socket(), sent);
}

}  // namespace ingest
