#include "ingest/connection.h"

#include <algorithm>
#include <cerrno>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sys/socket.h>

namespace ingest {

using boost::system::error_code;

namespace {

// Of the addresses of one name; more do not make it better to reach.
constexpr std::size_t kMostAddresses = 8;

}  // namespace

void Connection::until(SteadyTime end) {
  watch_.expires_at(end);
  watch_.async_wait([weak = weak_from_this()](error_code failure) {
    auto self = weak.lock();
    // A wait that ended just when the time was moved must not count.
    if (failure || !self || self->watch_.expiry() > std::chrono::steady_clock::now()) return;
    self->late_ = true;
    self->close();
  });
}

net::awaitable<error_code> Connection::connect(const std::vector<net::ip::tcp::endpoint>& endpoints,
                                               SteadyTime end) {
  error_code failure = net::error::host_not_found;
  auto count = std::min(endpoints.size(), kMostAddresses);
  for (std::size_t at = 0; at < count; ++at) {
    auto now = std::chrono::steady_clock::now();
    close();
    late_ = now >= end;
    if (late_) break;
    until(now + (end - now) / static_cast<int>(count - at));
    co_await socket_.async_connect(endpoints[at], net::redirect_error(net::use_awaitable, failure));
    if (!failure && !late_) break;
  }
  if (late_) co_return net::error::timed_out;
  if (!failure) socket_.set_option(net::ip::tcp::no_delay(true), failure);
  until(end);
  co_return failure;
}

bool Connection::is_quiet() {
  char byte = 0;
  auto got = recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

net::awaitable<error_code> Connection::encrypt(net::ssl::context& settings,
                                               const std::string& host) {
  tls_ = std::make_unique<TlsStream>(socket_, settings);
  tls_->set_verify_mode(net::ssl::verify_peer);
  error_code no_address;
  net::ip::make_address(host, no_address);
  auto* ssl = tls_->native_handle();
  if (no_address) {
    SSL_set1_host(ssl, host.c_str());
    SSL_set_tlsext_host_name(ssl, host.c_str());  // RFC 6066 section 3: no addresses
  } else {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str());
  }
  error_code failure;
  co_await tls_->async_handshake(net::ssl::stream_base::client,
                                 net::redirect_error(net::use_awaitable, failure));
  co_return failure;
}

long Connection::verdict() const {
  return tls_ == nullptr ? X509_V_OK : SSL_get_verify_result(tls_->native_handle());
}

void Connection::close() {
  error_code ignored;
  socket_.close(ignored);
}

std::unique_ptr<net::ssl::context> tls_settings() {
  auto settings = std::make_unique<net::ssl::context>(net::ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(settings->native_handle(), TLS1_2_VERSION);
  // Idle connections keep no buffers: 34 kB each.
  SSL_CTX_set_mode(settings->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  error_code ignored;  // without authorities every certificate is refused, which is told then
  settings->set_default_verify_paths(ignored);
  return settings;
}

}  // namespace ingest
