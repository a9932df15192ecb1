#include "ingest/engine.h"

#include <algorithm>
#include <utility>

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include "ingest/decompress.h"
#include "ingest/fetch_errors.h"
#include "ingest/freshness.h"
#include "store/model/text.h"

namespace ingest {
namespace {

using model::Errc;
using model::Error;
using std::chrono::steady_clock;

// RFC 9309 section 2.4: robots.txt is not used for longer than a day.
constexpr auto kRobotsFor = std::chrono::hours(24);
// Origins whose robots.txt is remembered.
constexpr std::size_t kMostRules = 2000;

bool is_redirect(const Message& message) {
  auto status = message.status;
  bool leads_on = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  return leads_on && !message.field("location").empty();
}

// What the body went through, the last thing last: content codings, then transfer codings, of which
// "chunked" is undone already (RFC 9112 section 6.1).
std::string codings_of(const Message& message) {
  auto codings = message.list("content-encoding");
  auto transfer = message.list("transfer-encoding");
  for (std::size_t begin = 0; begin < transfer.size();) {
    auto end = std::min(transfer.find(',', begin), transfer.size());
    auto coding = model::trim(std::string_view(transfer).substr(begin, end - begin));
    if (model::fold(coding) != "chunked") codings += ", " + std::string(coding);
    begin = end + 1;
  }
  return codings;
}

void tell(const Message& message, Fetched& out) {
  out.status = message.status;
  out.cache_control = message.list("cache-control");
  out.age = message.field("age");
  out.expires = message.field("expires");
  out.date = message.field("date");
  out.retry_after = message.field("retry-after");
  for (const auto& [name, value] : message.fields) {
    if (model::fold(name) == "link") out.links.push_back(value);
  }
  out.response.content_type = message.field("content-type");
  out.response.content_language = message.field("content-language");
  out.response.content_location = message.field("content-location");
  out.response.etag = message.field("etag");
  out.response.last_modified = message.field("last-modified");
}

}  // namespace

Engine::Engine(std::shared_ptr<net::io_context> context, FetcherOptions options)
    : context_(std::move(context)),
      options_(std::move(options)),
      lookup_(*context_, options_.resolve),
      bodies_(*context_, options_.small, options_.large_turns),
      seats_(*context_, options_.connections) {}

net::awaitable<Fetched> Engine::fetch(const Request& request) {
  Fetched out;
  out.url = request.url;
  out.tag = request.tag;
  Trip trip{request, "", "", std::nullopt, {}};
  auto begun = steady_clock::now();
  co_await follow(request, trip, out);
  out.took = steady_clock::now() - begun;
  if (out.response.body.empty()) {
    give_back(trip.share);
  } else {
    // Given back when the body is no longer held, wherever that is.
    std::weak_ptr<net::io_context> weak = context_;
    out.turn = std::shared_ptr<void>(this, [weak, this, share = trip.share](void*) {
      auto context = weak.lock();
      if (context) net::post(*context, [this, share]() mutable { give_back(share); });
    });
  }
  co_return out;
}

void Engine::give_back(Share& share) {
  bodies_.give_back(share.held);
  if (std::exchange(share.seat, false)) seats_.give_back();
}

net::awaitable<void> Engine::follow(const Request& request, Trip& trip, Fetched& out) {
  try {
    co_await follow_all(request, trip, out);
  } catch (const std::exception& failure) {  // no memory, say: one fetch fails, not all
    out.error = Error{Errc::kIo, printable(request.url) + ": " + failure.what() + "."};
  }
}

net::awaitable<void> Engine::follow_all(const Request& request, Trip& trip, Fetched& out) {
  auto target = target_of(request.url);
  if (!target) {
    out.error = target.error();
    co_return;
  }
  trip.first_host = target->host;
  trip.first_port = target->port;
  for (int hops = 0; hops <= request.limits.redirects; ++hops) {
    out.response.url = target->url;
    if (request.obey_robots) {
      bool allowed = co_await robots_allow(*target, trip);
      if (!allowed) {
        out.error = Error{Errc::kInvalid, target->url +
                                              ": the site's robots.txt asks programs "
                                              "not to read this page."};
        co_return;
      }
    }
    auto sent = sent_to(*target, request);
    auto answer = co_await hop(*target, trip, sent);
    out.held = answer.held_for.count() > 0;
    out.held_for = answer.held_for;
    if (answer.error) {
      out.error = std::move(answer.error);
      co_return;
    }
    tell(answer.message, out);
    bool asked = std::any_of(sent.fields.begin(), sent.fields.end(),
                             [](const auto& field) { return field.first.starts_with("If-"); });
    if (answer.message.status == 304 && !asked) {
      out.error = refusal(target->url, 304, "", "nothing was asked that allows it");
      co_return;
    }
    if (!is_redirect(answer.message) || request.form) {
      co_await unpack(answer.message, trip, out);
      co_return;
    }
    auto next = next_of(*target, std::string(answer.message.field("location")));
    if (!next) {
      out.error = next.error();
      co_return;
    }
    target = std::move(next);
    out.redirects.push_back({answer.message.status, target->url});
  }
  out.error = Error{Errc::kIo, fmt::format("{} redirects more than {} times; it leads in a circle.",
                                           request.url, request.limits.redirects)};
}

net::awaitable<void> Engine::unpack(Message& message, Trip& trip, Fetched& out) {
  const auto& url = out.response.url;
  if (message.status == 304) co_return;
  // 206: a part that was not asked for.
  if (message.status < 200 || message.status > 299 || message.status == 206) {
    out.error = refusal(url, message.status, out.retry_after, cause_of(message));
    co_return;
  }
  auto codings = codings_of(message);
  if (codings.empty()) {
    out.response.body = std::move(message.body);
    co_return;
  }
  // Most bodies stay small; which one does not is found out at the price of its first part.
  auto limit = trip.request.limits.body;
  for (auto step : {bodies_.small(), Bodies::kHuge, limit}) {
    auto most = std::min(step, limit);
    bool ours = co_await bodies_.take(most, trip.share.held, *trip.end);
    if (!ours) {
      out.error = no_turn(url);
      co_return;
    }
    auto body = decompress(message.body, codings, most);
    if (body) {
      out.response.body = std::move(*body);
      co_return;
    }
    out.error = Error{Errc::kInvalid, url + ": " + body.error().message};
    if (body.error().code == Errc::kCorrupt || most == limit) co_return;
    out.error.reset();
  }
}

net::awaitable<bool> Engine::robots_allow(const Target& target, Trip& trip) {
  auto origin = (target.tls ? "https://" : "http://") + target.authority;
  auto kept = rules_.find(origin);
  if (kept == rules_.end() || kept->second.until < steady_clock::now()) {
    auto where = target_of(origin + "/robots.txt");
    if (!where) co_return false;
    Request plain;
    plain.url = where->url;
    plain.limits = trip.request.limits;
    plain.limits.body = plain.limits.received = kLargestRobots * 2;
    Fetched answer;
    Trip aside{plain, trip.first_host, trip.first_port, std::nullopt, {}};
    co_await follow(plain, aside, answer);
    give_back(aside.share);
    Rules rules{Robots(), steady_clock::now() + kRobotsFor};
    // Sections 2.3.1.3 and 2.3.1.4: none there, all is allowed; cannot be had, nothing is.
    bool none = answer.status >= 400 && answer.status < 500 && answer.status != 429;
    if (!answer.error) rules.robots = Robots(answer.response.body, "Faultline");
    if (answer.error && !none)
      rules = {Robots::closed(), steady_clock::now() + std::chrono::hours(1)};
    if (rules_.size() >= kMostRules) rules_.clear();
    kept = rules_.insert_or_assign(origin, std::move(rules)).first;
  }
  co_return kept->second.robots.allows(target.path);
}

bool Engine::is_typed(const Target& target, const Trip& trip) const {
  // A redirect may stay on the very server that was named, wherever that is.
  return trip.request.limits.allow_private && target.host == trip.first_host &&
         target.port == trip.first_port;
}

Engine::Host& Engine::host_of(const std::string& name) {
  auto& host = hosts_.try_emplace(name, *context_, options_.per_host).first->second;
  ++host.users;
  return host;
}

void Engine::leave(const std::string& name, Host& host) {
  if (--host.users == 0 && host.closed_until <= steady_clock::now()) hosts_.erase(name);
}

net::ssl::context& Engine::tls() {
  if (tls_ == nullptr) tls_ = tls_settings();
  return *tls_;
}

}  // namespace ingest
