#include "correlate/extract/local_time.h"

#include <algorithm>
#include <optional>
#include <span>
#include <unordered_map>

#include "correlate/extract/phrases.h"
#include "correlate/extract/timex_range.h"
#include "store/model/embedded.h"
#include "store/model/text.h"
#include "store/model/zones.h"

namespace correlate::extraction {

std::span<const model::EmbeddedFile> zone_files();

namespace {

// "US texas": "America/Chicago".
const std::unordered_map<std::string, std::string>& regions() {
  static const auto kZones = [] {
    std::unordered_map<std::string, std::string> zones;
    for (const auto& file : zone_files()) {
      each_form(file.bytes, [&](std::string_view head, std::string_view form) {
        if (head.size() < 4 || head[2] != ' ') return;
        zones.emplace(std::string(head.substr(0, 3)) + model::fold(form), head.substr(3));
      });
    }
    return zones;
  }();
  return kZones;
}

// Where a local time is: a place in its sentence, the nearest before it first; else the nearest
// named earlier. Where a reporter sat is not where it happened.
const model::Scope* place_for(const Page& page, const FoundTime& time) {
  std::uint32_t sentence = page.tokens[time.first].sentence;
  const model::Scope* behind = nullptr;
  const model::Scope* before = nullptr;
  for (const auto& place : page.places) {
    if (place.mention.scope.country.empty() || page.in_dateline(place.first)) continue;
    if (place.first < time.first) {
      before = &place.mention.scope;
    } else if (page.tokens[place.first].sentence != sentence) {
      break;
    } else if (behind == nullptr) {
      behind = &place.mention.scope;
    }
    bool here = page.tokens[place.first].sentence == sentence;
    if (place.first < time.first && here) behind = before;
  }
  return behind != nullptr ? behind : before;
}

// The interval on the clock of `from`, read on that of `to`.
std::optional<model::Interval> moved(const model::Interval& interval, const std::string& from,
                                     const std::string& to) {
  auto begin = model::from_local(model::local_time(interval.from, from), to);
  if (!begin) return std::nullopt;
  return model::Interval{*begin, *begin + interval.length()};
}

// Whether its interval is another now.
bool place_one(const Page& page, FoundTime& time) {
  const model::Scope* place = place_for(page, time);
  if (place == nullptr) return false;
  const std::string& anchor = page.article.anchor.zone;
  std::string clock = anchor.empty() || !model::is_zone(anchor) ? "UTC" : anchor;
  std::optional<model::Interval> all;
  bool agree = true;
  auto zones = zones_of(*place);
  for (const auto& zone : zones) {
    auto one = moved(*time.timex.interval, clock, zone);
    if (!one) continue;
    agree = agree && (!all || *all == *one);
    all = all ? model::Interval{std::min(all->from, one->from), std::max(all->to, one->to)} : one;
  }
  if (!all) return false;
  time.timex.interval = all;
  if (agree) time.timex.zone = zones.front();
  time.timex.other.reset();
  return true;
}

}  // namespace

std::vector<std::string> zones_of(const model::Scope& place) {
  if (!place.region.empty()) {
    auto known = regions().find(place.country + " " + model::fold(place.region));
    if (known != regions().end()) return {known->second};
  }
  return model::zones_of_country(place.country);
}

void place_local_times(Page& page) {
  bool any = false;
  for (auto& time : page.times) {
    bool local = time.timex.zone == "local" && time.timex.interval;
    any = (local && place_one(page, time)) || any;
  }
  if (any) mark_ranges(page.tokens, page.article.anchor, page.times);
}

}  // namespace correlate::extraction
