#include <array>
#include <map>
#include <string>

#include "feeds/outages/ioda_entity.h"
#include "feeds/outages/record.h"
#include "feeds/outages/series.h"

namespace feeds::outages::ioda {
namespace {

namespace json = boost::json;

struct Unit {
  std::string_view datasource;
  std::string_view unit;
};

// What the values count (IODA's documentation of datasources).
constexpr std::array kUnits = {
    Unit{"bgp", "visible /24 networks"},
    Unit{"ping-slash24", "/24 networks that answer"},
    Unit{"merit-nt", "unique source addresses"},
    Unit{"ucsd-nt", "unique source addresses"},
    Unit{"gtr", "requests to Google, normalised"},
    Unit{"ping-slash24-loss", "per cent lost"},
    Unit{"ping-slash24-latency", "ms"},
};

std::string unit_of(std::string_view datasource) {
  for (const Unit& unit : kUnits) {
    if (unit.datasource == datasource) return std::string(unit.unit);
  }
  return "";
}

// Numbers inside one sample that is no number itself, by their names: loss and latency come as
// [{"agg_values": {"loss_pct": 3.5}}].
void leaves(const json::value& sample, std::map<std::string, double>& out) {
  if (const auto* list = sample.if_array()) {
    for (const json::value& part : *list) leaves(part, out);
    return;
  }
  const auto* object = sample.if_object();
  if (object == nullptr) return;
  for (const auto& member : *object) {
    if (member.value().is_number()) {
      out.emplace(member.key(), member.value().to_number<double>());
    } else if (member.key() == "agg_values") {
      leaves(member.value(), out);
    }
  }
}

// One series for each name of a number in the samples; "" for samples that are numbers.
using Columns = std::map<std::string, std::vector<std::optional<double>>>;

Columns columns_of(const json::array& values, std::size_t& unread) {
  Columns columns;
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto put = [&](const std::string& name, double value) {
      auto& column = columns[name];
      column.resize(values.size());
      column[i] = value;
    };
    if (values[i].is_number()) {
      put("", values[i].to_number<double>());
    } else if (!values[i].is_null()) {
      std::map<std::string, double> named;
      leaves(values[i], named);
      unread += named.empty() ? 1 : 0;
      constexpr std::size_t kMostNames = 16;
      for (const auto& [name, value] : named) {
        if (columns.contains(name) || columns.size() < kMostNames) put(name, value);
      }
    }
  }
  // A series of nulls alone is one too: nothing was measured.
  if (columns.empty()) columns[""].resize(values.size());
  return columns;
}

model::Scope scope_of_series(const json::object& object) {
  auto scope = scope_of(string_of(object, "entityType"), string_of(object, "entityCode"),
                        string_of(object, "entityName"));
  if (!scope.empty() && scope.country.empty()) {
    scope.country = country_in_fqid(string_of(object, "entityFqid"));
  }
  return scope;
}

void read_series(Parsed& parsed, const json::value& value, const std::string& place) {
  auto warn = [&](std::string message) {
    parsed.warnings.push_back({place, std::move(message) + "; left out"});
  };
  const auto* object = value.if_object();
  const auto* values = object == nullptr ? nullptr : array_in(*object, "values");
  if (values == nullptr) return warn("has no list of values");
  model::Signal signal;
  signal.scope = scope_of_series(*object);
  if (signal.scope.empty()) {
    return warn("is of \"" + string_of(*object, "entityType").substr(0, 30) + "/" +
                string_of(*object, "entityCode").substr(0, 30) +
                "\", which is no country, region or network we know");
  }
  auto from = epoch_of(*object, "from");
  if (!from) return warn("has no \"from\" in seconds since 1970");
  auto step = seconds_of(number_of(*object, "step"));
  if (!step || step->count() < 1) step = seconds_of(number_of(*object, "nativeStep"));
  if (!step || step->count() < 1) return warn("has no step");
  if (values->size() > kMostSamples) return warn("has more samples than a signal may");
  std::string datasource = string_of(*object, "datasource");
  std::string subtype = string_of(*object, "subtype");
  signal.source = "IODA " + datasource;
  signal.from = *from;
  signal.step = *step;
  signal.place = place;
  std::size_t unread = 0;
  for (auto& [name, column] : columns_of(*values, unread)) {
    model::Signal one = signal;
    one.kind = datasource;
    for (const auto& part : {subtype, name}) {
      if (!part.empty()) one.kind.append(".").append(part);
    }
    one.unit = name.empty() ? unit_of(datasource) : name;
    one.values = std::move(column);
    add(parsed, std::move(one));
  }
  if (unread > 0) {
    parsed.warnings.push_back(
        {place, std::to_string(unread) + " samples have no number; taken as not measured"});
  }
}

}  // namespace

void read_signals(Parsed& parsed, const json::array& data) {
  for (std::size_t i = 0; i < data.size(); ++i) {
    std::string place = "data[" + std::to_string(i) + "]";
    // An array of arrays, one for each entity; a flat one is read as well.
    const auto* series = data[i].if_array();
    if (series == nullptr) {
      read_series(parsed, data[i], place);
      continue;
    }
    for (std::size_t k = 0; k < series->size(); ++k) {
      read_series(parsed, (*series)[k], place + "[" + std::to_string(k) + "]");
    }
  }
}

}  // namespace feeds::outages::ioda
