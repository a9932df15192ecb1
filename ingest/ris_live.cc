#include "ingest/ris_live.h"

#include <algorithm>
#include <mutex>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "ingest/connection.h"

namespace ingest {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;
using model::Instant;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// A silent connection is asked (ping) at half of it, and lost after it.
constexpr auto kIdle = std::chrono::seconds(60);
constexpr auto kConnect = std::chrono::seconds(30);
// That a silent stream is heard is told so often.
constexpr auto kTell = std::chrono::minutes(5);

auto into(error_code& code) { return net::redirect_error(net::use_awaitable, code); }

Instant clock() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// A line of our own in the stream, of the time from `since` to `until`.
std::string line_of(const char* type, Instant since, Instant until, const std::string& reason) {
  boost::json::object data{{"since", since.time_since_epoch().count()},
                           {"until", std::max(since, until).time_since_epoch().count()}};
  if (!reason.empty()) data["reason"] = reason;
  return boost::json::serialize(boost::json::object{{"type", type}, {"data", std::move(data)}}) +
         "\n";
}

template <typename Stream>
void set_up(websocket::stream<Stream>& socket, const std::string& agent) {
  websocket::stream_base::timeout patience{};
  patience.handshake_timeout = kConnect;
  patience.idle_timeout = kIdle;
  patience.keep_alive_pings = true;
  socket.set_option(patience);
  socket.set_option(websocket::stream_base::decorator([agent](websocket::request_type& request) {
    request.set(beast::http::field::user_agent, agent);
  }));
  socket.read_message_max(RisLive::kLongestMessage);
}

}  // namespace

class RisLive::Impl {
 public:
  explicit Impl(RisLiveOptions options)
      : options_(std::move(options)), wait_(options_.first_wait), heard_(options_.heard) {
    net::co_spawn(context_, hear(), net::detached);
    thread_ = std::thread([this] { context_.run(); });
  }

  ~Impl() {
    context_.stop();  // may be called from any thread
    thread_.join();
  }

  Heard take() {
    std::lock_guard lock(mutex_);
    note_heard();
    Heard out{std::move(lines_), heard_, error_, failures_};
    lines_.clear();
    return out;
  }

  std::size_t waiting() const {
    std::lock_guard lock(mutex_);
    return lines_.size();
  }

 private:
  net::awaitable<void> hear() {
    for (;;) {
      std::string why = co_await session();
      note_loss(why);
      net::steady_timer pause(context_, wait_);
      wait_ = std::min(wait_ * 2, options_.longest_wait);
      error_code ignored;
      co_await pause.async_wait(into(ignored));
    }
  }

  // Hears until it is lost; why it was.
  net::awaitable<std::string> session() {
    auto target = stream_target(options_.url);
    if (!target) co_return target.error().message;
    auto connection = std::make_shared<Connection>(context_);
    std::string why = co_await connect(*connection, *target);
    if (!why.empty()) co_return why;
    if (target->tls) {
      websocket::stream<Connection::TlsStream&> socket(*connection->tls());
      why = co_await talk(socket, *target);
    } else {
      websocket::stream<net::ip::tcp::socket&> socket(connection->socket());
      why = co_await talk(socket, *target);
    }
    co_return why;
  }

  net::awaitable<std::string> connect(Connection& connection, const StreamTarget& target) {
    auto until = steady_clock::now() + kConnect;
    connection.until(until);
    error_code code;
    net::ip::tcp::resolver resolver(context_);
    auto found = co_await resolver.async_resolve(target.host, target.port, into(code));
    if (code) co_return fmt::format("the name {} is not known ({})", target.host, code.message());
    std::vector<net::ip::tcp::endpoint> endpoints;
    for (const auto& entry : found) {
      auto ip = entry.endpoint().address().to_string();
      if (may_connect(options_.allowed, target.host, ip, false)) {
        endpoints.push_back(entry.endpoint());
      }
    }
    if (endpoints.empty()) {
      co_return fmt::format(
          "{} is an address of a private network, which --allow-hosts does not name", target.host);
    }
    code = co_await connection.connect(endpoints, until);
    if (code) co_return fmt::format("{} cannot be connected to ({})", target.host, code.message());
    if (target.tls) {
      if (tls_ == nullptr) tls_ = tls_settings();
      code = co_await connection.encrypt(*tls_, target.host);
      if (code) co_return fmt::format("TLS with {} failed ({})", target.host, code.message());
    }
    // From here on the WebSocket has its own patience.
    connection.until(steady_clock::now() + std::chrono::hours(24 * 365));
    co_return "";
  }

  template <typename Stream>
  net::awaitable<std::string> talk(websocket::stream<Stream>& socket, const StreamTarget& target) {
    set_up(socket, options_.user_agent);
    error_code code;
    websocket::response_type answer;
    co_await socket.async_handshake(answer, target.authority, target.target, into(code));
    if (code == websocket::error::upgrade_declined) {
      co_return fmt::format("the server answered {} instead of opening the stream",
                            answer.result_int());
    }
    if (code) co_return "the stream was not opened (" + code.message() + ")";
    co_await socket.async_write(net::buffer(target.subscription), into(code));
    if (code) co_return "the subscription could not be sent (" + code.message() + ")";
    note_begin();
    socket.control_callback([this](websocket::frame_type, beast::string_view) {
      std::lock_guard lock(mutex_);
      heard_ = clock();  // a ping or its answer: nothing else came until now
    });
    auto began = steady_clock::now();
    beast::flat_buffer buffer;
    while (!code) {
      co_await socket.async_read(buffer, into(code));
      if (code) break;
      std::string_view message(static_cast<const char*>(buffer.data().data()), buffer.size());
      if (!put(message)) co_return "what came could not be stored fast enough";
      buffer.clear();
      // Only what lasts counts as a connection: one that fails at once is waited for longer.
      if (steady_clock::now() - began > kIdle) wait_ = options_.first_wait;
    }
    if (code == websocket::error::closed) {
      const auto& reason = socket.reason().reason;
      std::string said(reason.data(), reason.size());
      co_return "the server closed the stream" + (said.empty() ? "" : ": " + said);
    }
    co_return code == beast::error::timeout ? "nothing came, not even the answer to a ping"
                                            : "the connection was lost (" + code.message() + ")";
  }

  void note_begin() {
    std::lock_guard lock(mutex_);
    auto now = clock();
    if (heard_) lines_ += line_of("faultline_gap", *heard_, now, gap_reason_);
    heard_ = told_ = now;
    error_.clear();
    failures_ = 0;
    gap_reason_.clear();
  }

  // That the stream was open all the time, where something came or it is told of at last.
  void note_heard() {
    if (!told_ || !heard_) return;
    if (lines_.empty() && *heard_ - *told_ < kTell) return;
    lines_ += line_of("faultline_heard", *told_, *heard_, "");
    told_ = heard_;
  }

  void note_loss(const std::string& why) {
    {
      std::lock_guard lock(mutex_);
      if (told_ && heard_ && *heard_ > *told_) {
        lines_ += line_of("faultline_heard", *told_, *heard_, "");
      }
      told_.reset();
      error_ = why;
      ++failures_;
      if (gap_reason_.empty()) gap_reason_ = why;
    }
    if (options_.wake) options_.wake();
  }

  // False when there is no room. A message is one line, whatever is in it.
  bool put(std::string_view message) {
    std::lock_guard lock(mutex_);
    if (lines_.size() + message.size() + 1 > kMostWaiting) return false;
    auto begin = lines_.size();
    lines_ += message;
    std::replace_if(
        lines_.begin() + static_cast<std::ptrdiff_t>(begin), lines_.end(),
        [](char c) { return c == '\n' || c == '\r'; }, ' ');
    lines_ += '\n';
    heard_ = clock();
    return true;
  }

  RisLiveOptions options_;
  net::io_context context_{1};
  std::unique_ptr<net::ssl::context> tls_;
  milliseconds wait_;
  std::thread thread_;

  mutable std::mutex mutex_;  // guards what follows
  std::string lines_;
  std::optional<Instant> heard_;
  std::optional<Instant> told_;  // up to when a line says that it was heard; nothing: it is not now
  std::string error_ = "it is being connected to";
  std::string gap_reason_ = "Faultline was not running";
  int failures_ = 0;
};

RisLive::RisLive(RisLiveOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
RisLive::~RisLive() = default;
RisLive::Heard RisLive::take() { return impl_->take(); }
std::size_t RisLive::waiting() const { return impl_->waiting(); }

}  // namespace ingest
