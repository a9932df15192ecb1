#include "feeds/render/chart.h"

#include <algorithm>

#include <fmt/format.h>

#include "feeds/render/series.h"
#include "feeds/render/shared.h"
#include "feeds/render/told.h"
#include "store/model/text.h"

namespace feeds::render {
namespace {

using model::Instant;
using model::Seconds;
using model::TimelineLine;

// In units of the drawing.
constexpr double kWidth = 960;
constexpr double kLeft = 8;
constexpr double kRight = 8;
constexpr double kTop = 28;
constexpr double kPlot = 150;  // height of the series
constexpr double kTicks = 26;  // … of the row of stories
constexpr double kLabels = 22;
constexpr std::size_t kBuckets = 900;
constexpr std::size_t kMostTicks = 400;
constexpr Seconds kHour{3600};

class Chart {
 public:
  Chart(const model::TimelineIncident& incident, std::string_view zone)
      : incident_(incident), zone_(zone), window_(window()) {}

  std::string draw() {
    double height = kTop + kPlot + kTicks + kLabels;
    out_ = fmt::format(
        "<svg class=\"chart\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" "
        "aria-labelledby=\"chart-title chart-desc\"><title id=\"chart-title\">What "
        "was measured</title><desc id=\"chart-desc\">{}</desc>",
        kWidth, height, escaped(words()));
    draw_days();
    draw_outages();
    draw_unseen();
    for (const auto& signal : incident_.signals) draw_series(signal);
    draw_stories();
    out_ += "</svg>";
    return std::move(out_);
  }

 private:
  // From the first outage to the last, and half as much again at either side.
  model::Interval window() const {
    model::Interval out{incident_.outages.front().start, incident_.outages.front().start};
    for (const auto& outage : incident_.outages) {
      out.from = std::min(out.from, outage.start);
      out.to = std::max(out.to, outage.end.value_or(outage.start + kHour));
    }
    auto around = std::clamp((out.to - out.from) / 4, Seconds{3 * kHour}, Seconds{48 * kHour});
    return {out.from - around, out.to + around};
  }

  double x(Instant at) const {
    auto share = static_cast<double>((at - window_.from).count()) /
                 static_cast<double>(window_.length().count());
    return kLeft + std::clamp(share, 0.0, 1.0) * (kWidth - kLeft - kRight);
  }
  bool shows(Instant at) const { return at >= window_.from && at <= window_.to; }

  std::string words() const {
    std::string out =
        fmt::format("{} to {}, {}.", local(window_.from, zone_), local(window_.to, zone_), zone_);
    for (const auto& outage : incident_.outages) {
      out += fmt::format(" {}: {}.", to_string(outage.scope), interval_of(outage, zone_));
    }
    return out;
  }

  void text(double at, double y, std::string_view style, const std::string& words) {
    out_ += fmt::format("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", style, at, y,
                        escaped(words));
  }

  // Midnights of the zone, which a change of clocks moves; of a long window every n-th.
  void draw_days() {
    auto days = static_cast<int>(window_.length().count() / 86400) + 2;
    int every = std::max(1, days / 8);
    auto first = model::local_time(window_.from, zone_);
    auto day = std::chrono::sys_days{std::chrono::year{first.year} /
                                     std::chrono::month{first.month} / std::chrono::day{first.day}};
    for (int i = 0; i <= days; i += every) {
      auto date = std::chrono::year_month_day{day + std::chrono::days{i}};
      model::Civil midnight;
      midnight.year = static_cast<int>(date.year());
      midnight.month = static_cast<unsigned>(date.month());
      midnight.day = static_cast<unsigned>(date.day());
      auto at = model::from_local(midnight, zone_);
      if (!at || !shows(*at)) continue;
      out_ += fmt::format(
          "<line class=\"day\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1}\" "
          "y2=\"{2}\"/>",
          x(*at), kTop, kTop + kPlot + kTicks);
      text(x(*at) + 3, kTop + kPlot + kTicks + 15, "label",
           fmt::format("{:04}-{:02}-{:02}", midnight.year, midnight.month, midnight.day));
    }
  }

  void draw_outages() {
    std::size_t number = 0;
    for (const auto& outage : incident_.outages) {
      ++number;
      double from = x(outage.start);
      double to = outage.end ? x(*outage.end) : outage.open ? x(window_.to) : from;
      out_ += fmt::format(
          "<rect class=\"{}\" x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" "
          "height=\"{}\"><title>{}</title></rect>",
          outage.end ? "outage" : "outage open", from, kTop, std::max(2.0, to - from), kPlot,
          escaped(to_string(outage.scope) + ": " + interval_of(outage, zone_)));
      text(from + 2, kTop - 8, "label", fmt::format("M{}", number));
    }
  }

  void draw_unseen() {
    for (const auto& line : incident_.lines) {
      if (line.kind != TimelineLine::Kind::kUnseen) continue;
      double from = x(line.order);
      out_ += fmt::format(
          "<rect class=\"unseen\" x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" "
          "height=\"{}\"><title>no measurement here</title></rect>",
          from, kTop, std::max(1.0, x(*line.until) - from), kPlot);
    }
  }

  // The least of each bucket as one path; a bucket without a sample breaks it.
  void draw_series(const model::Signal& signal) {
    auto reduced = reduce(signal, window_, kBuckets);
    double most = 0;
    for (const auto& value : reduced.most) most = std::max(most, value.value_or(0));
    if (most <= 0) return;
    std::string path;
    bool pen_down = false;
    for (std::size_t i = 0; i < reduced.least.size(); ++i) {
      if (!reduced.least[i]) {
        pen_down = false;
        continue;
      }
      auto at = reduced.from + static_cast<std::int64_t>(i) * reduced.step;
      double y = kTop + kPlot * (1 - std::clamp(*reduced.least[i] / most, 0.0, 1.0));
      path += fmt::format("{}{:.1f} {:.1f}", pen_down ? "L" : "M", x(at), y);
      path += fmt::format("H{:.1f}", x(at + reduced.step));
      pen_down = true;
    }
    out_ += fmt::format("<path class=\"series\" d=\"{}\"><title>{}</title></path>", path,
                        escaped(signal.kind + ", " + signal.source));
  }

  void draw_stories() {
    std::size_t drawn = 0;
    for (const auto& line : incident_.lines) {
      if (line.kind != TimelineLine::Kind::kStory || !shows(line.order)) continue;
      if (++drawn > kMostTicks) return;
      auto told = tell(incident_, line);
      out_ += fmt::format(
          "<rect class=\"story\" x=\"{:.1f}\" y=\"{}\" width=\"3\" height=\"{}\">"
          "<title>{}</title></rect>",
          x(line.order) - 1.5, kTop + kPlot + 6, kTicks - 10,
          escaped(spelled(line.when) + ": " + told.headline));
    }
  }

  const model::TimelineIncident& incident_;
  std::string_view zone_;
  model::Interval window_;
  std::string out_;
};

}  // namespace

std::string to_svg(const model::TimelineIncident& incident, std::string_view zone) {
  if (incident.outages.empty()) return {};
  return Chart(incident, zone).draw();
}

}  // namespace feeds::render
