#include "app/http_server.h"

#include <charconv>
#include <optional>
#include <thread>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <fmt/format.h>

#include "store/model/text.h"

namespace app {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using model::Errc;
using model::Error;
using net::ip::tcp;
using Parser = http::request_parser<http::string_body>;

// "127.0.0.1:8080", "[::1]:8080".
std::optional<tcp::endpoint> endpoint_of(std::string_view text) {
  auto colon = text.rfind(':');
  if (colon == text.npos) return std::nullopt;
  auto host = text.substr(0, colon), port_text = text.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  std::uint16_t port = 0;
  const auto* end = port_text.data() + port_text.size();
  auto [stop, no_number] = std::from_chars(port_text.data(), end, port);
  error_code failure;
  auto address = net::ip::make_address(std::string(host), failure);
  if (failure || no_number != std::errc() || stop != end || port_text.empty()) return std::nullopt;
  return tcp::endpoint(address, port);
}

HttpRequest request_of(const Parser& parser) {
  HttpRequest out;
  const auto& message = parser.get();
  out.method = std::string(message.method_string());
  std::string_view target(message.target().data(), message.target().size());
  auto mark = std::min(target.find('?'), target.size());
  out.path = target.substr(0, mark);
  if (mark < target.size()) out.query = target.substr(mark + 1);
  for (const auto& field : message) {
    out.fields.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  return out;
}

// The status for what broke while reading; 0: the peer has gone, nobody is there to be answered.
int status_of(error_code failure) {
  if (failure == http::error::header_limit || failure == http::error::buffer_overflow) return 431;
  if (failure == http::error::body_limit) return 413;
  if (failure == http::error::bad_version) return 505;
  bool broken = failure.category() == http::make_error_code(http::error::bad_target).category();
  return broken && failure != http::error::end_of_stream && failure != http::error::partial_message
             ? 400
             : 0;
}

HttpAnswer plain(int status) {
  HttpAnswer answer;
  answer.status = status;
  answer.body = std::string(http::obsolete_reason(static_cast<http::status>(status))) + "\n";
  return answer;
}

http::response<http::string_body> response_of(const HttpAnswer& answer, const std::string& method,
                                              bool keep_alive) {
  http::response<http::string_body> out;
  out.version(11);
  out.result(static_cast<unsigned>(answer.status));
  out.set(http::field::content_type, answer.content_type);
  for (const auto& [name, value] : answer.fields) out.insert(name, value);
  out.body() = answer.body;
  out.keep_alive(keep_alive);
  out.prepare_payload();
  if (method == "HEAD") out.body().clear();  // Content-Length stays (RFC 9110 section 9.3.2)
  return out;
}

}  // namespace

std::string_view HttpRequest::field(std::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (beast::iequals(key, name)) return value;
  }
  return {};
}

class HttpServer::Impl {
 public:
  Impl(tcp::acceptor acceptor, std::unique_ptr<net::io_context> context, HttpHandler handler,
       HttpLimits limits)
      : context_(std::move(context)),
        acceptor_(std::move(acceptor)),
        handler_(std::move(handler)),
        limits_(limits) {
    net::co_spawn(*context_, accept(), net::detached);
    thread_ = std::thread([this] { context_->run(); });
  }
  ~Impl() {
    context_->stop();
    thread_.join();
  }

  std::string address() const {
    error_code failure;
    auto endpoint = acceptor_.local_endpoint(failure);
    auto host = endpoint.address().to_string();
    bool six = endpoint.address().is_v6();
    return fmt::format("{}{}{}:{}", six ? "[" : "", host, six ? "]" : "", endpoint.port());
  }

 private:
  net::awaitable<void> accept() {
    net::steady_timer pause(*context_);
    for (;;) {
      error_code failure;
      auto socket =
          co_await acceptor_.async_accept(net::redirect_error(net::use_awaitable, failure));
      if (failure == net::error::operation_aborted) co_return;
      if (failure) {  // out of descriptors, mostly: it passes
        pause.expires_after(std::chrono::milliseconds(100));
        co_await pause.async_wait(net::redirect_error(net::use_awaitable, failure));
        continue;
      }
      if (open_ >= limits_.connections) continue;  // closed at once: the peer comes back
      ++open_;
      net::co_spawn(*context_, serve(beast::tcp_stream(std::move(socket))),
                    [this](const std::exception_ptr&) { --open_; });
    }
  }

  // One connection, request after request.
  net::awaitable<void> serve(beast::tcp_stream stream) {
    beast::flat_buffer buffer(limits_.header + (64U << 10U));
    for (bool go_on = true; go_on;) go_on = co_await serve_one(stream, buffer);
    error_code ignored;
    stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
  }

  net::awaitable<bool> serve_one(beast::tcp_stream& stream, beast::flat_buffer& buffer) {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(limits_.header));
    parser.body_limit(boost::none);  // until the header is known
    error_code failure;
    if (buffer.size() == 0) {
      // A new request may be long in coming; one that has begun may not.
      stream.expires_after(limits_.idle);
      auto size = co_await stream.async_read_some(buffer.prepare(1024),
                                                  net::redirect_error(net::use_awaitable, failure));
      if (failure) co_return false;
      buffer.commit(size);
    }
    stream.expires_after(limits_.whole);
    co_await http::async_read_header(stream, buffer, parser,
                                     net::redirect_error(net::use_awaitable, failure));
    if (failure) co_return co_await refuse(stream, failure);
    auto request = request_of(parser);
    auto limit = handler_.body_limit(request);
    parser.body_limit(limit);
    auto length = parser.content_length();
    if (length && *length > limit) co_return co_await refuse(stream, http::error::body_limit);
    if (beast::iequals(request.field("Expect"), "100-continue")) {
      http::response<http::empty_body> go{http::status::continue_, 11};
      co_await http::async_write(stream, go, net::redirect_error(net::use_awaitable, failure));
    }
    co_await http::async_read(stream, buffer, parser,
                              net::redirect_error(net::use_awaitable, failure));
    if (failure) co_return co_await refuse(stream, failure);
    request.body = std::move(parser.get().body());
    bool keep = parser.get().keep_alive();
    co_return co_await write(stream, handler_.answer(request), request.method, keep) && keep;
  }

  net::awaitable<bool> refuse(beast::tcp_stream& stream, error_code failure) {
    if (int status = status_of(failure)) {
      stream.expires_after(limits_.whole);
      co_await write(stream, plain(status), "", false);
    }
    co_return false;
  }

  net::awaitable<bool> write(beast::tcp_stream& stream, const HttpAnswer& answer,
                             const std::string& method, bool keep_alive) {
    auto response = response_of(answer, method, keep_alive);
    http::response_serializer<http::string_body> serializer(response);
    error_code failure;
    co_await http::async_write(stream, serializer,
                               net::redirect_error(net::use_awaitable, failure));
    co_return !failure;
  }

  std::unique_ptr<net::io_context> context_;
  tcp::acceptor acceptor_;
  HttpHandler handler_;
  HttpLimits limits_;
  std::size_t open_ = 0;
  std::thread thread_;
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;
std::string HttpServer::address() const { return impl_->address(); }

model::Result<std::unique_ptr<HttpServer>> HttpServer::listen(const std::string& address,
                                                              HttpHandler handler,
                                                              HttpLimits limits) {
  auto endpoint = endpoint_of(address);
  if (!endpoint) {
    return Error{Errc::kInvalid, fmt::format("“{}” is no address to listen on; write it as "
                                             "127.0.0.1:8080 or [::1]:8080",
                                             address)};
  }
  auto context = std::make_unique<net::io_context>(1);
  tcp::acceptor acceptor(*context);
  error_code failure;
  acceptor.open(endpoint->protocol(), failure);
  if (!failure) acceptor.set_option(net::socket_base::reuse_address(true), failure);
  if (!failure) acceptor.bind(*endpoint, failure);
  if (!failure) acceptor.listen(net::socket_base::max_listen_connections, failure);
  if (failure) {
    return Error{Errc::kIo, fmt::format("cannot listen on {}: {}", address, failure.message())};
  }
  auto impl =
      std::make_unique<Impl>(std::move(acceptor), std::move(context), std::move(handler), limits);
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

}  // namespace app
