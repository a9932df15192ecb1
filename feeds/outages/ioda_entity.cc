#include "feeds/outages/ioda_entity.h"

#include <array>

#include "feeds/outages/record.h"

namespace feeds::outages::ioda {
namespace {

namespace json = boost::json;

struct Step {
  std::string_view datasource;
  int seconds;
};

constexpr std::array kSteps = {
    Step{"bgp", 300},
    Step{"ping-slash24", 600},
    Step{"merit-nt", 300},
    Step{"ucsd-nt", 300},
    Step{"gtr", 1800},
    Step{"gtr-sarima", 1800},
    Step{"gtr-norm", 1800},
    Step{"ping-slash24-loss", 600},
    Step{"ping-slash24-latency", 600},
    Step{"upstream-delay-penult-asns", 3600},
    Step{"mozilla", 3600},
};

// The part of "ASN-IBSNAZ -- Cagliari" that names the region.
std::string region_name(std::string_view name) {
  auto dashes = name.find(" -- ");
  return std::string(dashes == std::string_view::npos ? name : name.substr(dashes + 4));
}

}  // namespace

std::optional<model::Seconds> step_of(std::string_view datasource) {
  for (const Step& step : kSteps) {
    if (step.datasource == datasource) return model::Seconds{step.seconds};
  }
  return std::nullopt;
}

model::Scope scope_of(std::string_view type, std::string_view code, std::string_view name) {
  model::Scope scope;
  if (type == "country") {
    scope.country = country_of(code);
  } else if (type == "region") {
    scope.region = name.empty() ? code : name;
  } else if (type == "asn") {
    scope.asn = asn_of(code);
  } else if (type == "geoasn") {
    auto dash = code.find('-');
    scope.asn = asn_of(code.substr(0, dash));
    if (!scope.asn || dash == std::string_view::npos) return {};
    auto place = code.substr(dash + 1);
    scope.country = country_of(place);
    if (scope.country.empty()) scope.region = name.empty() ? std::string(place) : region_name(name);
  }
  return scope;
}

std::string country_in_fqid(std::string_view fqid) {
  std::size_t pos = 0;
  for (int part = 0; part < 3; ++part) {
    pos = fqid.find('.', pos);
    if (pos == std::string::npos) return "";
    ++pos;
  }
  return country_of(fqid.substr(pos, fqid.find('.', pos) - pos));
}

model::Scope scope_of(const json::object& entity) {
  auto scope =
      scope_of(string_of(entity, "type"), string_of(entity, "code"), string_of(entity, "name"));
  const auto* attrs = object_in(entity, "attrs");
  if (scope.empty() || !scope.country.empty() || attrs == nullptr) return scope;
  scope.country = country_of(string_of(*attrs, "country_code"));
  if (scope.country.empty()) scope.country = country_in_fqid(string_of(*attrs, "fqid"));
  return scope;
}

Window window_of(const json::object& answer) {
  const auto* asked = object_in(answer, "requestParameters");
  if (asked == nullptr) return {};
  return {epoch_of(*asked, "from"), epoch_of(*asked, "until"),
          seconds_of(number_of(*asked, "extendWindow")).value_or(model::Seconds{0})};
}

void read_entities(Parsed& parsed, const json::array& data) {
  for (std::size_t i = 0; i < data.size() && parsed.entities.size() < kMostRecords; ++i) {
    const auto* object = data[i].if_object();
    Entity entity;
    if (object != nullptr) {
      entity = {string_of(*object, "type"), string_of(*object, "code"), string_of(*object, "name"),
                scope_of(*object), extra_of(*object, {"type", "code", "name"})};
    }
    if (entity.type.empty() || entity.code.empty()) {
      parsed.warnings.push_back(
          {"data[" + std::to_string(i) + "]", "has no type and code, so is no entity; left out"});
      continue;
    }
    parsed.entities.push_back(std::move(entity));
  }
}

}  // namespace feeds::outages::ioda
