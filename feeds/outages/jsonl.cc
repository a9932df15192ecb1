#include <cmath>
#include <string>

#include <fmt/format.h>

#include "feeds/outages/record.h"
#include "feeds/outages/series.h"
#include "store/model/text.h"

namespace feeds::outages {
namespace {

namespace json = boost::json;

constexpr double kLongestStep = 366.0 * 86400;

// One line, read member by member. The first fault found is kept.
class Line {
 public:
  explicit Line(const json::object& object) : object_(object) {}
  const std::string& fault() const { return fault_; }

  model::Outage outage() {
    model::Outage o;
    o.id = string_of(object_, "id");
    o.scope = scope();
    auto start = time(object_, "start");
    if (!start) fail("has no start");
    o.start = start.value_or(model::Instant{});
    o.end = time(object_, "end");
    o.start_uncertainty = seconds("start_uncertainty_s");
    o.end_uncertainty = seconds("end_uncertainty_s");
    const json::value* open = object_.if_contains("open");
    if (open != nullptr && open->is_bool()) o.open = open->get_bool();
    o.depth = number_of(object_, "depth");
    o.cause = string_of(object_, "cause");
    o.kind = named<model::OutageKind>("kind", model::outage_kind_named);
    o.basis = named<model::Basis>("basis", model::basis_named);
    const json::value* censored = object_.if_contains("start_censored");
    if (censored != nullptr && censored->is_bool()) o.start_censored = censored->get_bool();
    o.extra = extra();
    const json::value* list = object_.if_contains("measurements");
    if (list != nullptr && list->is_array()) {
      for (const json::value& value : list->get_array()) {
        if (value.is_object()) o.measurements.push_back(measurement(value.get_object()));
      }
    }
    return o;
  }

  model::Signal signal() {
    model::Signal s;
    s.scope = scope();
    s.source = string_of(object_, "source");
    s.kind = string_of(object_, "kind");
    s.unit = string_of(object_, "unit");
    auto from = time(object_, "from");
    if (!from) fail("has no time in \"from\"");
    s.from = from.value_or(model::Instant{});
    double step = number_of(object_, "step").value_or(300);
    if (!(step >= 1 && step <= kLongestStep)) fail("has a step that is no length of time");
    if (fault_.empty()) s.step = model::Seconds{static_cast<std::int64_t>(step)};
    samples(s);
    s.id = string_of(object_, "id");
    return s;
  }

 private:
  void fail(std::string fault) {
    if (fault_.empty()) fault_ = std::move(fault);
  }

  // "extra", and what stands beside it that we do not know.
  std::string extra() const {
    std::string others = extra_of(
        object_, {"id", "scope", "start", "end", "start_uncertainty_s", "end_uncertainty_s", "open",
                  "depth", "cause", "kind", "basis", "start_censored", "extra", "measurements"});
    const auto* own = object_in(object_, "extra");
    if (own == nullptr) return others;
    json::object all = *own;
    if (!others.empty()) {
      const json::value more = json::parse(others);
      for (const auto& member : more.get_object()) {
        all.emplace(member.key(), member.value());
      }
    }
    return all.empty() ? "" : json::serialize(all);
  }

  // The first of its kind where the member is absent.
  template <typename Enum>
  Enum named(std::string_view name, std::optional<Enum> (*find)(std::string_view)) {
    std::string text = string_of(object_, name);
    if (text.empty()) return Enum{};
    auto found = find(text);
    if (!found) {
      fail("has an unknown " + std::string(name) + ", \"" + text.substr(0, 40) + "\"");
    }
    return found.value_or(Enum{});
  }

  model::Scope scope() {
    model::Scope scope;
    const json::value* value = object_.if_contains("scope");
    if (value == nullptr || !value->is_object()) {
      fail("has no scope");
      return scope;
    }
    const auto& object = value->get_object();
    scope.region = string_of(object, "region");
    if (std::string country = string_of(object, "country"); !country.empty()) {
      scope.country = country_of(country);
      if (scope.country.empty()) fail("has an unknown country, \"" + country.substr(0, 40) + "\"");
    }
    if (std::string asn = string_of(object, "asn"); !asn.empty()) {
      scope.asn = asn_of(asn);
      if (!scope.asn) fail("has an AS number that is none, \"" + asn.substr(0, 40) + "\"");
    }
    if (std::string prefix = string_of(object, "prefix"); !prefix.empty()) {
      scope.prefix = model::canonical_prefix(prefix);
      if (scope.prefix.empty()) fail("has a prefix that is none, \"" + prefix.substr(0, 40) + "\"");
    }
    if (scope.empty()) fail("says nothing about where it was");
    return scope;
  }

  std::optional<model::Instant> time(const json::object& object, std::string_view name) {
    std::string text = string_of(object, name);
    if (text.empty()) return std::nullopt;
    auto stamp = model::parse_iso(text);
    if (!stamp) {
      fail("has no ISO 8601 time in \"" + std::string(name) + "\"");
      return std::nullopt;
    }
    return stamp->at;
  }

  std::optional<model::Seconds> seconds(std::string_view name) {
    auto number = number_of(object_, name);
    if (!number) return std::nullopt;
    if (!(*number >= 0 && *number <= 1e9)) {
      fail("has no length of time in \"" + std::string(name) + "\"");
      return std::nullopt;
    }
    return model::Seconds{static_cast<std::int64_t>(*number)};
  }

  model::Measurement measurement(const json::object& object) {
    model::Measurement m;
    m.source = string_of(object, "source");
    m.value = string_of(object, "value");
    m.url = string_of(object, "url");
    m.start = time(object, "start");
    m.end = time(object, "end");
    return m;
  }

  void samples(model::Signal& s) {
    const auto& values = object_.at("values").get_array();
    if (values.size() > kMostSamples) {
      fail("has more samples than a signal may");
      return;
    }
    s.values.reserve(values.size());
    for (const json::value& value : values) {
      if (value.is_null()) {
        s.values.emplace_back();
      } else if (value.is_number()) {
        s.values.emplace_back(value.to_number<double>());
      } else {
        fail("has a sample that is neither a number nor null");
      }
    }
  }

  const json::object& object_;
  std::string fault_;
};

void read_line(Parsed& parsed, std::string_view text, const std::string& place) {
  auto value = parse_json(text, parsed, place);
  if (!value) return;
  if (!value->is_object()) {
    parsed.warnings.push_back({place, "is no JSON object; left out"});
    return;
  }
  const auto& object = value->get_object();
  Line line(object);
  const json::value* values = object.if_contains("values");
  bool is_signal = values != nullptr && values->is_array();
  if (is_signal) {
    model::Signal signal = line.signal();
    signal.place = place;
    if (line.fault().empty()) add(parsed, std::move(signal));
  } else {
    model::Outage outage = line.outage();
    if (line.fault().empty()) add(parsed, std::move(outage), place);
  }
  if (!line.fault().empty()) parsed.warnings.push_back({place, line.fault() + "; left out"});
}

std::string quoted(std::string_view text) { return json::serialize(json::string(text)); }

std::string time_or_null(const std::optional<model::Instant>& at) {
  return at ? quoted(model::to_iso(*at)) : "null";
}

std::string seconds_or_null(const std::optional<model::Seconds>& length) {
  return length ? std::to_string(length->count()) : "null";
}

std::string measurement_json(const model::Measurement& m) {
  std::string out = "{\"source\":" + quoted(m.source) + ",\"value\":" + quoted(m.value);
  if (!m.url.empty()) out += ",\"url\":" + quoted(m.url);
  if (m.start) out += ",\"start\":" + time_or_null(m.start);
  if (m.end) out += ",\"end\":" + time_or_null(m.end);
  return out + "}";
}

}  // namespace

Parsed parse_jsonl(std::string_view bytes) {
  Parsed parsed;
  std::string text = text_of(bytes, parsed);
  std::size_t number = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    std::size_t end = std::min(text.find('\n', pos), text.size());
    auto line = model::trim(std::string_view(text).substr(pos, end - pos));
    ++number;
    if (!line.empty()) read_line(parsed, line, "line " + std::to_string(number));
    pos = end + 1;
  }
  return parsed;
}

std::string scope_json(const model::Scope& scope) {
  std::string out;
  auto member = [&out](std::string_view name, const std::string& value) {
    out += (out.empty() ? "\"" : ",\"") + std::string(name) + "\":" + value;
  };
  if (!scope.country.empty()) member("country", quoted(scope.country));
  if (!scope.region.empty()) member("region", quoted(scope.region));
  if (scope.asn) member("asn", std::to_string(*scope.asn));
  if (!scope.prefix.empty()) member("prefix", quoted(scope.prefix));
  return "{" + out + "}";
}

std::string to_json_line(const model::Outage& o) {
  std::string measurements;
  for (const auto& m : o.measurements) {
    measurements += (measurements.empty() ? "" : ",") + measurement_json(m);
  }
  // What most records say nothing of stands only in those that do.
  std::string more;
  if (o.kind != model::OutageKind::kOutage) more += ",\"kind\":" + quoted(to_string(o.kind));
  if (o.basis != model::Basis::kMeasured) more += ",\"basis\":" + quoted(to_string(o.basis));
  if (o.start_censored) more += ",\"start_censored\":true";
  if (!o.extra.empty()) more += ",\"extra\":" + o.extra;
  return fmt::format(
      R"({{"id":{},"scope":{},"start":{},"end":{},"start_uncertainty_s":{},)"
      R"("end_uncertainty_s":{},"open":{},"depth":{},"cause":{},"measurements":[{}]{}}})",
      quoted(o.id), scope_json(o.scope), time_or_null(o.start), time_or_null(o.end),
      seconds_or_null(o.start_uncertainty), seconds_or_null(o.end_uncertainty), o.open,
      o.depth ? fmt::format("{}", *o.depth) : "null", o.cause.empty() ? "null" : quoted(o.cause),
      measurements, more);
}

}  // namespace feeds::outages
