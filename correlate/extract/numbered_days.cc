#include "correlate/extract/numbered_days.h"

#include <optional>

#include "correlate/extract/timex_resolver.h"

namespace correlate::extraction {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::chrono::hours kDayAtMost{25};  // a beginning that is stated less exactly dates none

std::string zone_of(std::string_view stated, const model::Timestamp& anchor) {
  if (model::is_zone(stated)) return std::string(stated);
  return model::is_zone(anchor.zone) ? anchor.zone : "UTC";
}

Day day_of(model::Instant at, const std::string& zone) {
  auto civil = model::local_time(at, zone);
  return ymd(civil.year, static_cast<int>(civil.month), static_cast<int>(civil.day));
}

// The first day that is counted, and the zone that it is a day of.
struct Beginning {
  Day day;
  std::string zone;
};

std::optional<Beginning> beginning(const std::vector<model::Claim>& claims, const Page& page) {
  const auto& anchor = page.article.anchor;
  for (const auto& claim : claims) {
    bool dated = claim.kind == model::ClaimKind::kStart && claim.interval && !claim.denied &&
                 claim.interval->length() <= kDayAtMost;
    if (!dated) continue;
    std::string zone = zone_of(claim.zone, anchor);
    return Beginning{day_of(claim.interval->from, zone), zone};
  }
  for (const auto& time : page.times) {
    bool since = time.timex.edge == model::TimexEdge::kFrom && time.timex.interval &&
                 time.timex.interval->length() <= kDayAtMost;
    if (!since) continue;
    std::string zone = zone_of(time.timex.zone, anchor);
    return Beginning{day_of(time.timex.interval->from, zone), zone};
  }
  return std::nullopt;
}

std::optional<model::Instant> midnight(Day day, const std::string& zone) {
  return model::from_local(model::civil_of(model::Instant{sys_days{day}}), zone);
}

}  // namespace

void date_numbered_days(const std::vector<model::Claim>& claims, Page& page) {
  std::optional<Beginning> begun;
  bool looked = false;
  const auto& anchor = page.article.anchor;
  for (auto& time : page.times) {
    if (time.numbered_day == 0) continue;
    if (!looked) begun = beginning(claims, page);
    looked = true;
    auto counted = days{time.numbered_day};
    if (!begun) {
      if (anchor.at == model::Instant::min()) continue;
      time.timex.extent = model::Interval{anchor.at - counted, anchor.at};
      continue;
    }
    Day day = plus_days(begun->day, time.numbered_day - 1);
    auto from = midnight(day, begun->zone);
    auto to = midnight(plus_days(day, 1), begun->zone);
    if (!from || !to) continue;
    time.timex.value = iso(day);
    time.timex.granularity = "day";
    time.timex.interval = model::Interval{*from, *to};
  }
}

}  // namespace correlate::extraction
