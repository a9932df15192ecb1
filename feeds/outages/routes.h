#pragma once

#include <optional>
#include <string_view>

#include <boost/json.hpp>

#include "store/model/route.h"

// What RIS Live and RIPEstat's bgp-updates share.
namespace feeds::outages {

// Changes of one document; a minute of all of RIS has some 100,000.
inline constexpr std::size_t kMostRoutes = 5'000'000;

// "2014-12-22T16:15:00.123456", also with a blank; without zone UTC. Fractions of the second count.
std::optional<model::Micros> micros_of(std::string_view text);
// Seconds since 1970 with fractions, between 1980 and 2100.
std::optional<model::Micros> micros_of(double seconds);

// Sets peer_as where it is 0, origins and path_length from [64496, 64497, [64498, 64499]]: a list
// in it, or a text "{64498,64499}", is a set. False, and nothing set, for what is no path. An empty
// path is one: of a route that begins at the peer itself.
bool set_path(model::RouteChange& change, const boost::json::array* path);

}  // namespace feeds::outages
