#include "app/serve/map.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "app/serve/call.h"
#include "correlate/gazetteer/cities.h"
#include "feeds/render/told.h"
#include "store/query/countries.h"

namespace app::serve {
namespace {

using correlate::gazetteer::Record;

constexpr double kWidth = 960;
constexpr double kHeight = 400;  // from 75° N to 57° S
constexpr double kNorth = 75;
constexpr double kScale = kWidth / 360;

struct Place {
  double latitude = 0;
  double longitude = 0;
  std::uint32_t population = 0;
};

double x(double longitude) { return (longitude + 180) * kScale; }
double y(double latitude) { return (kNorth - latitude) * kHeight / 132; }

struct World {
  std::string dots;  // as path data: one dot for each square degree and a half with a city
  std::map<std::string, Place> countries;  // where most of its people live together
};

// Made once: the cities are part of the program.
const World& world() {
  static const World kWorld = [] {
    constexpr double kGrid = 1.5;
    World out;
    std::set<std::pair<int, int>> cells;
    const auto& cities = correlate::gazetteer::cities();
    for (std::uint32_t i = 0; i < cities.size(); ++i) {
      auto city = cities.record(i);
      cells.emplace(std::lround(city.longitude / kGrid), std::lround(city.latitude / kGrid));
      auto& place = out.countries[city.country];
      if (city.population >= place.population) {
        place = {city.latitude, city.longitude, city.population};
      }
    }
    for (auto [column, row] : cells) {
      out.dots += fmt::format("M{:.1f} {:.1f}h0", x(column * kGrid), y(row * kGrid));
    }
    return out;
  }();
  return kWorld;
}

}  // namespace

std::string outage_map(const std::vector<model::Outage>& outages) {
  std::map<std::string, int> counts;
  for (const auto& outage : outages) ++counts[outage.scope.country];
  std::string words, circles;
  // The larger first, so that the smaller stay in reach.
  std::vector<std::pair<std::string, int>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [country, count] : sorted) {
    auto name = store::query::country_name(country);
    words += fmt::format(" {}: {}.", name, count);
    auto place = world().countries.find(country);
    if (place == world().countries.end()) continue;
    circles += fmt::format(
        "<a href=\"/search?{}\"><circle class=\"outage\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\">"
        "<title>{}: {} outages</title></circle></a>",
        feeds::render::escaped(Fields().with("q", "kind:outage country:" + country).encoded()),
        x(place->second.longitude), y(place->second.latitude), 5 + 3 * std::log2(count),
        feeds::render::escaped(name), count);
  }
  return fmt::format(
      "<svg class=\"map\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"group\" aria-labelledby=\"map-title "
      "map-desc\"><title id=\"map-title\">Where outages were</title><desc id=\"map-desc\">{}</desc>"
      "<path class=\"land\" d=\"{}\"/>{}</svg>",
      kWidth, kHeight, feeds::render::escaped(words), world().dots, circles);
}

}  // namespace app::serve
