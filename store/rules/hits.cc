#include "store/rules/hits.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <tuple>

#include <fmt/format.h>

namespace store::rules {

using Order = FindOptions::Order;

// The bits of the score, so that not one is lost on the way.
std::string to_text(const Hit& hit) {
  return fmt::format("{:x}.{}.{}.{}", std::bit_cast<std::uint64_t>(hit.score),
                     hit.at.time_since_epoch().count(), static_cast<int>(hit.kind), hit.id);
}

Result<std::optional<Cursor>> cursor_of(std::string_view text) {
  if (text.empty()) return std::optional<Cursor>();
  auto number = [&text](auto& into, int base) {
    auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), into, base);
    if (failure != std::errc() || stop == text.data() + text.size() || *stop != '.') return false;
    text.remove_prefix(static_cast<std::size_t>(stop - text.data()) + 1);
    return true;
  };
  std::uint64_t bits = 0;
  std::int64_t at = 0;
  int kind = 0;
  if (!number(bits, 16) || !number(at, 10) || !number(kind, 10) || kind < 0 || kind > 3) {
    return model::Error{model::Errc::kInvalid,
                        "after: this is no place where a page ended; leave it out to begin anew"};
  }
  return std::optional(Cursor{std::bit_cast<double>(bits), model::Instant(model::Seconds(at)),
                              static_cast<query::Kind>(kind), std::string(text)});
}

bool comes_before(const Hit& a, const Hit& b, Order order) {
  if (order == Order::kRelevance && a.score != b.score) return a.score > b.score;
  if (order == Order::kNewest && a.at != b.at) return a.at > b.at;
  if (order == Order::kOldest && a.at != b.at) return a.at < b.at;
  return std::tie(a.kind, a.id) < std::tie(b.kind, b.id);
}

HitPage page_of_hits(std::vector<Hit> hits, const std::optional<Cursor>& after,
                     const FindOptions& options) {
  auto before = [&](const Hit& a, const Hit& b) { return comes_before(a, b, options.order); };
  if (after) {
    Hit last{after->kind, after->id, after->score, after->at};
    std::erase_if(hits, [&](const Hit& hit) { return !before(last, hit); });
  }
  auto shown = std::min(options.limit + 1, hits.size());
  std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(shown), hits.end(),
                    before);
  hits.resize(shown);
  HitPage out;
  if (hits.size() > options.limit) {
    hits.pop_back();
    out.next = hits.empty() ? "" : to_text(hits.back());
  }
  out.hits = std::move(hits);
  return out;
}

Result<std::pair<model::Instant, std::string>> incident_place(std::string_view after) {
  if (after.empty()) return std::pair{model::Instant::max(), std::string()};
  std::int64_t at = 0;
  auto [stop, failure] = std::from_chars(after.data(), after.data() + after.size(), at);
  if (failure != std::errc() || stop == after.data() + after.size() || *stop != '.') {
    return model::Error{model::Errc::kInvalid,
                        "after: this is no place where a page ended; leave it out to begin anew"};
  }
  after.remove_prefix(static_cast<std::size_t>(stop - after.data()) + 1);
  return std::pair{model::Instant(model::Seconds(at)), std::string(after)};
}

Page page_of_incidents(const std::vector<model::Incident>& incidents, std::size_t limit) {
  Page out;
  for (const auto& one : incidents) {
    if (out.ids.size() == limit) {
      const auto& last = incidents[limit - 1];
      out.next = fmt::format("{}.{}", last.span.to.time_since_epoch().count(), last.id);
      break;
    }
    out.ids.push_back(one.id);
  }
  return out;
}

}  // namespace store::rules
