#include "app/serve/service.h"

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "app/serve/cache.h"
#include "app/serve/changes.h"
#include "app/serve/limiter.h"
#include "app/serve/metrics.h"
#include "app/serve/page.h"
#include "app/serve/routes.h"
#include "app/serve/sessions.h"
#include "correlate/correlate.h"

namespace app::serve {
namespace {

using model::Error;
using model::Instant;
using model::Result;
using model::Role;
using model::Status;
using namespace std::chrono_literals;

constexpr auto kWatchEvery = 200ms;
constexpr auto kBeatEvery = 15s;
constexpr std::string_view kSecurity = "/.well-known/security.txt";
constexpr auto kKeepAtMost = 60s;  // what depends on the clock: "yesterday", "12 min ago"

// A problem (RFC 9457) says which request it was, so that the log can be asked for it.
void name_request(HttpAnswer& answer, const HttpRequest& request) {
  auto end = answer.body.rfind('}');
  if (answer.content_type != "application/problem+json" || end == answer.body.npos) return;
  answer.body.insert(end, fmt::format(R"(,"request_id":"{}")", request.id));
}

// The fields that every answer has: what a browser may not do with it.
void harden(HttpAnswer& answer, const HttpRequest& request) {
  name_request(answer, request);
  answer.fields.emplace_back("X-Content-Type-Options", "nosniff");
  answer.fields.emplace_back("Referrer-Policy", "same-origin");
  auto has = [&](std::string_view name) {
    return std::any_of(answer.fields.begin(), answer.fields.end(),
                       [&](const auto& field) { return field.first == name; });
  };
  if (!has("Content-Security-Policy")) {
    answer.fields.emplace_back("Content-Security-Policy", std::string(kPolicy));
  }
  if (!has("Cache-Control")) answer.fields.emplace_back("Cache-Control", "no-cache");
}

// What a private server answers without a token too: signing in, and what mails lead to, since who
// has their links may end them with one click (RFC 8058).
bool is_always_open(std::string_view pattern) {
  for (std::string_view open :
       {"/login", "/healthz", "/static/", "/confirm/", "/unsubscribe/", "/alerts/{token}/"}) {
    if (pattern.starts_with(open)) return true;
  }
  return false;
}

bool is_api(std::string_view path) { return path.starts_with("/api/"); }

}  // namespace

class Service::Impl {
 public:
  explicit Impl(ServiceOptions options)
      : options_(std::move(options)), limiter_(options_.rate), listeners_(options_.streams) {}

  ~Impl() {
    {
      std::lock_guard lock(watch_mutex_);
      ended_ = true;
    }
    watch_wake_.notify_all();
    if (watcher_.joinable()) watcher_.join();
  }

  Status begin() {
    auto seq = options_.store->newest_change();
    if (!seq) return seq.error();
    seq_ = *seq;
    metrics_.set_more(options_.more_metrics);
    listeners_.begin_at(seq_);
    if (auto seen = see_correlated(); !seen) return seen.error();
    renew();
    watcher_ = std::thread([this] { watch(); });
    return {};
  }

  void set_base(std::string base) {
    if (options_.base.empty()) options_.base = std::move(base);
  }

  void set_rate(std::size_t rate) { limiter_.set_rate(rate); }

  std::size_t body_limit(const HttpRequest& request) const {
    auto found = match(routes(), request.method, request.path);
    return found.route == nullptr ? 0 : found.route->body;
  }

  // What was kept, for those who are nobody in particular.
  std::optional<HttpAnswer> at_once(const HttpRequest& request) {
    if (!is_kept(request)) return std::nullopt;
    auto kept = cache_.find(key_of(request), cache_.version());
    if (kept == nullptr || !limiter_.allows(peer_of(request), Limiter::Clock::now(), 0.2)) {
      return std::nullopt;
    }
    metrics_.count_known();
    return unless_known(*kept, request);
  }

  HttpAnswer answer(const HttpRequest& request) {
    auto begun = std::chrono::steady_clock::now();
    std::string_view route = "none";
    auto out = worked_out(request, route);
    metrics_.count(route, out.status, std::chrono::steady_clock::now() - begun);
    return out;
  }

 private:
  Instant clock() const {
    if (options_.now) return *options_.now;
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }

  std::string peer_of(const HttpRequest& request) const {
    auto sent = options_.behind_proxy ? request.field("X-Forwarded-For") : std::string_view();
    if (sent.empty()) return request.peer;
    // The last one is what our proxy saw; those before it are what others say.
    auto comma = sent.rfind(',');
    auto last = sent.substr(comma == sent.npos ? 0 : comma + 1);
    while (last.starts_with(' ')) last.remove_prefix(1);
    return std::string(last.substr(0, 64));
  }

  bool is_kept(const HttpRequest& request) const {
    return (request.method == "GET" || request.method == "HEAD") && !options_.only_readers &&
           request.field("Authorization").empty() && session_cookie(request).empty();
  }
  static std::string key_of(const HttpRequest& request) {
    return fmt::format("{}{}?{}", takes_gzip(request) ? 'z' : ' ', request.path, request.query);
  }

  HttpAnswer worked_out(const HttpRequest& request, std::string_view& route) {
    if (!limiter_.allows(peer_of(request), Limiter::Clock::now())) {
      auto out = problem(429, "more requests than one address may make; come back in a while");
      out.fields.emplace_back("Retry-After", "10");
      return sent(request, std::move(out));
    }
    bool asks = request.method == "GET" || request.method == "HEAD";
    if (asks && request.path == kSecurity && !options_.security.empty()) {
      HttpAnswer out;
      out.body = options_.security;
      out.content_type = "text/plain; charset=utf-8";
      harden(out, request);
      route = kSecurity;
      return sent(request, std::move(out));
    }
    auto found = match(routes(), request.method, request.path);
    if (found.route == nullptr) return sent(request, unrouted(request, found));
    route = found.route->pattern;
    auto version = cache_.version();
    // What somebody is shown who has signed in depends on more than the time.
    auto since = is_kept(request) ? cache_.since(clock()) : std::nullopt;
    auto out = routed(request, found);
    harden(out, request);
    bool kept = found.route->keep == Keep::kUntilChange && is_kept(request) && out.status == 200;
    out = finished(std::move(out), takes_gzip(request), since);
    if (kept) cache_.put(key_of(request), version, out);
    return unless_known(out, request);
  }

  static HttpAnswer sent(const HttpRequest& request, HttpAnswer out) {
    if (is_api(request.path)) out.fields.emplace_back("Access-Control-Allow-Origin", "*");
    harden(out, request);
    return out;
  }

  static HttpAnswer unrouted(const HttpRequest& request, const Match& found) {
    if (found.allowed.empty()) return missing(request, "nothing is at this address");
    HttpAnswer out;
    if (request.method == "OPTIONS") {
      out.status = 204;
      if (is_api(request.path)) {
        // Who reads from other sites' pages (https://fetch.spec.whatwg.org/#http-cors-protocol).
        out.fields.emplace_back("Access-Control-Allow-Methods", "GET, HEAD");
        out.fields.emplace_back("Access-Control-Allow-Headers",
                                "Accept, If-None-Match, Last-Event-ID");
        out.fields.emplace_back("Access-Control-Max-Age", "86400");
      }
    } else {
      out = problem(405, "this address takes " + found.allowed);
    }
    out.fields.emplace_back("Allow", found.allowed + ", OPTIONS");
    return out;
  }

  static HttpAnswer missing(const HttpRequest& request, std::string_view why) {
    return is_api(request.path) ? problem(404, why) : message_page(404, "Not found", why);
  }

  static HttpAnswer failed(const HttpRequest& request, const Error& error) {
    auto status = status_of(error);
    if (status >= 500) {
      spdlog::error("{} {}: {} (request {})", request.method, request.path, error.message,
                    request.id);
    }
    // What broke inside is for the log; where what is no affair of who asks.
    auto detail = status == 500 ? std::string("the log says what") : error.message;
    if (is_api(request.path)) return problem(status, detail);
    return message_page(status, status == 404 ? "Not found" : "That did not work", detail);
  }

  // Who asks; kInvalid for a token that is none, or holds no more.
  Result<Caller> caller_of(const HttpRequest& request) {
    auto field = request.field("Authorization");
    auto cookie = session_cookie(request);
    if (field.empty() && (cookie.empty() || is_api(request.path))) return Caller{};
    auto tokens = options_.store->tokens();
    if (!tokens) return tokens.error();
    if (field.empty()) return sessions_.caller(cookie, *tokens, clock()).value_or(Caller{});
    constexpr std::string_view kScheme = "Bearer ";
    bool bearer = field.size() > kScheme.size() && field.starts_with(kScheme);
    const auto* token = bearer ? token_of(*tokens, field.substr(kScheme.size()), clock()) : nullptr;
    if (token == nullptr) {
      return Error{model::Errc::kInvalid, "this bearer token is not known, or has expired"};
    }
    return Caller{token->role, token->name, {}};
  }

  HttpAnswer routed(const HttpRequest& request, const Match& found) {
    auto out = admitted(request, found);
    if (is_api(request.path)) {
      out.fields.emplace_back("Access-Control-Allow-Origin", "*");
      out.fields.emplace_back("Access-Control-Expose-Headers", "Link, ETag, Retry-After");
    }
    return out;
  }

  HttpAnswer admitted(const HttpRequest& request, const Match& found) {
    auto caller = caller_of(request);
    if (!caller) {
      return caller.error().code == model::Errc::kInvalid ? problem(401, caller.error().message)
                                                          : failed(request, caller.error());
    }
    auto needs = found.route->needs;
    if (options_.only_readers && !is_always_open(found.route->pattern)) {
      needs = std::max(needs, Role::kReader);
    }
    if (caller->role < needs) {
      bool page = request.method == "GET" &&
                  request.field("Accept").find("text/html") != std::string_view::npos;
      if (caller->name.empty() && page) {
        return redirect("/login?to=" + percent_encoded(request.path));
      }
      return caller->name.empty()
                 ? problem(401, "this needs a token; `faultline tokens add` makes one")
                 : problem(403, fmt::format("this needs the role {}, and yours is {}",
                                            to_string(needs), to_string(caller->role)));
    }
    auto query = Fields::parse(request.query);
    if (!query) return failed(request, query.error());
    Call call{request,    found.path,    *std::move(query), *std::move(caller), *options_.store,
              clock(),    options_.base, options_.zone,     writing(true),      writing(false),
              &sessions_, &listeners_,   &metrics_,         correlated_.load()};
    auto answered = found.route->answer(call);
    return answered ? *std::move(answered) : failed(request, answered.error());
  }

  // One that writes at a time; what follows from it, where `follows`, is worked out before the
  // next.
  std::function<Status(const std::function<Status(store::Store&)>&)> writing(bool follows) {
    return [this, follows](const std::function<Status(store::Store&)>& what) -> Status {
      std::lock_guard lock(write_mutex_);
      if (auto done = what(*options_.store); !done) return done;
      if (!follows) return {};
      if (auto done = options_.follow_up(*options_.store); !done) return done;
      renew();
      return {};
    };
  }

  void renew() { cache_.renew(clock()); }

  // How far correlation has come; true when it is further than before.
  Result<bool> see_correlated() {
    auto text = options_.store->meta(correlate::kProgressKey);
    if (!text) return text.error();
    std::int64_t seq = 0;
    std::from_chars(text->data(), text->data() + text->size(), seq);
    bool further = seq != correlated_;
    correlated_ = seq;
    return further;
  }

  Status look() {
    constexpr std::size_t kPage = 1000;
    auto changes = options_.store->changes(seq_, kPage);
    if (!changes) return changes.error();
    auto further = see_correlated();
    if (!further) return further.error();
    if (!changes->empty()) {
      seq_ = changes->back().seq;
      listeners_.tell(*changes);
    }
    if (*further) listeners_.tell_correlated(correlated_);
    if (*further || !changes->empty()) renew();
    return {};
  }

  void watch() {
    auto beat = std::chrono::steady_clock::now(), fresh = beat;
    std::unique_lock lock(watch_mutex_);
    while (!watch_wake_.wait_for(lock, kWatchEvery, [this] { return ended_; })) {
      if (auto looked = look(); !looked) {
        spdlog::warn("changes cannot be seen: {}", looked.error().message);
      }
      auto now = std::chrono::steady_clock::now();
      if (now - beat >= kBeatEvery) {
        listeners_.beat();
        beat = now;
      }
      if (now - fresh >= kKeepAtMost) {
        renew();
        fresh = now;
      }
    }
  }

  ServiceOptions options_;
  Limiter limiter_;
  Sessions sessions_;
  Listeners listeners_;
  Metrics metrics_;
  Cache cache_;
  std::mutex write_mutex_;
  std::int64_t seq_ = 0;  // told of; by the watcher alone
  std::atomic<std::int64_t> correlated_ = 0;
  std::mutex watch_mutex_;
  std::condition_variable watch_wake_;
  bool ended_ = false;
  std::thread watcher_;
};

Result<std::unique_ptr<Service>> Service::make(ServiceOptions options) {
  auto impl = std::make_unique<Impl>(std::move(options));
  if (auto begun = impl->begin(); !begun) return begun.error();
  return std::unique_ptr<Service>(new Service(std::move(impl)));
}

Service::Service(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Service::~Service() = default;
void Service::set_rate(std::size_t rate) { impl_->set_rate(rate); }
void Service::set_base(std::string base) { impl_->set_base(std::move(base)); }

HttpHandler Service::handler() {
  HttpHandler out;
  out.body_limit = [this](const HttpRequest& request) { return impl_->body_limit(request); };
  out.answer = [this](const HttpRequest& request) { return impl_->answer(request); };
  out.at_once = [this](const HttpRequest& request) { return impl_->at_once(request); };
  return out;
}

}  // namespace app::serve
