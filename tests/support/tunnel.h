#pragma once

#include <string>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

namespace support {

// A proxy that answers one CONNECT and carries its bytes to a port of this machine, whatever host
// was asked for.
class Tunnel {
 public:
  explicit Tunnel(std::string to) : to_(std::move(to)), thread_([this] { serve(); }) {}
  ~Tunnel() {
    boost::system::error_code ignored;
    tcp::socket(context_).connect(acceptor_.local_endpoint(), ignored);  // wakes accept()
    near_.shutdown(tcp::socket::shutdown_both, ignored);
    far_.shutdown(tcp::socket::shutdown_both, ignored);
    thread_.join();
  }
  Tunnel(const Tunnel&) = delete;
  Tunnel& operator=(const Tunnel&) = delete;

  std::string port() const { return std::to_string(acceptor_.local_endpoint().port()); }
  const std::string& asked() const { return asked_; }  // the CONNECT; once something came through

 private:
  using tcp = boost::asio::ip::tcp;

  void serve() {
    boost::system::error_code failure;
    acceptor_.accept(near_, failure);
    boost::asio::streambuf buffer;
    auto size = boost::asio::read_until(near_, buffer, "\r\n\r\n", failure);
    if (failure) return;
    asked_.assign(static_cast<const char*>(buffer.data().data()), size);
    auto port = static_cast<unsigned short>(std::stoi(to_));
    far_.connect({boost::asio::ip::make_address("127.0.0.1"), port}, failure);
    boost::asio::write(near_, boost::asio::buffer(std::string("HTTP/1.1 200 Opened\r\n\r\n")),
                       failure);
    std::thread back([this] { carry(far_, near_); });
    carry(near_, far_);
    back.join();
  }

  static void carry(tcp::socket& from, tcp::socket& to) {
    std::string part(1U << 14U, '\0');
    boost::system::error_code failure;
    while (!failure) {
      auto size = from.read_some(boost::asio::buffer(part), failure);
      if (!failure) boost::asio::write(to, boost::asio::buffer(part, size), failure);
    }
    boost::system::error_code ignored;
    to.shutdown(tcp::socket::shutdown_send, ignored);
  }

  std::string to_, asked_;
  boost::asio::io_context context_;
  tcp::acceptor acceptor_{context_, {boost::asio::ip::make_address("127.0.0.1"), 0}};
  tcp::socket near_{context_}, far_{context_};
  std::thread thread_;
};

}  // namespace support
