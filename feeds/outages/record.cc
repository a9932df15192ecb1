#include "feeds/outages/record.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <unicode/uloc.h>

#include "store/model/hash.h"
#include "store/model/text.h"

namespace feeds::outages {

namespace json = boost::json;

namespace {

// Times of measurements lie between 1980 and 2100; what does not is in another unit.
constexpr double kEarliest = 315'532'800;
constexpr double kLatest = 4'102'444'800;

bool is_country(const std::string& code) {
  static const std::set<std::string, std::less<>> kCountries = [] {
    std::set<std::string, std::less<>> codes = {"XK"};  // Kosovo: not ISO's, but everybody's
    for (const char* const* at = uloc_getISOCountries(); *at != nullptr; ++at) {
      codes.insert(*at);
    }
    return codes;
  }();
  return kCountries.contains(code);
}

}  // namespace

std::string text_of(std::string_view bytes, Parsed& parsed) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (model::is_utf8(bytes)) return std::string(bytes);
  parsed.warnings.push_back({"document", "some bytes are not UTF-8; each was replaced by U+FFFD"});
  return model::repair_utf8(bytes);
}

std::string country_of(std::string_view text) {
  std::string code(model::trim(text));
  for (char& c : code) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  return is_country(code) ? code : "";
}

std::optional<std::uint32_t> asn_of(std::string_view text) {
  text = model::trim(text);
  if (text.size() > 2 && (text[0] == 'A' || text[0] == 'a') && (text[1] == 'S' || text[1] == 's')) {
    text = model::trim(text.substr(2));
  }
  std::uint32_t asn = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), asn);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return asn;
}

std::string fault_of(const model::Outage& o) {
  if (o.scope.empty()) return "says nothing about where it was";
  if (o.end && *o.end < o.start) return "ends before it starts";
  if (o.depth && !(*o.depth >= 0 && *o.depth <= 1)) return "has a depth outside of 0 to 1";
  bool negative = (o.start_uncertainty && o.start_uncertainty->count() < 0) ||
                  (o.end_uncertainty && o.end_uncertainty->count() < 0);
  return negative ? "has a negative uncertainty" : "";
}

std::string made_id(const model::Outage& o) {
  std::string source = o.measurements.empty() ? "" : o.measurements.front().source;
  return model::make_id("out",
                        model::to_string(o.scope) + "|" + model::to_iso(o.start) + "|" + source);
}

std::string short_name(const model::Scope& scope) {
  if (!scope.prefix.empty()) return scope.prefix;
  return scope.asn ? "AS" + std::to_string(*scope.asn) : scope.country;
}

void add(Parsed& parsed, model::Outage outage, std::string_view place) {
  if (std::string fault = fault_of(outage); !fault.empty()) {
    parsed.warnings.push_back({std::string(place), fault + "; left out"});
    return;
  }
  if (parsed.outages.size() >= kMostRecords) return;
  outage.number = 0;
  outage.place = place;
  if (outage.id.empty()) outage.id = made_id(outage);
  parsed.outages.push_back(std::move(outage));
}

namespace {

// Numbers that no double can hold, which are read as infinite and could not be written as JSON
// again, become null. → how many. No deeper than parse_json() reads.
int drop_infinite(boost::json::value& value) {
  int dropped = 0;
  if (const auto* number = value.if_double(); number != nullptr && std::isinf(*number)) {
    value = nullptr;
    return 1;
  }
  if (auto* list = value.if_array()) {
    for (auto& one : *list) dropped += drop_infinite(one);
  }
  if (auto* object = value.if_object()) {
    for (auto& member : *object) dropped += drop_infinite(member.value());
  }
  return dropped;
}

}  // namespace

std::optional<boost::json::value> parse_json(std::string_view text, Parsed& parsed,
                                             const std::string& place) {
  boost::json::parse_options options;
  options.max_depth = kDeepestJson;
  boost::system::error_code failure;
  boost::json::value value = boost::json::parse(text, failure, {}, options);
  if (!failure) {
    if (int dropped = drop_infinite(value); dropped > 0) {
      parsed.warnings.push_back(
          {place, fmt::format("numbers too large to be kept count as absent: {}", dropped)});
    }
    return value;
  }
  parsed.warnings.push_back({place, "the JSON cannot be read: " + failure.message()});
  if (place == "document") parsed.refusal = parsed.warnings.back().message;
  return std::nullopt;
}

std::string string_of(const boost::json::object& object, std::string_view name) {
  const boost::json::value* value = object.if_contains(name);
  if (value == nullptr || value->is_null()) return "";
  if (value->is_string()) return std::string(value->get_string());
  return value->is_number() ? boost::json::serialize(*value) : "";
}

std::optional<double> number_of(const boost::json::object& object, std::string_view name) {
  const boost::json::value* value = object.if_contains(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_int64()) return static_cast<double>(value->get_int64());
  if (value->is_uint64()) return static_cast<double>(value->get_uint64());
  if (value->is_double()) return value->get_double();
  if (!value->is_string()) return std::nullopt;
  double number = 0;
  const auto& text = value->get_string();
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<model::Instant> epoch_of(const boost::json::object& object, std::string_view name) {
  auto seconds = number_of(object, name);
  if (!seconds || !(*seconds >= kEarliest && *seconds <= kLatest)) return std::nullopt;
  return model::Instant{model::Seconds{static_cast<std::int64_t>(std::floor(*seconds))}};
}

std::optional<std::uint32_t> asn_in(const json::value& value) {
  if (value.is_string()) return asn_of(std::string_view(value.get_string()));
  return value.is_int64() || value.is_uint64() ? asn_of(json::serialize(value)) : std::nullopt;
}

const json::object* object_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_object();
}

const json::array* array_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_array();
}

bool flag_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_bool() && value->get_bool();
}

std::optional<model::Timestamp> moment_of(std::string_view text) {
  std::string iso(model::trim(text));
  constexpr std::size_t kDay = 10;
  if (iso.size() > kDay && iso[kDay] == ' ') iso[kDay] = 'T';
  return model::parse_iso(iso);
}

std::string extra_of(const json::object& object, std::initializer_list<std::string_view> known) {
  json::object extra;
  for (const auto& member : object) {
    bool read =
        std::find(known.begin(), known.end(), std::string_view(member.key())) != known.end();
    if (!read && !member.value().is_null()) extra.emplace(member.key(), member.value());
  }
  return extra.empty() ? "" : json::serialize(extra);
}

std::optional<model::Seconds> seconds_of(std::optional<double> seconds) {
  constexpr double kLongest = 1e9;  // 31 years
  if (!seconds || !(*seconds >= 0 && *seconds <= kLongest)) return std::nullopt;
  return model::Seconds{static_cast<std::int64_t>(*seconds)};
}

}  // namespace feeds::outages
