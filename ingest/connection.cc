#include "ingest/connection.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ingest {

using boost::system::error_code;

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

net::awaitable<error_code> Connection::connect(
    const std::vector<net::ip::tcp::endpoint>& endpoints) {
  error_code failure;
  co_await net::async_connect(socket_, endpoints, net::redirect_error(net::use_awaitable, failure));
  if (!failure) socket_.set_option(net::ip::tcp::no_delay(true), failure);
  co_return failure;
}

net::awaitable<error_code> Connection::encrypt(net::ssl::context& settings,
                                               const std::string& host) {
  tls_ = std::make_unique<TlsStream>(socket_, settings);
  tls_->set_verify_mode(net::ssl::verify_peer);
  tls_->set_verify_callback(net::ssl::host_name_verification(host));
  // RFC 6066 section 3: no addresses in the server name.
  error_code no_address;
  net::ip::make_address(host, no_address);
  if (no_address) SSL_set_tlsext_host_name(tls_->native_handle(), host.c_str());
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
