#include "app/serve/metrics.h"

#include <fmt/format.h>

namespace app::serve {

void Metrics::count(std::string_view route, int status, std::chrono::nanoseconds took) {
  auto seconds = std::chrono::duration<double>(took).count();
  std::size_t bucket = 0;
  while (bucket < kBounds.size() && seconds > kBounds[bucket]) ++bucket;
  std::lock_guard lock(mutex_);
  auto& of = routes_.try_emplace(std::string(route)).first->second;
  ++of.by_status[status];
  ++of.buckets[bucket];
  of.seconds += seconds;
}

std::string Metrics::text(const store::Counts& counts, std::size_t listeners, std::int64_t seq,
                          std::int64_t correlated) const {
  std::string out;
  auto head = [&](std::string_view name, std::string_view type, std::string_view help) {
    out += fmt::format("# HELP {0} {2}\n# TYPE {0} {1}\n", name, type, help);
  };
  auto gauge = [&](std::string_view name, auto value, std::string_view help) {
    head(name, "gauge", help);
    out += fmt::format("{} {}\n", name, value);
  };
  head("faultline_records", "gauge", "Records in the database, by kind.");
  for (const auto& [kind, count] :
       {std::pair{"source", counts.sources}, std::pair{"document", counts.documents},
        std::pair{"entry", counts.entries}, std::pair{"revision", counts.revisions},
        std::pair{"outage", counts.outages}, std::pair{"signal", counts.signals},
        std::pair{"link", counts.links}, std::pair{"verdict", counts.verdicts},
        std::pair{"story", counts.stories}, std::pair{"incident", counts.incidents},
        std::pair{"edit", counts.edits}}) {
    out += fmt::format("faultline_records{{kind=\"{}\"}} {}\n", kind, count);
  }
  gauge("faultline_changes_seq", seq, "Number of the newest change.");
  gauge("faultline_correlated_seq", correlated, "Number of the change correlation has come to.");
  gauge("faultline_correlate_behind", seq - correlated,
        "Changes that correlation has not come to; what it writes itself among them.");
  gauge("faultline_change_listeners", listeners, "Open streams of changes.");
  head("faultline_http_kept_answers_total", "counter", "Requests answered from what was kept.");
  out += fmt::format("faultline_http_kept_answers_total {}\n", known_.load());
  std::lock_guard lock(mutex_);
  head("faultline_http_requests_total", "counter", "Requests worked on, by route and status.");
  for (const auto& [route, of] : routes_) {
    for (auto [status, count] : of.by_status) {
      out += fmt::format("faultline_http_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", route,
                         status, count);
    }
  }
  head("faultline_http_request_seconds", "histogram", "Time that a request was worked on.");
  for (const auto& [route, of] : routes_) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i <= kBounds.size(); ++i) {
      sum += of.buckets[i];
      auto bound = i < kBounds.size() ? fmt::format("{}", kBounds[i]) : std::string("+Inf");
      out += fmt::format("faultline_http_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n",
                         route, bound, sum);
    }
    out += fmt::format(
        "faultline_http_request_seconds_sum{{route=\"{0}\"}} {1}\n"
        "faultline_http_request_seconds_count{{route=\"{0}\"}} {2}\n",
        route, of.seconds, sum);
  }
  if (more_) out += more_();
  return out;
}

}  // namespace app::serve
