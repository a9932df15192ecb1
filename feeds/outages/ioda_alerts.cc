#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "feeds/outages/ioda_entity.h"
#include "feeds/outages/record.h"
#include "store/model/hash.h"

namespace feeds::outages::ioda {
namespace {

namespace json = boost::json;

// One change of level of one series.
struct Alert {
  model::Instant at{};
  std::string level;            // "normal", "warning", "critical", or what will be
  std::optional<double> ratio;  // of what was seen to what was usual
  std::size_t index = 0;
};

struct Series {
  model::Scope scope;
  std::string datasource;
  std::string method;
  std::vector<Alert> alerts;
};

// Whatever is not normal: what a new level means nobody knows yet, but it is no all-clear.
bool begins(std::string_view level) { return level != "normal"; }
bool is_known(std::string_view level) {
  return level == "normal" || level == "warning" || level == "critical";
}

// Both are in the datasource's unit ("gtr" in millionths), which the ratio does not depend on.
std::optional<double> ratio_of(const json::object& object) {
  auto value = number_of(object, "value");
  auto usual = number_of(object, "historyValue");
  if (!usual) usual = number_of(object, "historicValue");  // as the documentation spells it
  if (!value || !usual || !(*usual > 0)) return std::nullopt;
  return *value / *usual;
}

std::string place_of(std::size_t index) { return "data[" + std::to_string(index) + "]"; }

void read_alert(Parsed& parsed, const json::value& value, std::size_t index,
                std::map<std::string, Series>& all) {
  auto warn = [&](std::string message) {
    parsed.warnings.push_back({place_of(index), std::move(message) + "; left out"});
  };
  const auto* object = value.if_object();
  const auto* entity = object == nullptr ? nullptr : object_in(*object, "entity");
  if (entity == nullptr) return warn("has no entity, so is no alert");
  auto scope = scope_of(*entity);
  std::string where = string_of(*entity, "type") + "/" + string_of(*entity, "code");
  if (scope.empty()) {
    return warn("is at \"" + where.substr(0, 60) +
                "\", which is no country, region or network we know");
  }
  auto at = epoch_of(*object, "time");
  if (!at) return warn("has no time in seconds since 1970");
  std::string level = string_of(*object, "level");
  if (level.empty()) return warn("has no level");
  if (!is_known(level)) {
    parsed.warnings.push_back(
        {place_of(index),
         "has the level \"" + level.substr(0, 40) +
             "\", which we do not know; taken for an alarm, as it is no all-clear"});
  }
  std::string datasource = string_of(*object, "datasource");
  std::string method = string_of(*object, "method");
  auto& series = all[where + "|" + datasource + "|" + method];
  series.scope = std::move(scope);
  series.datasource = std::move(datasource);
  series.method = std::move(method);
  series.alerts.push_back({*at, std::move(level), ratio_of(*object), index});
}

// What lies between two alerts: the outage under way and the worst of it.
struct Under {
  model::Outage outage;
  std::string worst;
  std::optional<double> lowest;
  std::size_t index = 0;
};

Under begun(const Series& series, model::Instant at, std::size_t index) {
  Under under;
  under.outage.scope = series.scope;
  under.outage.start = at;
  under.outage.start_uncertainty = step_of(series.datasource);
  under.index = index;
  return under;
}

void note(Under& under, const Alert& alert) {
  if (!begins(alert.level)) return;
  if (under.worst != "critical") under.worst = alert.level;
  if (alert.ratio) under.lowest = std::min(alert.ratio.value(), under.lowest.value_or(1.0));
}

void finish(Parsed& parsed, const Series& series, Under& under, std::optional<model::Instant> end) {
  auto& o = under.outage;
  o.end = end;
  o.open = !end;
  if (end) o.end_uncertainty = step_of(series.datasource);
  if (under.lowest) o.depth = std::clamp(1 - *under.lowest, 0.0, 1.0);
  std::string value = under.worst.empty() ? "" : "level " + under.worst;
  if (under.lowest) value += fmt::format(", {:.3g} of what was usual", *under.lowest);
  std::string source =
      "IODA alerts " + series.datasource + (series.method.empty() ? "" : "." + series.method);
  o.measurements.push_back({std::move(source), std::move(value), "", {}, {}});
  add(parsed, std::move(o), place_of(under.index));
}

// warning and critical begin, normal ends; what ends without a beginning began before the window.
void pair_up(Parsed& parsed, Series& series, const Window& window) {
  std::stable_sort(series.alerts.begin(), series.alerts.end(),
                   [](const Alert& a, const Alert& b) { return a.at < b.at; });
  std::optional<Under> under;
  bool first = true;
  for (const Alert& alert : series.alerts) {
    bool before = first && !under && !begins(alert.level);
    first = false;
    bool told = window.from && *window.from - window.extended < alert.at;
    // What ended before the window that was asked for is another answer's.
    if (before && told && alert.at < *window.from) continue;
    if (before && told) {
      under = begun(series, *window.from - window.extended, alert.index);
      under->outage.start_censored = true;
      under->outage.start_uncertainty.reset();
      // Its start moves with the window; its end does not.
      under->outage.id = model::make_id("out", model::to_string(series.scope) + "|until " +
                                                   model::to_iso(alert.at) + "|IODA " +
                                                   series.datasource + "." + series.method);
    } else if (before) {
      parsed.warnings.push_back({place_of(alert.index),
                                 "ends what began before the first alert, at a time not told; "
                                 "left out"});
      continue;
    }
    if (!under && begins(alert.level)) under = begun(series, alert.at, alert.index);
    if (!under) continue;  // normal after normal
    note(*under, alert);
    if (begins(alert.level)) continue;
    finish(parsed, series, *under, alert.at);
    under.reset();
  }
  if (under) finish(parsed, series, *under, std::nullopt);
}

}  // namespace

void read_alerts(Parsed& parsed, const json::array& data, const Window& window) {
  std::map<std::string, Series> all;
  for (std::size_t i = 0; i < data.size(); ++i) read_alert(parsed, data[i], i, all);
  for (auto& [name, series] : all) pair_up(parsed, series, window);
}

}  // namespace feeds::outages::ioda
