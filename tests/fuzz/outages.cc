#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "feeds/outages/mapping.h"
#include "store/model/text.h"
#include "tests/fuzz/input.h"

namespace {

namespace outages = feeds::outages;

// What is printed of an outage says the same when it is read again.
void check(const model::Outage& outage) {
  auto line = outages::to_json_line(outage);
  fuzz::require(model::is_utf8(line), "the JSON is UTF-8");
  fuzz::require(line.find('\n') == std::string::npos, "an outage is one line");
  // What nests as deep as may be read nests too deep inside another object.
  if (std::count(outage.extra.begin(), outage.extra.end(), '[') +
          std::count(outage.extra.begin(), outage.extra.end(), '{') >
      24) {
    return;
  }
  auto again = outages::parse_jsonl(line);
  fuzz::require(again.outages.size() == 1, "what is printed can be read");
  const auto& read = again.outages[0];
  bool same = read.id == outage.id && read.scope == outage.scope && read.start == outage.start &&
              read.end == outage.end && read.kind == outage.kind && read.basis == outage.basis &&
              read.open == outage.open && read.start_censored == outage.start_censored;
  fuzz::require(same, "what is printed says the same");
}

void check(const outages::Parsed& parsed) {
  for (const auto& outage : parsed.outages) check(outage);
  for (const auto& signal : parsed.signals) {
    fuzz::require(signal.step.count() > 0, "time goes on in a series");
    fuzz::require(!signal.scope.empty() && !signal.id.empty(), "a series is of something");
  }
  for (const auto& change : parsed.routes) {
    fuzz::require(model::cleared(change.prefix) == change.prefix, "no bits behind the length");
  }
  for (const auto& warning : parsed.warnings) {
    fuzz::require(!warning.place.empty() && !warning.message.empty(), "a warning says where");
  }
}

// Without feeds/parse.h, so that only what is fuzzed is built with the sanitizers.
std::optional<outages::Parsed> parse(std::string_view kind, std::string_view bytes) {
  constexpr std::string_view kUrl = "https://api.example/http/timeseries?location=KP&probe_cc=KP";
  if (kind == "outages-csv") return outages::parse_csv(bytes);
  if (kind == "outages-jsonl") return outages::parse_jsonl(bytes);
  if (kind == "signals") return outages::parse_signals(bytes);
  if (kind == "ioda") return outages::parse_ioda(bytes);
  if (kind == "radar") return outages::parse_radar(bytes, kUrl);
  if (kind == "ripestat") return outages::parse_ripestat(bytes);
  if (kind == "ris-live") return outages::parse_ris_live(bytes);
  if (kind == "ooni") return outages::parse_ooni(bytes, kUrl);
  if (kind == "stop") return outages::parse_stop(bytes);
  return std::nullopt;
}

}  // namespace

// Line 1: the kind, or "mapped" and settings of a mapping ("start=Began country==KP"); then the
// document.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto bytes = fuzz::text_of(data, size);
  auto end = std::min(bytes.find('\n'), bytes.size());
  auto name = bytes.substr(0, end);
  bytes.remove_prefix(std::min(end + 1, bytes.size()));
  if (name.starts_with("mapped")) {
    std::vector<std::pair<std::string, std::string>> settings;
    while (!name.empty()) {
      auto blank = std::min(name.find(' '), name.size());
      auto word = name.substr(0, blank);
      auto equals = std::min(word.find('='), word.size());
      if (equals < word.size())
        settings.emplace_back(word.substr(0, equals), word.substr(equals + 1));
      name.remove_prefix(std::min(blank + 1, name.size()));
    }
    auto mapping = outages::mapping_of("fuzz", settings);
    if (mapping) check(outages::parse_mapped(bytes, *mapping));
    return 0;
  }
  if (auto parsed = parse(name, bytes)) check(*parsed);
  return 0;
}
