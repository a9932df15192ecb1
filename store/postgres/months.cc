#include "store/postgres/months.h"

#include <chrono>

#include <fmt/format.h>

#include "store/postgres/db.h"
#include "store/sql/rows.h"

namespace store::postgres {

Month month_of(model::Instant start) {
  using std::chrono::floor, std::chrono::days, std::chrono::sys_days;
  constexpr std::int64_t kFirst = 946'684'800, kEnd = 4'102'444'800;  // of 2000, of 2099
  auto at = start.time_since_epoch().count();
  if (at < kFirst) return {"signal_blocks_before_2000", 0, kFirst, true};
  if (at >= kEnd) return {"signal_blocks_after_2099", kEnd, 0, true};
  std::chrono::year_month_day day(floor<days>(start));
  auto month = day.year() / day.month();
  auto second = [](std::chrono::year_month of) {
    return std::chrono::duration_cast<model::Seconds>(sys_days(of / 1).time_since_epoch()).count();
  };
  return {fmt::format("signal_blocks_{}_{:02}", static_cast<int>(month.year()),
                      static_cast<unsigned>(month.month())),
          second(month), second(month + std::chrono::months(1)), false};
}

// ATTACH takes a lock that readers do not wait for, which CREATE TABLE … PARTITION OF would not. We
// are alone: whoever writes holds the writers' lock.
Status Db::make_month(model::Instant start) {
  auto month = month_of(start);
  if (month.is_made || months_.contains(month.name)) return {};
  auto there =
      sql::first<std::int64_t>(*this,
                               "SELECT count(*) FROM pg_catalog.pg_inherits WHERE inhparent = "
                               "to_regclass('signal_blocks') AND inhrelid = to_regclass(?)",
                               {month.name});
  if (!there) return there.error();
  if (there->value_or(0) == 0) {
    auto made = exec(fmt::format(
        "CREATE TABLE {0} (LIKE signal_blocks INCLUDING ALL); ALTER TABLE signal_blocks ATTACH "
        "PARTITION {0} FOR VALUES FROM ({1}) TO ({2})",
        month.name, month.from, month.to));
    if (!made) return made;
  }
  months_.insert(month.name);
  return {};
}

}  // namespace store::postgres
