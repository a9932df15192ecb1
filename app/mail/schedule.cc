#include "app/mail/schedule.h"

namespace app::mail {
namespace {

using model::Instant;
using model::Seconds;

// When the clock strikes that hour on that day.
Instant on_day(std::chrono::sys_days day, int hour, const std::string& zone) {
  std::chrono::year_month_day date{day};
  model::Civil civil;
  civil.year = static_cast<int>(date.year());
  civil.month = static_cast<unsigned>(date.month());
  civil.day = static_cast<unsigned>(date.day());
  civil.hour = hour;
  // from_local() takes the earlier of two readings, and moves what was left out; how far it moves
  // it differs by half an hour where clocks do (Lord Howe), so the gap's end is looked for.
  auto at = model::from_local(civil, zone).value_or(Instant(day));
  auto local = model::local_time(at, zone);
  if (local.hour == hour && local.minute == 0) return at;
  constexpr Seconds kMinute{60};
  auto before = *model::utc_offset(zone, at - Seconds{7200});
  for (auto one = at - Seconds{7200}; one <= at + Seconds{7200}; one += kMinute) {
    if (*model::utc_offset(zone, one) != before) return one;
  }
  return at;
}

}  // namespace

Instant next_at(Instant after, int hour, const std::string& zone) {
  auto local = model::local_time(after, zone);
  auto today = std::chrono::sys_days{std::chrono::year{local.year} /
                                     std::chrono::month{local.month} / std::chrono::day{local.day}};
  for (auto day = today - std::chrono::days{1};; day += std::chrono::days{1}) {
    auto at = on_day(day, hour, zone);
    if (at > after) return at;
  }
}

}  // namespace app::mail
