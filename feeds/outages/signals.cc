#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "feeds/outages/record.h"
#include "store/model/hash.h"
#include "store/model/text.h"

namespace feeds::outages {
namespace {

namespace json = boost::json;
using model::Instant;
using model::Seconds;

// Samples of one document: a year of half minutes.
constexpr std::size_t kMostSamples = 1'100'000;
constexpr double kLongestStep = 366.0 * 86400;
constexpr std::int64_t kUsualStep = 300;

// "AF.EG.971" and "AF_GM" (continent, country, region), "8452", "geoasn" codes "3269-US", "KP";
// anything else is kept as the name of a region: it can be told apart, though not placed.
model::Scope scope_of_code(std::string_view code) {
  model::Scope out;
  code = model::trim(code);
  if (auto dash = code.find('-'); dash != std::string_view::npos && asn_of(code.substr(0, dash))) {
    out.asn = asn_of(code.substr(0, dash));
    auto part = std::string(code.substr(dash + 1));
    if (out.country = country_of(part); out.country.empty()) out.region = part;
    return out;
  }
  if (out.asn = asn_of(code); out.asn) return out;
  if (auto prefix = model::canonical_prefix(std::string(code)); !prefix.empty()) {
    out.prefix = prefix;
    return out;
  }
  std::string parts(code);
  std::replace(parts.begin(), parts.end(), '.', '_');
  bool has_continent = parts.size() >= 5 && parts[2] == '_';
  std::string rest = has_continent ? parts.substr(3) : parts;
  auto cut = std::min(rest.find('_'), rest.size());
  if (has_continent || cut == 2) out.country = country_of(rest.substr(0, cut));
  if (out.country.empty()) {
    out.region = code;
  } else if (cut + 1 < rest.size()) {
    out.region = rest.substr(cut + 1);
  }
  return out;
}

// IODA's type and code.
model::Scope scope_of_entity(const std::string& type, const std::string& code) {
  model::Scope out;
  if (type == "region") {
    out.region = code;
    return out;
  }
  return scope_of_code(code);
}

// The scope of a document in any of its spellings; empty when it has none.
model::Scope scope_of(const json::object& object) {
  const json::value* scope = object.if_contains("scope");
  if (scope != nullptr && scope->is_object()) {
    const auto& members = scope->get_object();
    model::Scope out;
    std::string country = string_of(members, "country");
    out.country = country_of(country);
    out.region = string_of(members, "region");
    if (out.country.empty() && out.region.empty()) out.region = country;
    if (auto asn = string_of(members, "asn"); !asn.empty()) out.asn = asn_of(asn);
    out.prefix = model::canonical_prefix(string_of(members, "prefix"));
    return out;
  }
  const json::value* entity = object.if_contains("entity");
  if (entity != nullptr && entity->is_object()) {
    return scope_of_entity(string_of(entity->get_object(), "type"),
                           string_of(entity->get_object(), "code"));
  }
  if (auto code = string_of(object, "entityCode"); !code.empty()) {
    return scope_of_entity(string_of(object, "entityType"), code);
  }
  for (const char* name : {"scope", "entity", "location", "name", "id"}) {
    if (auto code = string_of(object, name); !code.empty()) return scope_of_code(code);
  }
  return {};
}

std::optional<Instant> time_of(const json::value& value) {
  json::object wrapped;
  wrapped["at"] = value;
  if (auto at = epoch_of(wrapped, "at")) return at;
  if (!value.is_string()) return std::nullopt;
  auto stamp = model::parse_iso(std::string_view(value.get_string()));
  return stamp ? std::optional(stamp->at) : std::nullopt;
}

std::optional<Instant> time_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value == nullptr ? std::nullopt : time_of(*value);
}

class Reader {
 public:
  Reader(Parsed& parsed, std::string place) : parsed_(parsed), place_(std::move(place)) {}

  void read(const json::object& object) {
    const auto& values = object.at("values").get_array();
    if (values.size() > kMostSamples) return warn("has more samples than a signal may; left out");
    model::Signal s;
    s.scope = scope_of(object);
    if (s.scope.empty()) {
      s.scope.region = "?";
      warn("says nothing about where it was; its place is \"?\"");
    }
    s.source = string_of(object, "source");
    if (s.source.empty()) s.source = string_of(object, "datasource");
    s.kind = string_of(object, "kind");
    if (s.kind.empty()) s.kind = string_of(object, "subtype");
    s.unit = string_of(object, "unit");
    s.place = place_;
    auto samples = samples_of(values);
    const json::value* times = object.if_contains("timestamps");
    if (times != nullptr && times->is_array()) {
      dated(s, object, times->get_array(), samples);
    } else {
      regular(s, object, std::move(samples));
    }
  }

 private:
  void warn(std::string message) { parsed_.warnings.push_back({place_, std::move(message)}); }

  // Numbers, also such as are written as text; what is neither a number nor null is no sample.
  std::vector<std::optional<double>> samples_of(const json::array& values) {
    std::vector<std::optional<double>> out;
    out.reserve(values.size());
    std::size_t wrong = 0;
    json::object wrapped;
    for (const json::value& value : values) {
      if (value.is_string()) {
        wrapped["v"] = value;
        out.push_back(number_of(wrapped, "v"));
      } else if (value.is_number()) {
        out.emplace_back(value.to_number<double>());
      } else {
        out.emplace_back();
      }
      if (!out.back() && !value.is_null()) ++wrong;
    }
    if (wrong > 0) warn(fmt::format("{} samples are neither a number nor null", wrong));
    return out;
  }

  void add(model::Signal s) {
    s.id = model::make_id("sig", model::to_string(s.scope) + "|" + s.source + "|" + s.kind + "|" +
                                     model::to_iso(s.from));
    parsed_.signals.push_back(std::move(s));
  }

  // The step as given, in seconds; 0 when it is none, nothing when it is not given.
  std::optional<std::int64_t> step_of(const json::object& object) {
    for (const char* name : {"step", "step_s", "nativeStep"}) {
      if (object.if_contains(name) == nullptr) continue;
      double step = number_of(object, name).value_or(0);
      return step >= 1 && step <= kLongestStep ? static_cast<std::int64_t>(step) : 0;
    }
    return std::nullopt;
  }

  void regular(model::Signal s, const json::object& object,
               std::vector<std::optional<double>> samples) {
    auto from = time_of(object, "from");
    if (!from) return warn("has no time in \"from\"; left out");
    auto until = time_of(object, "until");
    auto step = step_of(object);
    auto count = static_cast<std::int64_t>(samples.size());
    if (!step && until && count > 0 && *until > *from) step = (*until - *from).count() / count;
    step = step.value_or(kUsualStep);
    if (*step <= 0) return warn("has a step that is no length of time; left out");
    if (auto end = *from + count * Seconds{*step};
        until && std::abs((end - *until).count()) > *step) {
      warn(fmt::format("{} samples reach until {}, not until {} as it says", count,
                       model::to_iso(end), model::to_iso(*until)));
    }
    s.from = *from;
    s.step = Seconds{*step};
    s.values = std::move(samples);
    add(std::move(s));
  }

  using Dated = std::pair<Instant, std::optional<double>>;

  // A time for each sample: sorted, and cut into runs at an even step. A moment given twice goes
  // into a run of its own, for who joins them to see.
  void dated(const model::Signal& s, const json::object& object, const json::array& times,
             const std::vector<std::optional<double>>& samples) {
    std::vector<Dated> all;
    std::size_t wrong =
        std::max(times.size(), samples.size()) - std::min(times.size(), samples.size());
    std::size_t back = 0;
    for (std::size_t i = 0; i < std::min(times.size(), samples.size()); ++i) {
      auto at = time_of(times[i]);
      if (!at) {
        ++wrong;
        continue;
      }
      if (!all.empty() && *at < all.back().first) ++back;
      all.emplace_back(*at, samples[i]);
    }
    if (wrong > 0) warn(fmt::format("{} samples have no time", wrong));
    if (back > 0) warn(fmt::format("the clock went back {} times; sorted", back));
    std::stable_sort(all.begin(), all.end(),
                     [](const Dated& a, const Dated& b) { return a.first < b.first; });
    auto step = step_of(object).value_or(usual_step(all));
    if (step <= 0) return warn("has a step that is no length of time; left out");
    runs(s, all, Seconds{step});
  }

  // The commonest distance of neighbours, the shortest of equally common ones.
  static std::int64_t usual_step(const std::vector<Dated>& all) {
    std::map<std::int64_t, std::size_t> distances;
    for (std::size_t i = 1; i < all.size(); ++i) {
      if (auto d = (all[i].first - all[i - 1].first).count(); d > 0) ++distances[d];
    }
    auto most = std::max_element(distances.begin(), distances.end(),
                                 [](auto& a, auto& b) { return a.second < b.second; });
    return most == distances.end() ? kUsualStep : most->first;
  }

  void runs(const model::Signal& s, const std::vector<Dated>& all, Seconds step) {
    model::Signal run = s;
    run.step = step;
    for (const auto& [at, value] : all) {
      auto next = run.from + static_cast<std::int64_t>(run.values.size()) * step;
      if (!run.values.empty() && at != next) {
        add(run);
        run.values.clear();
      }
      if (run.values.empty()) run.from = at;
      run.values.push_back(value);
    }
    if (!run.values.empty()) add(std::move(run));
  }

  Parsed& parsed_;
  std::string place_;
};

// Every object with samples, however deep (IODA wraps them in arrays of arrays). Returns how many.
std::size_t collect(Parsed& parsed, const json::value& value, const std::string& place) {
  std::size_t found = 0;
  if (value.is_array()) {
    std::size_t i = 0;
    for (const auto& item : value.get_array()) {
      if (item.is_structured()) found += collect(parsed, item, fmt::format("{}[{}]", place, i));
      ++i;
    }
  } else if (value.is_object()) {
    const auto& object = value.get_object();
    const json::value* values = object.if_contains("values");
    if (values != nullptr && values->is_array()) {
      Reader(parsed, place).read(object);
      return 1;
    }
    for (const auto& member : object) {
      if (!member.value().is_structured()) continue;
      found += collect(parsed, member.value(), place + "." + std::string(member.key()));
    }
  }
  return found;
}

void read(Parsed& parsed, std::string_view text, const std::string& place) {
  auto value = parse_json(text, parsed, place);
  if (value && collect(parsed, *value, place) == 0) {
    parsed.warnings.push_back({place, "has no samples (\"values\"); left out"});
  }
}

}  // namespace

Parsed parse_signals(std::string_view bytes) {
  Parsed parsed;
  std::string text = text_of(bytes, parsed);
  auto all = model::trim(text);
  // One document over several lines, or one a line: then the first line is JSON by itself.
  auto first = model::trim(all.substr(0, std::min(all.find('\n'), all.size())));
  Parsed probe;
  if (first.size() < all.size() && !parse_json(first, probe, "")) {
    json::parse_options options;
    options.max_depth = kDeepestJson;
    boost::system::error_code failure;
    json::parse(all, failure, {}, options);
    if (!failure) {
      read(parsed, all, "document");
      return parsed;
    }
  }
  std::size_t number = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    std::size_t end = std::min(text.find('\n', pos), text.size());
    auto line = model::trim(std::string_view(text).substr(pos, end - pos));
    ++number;
    if (!line.empty()) read(parsed, line, fmt::format("line {}", number));
    pos = end + 1;
  }
  return parsed;
}

}  // namespace feeds::outages
