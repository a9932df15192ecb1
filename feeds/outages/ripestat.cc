#include "feeds/outages/ripestat.h"

#include <string>

#include "feeds/outages/record.h"

namespace feeds::outages {
namespace ripestat {
namespace {

namespace json = boost::json;

// What RIPEstat says of its own answer: [["error", "…"], ["info", "…"]]. "info" tells of what the
// answer leaves out, so it is told too, but not when it only says what was understood.
void note_messages(Parsed& parsed, const json::object& answer) {
  const auto* messages = array_in(answer, "messages");
  if (messages == nullptr) return;
  for (const json::value& value : *messages) {
    const auto* pair = value.if_array();
    if (pair == nullptr || pair->size() < 2 || !(*pair)[0].is_string() || !(*pair)[1].is_string()) {
      continue;
    }
    std::string level((*pair)[0].get_string());
    if (level == "info") continue;
    parsed.warnings.push_back(
        {"messages", "RIPEstat answered (" + level + "): " + std::string((*pair)[1].get_string())});
  }
}

bool is_error(const json::object& answer) {
  std::string status = string_of(answer, "status");
  if (!status.empty() && status != "ok") return true;
  constexpr double kFirstError = 400;
  return number_of(answer, "status_code").value_or(0) >= kFirstError;
}

// By the name of the call, else by what its data have.
void read_data(Parsed& parsed, const json::object& answer, const json::object& data) {
  std::string call = string_of(answer, "data_call_name");
  auto is = [&](std::string_view name, std::string_view member) {
    return call == name || (call.empty() && data.contains(member));
  };
  if (is("bgp-updates", "updates")) return read_updates(parsed, data);
  if (is("routing-history", "by_origin")) return read_history(parsed, data);
  if (is("country-resource-stats", "stats")) return read_country_stats(parsed, data);
  if (is("country-resource-list", "resources")) return read_country_resources(parsed, data);
  parsed.warnings.push_back(
      {"data", "is an answer of RIPEstat" + (call.empty() ? "" : "'s " + call.substr(0, 60)) +
                   ", which holds no outage, no series and no routes that change; read are "
                   "bgp-updates, routing-history, country-resource-stats and -list"});
}

}  // namespace
}  // namespace ripestat

Parsed parse_ripestat(std::string_view bytes) {
  Parsed parsed;
  auto root = parse_json(text_of(bytes, parsed), parsed, "document");
  if (!root) return parsed;
  const auto* answer = root->if_object();
  if (answer == nullptr) {
    parsed.refusal = "the JSON is no object, so no answer of RIPEstat";
    parsed.warnings.push_back({"document", parsed.refusal});
    return parsed;
  }
  ripestat::note_messages(parsed, *answer);
  const auto* data = object_in(*answer, "data");
  if (ripestat::is_error(*answer)) {
    if (parsed.warnings.empty()) {
      parsed.warnings.push_back(
          {"status", "RIPEstat answered: " + string_of(*answer, "status").substr(0, 60)});
    }
  } else if (data == nullptr) {
    parsed.warnings.push_back({"data", "there is no object in it"});
  }
  bool failed = ripestat::is_error(*answer) || data == nullptr;
  if (failed) parsed.refusal = parsed.warnings.back().message;
  // An error may come with what could be found all the same.
  if (data != nullptr && !(failed && data->empty())) ripestat::read_data(parsed, *answer, *data);
  return parsed;
}

}  // namespace feeds::outages
