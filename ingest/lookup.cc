#include "ingest/lookup.h"

#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <netdb.h>

namespace ingest {
namespace {

using model::Errc;
using model::Error;
using model::Result;
using Texts = std::vector<std::string>;
using Addresses = std::vector<net::ip::address>;

// As many names can hang without holding up others; a thread that waits costs some 20 kB.
constexpr std::size_t kThreads = 32;

// A look-up that is waited for: the timer ends when it is done.
struct Waiting {
  explicit Waiting(net::io_context& context, SteadyTime until) : timer(context, until) {}
  net::steady_timer timer;
  std::optional<Result<Texts>> found;
};

Result<Texts> guarded(const Resolve& resolve, const std::string& host) {
  try {
    return resolve(host);
  } catch (const std::exception& failure) {
    return Error{Errc::kIo, failure.what()};
  }
}

Addresses addresses_of(const Texts& texts) {
  Addresses out;
  for (const auto& text : texts) {
    boost::system::error_code failure;
    auto address = net::ip::make_address(text, failure);
    if (!failure) out.push_back(address);
  }
  return out;
}

}  // namespace

Result<Texts> resolve_by_system(const std::string& host) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* list = nullptr;
  int failure = getaddrinfo(host.c_str(), nullptr, &hints, &list);
  if (failure != 0) return Error{Errc::kIo, gai_strerror(failure)};
  std::unique_ptr<addrinfo, void (*)(addrinfo*)> guard(list, freeaddrinfo);
  Texts out;
  for (const auto* one = list; one != nullptr; one = one->ai_next) {
    char text[NI_MAXHOST];
    int failed =
        getnameinfo(one->ai_addr, one->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST);
    if (failed == 0) out.emplace_back(text);
  }
  return out;
}

Lookup::Lookup(net::io_context& context, Resolve resolve)
    : context_(context),
      resolve_(resolve ? std::move(resolve) : Resolve(resolve_by_system)),
      threads_(kThreads) {}

Lookup::~Lookup() {
  threads_.stop();
  threads_.join();
}

net::awaitable<Result<Addresses>> Lookup::find(const std::string& host, SteadyTime until) {
  auto itself = addresses_of({host});
  if (!itself.empty()) co_return itself;
  auto waiting = std::make_shared<Waiting>(context_, until);
  net::post(threads_, [this, waiting, host] {
    auto found = guarded(resolve_, host);
    net::post(context_, [waiting, found = std::move(found)] {
      waiting->found = found;
      waiting->timer.cancel();
    });
  });
  boost::system::error_code ignored;
  co_await waiting->timer.async_wait(net::redirect_error(net::use_awaitable, ignored));
  if (!waiting->found) co_return Error{Errc::kTimeout, "looking up the name took too long"};
  if (!*waiting->found) co_return waiting->found->error();
  co_return addresses_of(**waiting->found);
}

}  // namespace ingest
