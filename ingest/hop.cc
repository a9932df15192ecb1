#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "ingest/engine.h"
#include "ingest/fetch_errors.h"
#include "ingest/freshness.h"
#include "store/model/text.h"

// One hop of a fetch: from a target to its answer.
namespace ingest {
namespace {

using model::Errc;
using model::Error;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr const char* kAccept =
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/csv;q=0.8, */*;q=0.5";

// How long a host is left alone that says 429 without saying for how long.
constexpr auto kTooMany = seconds(60);
// Longest wait for a turn at a host before a fetch is given up.
constexpr auto kLongestQueue = std::chrono::minutes(10);
constexpr std::size_t kMostParked = 256;

// How long the host of this answer wants to be left alone (RFC 6585 section 4, RFC 9110 15.6.4).
seconds wish_of(const Message& message) {
  if (message.status != 429 && message.status != 503) return seconds(0);
  auto now = std::chrono::floor<seconds>(std::chrono::system_clock::now());
  if (auto at = retry_at(message.field("retry-after"), now)) {
    return std::min<seconds>(*at - now, std::chrono::hours(24));
  }
  return message.status == 429 ? kTooMany : seconds(0);
}

// A header's value may have come from the store: it must not end a line.
bool is_plain(const std::string& value) {
  return !value.empty() && std::none_of(value.begin(), value.end(), [](unsigned char c) {
    return (c < 0x20 && c != '\t') || c == 0x7F;
  });
}

// A key goes to the host that it is for, and where nobody can read it on its way.
bool may_have_key(const Target& target, const Request& request) {
  auto asked = target_of(request.url);
  if (!is_plain(request.bearer) || !asked) return false;
  boost::system::error_code no_address;
  auto address = net::ip::make_address(target.host, no_address);
  bool here = !no_address && address.is_loopback();
  return target.tls == asked->tls && target.authority == asked->authority && (target.tls || here);
}

}  // namespace

void Parking::park(std::string key, std::shared_ptr<Connection> connection, SteadyTime until) {
  auto now = steady_clock::now();
  while (!parked_.empty() && (parked_.front().until <= now || parked_.size() >= kMostParked)) {
    parked_.pop_front();
  }
  connection->until(until);
  parked_.push_back({std::move(key), std::move(connection), until});
}

std::shared_ptr<Connection> Parking::take(const std::string& key) {
  auto found = std::find_if(parked_.begin(), parked_.end(),
                            [&](const Parked& one) { return one.key == key; });
  if (found == parked_.end()) return nullptr;
  auto connection = std::move(found->connection);
  parked_.erase(found);
  return connection->late() || !connection->is_quiet() ? nullptr : connection;
}

Sent Engine::sent_to(const Target& target, const Request& request) const {
  Sent sent;
  const auto* proxy = proxy_for(options_.proxies, target);
  bool through = proxy != nullptr && !target.tls;
  sent.target = through ? "http://" + target.authority + target.path : target.path;
  sent.fields = {{"Host", target.authority},
                 {"User-Agent", options_.user_agent},
                 {"Accept", request.obey_robots ? "text/html, */*;q=0.5" : kAccept},
                 {"Accept-Encoding", "gzip, deflate, br, zstd"}};
  if (through && !proxy->authorization.empty()) {
    sent.fields.emplace_back("Proxy-Authorization", proxy->authorization);
  }
  if (target.url == request.validators_url) {
    if (is_plain(request.etag)) sent.fields.emplace_back("If-None-Match", request.etag);
    if (is_plain(request.last_modified)) {
      sent.fields.emplace_back("If-Modified-Since", request.last_modified);
    }
  }
  if (may_have_key(target, request)) {
    sent.fields.emplace_back("Authorization", "Bearer " + request.bearer);
  }
  if (request.form) {
    sent.method = "POST";
    sent.body = *request.form;
    sent.fields.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  }
  return sent;
}

net::awaitable<Engine::Answer> Engine::hop(const Target& target, Trip& trip, const Sent& sent) {
  Answer out;
  auto name = model::fold(target.host);
  auto& host = host_of(name);
  auto since = steady_clock::now();
  bool ours = co_await host.turns.take(since + kLongestQueue);
  auto now = steady_clock::now();
  if (trip.end) *trip.end += now - since;
  if (!ours) {
    out.error = Error{Errc::kTimeout, target.url + ": other requests to " + target.host +
                                          " took too long; try again later."};
  } else if (host.closed_until > now) {
    out.held_for = std::chrono::ceil<seconds>(host.closed_until - now);
    out.error = Error{Errc::kIo, fmt::format("{}: {} asked to be left alone for another {} s; it "
                                             "was not asked.",
                                             target.url, target.host, out.held_for.count())};
  } else {
    out = co_await ask_in_turn(target, trip, sent);
    auto wish = wish_of(out.message);
    if (wish.count() > 0) host.closed_until = steady_clock::now() + wish;
  }
  if (ours) host.turns.give_back();
  leave(name, host);
  co_return out;
}

net::awaitable<Engine::Answer> Engine::ask_in_turn(const Target& target, Trip& trip,
                                                   const Sent& sent) {
  Answer out;
  auto since = steady_clock::now();
  bool ours = co_await seats_.take(since + kLongestQueue);
  auto now = steady_clock::now();
  trip.end = trip.end ? *trip.end + (now - since) : now + trip.request.limits.total;
  if (!ours) {
    out.error = Error{Errc::kTimeout, target.url +
                                          ": other requests took too long; try again "
                                          "later."};
    co_return out;
  }
  try {
    out = co_await ask(target, trip, sent);
  } catch (const std::exception& failure) {  // its turns are given back all the same
    out.error = Error{Errc::kIo, target.url + ": " + failure.what() + "."};
  }
  // The last answer keeps its seat: so many bodies are in memory, read or being read. While it is
  // followed elsewhere it is not kept, others may be waiting there.
  trip.share.seat = !out.error && out.message.status / 100 == 2;
  if (!trip.share.seat) seats_.give_back();
  co_return out;
}

net::awaitable<Engine::Answer> Engine::ask(const Target& target, Trip& trip, const Sent& sent) {
  auto key = fmt::format("{}://{}:{}{}", target.tls ? "https" : "http", target.host, target.port,
                         is_typed(target, trip) ? "!" : "");
  Answer out;
  auto connection = parking_.take(key);
  Allowance allowed{trip.request.limits, *trip.end, bodies_, trip.share.held};
  for (bool kept = connection != nullptr;; kept = false) {
    if (!kept) {
      auto opened = co_await open(target, trip);
      if (opened.error) {
        out.error = std::move(opened.error);
        co_return out;
      }
      connection = std::move(opened.connection);
    }
    auto exchanged = co_await exchange(*connection, sent, allowed);
    // RFC 9112 section 9.3.1: a kept connection may have been closed meanwhile; asked once more.
    if (kept && exchanged.silent) continue;
    if (exchanged.fault != Fault::kNone) {
      if (connection->late()) exchanged.code = net::error::operation_aborted;
      out.error = exchange_error(target, exchanged, trip.request.limits);
      co_return out;
    }
    out.message = std::move(exchanged.message);
    if (out.message.reusable && options_.idle.count() > 0) {
      parking_.park(key, std::move(connection), steady_clock::now() + options_.idle);
    }
    co_return out;
  }
}

net::awaitable<Engine::Opened> Engine::open(const Target& target, const Trip& trip) {
  auto until = std::min(*trip.end, steady_clock::now() + trip.request.limits.connect);
  const auto* proxy = proxy_for(options_.proxies, target);
  if (is_blocked_port(target.port)) {
    co_return Opened{nullptr, Error{Errc::kInvalid, target.url + ": port " + target.port +
                                                        " belongs to another protocol; refused."}};
  }
  auto found = co_await lookup_.find(proxy != nullptr ? proxy->host : target.host, until);
  if (!found) co_return Opened{nullptr, unknown_name(target, found.error())};
  auto port = static_cast<std::uint16_t>(std::stoi(proxy != nullptr ? proxy->port : target.port));
  std::vector<net::ip::tcp::endpoint> endpoints;
  std::string refused;
  for (const auto& address : *found) {
    // The proxy was chosen by whoever runs us; what it may reach, it has to know itself.
    auto ip = address.to_string();
    bool fine =
        proxy != nullptr || may_connect(options_.allowed, target.host, ip, is_typed(target, trip));
    if (fine) endpoints.emplace_back(address, port);
    if (!fine) refused = ip;
  }
  if (proxy != nullptr && names_private(target, trip)) {
    co_return Opened{nullptr, private_address(target, target.host)};
  }
  if (endpoints.empty()) {
    auto why = refused.empty() ? unknown_name(target, {Errc::kIo, "it has no address"})
                               : private_address(target, refused);
    co_return Opened{nullptr, why};
  }
  auto connection = std::make_shared<Connection>(*context_);
  auto failure = co_await connection->connect(endpoints, until);
  if (failure) {
    co_return Opened{nullptr, step_error(target, "connecting", connection->late(), failure)};
  }
  if (!target.tls) co_return Opened{std::move(connection), std::nullopt};
  co_return co_await secure(target, std::move(connection), proxy);
}

net::awaitable<Engine::Opened> Engine::secure(const Target& target,
                                              std::shared_ptr<Connection> connection,
                                              const Proxy* proxy) {
  if (proxy != nullptr) {
    auto refused = co_await tunnel(*connection, target.host_and_port(), proxy->authorization);
    if (refused) {
      bool late = connection->late();
      auto why = fmt::format("{}: the proxy {} did not open the way ({}); check https_proxy.",
                             target.url, proxy->host, late ? "it took too long" : *refused);
      co_return Opened{nullptr, Error{late ? Errc::kTimeout : Errc::kIo, why}};
    }
  }
  auto failure = co_await connection->encrypt(tls(), target.host);
  if (!failure) co_return Opened{std::move(connection), std::nullopt};
  auto verdict = connection->verdict();
  auto error = verdict == X509_V_OK
                   ? step_error(target, "the TLS handshake", connection->late(), failure)
                   : certificate_error(target, verdict);
  co_return Opened{nullptr, error};
}

bool Engine::names_private(const Target& target, const Trip& trip) const {
  boost::system::error_code no_address;
  net::ip::make_address(target.host, no_address);
  auto name = target.host;
  if (name.ends_with('.')) name.pop_back();
  bool local = name == "localhost" || name.ends_with(".localhost");
  if (no_address && !local) return false;
  return !may_connect(options_.allowed, name, no_address ? "127.0.0.1" : target.host,
                      is_typed(target, trip));
}

}  // namespace ingest
