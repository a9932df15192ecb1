#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "feeds/outages/outages.h"

// What the readers of all outage formats share.
namespace feeds::outages {

// More records than any export has; the rest is left out with a warning.
inline constexpr std::size_t kMostRecords = 1'000'000;
// Outage data is a few levels deep. Deeper JSON is an attack on the parser's stack.
inline constexpr std::size_t kDeepestJson = 32;

// Bytes as UTF-8 text without byte order mark; wrong bytes become U+FFFD, with a warning.
std::string text_of(std::string_view bytes, Parsed& parsed);

// ISO 3166-1 alpha-2 in upper case, "XK" too; empty when there is no such country.
std::string country_of(std::string_view code);
// "131279" or "AS131279"; nothing for what is no AS number.
std::optional<std::uint32_t> asn_of(std::string_view text);

// Why an outage cannot be right; empty when nothing speaks against it: a scope that says nothing,
// an end before the start, a depth outside 0 … 1, a negative uncertainty.
std::string fault_of(const model::Outage& outage);

// The id of an outage whose source gives none: the same scope, start and source make the same id,
// so that a later fetch is a revision of it.
std::string made_id(const model::Outage& outage);

// What tells one scope of a record from the others, without blanks: "192.0.2.0/24", "AS64496",
// "KP".
std::string short_name(const model::Scope& scope);

// Adds the outage, or a warning with `place` when it has a fault.
void add(Parsed& parsed, model::Outage outage, std::string_view place);

// JSON with a limit of depth; nothing, and a warning, when it cannot be read. Numbers that no
// double can hold are null, with a warning.
std::optional<boost::json::value> parse_json(std::string_view text, Parsed& parsed,
                                             const std::string& place);
// The text of a member, a number as it is written; empty when absent or null.
std::string string_of(const boost::json::object& object, std::string_view name);
std::optional<double> number_of(const boost::json::object& object, std::string_view name);
std::optional<model::Instant> epoch_of(const boost::json::object& object, std::string_view name);
std::optional<std::uint32_t> asn_in(const boost::json::value& value);  // 64496, "64496", "AS64496"
// Null when the member is absent or of another type.
const boost::json::object* object_in(const boost::json::object& object, std::string_view name);
const boost::json::array* array_in(const boost::json::object& object, std::string_view name);
bool flag_of(const boost::json::object& object, std::string_view name);  // absent: false

// ISO 8601 also with a blank for the "T"; without zone UTC.
std::optional<model::Timestamp> moment_of(std::string_view text);

// The members that are not in `known` and not null, as JSON; empty when there are none. What a
// reader does not understand is kept so.
std::string extra_of(const boost::json::object& object,
                     std::initializer_list<std::string_view> known);

// A length of time of a source: ten hours, not "-3" or a billion years.
std::optional<model::Seconds> seconds_of(std::optional<double> seconds);

}  // namespace feeds::outages
