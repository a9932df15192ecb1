#include "app/show.h"

#include <cstdio>
#include <cstdlib>

#include <CLI/Validators.hpp>
#include <fmt/format.h>

#include "feeds/render/render.h"
#include "feeds/render/told.h"

namespace app {

using model::Result;

namespace {

// The page of each incident.
std::string pages(const model::Timeline& timeline, const feeds::render::Site& site) {
  std::string out;
  for (const auto& incident : timeline.incidents) {
    out += feeds::render::to_html(timeline, incident, site);
  }
  return out;
}

}  // namespace

void add_cut_options(CLI::App& options, TimelineOptions& into) {
  options.add_option("--from", into.from, "Only what happened from this moment on (ISO 8601)");
  options.add_option("--to", into.to, "Only what happened before this moment");
  options.add_option("--as-of", into.as_of, "Only what was known at this moment");
  options
      .add_option("--days", into.days,
                  "Only so many days: those that most entries name or were written on, of each "
                  "the three stories that most tell")
      ->check(CLI::Range(std::size_t{0}, std::size_t{100'000}));
  options.add_option("--zone", into.zone, "Show times on this zone's clock, as Asia/Pyongyang")
      ->capture_default_str();
  options.add_option("--base-url", into.base_url,
                     "Where this is published, for the formats that name their own addresses");
}

void add_timeline_options(CLI::App& options, TimelineOptions& into) {
  add_cut_options(options, into);
  options
      .add_option("--format", into.format,
                  "text (the default), json (as --json does), csv, html, timelinejs, jsonfeed, "
                  "atom, ics, stix, misp or jsonld")
      ->check(CLI::IsMember({"text", "json", "csv", "html", "timelinejs", "jsonfeed", "atom", "ics",
                             "stix", "misp", "jsonld"}));
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
  if (!options.base_url.empty() && feeds::render::web_address(options.base_url).empty()) {
    return model::Error{model::Errc::kInvalid,
                        "--base-url: an http or https address, as in https://news.example/"};
  }
  if (out.from && out.to && *out.from >= *out.to) {
    return model::Error{model::Errc::kInvalid, "--from must be before --to"};
  }
  return out;
}

std::string rendered(const model::Timeline& timeline, const TimelineOptions& options,
                     const Context& context) {
  using namespace feeds::render;
  const auto& format = options.format;
  Site site;
  site.base = options.base_url;
  if (!site.base.empty() && !site.base.ends_with('/')) site.base += '/';
  if (format.empty() && context.json) return to_json(timeline);
  if (const auto* named = format_named(format)) return named->write(timeline, site);
  if (format == "html") return pages(timeline, site);
  // https://no-color.org
  bool colour = stdout_is_terminal() && std::getenv("NO_COLOR") == nullptr;
  return to_text(timeline, {colour, terminal_width()});
}

void show(const model::Timeline& timeline, const TimelineOptions& options, const Context& context) {
  auto out = rendered(timeline, options, context);
  std::fwrite(out.data(), 1, out.size(), stdout);
}

}  // namespace app
