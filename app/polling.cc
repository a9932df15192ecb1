#include "app/polling.h"

#include "app/durations.h"

namespace app {

void add_polling_options(CLI::App& options, PollingOptions& into) {
  add_duration(options, "--poll-floor", into.floor_s, "Poll a source no more often (15min)");
  add_duration(options, "--poll-ceiling", into.ceiling_s, "Poll a source at least so often (24h)");
  options
      .add_option("--at-once", into.at_once, "Fetches under way at a time, two of a host at most")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
}

std::string objection(const PollingOptions& given) {
  if (given.floor_s >= 1 && given.ceiling_s >= given.floor_s) return {};
  return "--poll-floor must be a second or more, and --poll-ceiling not less than it";
}

ingest::PollerOptions poller_options(const PollingOptions& given, const Context& context) {
  ingest::PollerOptions out;
  out.bounds = {model::Seconds(given.floor_s), model::Seconds(given.ceiling_s)};
  out.at_once = given.at_once;
  out.keys = context.keys();
  out.mappings = context.mappings;
  out.limits.body = out.limits.received = 32U << 20U;
  return out;
}

bool is_news(const ingest::Outcome& outcome) {
  return outcome.entries_added + outcome.entries_revised + outcome.entries_gone +
             outcome.outages_added + outcome.outages_revised + outcome.signals_changed >
         0;
}

void count(Meter& meter, const ingest::PollReport& report, const std::string& failed) {
  meter.add("faultline_polls_total");
  if (report.now.failures > report.before.failures) {
    meter.add("faultline_poll_failures_total", 1, failed.empty() ? "unreadable" : failed);
  }
  if (!report.outcome) return;
  auto add = [&](const char* family, auto number, const char* what) {
    meter.add(family, static_cast<double>(number), what);
  };
  add("faultline_entries_total", report.outcome->entries_added, "new");
  add("faultline_entries_total", report.outcome->entries_revised, "revised");
  add("faultline_entries_total", report.outcome->entries_gone, "gone");
  add("faultline_outages_total", report.outcome->outages_added, "new");
  add("faultline_outages_total", report.outcome->outages_revised, "revised");
  add("faultline_warnings_total", report.outcome->warnings.size(), "");
}

}  // namespace app
