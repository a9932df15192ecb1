#include "correlate/detect/detect.h"

#include <charconv>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "feeds/outages/outages.h"

namespace app {
namespace {

namespace detecting = correlate::detect;

struct Options {
  std::vector<std::string> files = {"-"};
  bool scores = false;
  std::string method = "auto";
  std::string history;
  std::string least_length;
  double alarm = 0;
  double least_drop = 0;
};

// "90s", "30m", "24h", "7d"; a bare number is seconds.
std::optional<model::Seconds> length_named(std::string_view text) {
  std::int64_t number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (failure != std::errc{} || number < 0 || number > 1'000'000'000) return std::nullopt;
  if (unit.empty() || unit == "s") return model::Seconds{number};
  if (unit == "m") return model::Seconds{number * 60};
  if (unit == "h") return model::Seconds{number * 3600};
  if (unit == "d") return model::Seconds{number * 86400};
  return std::nullopt;
}

// The parameters as asked for, or what is wrong with them.
model::Result<detecting::Params> params_of(const Options& options) {
  detecting::Params out;
  auto wrong = [](std::string_view option, std::string_view what) {
    return model::Error{model::Errc::kInvalid, fmt::format("{}: {}", option, what)};
  };
  auto method = detecting::method_named(options.method);
  if (!method) return wrong("--detector", "auto, ratio, seasonal, consensus or scores");
  out.method = *method;
  if (!options.history.empty()) {
    out.history = length_named(options.history);
    bool fits = out.history && out.history->count() >= 60 && out.history->count() <= 366 * 86400;
    if (!fits) return wrong("--history", "a length such as 24h or 7d, at most 366d");
  }
  if (!options.least_length.empty()) {
    out.least_length = length_named(options.least_length);
    if (!out.least_length) return wrong("--min-length", "a length such as 10m or 1h");
  }
  auto share = [](double value) { return value > 0 && value < 1; };
  if (options.alarm != 0) {
    if (!share(options.alarm)) return wrong("--alarm", "a share between 0 and 1");
    out.alarm = options.alarm;
  }
  if (options.least_drop != 0) {
    if (!share(options.least_drop)) return wrong("--min-drop", "a share between 0 and 1");
    out.least_drop = options.least_drop;
  }
  return out;
}

std::string text_json(std::string_view text) {
  return boost::json::serialize(boost::json::string(text));
}

std::string numbers_json(const std::vector<double>& numbers) {
  std::string out = "[";
  for (double number : numbers) {
    if (out.size() > 1) out += ",";
    out += std::isfinite(number) ? fmt::format("{:.6g}", number) : "null";
  }
  return out + "]";
}

std::string blind_json(const std::vector<model::Interval>& spans) {
  std::string out = "[";
  for (const auto& span : spans) {
    if (out.size() > 1) out += ",";
    out += fmt::format(R"(["{}","{}"])", model::to_iso(span.from), model::to_iso(span.to));
  }
  return out + "]";
}

void print_scores(const detecting::Detection& d) {
  fmt::print(R"({{"scope":{},"source":{},"kind":{},"detector":"{}","step":{},"from":"{}",)",
             feeds::outages::scope_json(d.scope), text_json(d.source), text_json(d.kind),
             detecting::to_string(d.method), d.step.count(), model::to_iso(d.from));
  if (!d.expected.empty()) fmt::print(R"("expected":{},)", numbers_json(d.expected));
  fmt::print(R"("values":{},"scores":{},"blind":{}}})"
             "\n",
             numbers_json(d.values), numbers_json(d.scores), blind_json(d.blind));
}

// What could not be seen is told apart from what was up.
void tell_blind(const std::string& path, const detecting::Detection& d) {
  if (d.blind.empty()) return;
  model::Seconds total{0};
  for (const auto& span : d.blind) total += span.length();
  warn(path, {fmt::format("{} {}", model::to_string(d.scope), d.source),
              fmt::format("could not see for {} in {} spans, the first from {}; nothing is said of "
                          "them (--scores lists them)",
                          model::human_duration(total), d.blind.size(),
                          model::to_iso(d.blind.front().from))});
}

int run(const Options& options) {
  auto params = params_of(options);
  if (!params) return bad_usage(params.error().message);
  int code = kDone;
  for (const auto& path : options.files) {
    auto bytes = read_file(path);
    if (!bytes) {
      code = fail(bytes.error());
      continue;
    }
    auto parsed = feeds::outages::parse_signals(*bytes);
    for (const auto& warning : parsed.warnings) warn(path, warning);
    if (parsed.signals.empty()) {
      code = fail({model::Errc::kInvalid, path + ": no series that can be read"});
    }
    for (const auto& documents : detecting::by_series(std::move(parsed.signals))) {
      for (const auto& found : detecting::detect(documents, *params)) {
        for (const auto& warning : found.warnings) warn(path, warning);
        tell_blind(path, found);
        if (options.scores) {
          print_scores(found);
          continue;
        }
        for (const auto& outage : found.outages) {
          fmt::print("{}\n", feeds::outages::to_json_line(outage));
        }
      }
    }
  }
  return code;
}

}  // namespace

std::function<int()> detect(CLI::App& options, const Context& /*context*/) {
  auto given = std::make_shared<Options>();
  options.add_option("files", given->files,
                     "JSONL of {\"scope\",\"source\",\"kind\"?,\"unit\"?,\"step\",\"from\","
                     "\"values\"}, IODA's signals, or \"timestamps\" with \"values\"; - is stdin");
  options.add_flag("--scores", given->scores,
                   "Print, for each series, what was expected of every sample and its deviation "
                   "score, instead of outages");
  options
      .add_option("--detector", given->method,
                  "ratio (to the median of history), seasonal (below a forecast), consensus "
                  "(share of peers), scores (the samples are deviation scores); auto: by unit, "
                  "kind, source and samples")
      ->capture_default_str();
  options.add_option("--history", given->history,
                     "ratio: how far the median looks back (24h; 7d for probing)");
  options.add_option("--alarm", given->alarm,
                     "ratio: alarm below this share of the median (0.99; probing 0.8); "
                     "consensus: of the peers (0.5)");
  options.add_option("--min-drop", given->least_drop,
                     "Leave out what loses less than this share (ratio 0.1, seasonal 0.35)");
  options.add_option("--min-length", given->least_length, "Leave out what is shorter, as in 10m");
  return [given] { return run(*given); };
}

}  // namespace app
