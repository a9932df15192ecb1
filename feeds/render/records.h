#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "store/model/timeline.h"

// Records as JSON objects, the same wherever they stand: in a timeline, an answer, a feed. Times
// are ISO 8601 in UTC; what is not known is absent.
namespace feeds::render {

// Sets the member where there is something to say.
void set(boost::json::object& out, std::string_view name, const std::string& text);
void set(boost::json::object& out, std::string_view name, const std::optional<model::Instant>& at);
void set(boost::json::object& out, std::string_view name,
         const std::optional<model::Seconds>& length);
void set(boost::json::object& out, std::string_view name, const std::vector<model::Edit>& edits);
boost::json::string view(std::string_view text);

// {"time","precision","zone"?}
boost::json::object time_json(const model::Timestamp& time);
boost::json::object scope_json(const model::Scope& scope);
boost::json::object outage_json(const model::Outage& outage);
// Null where there is no sample.
boost::json::array values_json(const std::vector<std::optional<double>>& values);
// Offsets in code points.
boost::json::object span_json(const model::Span& span);
boost::json::object edit_json(const model::Edit& edit);
boost::json::object verdict_json(const model::Verdict& verdict);
boost::json::object claim_json(const model::Claim& claim);
// … with its verdicts, and who confirmed them.
boost::json::object claim_json(const model::CheckedClaim& checked);
boost::json::object link_json(const model::Link& link);
boost::json::object entry_json(const model::TimelineEntry& entry);

}  // namespace feeds::render
