#pragma once

#include <boost/json.hpp>

#include "feeds/outages/outages.h"

// The `data` of RIPEstat's calls, one reader each. Times have no zone: UTC.
namespace feeds::outages::ripestat {

void read_updates(Parsed& parsed, const boost::json::object& data);        // bgp-updates
void read_history(Parsed& parsed, const boost::json::object& data);        // routing-history
void read_country_stats(Parsed& parsed, const boost::json::object& data);  // country-resource-stats
void read_country_resources(Parsed& parsed, const boost::json::object& data);  // …-list

}  // namespace feeds::outages::ripestat
