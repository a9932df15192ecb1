#include "app/http_server.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <deque>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/resource.h>

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

std::string new_id() {
  static thread_local std::mt19937_64 random{std::random_device{}()};
  return fmt::format("{:016x}", random());
}

bool is_sane_id(std::string_view id) {
  constexpr std::size_t kLongest = 128;
  constexpr std::string_view kOthers = "-_.:+/=@";
  return !id.empty() && id.size() <= kLongest && std::all_of(id.begin(), id.end(), [&](char c) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || kOthers.find(c) != kOthers.npos;
  });
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

std::string date_now() {
  return http_date(std::chrono::floor<model::Seconds>(std::chrono::system_clock::now()));
}

// Whether an answer of this status may have a body (RFC 9112 section 6.3).
bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

std::string head_of(const HttpAnswer& answer, bool keep_alive, const std::string& id) {
  auto reason = http::obsolete_reason(static_cast<http::status>(answer.status));
  auto out = fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\n", answer.status,
                         std::string_view(reason.data(), reason.size()), date_now());
  auto add = [&](std::string_view name, std::string_view value) {
    // A field ends with its line, whatever somebody put into it.
    out.append(name).append(": ");
    for (char c : value) out += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;
    out += "\r\n";
  };
  if (has_body(answer.status)) add("Content-Type", answer.content_type);
  for (const auto& [name, value] : answer.fields) add(name, value);
  add("X-Request-Id", id);
  if (answer.stream) {
    add("Connection", "close");
  } else {
    if (has_body(answer.status)) add("Content-Length", std::to_string(answer.bytes().size()));
    add("Connection", keep_alive ? "keep-alive" : "close");
  }
  return out + "\r\n";
}

// Why a request is refused although it can be read; 0: it is not. Two lengths, or no or two hosts,
// would be read differently by a proxy and by us.
int objection(const Parser& parser) {
  const auto& message = parser.get();
  if (message.count(http::field::host) != 1 && message.version() >= 11) return 400;
  if (message.count(http::field::host) > 1) return 400;
  bool coded = message.count(http::field::transfer_encoding) > 0;
  if (coded && message.count(http::field::content_length) > 0) return 400;
  if (message.count(http::field::content_length) > 1) return 400;
  if (coded && !parser.chunked()) return 501;
  if (message.method() == http::verb::unknown) return 501;
  if (message.target().empty() || (message.target()[0] != '/' && message.target() != "*")) {
    return 400;
  }
  return 0;
}

}  // namespace

std::string http_date(model::Instant at) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(at.time_since_epoch().count()));
}

std::string_view HttpRequest::field(std::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (beast::iequals(key, name)) return value;
  }
  return {};
}

namespace {

// Whether others may hand anything to the server's threads; one for all its streams.
struct Gate {
  std::mutex mutex;
  bool open = true;
};

// A connection that has become a stream. Others put bytes in; its own coroutine, on its own strand,
// writes them. Others may have it for longer than there is a server.
class Stream final : public HttpStream, public std::enable_shared_from_this<Stream> {
 public:
  Stream(const net::any_io_executor& strand, std::shared_ptr<Gate> gate)
      : gate_(std::move(gate)), place_(std::in_place, strand) {
    place_->wake.expires_at(net::steady_timer::time_point::max());
  }

  bool send(std::shared_ptr<const std::string> bytes) override {
    std::lock_guard lock(gate_->mutex);
    if (closed_ || !gate_->open || !place_) return false;
    if (waiting_.fetch_add(bytes->size()) + bytes->size() > kMostWaiting) {
      closed_ = true;
      net::post(place_->strand, [self = shared_from_this()] { self->wake(); });
      return false;
    }
    net::post(place_->strand, [self = shared_from_this(), bytes = std::move(bytes)]() mutable {
      self->queue_.push_back(std::move(bytes));
      self->wake();
    });
    return true;
  }

  // Its coroutine goes, perhaps with the server: nothing of the server's is used any more.
  void leave() {
    std::lock_guard lock(gate_->mutex);
    place_.reset();
  }

  // Until the peer goes, reads too slowly, or the server ends.
  net::awaitable<void> run(beast::tcp_stream& peer, std::chrono::milliseconds patience) {
    error_code failure;
    while (!closed_) {
      if (queue_.empty()) {
        co_await place_->wake.async_wait(net::redirect_error(net::use_awaitable, failure));
        continue;
      }
      auto bytes = std::move(queue_.front());
      queue_.pop_front();
      peer.expires_after(patience);
      co_await net::async_write(peer, net::buffer(*bytes),
                                net::redirect_error(net::use_awaitable, failure));
      waiting_ -= bytes->size();
      if (failure) break;
    }
    closed_ = true;
  }

 private:
  // What is the server's.
  struct Place {
    explicit Place(const net::any_io_executor& on) : strand(on), wake(on) {}
    net::any_io_executor strand;
    net::steady_timer wake;
  };
  void wake() {
    if (place_) place_->wake.cancel();
  }

  std::shared_ptr<Gate> gate_;
  std::optional<Place> place_;  // written on the strand and under the gate's mutex
  std::deque<std::shared_ptr<const std::string>> queue_;
  std::atomic<std::size_t> waiting_ = 0;
  std::atomic<bool> closed_ = false;
};

// At the end of a stream's coroutine, however it ends.
struct Leaving {
  std::shared_ptr<Stream> stream;
  ~Leaving() { stream->leave(); }
};

}  // namespace

class HttpServer::Impl {
 public:
  Impl(tcp::acceptor acceptor, std::unique_ptr<net::io_context> context, HttpHandler handler,
       HttpLimits limits)
      : context_(std::move(context)),
        acceptor_(std::move(acceptor)),
        handler_(std::move(handler)),
        limits_(limits) {
    if (limits_.workers > 0) workers_.emplace(limits_.workers);
    if (handler_.listening) handler_.listening(address());
    net::co_spawn(*context_, accept(), net::detached);
    for (std::size_t i = 0; i < limits_.threads; ++i) {
      threads_.emplace_back([this] { context_->run(); });
    }
  }
  ~Impl() {
    if (workers_) workers_->join();
    context_->stop();
    for (auto& thread : threads_) thread.join();
    std::lock_guard lock(streams_->mutex);
    streams_->open = false;
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
      tcp::socket socket(net::make_strand(*context_));
      co_await acceptor_.async_accept(socket, net::redirect_error(net::use_awaitable, failure));
      if (failure == net::error::operation_aborted) co_return;
      if (failure) {  // out of descriptors, mostly: it passes
        pause.expires_after(std::chrono::milliseconds(100));
        co_await pause.async_wait(net::redirect_error(net::use_awaitable, failure));
        continue;
      }
      if (open_ >= limits_.connections) continue;  // closed at once: the peer comes back
      ++open_;
      socket.set_option(tcp::no_delay(true), failure);
      auto strand = socket.get_executor();
      net::co_spawn(strand, serve(beast::tcp_stream(std::move(socket))),
                    [this](const std::exception_ptr&) { --open_; });
    }
  }

  // One connection, request after request.
  net::awaitable<void> serve(beast::tcp_stream stream) {
    beast::flat_buffer buffer(limits_.header + (64U << 10U));
    error_code failure;
    auto endpoint = stream.socket().remote_endpoint(failure);
    auto peer = failure ? std::string() : endpoint.address().to_string();
    for (bool go_on = true; go_on;) go_on = co_await serve_one(stream, buffer, peer);
    stream.socket().shutdown(tcp::socket::shutdown_send, failure);
  }

  net::awaitable<bool> serve_one(beast::tcp_stream& stream, beast::flat_buffer& buffer,
                                 const std::string& peer) {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(limits_.header));
    parser.body_limit(boost::none);  // until the header is known
    error_code failure;
    if (buffer.size() == 0) {
      // A new request may be long in coming; one that has begun may not.
      stream.expires_after(limits_.idle);
      auto size = co_await stream.async_read_some(buffer.prepare(4096),
                                                  net::redirect_error(net::use_awaitable, failure));
      if (failure) co_return false;
      buffer.commit(size);
    }
    stream.expires_after(limits_.whole);
    co_await http::async_read_header(stream, buffer, parser,
                                     net::redirect_error(net::use_awaitable, failure));
    if (failure) co_return co_await refuse(stream, status_of(failure));
    if (int status = objection(parser)) co_return co_await refuse(stream, status);
    auto request = request_of(parser);
    request.peer = peer;
    auto sent = request.field("X-Request-Id");
    request.id = is_sane_id(sent) ? std::string(sent) : new_id();
    auto length = parser.content_length();
    bool has_more = parser.chunked() || (length && *length > 0);
    if (int status = has_more ? co_await prepare(request) : 0) {
      co_return co_await refuse(stream, status);
    }
    auto limit = handler_.body_limit(request);
    parser.body_limit(limit);
    if (length && *length > limit) co_return co_await refuse(stream, 413);
    if (beast::iequals(request.field("Expect"), "100-continue")) {
      http::response<http::empty_body> go{http::status::continue_, 11};
      co_await http::async_write(stream, go, net::redirect_error(net::use_awaitable, failure));
    }
    co_await http::async_read(stream, buffer, parser,
                              net::redirect_error(net::use_awaitable, failure));
    if (failure) co_return co_await refuse(stream, status_of(failure));
    request.body = std::move(parser.get().body());
    bool keep = parser.get().keep_alive();
    auto begun = std::chrono::steady_clock::now();
    auto answer = co_await answer_of(request);
    if (handler_.done) handler_.done(request, answer, std::chrono::steady_clock::now() - begun);
    stream.expires_after(limits_.whole);
    if (answer.stream) co_return co_await become_stream(stream, answer, request.id);
    co_return co_await write(stream, answer, request, keep) && keep;
  }

  net::awaitable<int> prepare(HttpRequest& request) {
    if (!handler_.prepare) co_return 0;
    if (!workers_) co_return handler_.prepare(request);
    co_return co_await net::co_spawn(
        workers_->get_executor(),
        [this, &request]() -> net::awaitable<int> { co_return handler_.prepare(request); },
        net::use_awaitable);
  }

  net::awaitable<HttpAnswer> answer_of(const HttpRequest& request) {
    if (handler_.at_once) {
      if (auto known = handler_.at_once(request)) co_return *std::move(known);
    }
    if (!workers_) co_return handler_.answer(request);
    co_return co_await net::co_spawn(
        workers_->get_executor(),
        [this, &request]() -> net::awaitable<HttpAnswer> { co_return handler_.answer(request); },
        net::use_awaitable);
  }

  // `status` 0: nobody is there to be answered.
  net::awaitable<bool> refuse(beast::tcp_stream& stream, int status) {
    if (status != 0) {
      stream.expires_after(limits_.whole);
      HttpRequest unread;
      unread.id = new_id();
      co_await write(stream, plain(status), unread, false);
    }
    co_return false;
  }

  net::awaitable<bool> write(beast::tcp_stream& stream, const HttpAnswer& answer,
                             const HttpRequest& request, bool keep_alive) {
    auto head = head_of(answer, keep_alive, request.id);
    // Of HEAD the length stays and the body goes (RFC 9110 section 9.3.2).
    bool bare = request.method == "HEAD" || !has_body(answer.status);
    std::array<net::const_buffer, 2> buffers{net::buffer(head), net::buffer(answer.bytes())};
    if (bare) buffers[1] = {};
    error_code failure;
    co_await net::async_write(stream, buffers, net::redirect_error(net::use_awaitable, failure));
    co_return !failure;
  }

  net::awaitable<bool> become_stream(beast::tcp_stream& stream, const HttpAnswer& answer,
                                     const std::string& id) {
    auto head = head_of(answer, false, id);
    error_code failure;
    co_await net::async_write(stream, net::buffer(head),
                              net::redirect_error(net::use_awaitable, failure));
    if (!failure) {
      auto out = std::make_shared<Stream>(stream.get_executor(), streams_);
      Leaving leaving{out};
      answer.stream(out);
      co_await out->run(stream, limits_.whole);
    }
    co_return false;
  }

  std::unique_ptr<net::io_context> context_;
  tcp::acceptor acceptor_;
  HttpHandler handler_;
  HttpLimits limits_;
  std::atomic<std::size_t> open_ = 0;
  std::shared_ptr<Gate> streams_ = std::make_shared<Gate>();
  std::optional<net::thread_pool> workers_;
  std::vector<std::thread> threads_;
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
  auto context = std::make_unique<net::io_context>(static_cast<int>(limits.threads));
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

void allow_many_sockets() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace app
