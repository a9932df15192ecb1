#include <string>
#include <vector>

#include "feeds/outages/countries.h"
#include "feeds/outages/query.h"
#include "feeds/outages/radar.h"
#include "feeds/outages/record.h"
#include "feeds/outages/series.h"

namespace feeds::outages::radar {
namespace {

namespace json = boost::json;

// Radar scales each answer by its own least and greatest value.
constexpr std::string_view kUnit = "share of this answer's maximum; not comparable across answers";

// "http", "netflows", "dns" of ".../radar/http/timeseries?location=TO".
std::string dataset_of(std::string_view url) {
  auto path = url.substr(0, url.find('?'));
  auto end = path.rfind("/timeseries");
  if (end == std::string_view::npos) return "";
  auto begin = path.rfind('/', end - 1);
  return std::string(path.substr(begin + 1, end - begin - 1));
}

// The answer does not repeat which place was asked for.
model::Scope scope_in_query(std::string_view url) {
  model::Scope scope;
  scope.country = country_of(query_value(url, "location"));
  scope.asn = asn_of(query_value(url, "asn"));
  return scope;
}

// A series that was named after what it is of: "KP", "AS131279", "Tonga April 2022".
model::Scope scope_in_name(std::string_view name) {
  model::Scope scope;
  scope.country = country_of(name);
  if (scope.country.empty()) scope.country = country_at_beginning(name);
  if (scope.country.empty() && name.starts_with("AS")) scope.asn = asn_of(name);
  return scope;
}

// Pairs of a time and a value; strings are numbers too, null is no sample.
std::vector<Sample> samples_of(const json::object& series, std::size_t& unread) {
  std::vector<Sample> samples;
  const auto* times = array_in(series, "timestamps");
  const auto* values = array_in(series, "values");
  if (times == nullptr || values == nullptr) return samples;
  std::size_t count = std::min(times->size(), values->size());
  unread += std::max(times->size(), values->size()) - count;
  for (std::size_t i = 0; i < count; ++i) {
    auto at = (*times)[i].is_string() ? moment_of((*times)[i].get_string()) : std::nullopt;
    json::object holder{{"value", (*values)[i]}};
    auto value = number_of(holder, "value");
    if (at && (value || (*values)[i].is_null())) {
      samples.push_back({at->at, value});
    } else {
      ++unread;
    }
  }
  return samples;
}

// "15m" or "FIFTEEN_MINUTES", as the two spellings of aggInterval have it; 0: not told.
model::Seconds interval_of(const json::object& result) {
  const auto* meta = object_in(result, "meta");
  std::string word = meta == nullptr ? "" : string_of(*meta, "aggInterval");
  if (word == "15m" || word == "FIFTEEN_MINUTES") return model::Seconds{900};
  if (word == "1h" || word == "ONE_HOUR") return model::Seconds{3600};
  if (word == "1d" || word == "ONE_DAY") return model::Seconds{86400};
  if (word == "1w" || word == "ONE_WEEK") return model::Seconds{7 * 86400};
  return model::Seconds{0};
}

void read_one(Parsed& parsed, const json::object& series, model::Signal signal,
              model::Seconds usual) {
  std::size_t unread = 0;
  set_samples(signal, samples_of(series, unread), usual);
  if (unread > 0) {
    parsed.warnings.push_back(
        {signal.place, std::to_string(unread) + " samples have no time or no number; left out"});
  }
  if (signal.values.empty()) {
    parsed.warnings.push_back({signal.place, "has no samples that can be read; left out"});
    return;
  }
  add(parsed, std::move(signal));
}

}  // namespace

void read_series(Parsed& parsed, const json::object& result, std::string_view url) {
  std::string dataset = dataset_of(url);
  for (const auto& member : result) {
    const auto* series = member.value().if_object();
    if (series == nullptr || array_in(*series, "timestamps") == nullptr) continue;
    std::string name(member.key());
    model::Signal signal;
    signal.scope = scope_in_query(url);
    if (signal.scope.empty()) signal.scope = scope_in_name(name);
    signal.source = "Cloudflare Radar";
    signal.kind = dataset.empty() ? "traffic" : dataset;
    signal.kind += " (normalised)";
    // "main" and "serie_0" are what Radar calls the series where nobody named it; others are
    // comparisons, and series of their own.
    bool only = name == "main" || name == "serie_0";
    if (!only) signal.kind += " " + name;
    signal.unit = kUnit;
    signal.place = name;
    if (signal.scope.empty()) {
      parsed.warnings.push_back(
          {name,
           "does not say of which place it is, and neither does the address that it came "
           "from; left out"});
      continue;
    }
    read_one(parsed, *series, std::move(signal), interval_of(result));
  }
}

void read_named_series(Parsed& parsed, const json::array& list) {
  parsed.records = list.size();
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::string place = "[" + std::to_string(i) + "]";
    const auto* series = list[i].if_object();
    if (series == nullptr || array_in(*series, "timestamps") == nullptr) {
      parsed.warnings.push_back({place, "is no series with timestamps; left out"});
      continue;
    }
    model::Signal signal;
    signal.scope = scope_in_name(string_of(*series, "name"));
    signal.source = "Cloudflare Radar";
    signal.kind = "traffic (normalised)";
    signal.unit = kUnit;
    signal.place = place;
    if (signal.scope.empty()) {
      parsed.warnings.push_back({place, "has a name that begins with no country; left out"});
      continue;
    }
    read_one(parsed, *series, std::move(signal), model::Seconds{0});
  }
}

}  // namespace feeds::outages::radar
