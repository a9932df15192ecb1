#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

namespace support {

// One accepted connection, its request's head already read.
struct Connection {
  std::string request;                           // the head, with its blank line
  std::string target;                            // "/a?b"
  std::function<bool(const std::string&)> send;  // false: the peer has gone
  std::function<void()> wait_until_the_peer_goes;
};

// A server on 127.0.0.1 that answers one connection after another in whatever way the test says;
// with TLS when it is given a certificate.
class HttpServer {
 public:
  using Handler = std::function<void(Connection&)>;
  struct Certificate {
    std::string certificate;  // PEM files
    std::string key;
  };

  explicit HttpServer(Handler handler, const Certificate* tls = nullptr)
      : handler_(std::move(handler)) {
    if (tls != nullptr) {
      settings_.use_certificate_chain_file(tls->certificate);
      settings_.use_private_key_file(tls->key, boost::asio::ssl::context::pem);
      with_tls_ = true;
    }
    thread_ = std::thread([this] { serve(); });
  }
  ~HttpServer() {
    stop_ = true;
    boost::system::error_code ignored;
    tcp::socket(context_).connect(acceptor_.local_endpoint(), ignored);  // wakes accept()
    thread_.join();
  }
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::string port() const { return std::to_string(acceptor_.local_endpoint().port()); }
  std::string url(const std::string& target) const {
    return (with_tls_ ? "https://localhost:" : "http://127.0.0.1:") + port() + target;
  }

 private:
  using tcp = boost::asio::ip::tcp;
  using error_code = boost::system::error_code;
  using SslStream = boost::asio::ssl::stream<tcp::socket&>;

  void serve() {
    for (;;) {
      tcp::socket socket(context_);
      error_code failure;
      acceptor_.accept(socket, failure);
      if (stop_ || failure) return;
      if (!with_tls_) {
        answer(socket);
        continue;
      }
      SslStream stream(socket, settings_);
      stream.handshake(boost::asio::ssl::stream_base::server, failure);
      if (!failure) answer(stream);
      stream.shutdown(failure);
    }
  }

  template <typename Stream>
  void answer(Stream& stream) {
    boost::asio::streambuf buffer;
    error_code failure;
    auto size = boost::asio::read_until(stream, buffer, "\r\n\r\n", failure);
    if (failure) return;
    Connection connection;
    connection.request.assign(static_cast<const char*>(buffer.data().data()), size);
    auto begin = connection.request.find(' ') + 1;
    connection.target =
        connection.request.substr(begin, connection.request.find(' ', begin) - begin);
    connection.send = [&](const std::string& bytes) {
      boost::asio::write(stream, boost::asio::buffer(bytes), failure);
      return !failure;
    };
    connection.wait_until_the_peer_goes = [&] {
      boost::asio::streambuf rest;
      boost::asio::read(stream, rest, failure);
    };
    handler_(connection);
  }

  Handler handler_;
  boost::asio::io_context context_;
  tcp::acceptor acceptor_{context_, {boost::asio::ip::make_address("127.0.0.1"), 0}};
  boost::asio::ssl::context settings_{boost::asio::ssl::context::tls_server};
  bool with_tls_ = false;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace support
