#include "app/show.h"

#include <cstdio>
#include <cstdlib>

#include <CLI/Validators.hpp>
#include <fmt/format.h>

#include "feeds/render/render.h"

namespace app {

using model::Result;

void add_timeline_options(CLI::App& options, TimelineOptions& into) {
  options.add_option("--from", into.from, "Only what happened from this moment on (ISO 8601)");
  options.add_option("--to", into.to, "Only what happened before this moment");
  options.add_option("--as-of", into.as_of, "Only what was known at this moment");
  options.add_option("--days", into.days,
                     "Only so many days: those that most entries name or were written on, of each "
                     "the three stories that most tell");
  options.add_option("--zone", into.zone, "Show times on this zone's clock, as Asia/Pyongyang")
      ->capture_default_str();
  options.add_option("--format", into.format, "text (the default), json (as --json does) or csv")
      ->check(CLI::IsMember({"text", "json", "csv"}));
}

Result<correlate::TimelineRequest> request_of(const std::string& query,
                                              const TimelineOptions& options,
                                              const Context& context) {
  correlate::TimelineRequest out;
  out.query = query;
  out.zone = options.zone;
  out.most_days = options.days;
  if (!model::is_zone(options.zone)) {
    return model::Error{
        model::Errc::kInvalid,
        fmt::format("--zone: no zone “{}”; write it as UTC, +09:00 or Asia/Pyongyang",
                    options.zone)};
  }
  auto now = context.now();
  if (!now) return now.error();
  out.now = *now;
  auto read = [](std::string_view name, const std::string& text,
                 std::optional<model::Instant>& into) -> model::Status {
    if (text.empty()) return {};
    auto moment = parse_moment(name, text);
    if (!moment) return moment.error();
    into = *moment;
    return {};
  };
  if (auto status = read("--from", options.from, out.from); !status) return status.error();
  if (auto status = read("--to", options.to, out.to); !status) return status.error();
  if (auto status = read("--as-of", options.as_of, out.as_of); !status) return status.error();
  if (out.from && out.to && *out.from >= *out.to) {
    return model::Error{model::Errc::kInvalid, "--from must be before --to"};
  }
  return out;
}

void show(const model::Timeline& timeline, const TimelineOptions& options, const Context& context) {
  std::string out;
  if (options.format == "json" || (options.format.empty() && context.json)) {
    out = feeds::render::to_json(timeline);
  } else if (options.format == "csv") {
    out = feeds::render::to_csv(timeline);
  } else {
    // https://no-color.org
    bool colour = stdout_is_terminal() && std::getenv("NO_COLOR") == nullptr;
    out = feeds::render::to_text(timeline, {colour, terminal_width()});
  }
  std::fwrite(out.data(), 1, out.size(), stdout);
}

}  // namespace app
