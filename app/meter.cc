#include "app/meter.h"

#include <vector>

#include <fmt/format.h>

namespace app {
namespace {

struct Family {
  std::string_view name;
  std::string_view help;
  std::string_view label{};               // empty: it has none
  std::vector<std::string_view> known{};  // values of the label that are there from the beginning
  bool histogram = false;
};

const std::vector<Family>& families() {
  static const std::vector<Family> kFamilies = {
      {"faultline_polls_total", "Polls that ended, and documents that hubs pushed."},
      {"faultline_poll_failures_total",
       "Polls that failed, by what failed.",
       "kind",
       {"timeout", "network", "refused", "http_4xx", "http_5xx", "unreadable"}},
      {"faultline_fetched_bytes_total", "Bytes of bodies that were fetched, unpacked."},
      {"faultline_fetch_seconds",
       "Time of a fetch, with its redirects and what it waited for other fetches.",
       {},
       {},
       true},
      {"faultline_read_seconds", "Time to parse, normalise and store an answer.", {}, {}, true},
      {"faultline_entries_total",
       "Entries that came, by what became of them.",
       "what",
       {"new", "revised", "gone"}},
      {"faultline_outages_total",
       "Outages that came, by what became of them.",
       "what",
       {"new", "revised"}},
      {"faultline_warnings_total", "What was odd in documents that were read."},
      {"faultline_correlate_seconds", "Time of a run of correlation.", {}, {}, true},
      {"faultline_correlate_records_total",
       "Records that correlation worked on, by pass.",
       "pass",
       {"detect", "fuse", "extract", "link", "verify", "cluster", "thread"}},
      {"faultline_mails_total",
       "Mails and deliveries to webhooks, by what became of them.",
       "what",
       {"queued", "sent", "deferred", "failed"}}};
  return kFamilies;
}

}  // namespace

Meter::Meter() {
  for (const auto& family : families()) {
    std::string name(family.name);
    if (family.histogram) {
      histograms_[name];
      continue;
    }
    auto& values = counters_[name];
    if (family.label.empty()) values[""] = 0;
    for (auto known : family.known) values[std::string(known)] = 0;
  }
}

void Meter::add(std::string_view family, double by, const std::string& label) {
  std::lock_guard lock(mutex_);
  if (auto found = counters_.find(family); found != counters_.end()) found->second[label] += by;
}

void Meter::observe(std::string_view family, double seconds) {
  std::lock_guard lock(mutex_);
  auto found = histograms_.find(family);
  if (found == histograms_.end()) return;
  std::size_t bucket = 0;
  while (bucket < kBounds.size() && seconds > kBounds[bucket]) ++bucket;
  ++found->second.buckets[bucket];
  found->second.sum += seconds;
}

std::string Meter::text() const {
  std::lock_guard lock(mutex_);
  std::string out;
  for (const auto& family : families()) {
    out += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", family.name, family.help,
                       family.histogram ? "histogram" : "counter");
    if (!family.histogram) {
      for (const auto& [value, count] : counters_.find(family.name)->second) {
        auto label = family.label.empty() ? "" : fmt::format("{{{}=\"{}\"}}", family.label, value);
        out += fmt::format("{}{} {}\n", family.name, label, count);
      }
      continue;
    }
    const auto& of = histograms_.find(family.name)->second;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i <= kBounds.size(); ++i) {
      sum += of.buckets[i];
      auto bound = i < kBounds.size() ? fmt::format("{}", kBounds[i]) : std::string("+Inf");
      out += fmt::format("{}_bucket{{le=\"{}\"}} {}\n", family.name, bound, sum);
    }
    out += fmt::format("{0}_sum {1}\n{0}_count {2}\n", family.name, of.sum, sum);
  }
  return out;
}

}  // namespace app
