#include "app/serving.h"

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "app/cli.h"
#include "app/http_server.h"
#include "app/log.h"
#include "app/process.h"
#include "app/reread.h"
#include "app/serve/service.h"
#include "app/stop.h"
#include "correlate/correlate.h"
#include "feeds/render/told.h"

namespace app {

std::string objection(const ServingOptions& options) {
  if (!model::is_zone(options.zone)) {
    return fmt::format("--zone: no zone “{}”; write it as UTC, +09:00 or Asia/Pyongyang",
                       options.zone);
  }
  bool base =
      options.public_url.empty() || (!feeds::render::web_address(options.public_url).empty() &&
                                     options.public_url.ends_with('/'));
  return base ? "" : "--public-url: write it as https://news.example/ with a slash at its end";
}

namespace {

model::Result<serve::ServiceOptions> service_options(store::Store& store,
                                                     const ServingOptions& options,
                                                     const Context& context) {
  serve::ServiceOptions out;
  out.store = &store;
  out.base = options.public_url;
  out.zone = options.zone;
  out.only_readers = options.only_readers;
  out.behind_proxy = options.behind_proxy;
  out.rate = options.rate;
  auto security = serve::security_txt(options.security, options.public_url);
  if (!security) return security.error();
  out.security = *std::move(security);
  if (!context.now_text.empty()) {
    auto now = context.now();
    if (!now) return now.error();
    out.now = *now;
  }
  return out;
}

// How large the database is, for /metrics; empty where it is no file.
std::string size_of(const std::string& db) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (!db.starts_with(kSqlite)) return "";
  std::uintmax_t bytes = 0;
  for (const char* part : {"", "-wal", "-shm"}) {
    std::error_code missing;
    auto size = std::filesystem::file_size(db.substr(kSqlite.size()) + part, missing);
    if (!missing) bytes += size;
  }
  return fmt::format(
      "# HELP faultline_store_bytes Size of the database's files.\n"
      "# TYPE faultline_store_bytes gauge\nfaultline_store_bytes {}\n",
      bytes);
}

// The pages' handler, with what stands before it.
HttpHandler joined(const HttpHandler& pages, const Before& before) {
  HttpHandler out;
  auto is_before = [path = before.path](const HttpRequest& request) {
    return request.path.starts_with(path);
  };
  if (before.handler.prepare) {
    out.prepare = [=](HttpRequest& request) {
      return is_before(request) ? before.handler.prepare(request) : 0;
    };
  }
  out.body_limit = [=](const HttpRequest& request) {
    return is_before(request) ? before.handler.body_limit(request) : pages.body_limit(request);
  };
  out.answer = [=](const HttpRequest& request) {
    return is_before(request) ? before.handler.answer(request) : pages.answer(request);
  };
  out.at_once = [=](const HttpRequest& request) {
    return is_before(request) ? std::optional<HttpAnswer>() : pages.at_once(request);
  };
  return out;
}

}  // namespace

model::Result<Serving> begin_serving(store::Store& store, const ServingOptions& options,
                                     const Context& context,
                                     std::function<model::Status(store::Store&)> follow_up,
                                     std::optional<Before> before, const Meter* meter) {
  auto given = service_options(store, options, context);
  if (!given) return given.error();
  given->follow_up = std::move(follow_up);
  given->more_metrics = [meter, db = context.db] {
    return size_of(db) + process_metrics() + (meter == nullptr ? "" : meter->text());
  };
  allow_many_sockets();
  Serving out;
  auto service = serve::Service::make(*std::move(given));
  if (!service) return service.error();
  out.service = *std::move(service);
  HttpLimits limits;
  limits.connections = 20'000;
  limits.threads = 2;
  limits.workers = std::max(2U, std::thread::hardware_concurrency());
  auto handler = out.service->handler();
  if (before) handler = joined(handler, *before);
  handler.done = log_request;
  handler.listening = [service = out.service.get()](const std::string& address) {
    service->set_base("http://" + address + "/");
  };
  auto server = HttpServer::listen(options.listen, std::move(handler), limits);
  if (!server) return server.error();
  out.server = *std::move(server);
  return out;
}

void add_serving_options(CLI::App& options, ServingOptions& into) {
  options
      .add_option("--listen", into.listen,
                  "Serve pages and API at this address and port; port 0 takes a free one")
      ->capture_default_str();
  options.add_option("--public-url", into.public_url,
                     "How it is reached from outside, as https://news.example/");
  options.add_option("--page-zone", into.zone, "Pages show times on this zone's clock")
      ->capture_default_str();
  options.add_flag("--private", into.only_readers,
                   "Nothing without a token (faultline tokens add)");
  options.add_flag("--behind-proxy", into.behind_proxy,
                   "Believe X-Forwarded-For: a proxy of yours sets it");
  options
      .add_option("--rate", into.rate,
                  "Requests a second from one address, over a minute; 0: any number")
      ->check(CLI::Range(std::size_t{0}, std::size_t{1'000'000}))
      ->capture_default_str();
  // /.well-known/security.txt; in the configuration or the environment.
  auto add = [&](const char* name, std::string& text, const char* does, const char* variable) {
    options.add_option(name, text, does)->envname(variable)->group("");
  };
  add("--security-contact", into.security.contact,
      "Whom to tell of a weakness: mailto: or https:", "FAULTLINE_SECURITY_CONTACT");
  add("--security-expires", into.security.expires, "Until when that holds (ISO 8601)",
      "FAULTLINE_SECURITY_EXPIRES");
  add("--security-policy", into.security.policy, "Page of the rules for those who look",
      "FAULTLINE_SECURITY_POLICY");
  add("--security-key", into.security.key, "Where the key for secret mails is",
      "FAULTLINE_SECURITY_KEY");
}

int serve_store(store::Store& store, const ServingOptions& options, const Context& context,
                const std::string& path) {
  if (auto why = objection(options); !why.empty()) return bad_usage(why);
  set_up_log();
  std::mutex mutex;
  std::condition_variable wake;
  bool stopped = false, reload = false;
  auto raise = [&](bool& flag) {
    return [&] {
      std::lock_guard lock(mutex);
      flag = true;
      wake.notify_all();
    };
  };
  Reloads reloads({"log-level", "log-format", "rate"});
  StopSignal stop(raise(stopped), raise(reload));
  // The service lets one write at a time follow.
  auto correlator = std::make_shared<::correlate::Correlator>(store);
  auto follow_up = [correlator, &stop](store::Store& /*written*/) -> model::Status {
    ::correlate::Options wanted;
    wanted.give_up = [&stop] { return stop.requested(); };
    auto report = correlator->run(wanted);
    if (!report) return report.error();
    return {};
  };
  auto serving = begin_serving(store, options, context, std::move(follow_up), std::nullopt);
  if (!serving) {
    bool usage = serving.error().code == model::Errc::kInvalid;
    return usage ? bad_usage(serving.error().message) : fail(serving.error());
  }
  auto url = fmt::format("http://{}/{}", serving->server->address(),
                         path.starts_with('/') ? path.substr(1) : path);
  if (log_is_json()) {
    log_line(spdlog::level::info, "serving", {{"url", url}});
  } else {
    fmt::print(stderr, "Serving at {}\nCtrl-C ends it.\n", url);
  }
  std::unique_lock lock(mutex);
  while (!stopped) {
    wake.wait(lock, [&] { return stopped || reload; });
    if (!std::exchange(reload, false)) continue;
    lock.unlock();
    if (auto read = reloads.next()) {
      serving->service->set_rate(read->value("--rate", ServingOptions().rate));
    }
    lock.lock();
  }
  return kDone;
}

}  // namespace app
