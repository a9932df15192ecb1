#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

namespace support {

// One request of a connection, its head already read.
struct Connection {
  int number = 0;                                // of the connection, from 1
  std::string request;                           // the head, with its blank line
  std::string target;                            // "/a?b"
  bool keep = false;                             // set: another request may come after this one
  std::function<bool(const std::string&)> send;  // false: the peer has gone
  std::function<void()> wait_for_more;           // of what the peer sends
  std::function<void()> wait_until_the_peer_goes;

  // Sends byte after byte with a pause before each, until the peer has gone.
  void drip(const std::string& bytes, std::chrono::milliseconds pause) {
    for (char c : bytes) {
      std::this_thread::sleep_for(pause);
      if (!send(std::string(1, c))) return;
    }
  }
  // Sends the same again and again until the peer has gone. Returns how much.
  std::size_t repeat(const std::string& bytes) {
    std::size_t sent = 0;
    while (send(bytes)) sent += bytes.size();
    return sent;
  }
};

// A server that answers in whatever way the test says, each connection in a thread of its own; with
// TLS when it is given a certificate.
class HttpServer {
 public:
  using Handler = std::function<void(Connection&)>;
  struct Certificate {
    std::string certificate;  // PEM files
    std::string key;
  };
  struct Options {
    const Certificate* tls = nullptr;
    std::string address = "127.0.0.1";
    bool reads_head = true;   // no: the handler is called at once, before TLS
    int newest_tls = 0;       // TLS1_VERSION: nothing newer; 0: what OpenSSL has
    unsigned short port = 0;  // 0: a free one
  };

  explicit HttpServer(Handler handler, const Certificate* tls = nullptr)
      : HttpServer(std::move(handler), options_with(tls)) {}
  HttpServer(Handler handler, Options options)
      : handler_(std::move(handler)),
        options_(std::move(options)),
        acceptor_(context_, {boost::asio::ip::make_address(options_.address), options_.port}) {
    if (options_.tls != nullptr) {
      settings_.use_certificate_chain_file(options_.tls->certificate);
      settings_.use_private_key_file(options_.tls->key, boost::asio::ssl::context::pem);
    }
    if (options_.newest_tls != 0) {
      SSL_CTX_set_security_level(settings_.native_handle(), 0);  // Debian's forbids old ones
      SSL_CTX_set_max_proto_version(settings_.native_handle(), options_.newest_tls);
      SSL_CTX_set_min_proto_version(settings_.native_handle(), options_.newest_tls);
    }
    thread_ = std::thread([this] { accept(); });
  }
  ~HttpServer() {
    stop_ = true;
    boost::system::error_code ignored;
    tcp::socket(context_).connect(acceptor_.local_endpoint(), ignored);  // wakes accept()
    thread_.join();
    {
      std::lock_guard lock(mutex_);
      for (auto* socket : open_) socket->shutdown(tcp::socket::shutdown_both, ignored);
    }
    for (auto& thread : connections_) thread.join();
  }
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::string port() const { return std::to_string(acceptor_.local_endpoint().port()); }
  std::string url(const std::string& target) const {
    bool v6 = options_.address.find(':') != std::string::npos;
    auto host = v6 ? "[" + options_.address + "]" : options_.address;
    return (options_.tls != nullptr ? "https://localhost:" : "http://" + host + ":") + port() +
           target;
  }
  int accepted() const { return accepted_; }          // connections so far
  int most_at_once() const { return most_at_once_; }  // connections open at the same time

 private:
  using tcp = boost::asio::ip::tcp;
  using error_code = boost::system::error_code;
  using SslStream = boost::asio::ssl::stream<tcp::socket&>;

  static Options options_with(const Certificate* tls) {
    Options options;
    options.tls = tls;
    return options;
  }

  void accept() {
    for (;;) {
      auto socket = std::make_shared<tcp::socket>(context_);
      error_code failure;
      acceptor_.accept(*socket, failure);
      if (stop_ || failure) return;
      socket->set_option(tcp::no_delay(true), failure);  // what was sent has left
      int number = ++accepted_;
      {
        std::lock_guard lock(mutex_);
        open_.insert(socket.get());
        most_at_once_ = std::max(most_at_once_.load(), static_cast<int>(open_.size()));
      }
      connections_.emplace_back([this, socket, number] {
        talk(*socket, number);
        std::lock_guard lock(mutex_);
        open_.erase(socket.get());
        error_code ignored;
        socket->close(ignored);
      });
    }
  }

  void talk(tcp::socket& socket, int number) {
    error_code failure;
    if (options_.tls == nullptr || !options_.reads_head) return answer(socket, number);
    SslStream stream(socket, settings_);
    stream.handshake(boost::asio::ssl::stream_base::server, failure);
    if (!failure) answer(stream, number);
    stream.shutdown(failure);
  }

  template <typename Stream>
  void answer(Stream& stream, int number) {
    boost::asio::streambuf buffer;
    error_code failure;
    Connection connection;
    connection.number = number;
    connection.send = [&](const std::string& bytes) {
      boost::asio::write(stream, boost::asio::buffer(bytes), failure);
      return !failure;
    };
    connection.wait_for_more = [&] {
      boost::asio::read(stream, buffer, boost::asio::transfer_at_least(1), failure);
    };
    connection.wait_until_the_peer_goes = [&] {
      boost::asio::streambuf rest;
      boost::asio::read(stream, rest, failure);
    };
    do {
      if (options_.reads_head) {
        auto size = boost::asio::read_until(stream, buffer, "\r\n\r\n", failure);
        if (failure) return;
        connection.request.assign(static_cast<const char*>(buffer.data().data()), size);
        buffer.consume(size);
        auto begin = connection.request.find(' ') + 1;
        connection.target =
            connection.request.substr(begin, connection.request.find(' ', begin) - begin);
      }
      connection.keep = false;
      handler_(connection);
    } while (connection.keep && options_.reads_head);
  }

  Handler handler_;
  Options options_;
  boost::asio::io_context context_;
  tcp::acceptor acceptor_;
  boost::asio::ssl::context settings_{boost::asio::ssl::context::tls_server};
  std::atomic<bool> stop_ = false;
  std::atomic<int> accepted_ = 0;
  std::atomic<int> most_at_once_ = 0;
  std::mutex mutex_;  // guards open_
  std::set<tcp::socket*> open_;
  std::vector<std::thread> connections_;  // of the accepting thread, until that has ended
  std::thread thread_;
};

}  // namespace support
