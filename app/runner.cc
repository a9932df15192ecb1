#include "app/runner.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "app/cli.h"
#include "app/health.h"
#include "app/hubs.h"
#include "app/log.h"
#include "app/outcome.h"
#include "correlate/correlate.h"
#include "ingest/target.h"
#include "store/model/memory.h"

namespace app {
namespace {

using ingest::PollReport;
using model::Errc;
using model::Instant;
using model::Result;
using model::Status;

// What is new is correlated so long after the first of it came, since much comes together; ten
// times as long as it took the last time, so that it never takes more than a tenth of our time.
constexpr auto kLeastPatience = model::Seconds(2), kMostPatience = model::Seconds(120);
// After a wish to stop what is being correlated may go on for so long; the next start goes on.
constexpr std::chrono::milliseconds kCorrelateOn{1500};
// The store is tried again so often, with waits between: another program may be writing to it.
constexpr int kStoreTries = 5;
constexpr auto kStorePause = std::chrono::seconds(5);

// What a fetch failed by; empty: it did not.
std::string kind_of_failure(const ingest::Fetched& fetched) {
  if (!fetched.error) return "";
  if (fetched.status >= 500) return "http_5xx";
  if (fetched.status >= 400) return "http_4xx";
  if (fetched.error->code == Errc::kTimeout) return "timeout";
  return fetched.error->code == Errc::kInvalid ? "refused" : "network";
}

boost::json::object to_json(const PollReport& report, Instant now) {
  auto out = health_json(report.now, now);
  out["note"] = report.note.empty() ? boost::json::value(nullptr) : boost::json::value(report.note);
  out["outcome"] = report.outcome ? boost::json::value(app::to_json(*report.outcome))
                                  : boost::json::value(nullptr);
  return out;
}

}  // namespace

Runner::Runner(const RunOptions& options, const Context& context)
    : options_(options),
      context_(&context),
      reloads_(
          {"log-level",     "log-format",    "contact",      "allow-hosts",      "radar-token",
           "rate",          "poll-floor",    "poll-ceiling", "at-once",          "smtp",
           "smtp-user",     "smtp-password", "smtp-ca",      "smtp-without-tls", "dkim-domain",
           "dkim-selector", "dkim-key",      "mail-from",    "mail-base",        "mail-list-id"}) {}

Instant Runner::clock() const {
  return fixed_now_ ? *fixed_now_
                    : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Status Runner::set_up() {
  if (!context_->now_text.empty()) {
    auto now = context_->now();
    if (!now) return now.error();
    fixed_now_ = *now;
  }
  auto store = context_->open(false);
  if (!store) return store.error();
  store_ = std::move(*store);
  pushes_ = std::make_unique<ingest::Pushes>(*store_, hubs_);
  correlator_ = std::make_unique<correlate::Correlator>(*store_);
  set_up_log();
  allow_many_sockets();
  if (context_->contact.empty()) {
    spdlog::warn("no --contact is given: those whose sites are polled cannot write to you");
  }
  stop_ = std::make_unique<StopSignal>([this] { hubs_.wake(); },
                                       [this] {
                                         wants_reload_ = true;
                                         hubs_.wake();
                                       });
  if (auto done = set_up_polling(); !done) return done;
  if (auto done = set_up_mailer(); !done) return done;
  if (!options_.once) news_since_ = clock();  // what came before may not be correlated
  return options_.serving.listen.empty() ? Status() : serve();
}

Status Runner::set_up_polling() {
  auto network = context_->network();
  if (!network) return network.error();
  streams_.reset();
  poller_.reset();
  network_ = *network;
  fetcher_ = std::make_unique<ingest::Fetcher>(std::move(*network));
  auto polling = poller_options(options_.polling, *context_);
  const auto& serving = options_.serving;
  if (!serving.listen.empty()) polling.callback = callback_of(serving.public_url);
  poller_ = std::make_unique<ingest::Poller>(*store_, *fetcher_, hubs_, std::move(polling));
  if (auto begun = poller_->begin(); !begun) return begun;
  if (!options_.once) {
    streams_ = std::make_unique<ingest::Streams>(*store_, network_, [this] { hubs_.wake(); });
  }
  return {};
}

Status Runner::set_up_mailer() {
  if (options_.once) return {};
  auto mailer = Mailer::start(
      *store_, *context_, [this] { return clock(); }, meter_);
  if (!mailer) return mailer.error();
  mailer_ = *std::move(mailer);
  return {};
}

Status Runner::reload() {
  auto read = reloads_.next();
  if (read == nullptr) return {};
  if (auto done = hear_streams(true); !done) return done;
  const PollingOptions fresh;
  auto& polling = options_.polling;
  polling.floor_s = read->value("--poll-floor", fresh.floor_s);
  polling.ceiling_s = std::max(polling.floor_s, read->value("--poll-ceiling", fresh.ceiling_s));
  polling.at_once = read->value("--at-once", fresh.at_once);
  mailer_.reset();
  context_ = &read->context();
  read_ = std::move(read);  // the context before is used no more
  if (serving_) {
    serving_->service->set_rate(read_->value("--rate", ServingOptions().rate));
  }
  if (auto done = set_up_polling(); !done) return done;
  if (auto done = set_up_mailer(); !done) {
    spdlog::error("mails wait until the configuration is mended: {}", done.error().message);
  }
  return {};
}

// Pages and API, and, where others reach us, hubs.
Status Runner::serve() {
  auto known = [this](std::string_view token) {
    return Result<std::optional<model::Poll>>(hubs_.known(token));
  };
  auto follow_up = [this](store::Store& /*written*/) {
    auto report = correlate_now();
    return report ? Status() : Status(report.error());
  };
  auto serving = begin_serving(
      *store_, options_.serving, *context_, follow_up,
      Before{kHubsPath, answer_hubs(hubs_, known, [this] { return clock(); })}, &meter_);
  if (!serving) return serving.error();
  serving_ = *std::move(serving);
  const auto& base = options_.serving.public_url;
  spdlog::info("pages are at http://{}/{}", serving_->server->address(),
               base.empty() ? "" : ", which others reach as " + base);
  return {};
}

int Runner::run() {
  if (auto ready = set_up(); !ready) return fail(ready.error());
  if (auto done = loop(); !done) return fail(done.error());
  if (options_.once && !context_->json) {
    fmt::print("{} polled: {} with something new, {} failing\n", polled_, with_news_, failed_);
  }
  return kDone;
}

Status Runner::loop() {
  int failures = 0;
  while (!stop_->requested()) {
    if (wants_reload_.exchange(false)) {
      if (auto done = reload(); !done) return done;
    }
    auto more = step();
    if (more && !*more) break;
    failures = more ? 0 : failures + 1;
    if (more) continue;
    if (failures == kStoreTries || more.error().code != Errc::kIo) return more.error();
    spdlog::error("{} Trying again.", more.error().message);
    std::this_thread::sleep_for(kStorePause);
  }
  // Nobody is told any more that we have what they pushed; what they were told of is kept.
  serving_.reset();
  if (auto done = hear_hubs(std::chrono::milliseconds(0)); !done) return done;
  if (auto done = hear_streams(true); !done) return done;
  if (auto done = correlate_news(true); !done) return done;
  return options_.once ? mail_at_end() : Status();
}

Status Runner::mail_at_end() {
  auto sending = Sending::make(*context_, [this] { return stop_->requested(); });
  if (!sending) return sending.error();
  auto sent = mail_once(*store_, **sending, clock(), meter_);
  return sent ? Status() : Status(sent.error());
}

Status Runner::hear_streams(bool all) {
  if (streams_ == nullptr) return {};
  auto reports = streams_->take(clock(), all);
  if (!reports) return reports.error();
  for (auto& report : *reports) {
    if (auto done = show(std::optional(std::move(report))); !done) return done;
  }
  return {};
}

Status Runner::hear_hubs(std::chrono::milliseconds patience) {
  pushes_->wait(patience);
  while (!pushes_->empty()) {
    auto shown = show(pushes_->take(clock()));
    if (!shown) return shown.error();
  }
  return {};
}

Result<bool> Runner::step() {
  constexpr auto kTick = std::chrono::seconds(1);
  if (auto done = poller_->start_due(clock()); !done) return done.error();
  auto page = poller_->next_page();
  bool idle = fetcher_->pending() == 0;
  if (idle && !page && options_.once) return false;
  auto until = std::chrono::steady_clock::now() + kTick;
  if (page) until = std::min(until, *page);
  if (!idle) {
    auto fetched = fetcher_->next(until);
    if (fetched) {
      auto shown = take(std::move(*fetched));
      if (!shown) return shown.error();
    }
  }
  auto patience = std::chrono::ceil<std::chrono::milliseconds>(
      std::max(until - std::chrono::steady_clock::now(), std::chrono::steady_clock::duration(0)));
  if (auto done = hear_hubs(idle ? patience : std::chrono::milliseconds(0)); !done) {
    return done.error();
  }
  if (auto done = hear_streams(false); !done) return done.error();
  auto done = correlate_news(false);
  return done ? Result<bool>(true) : done.error();
}

Status Runner::take(ingest::Fetched fetched) {
  auto failed = kind_of_failure(fetched);
  meter_.add("faultline_fetched_bytes_total", static_cast<double>(fetched.response.body.size()));
  if (!fetched.held) {
    meter_.observe("faultline_fetch_seconds", std::chrono::duration<double>(fetched.took).count());
  }
  auto begun = std::chrono::steady_clock::now();
  auto report = poller_->take(std::move(fetched), clock());
  if (failed.empty()) {
    std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    meter_.observe("faultline_read_seconds", took.count());
  }
  return show(report, failed);
}

Status Runner::show(const Result<std::optional<PollReport>>& report, const std::string& failed) {
  if (!report) return report.error();
  if (!*report) return {};
  count(meter_, **report, failed);
  const auto& [before, now, outcome, note] = **report;
  bool news = outcome && is_news(*outcome);
  ++polled_;
  with_news_ += news ? 1 : 0;
  failed_ += now.failures > before.failures ? 1 : 0;
  if (news && !news_since_) news_since_ = clock();
  if (outcome) {
    for (const auto& warning : outcome->warnings) {
      spdlog::warn("{}{}{}: {}", now.url, warning.place.empty() ? "" : ", ", warning.place,
                   warning.message);
    }
  }
  if (context_->json) {
    fmt::print("{}\n", boost::json::serialize(to_json(**report, clock())));
    std::fflush(stdout);
  } else {
    show_text(**report);
  }
  return {};
}

void Runner::show_text(const PollReport& report) {
  const auto& [before, now, outcome, note] = report;
  auto health = ingest::health_of(now, clock());
  auto name = name_of(now);
  if (now.failures > before.failures) {
    spdlog::warn("{}: {} Next poll: {}.", ingest::to_string(health), now.last_error,
                 now.next_poll ? model::to_iso(*now.next_poll) : "never");
  } else if (health != ingest::health_of(before, clock()) && before.last_poll) {
    spdlog::warn("{}: {} again{}", name, ingest::to_string(health),
                 now.suggestion.empty() ? "" : ": " + now.suggestion);
  }
  if (!note.empty()) spdlog::info("{}: {}", name, note);
  if (outcome && is_news(*outcome)) fmt::print("{}: {}\n", name, in_words(*outcome));
}

Status Runner::correlate_news(bool at_once) {
  bool due = news_since_ && (at_once || clock() - *news_since_ >= patience_);
  if (!due || !options_.correlate) return {};
  auto begun = std::chrono::steady_clock::now();
  auto report = correlate_now();
  if (!report) return report.error();
  news_since_.reset();
  auto took = std::chrono::ceil<model::Seconds>((std::chrono::steady_clock::now() - begun) * 10);
  // What the first run of a process reads, no later one does.
  if (!report->anew) patience_ = std::clamp(took, kLeastPatience, kMostPatience);
  if (mailer_) mailer_->wake();
  return {};
}

Result<correlate::Report> Runner::correlate_now() {
  std::lock_guard lock(correlating_);
  auto begun = std::chrono::steady_clock::now();
  correlate::Options wanted;
  wanted.give_up = [this] { return stop_->requested_for(kCorrelateOn); };
  auto report = correlator_->run(wanted);
  if (!report) return report.error();
  if (report->given_up) {
    spdlog::warn(
        "what is new is not correlated, since the program is to stop: the next start does it");
    return report;
  }
  if (report->passes.empty()) return report;
  std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  meter_.observe("faultline_correlate_seconds", took.count());
  for (const auto& pass : report->passes) {
    meter_.add("faultline_correlate_records_total", static_cast<double>(pass.looked_at),
               std::string(pass.name));
  }
  model::give_back_freed_memory();
  spdlog::info("correlated: {} {} read", report->entries,
               report->entries == 1 ? "entry" : "entries");
  return report;
}

}  // namespace app
