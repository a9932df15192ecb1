#include "correlate/gazetteer/cities.h"

extern "C" {
extern const char faultline_cities[];      // NOLINT: named in cities.S
extern const char faultline_cities_end[];  // NOLINT
}

namespace correlate::gazetteer {

const Gazetteer& cities() {
  static const Gazetteer kCities =
      Gazetteer::of(
          {faultline_cities, static_cast<std::size_t>(faultline_cities_end - faultline_cities)})
          .value();
  return kCities;
}

}  // namespace correlate::gazetteer
