#include "ingest/freshness.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "feeds/news/dates.h"
#include "store/model/text.h"

namespace ingest {
namespace {

using model::Seconds;

// Longer than anybody means; also keeps sums from overflowing.
constexpr std::int64_t kMostSeconds = 10L * 366 * 86400;

// A whole number of seconds (RFC 9111 section 1.2.2), too large ones cut.
std::optional<Seconds> delta_seconds(std::string_view text) {
  text = model::trim(text);
  if (text.size() > 1 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  std::int64_t number = 0;
  auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || text.front() == '-' || stop != text.data() + text.size()) return {};
  if (failure == std::errc::result_out_of_range) return Seconds(kMostSeconds);
  if (failure != std::errc()) return std::nullopt;
  return Seconds(std::min(number, kMostSeconds));
}

}  // namespace

std::optional<Seconds> fresh_for(std::string_view cache_control, std::string_view age,
                                 std::string_view expires, std::string_view date,
                                 model::Instant now) {
  std::optional<Seconds> fresh;
  while (!cache_control.empty()) {
    auto end = std::min(cache_control.find(','), cache_control.size());
    auto directive = cache_control.substr(0, end);
    cache_control.remove_prefix(std::min(end + 1, cache_control.size()));
    auto equals = directive.find('=');
    auto name = model::fold(model::trim(directive.substr(0, equals)));
    if (name == "no-store" || name == "no-cache") return Seconds(0);
    if (name == "max-age" && equals != directive.npos) {
      fresh = delta_seconds(directive.substr(equals + 1));
    }
  }
  if (fresh) return std::max(Seconds(0), *fresh - delta_seconds(age).value_or(Seconds(0)));
  if (expires.empty()) return std::nullopt;
  auto until = feeds::news::parse_date(expires);
  auto from = feeds::news::parse_date(date);
  // Section 5.3: what is no date, as "0" is none, has expired already.
  if (!until || expires.size() < 8) return Seconds(0);
  return std::clamp(until->at - (from ? from->at : now), Seconds(0), Seconds(kMostSeconds));
}

std::optional<model::Instant> retry_at(std::string_view retry_after, model::Instant now) {
  retry_after = model::trim(retry_after);
  if (auto wait = delta_seconds(retry_after)) return now + *wait;
  auto date = feeds::news::parse_date(retry_after);
  bool digits_only = retry_after.find_first_not_of("0123456789.-+ ") == retry_after.npos;
  if (!date || digits_only) return std::nullopt;
  return std::clamp(date->at, now, now + Seconds(kMostSeconds));
}

}  // namespace ingest
