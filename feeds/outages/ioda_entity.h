#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "feeds/outages/outages.h"

// What IODA's answers share: entities, datasources, the window that was asked for.
namespace feeds::outages::ioda {

// How exactly a datasource can tell when something began or ended: its native step.
std::optional<model::Seconds> step_of(std::string_view datasource);

// "country/TO", "region/1906", "asn/41678", "geoasn/3269-1906" (an AS in a region),
// "geoasn/23456-US" (an AS in a country). Empty when it is none of these.
model::Scope scope_of(std::string_view type, std::string_view code, std::string_view name);

// {type, code, name, attrs{fqid, country_code}}: the scope with the country that the attributes
// name. Empty when the type is none of ours.
model::Scope scope_of(const boost::json::object& entity);

// The part of an fqid behind the continent ("geo.netacuity.EU.IT.1906"); empty when there is none.
std::string country_in_fqid(std::string_view fqid);

// The window that was asked for.
struct Window {
  std::optional<model::Instant> from;
  std::optional<model::Instant> until;
  model::Seconds extended{0};  // alerts: so far before `from` they are told too (extendWindow)
};
Window window_of(const boost::json::object& answer);

// `data` of /signals/raw, /outages/alerts, /outages/events and /entities/query; each reader keeps
// what it can.
void read_signals(Parsed& parsed, const boost::json::array& data);
void read_alerts(Parsed& parsed, const boost::json::array& data, const Window& window);
void read_events(Parsed& parsed, const boost::json::array& data, const Window& window);
void read_entities(Parsed& parsed, const boost::json::array& data);

}  // namespace feeds::outages::ioda
