#include <map>
#include <string>

#include <fmt/format.h>

#include "feeds/outages/record.h"
#include "feeds/outages/routes.h"
#include "store/model/text.h"

namespace feeds::outages {
namespace {

namespace json = boost::json;

// One message of the stream, member by member. The first fault found is kept.
class Message {
 public:
  Message(const json::object& data, Parsed& parsed) : data_(data), parsed_(parsed) {}

  // Why nothing, or not all of it, could be read; empty when all was.
  std::string read() {
    auto at = number_of(data_, "timestamp");
    auto micros = at ? micros_of(*at) : std::nullopt;
    if (!micros) return "has no timestamp in seconds since 1970; left out";
    auto peer = model::parse_address(string_of(data_, "peer"));
    if (!peer) return "has no peer's address; left out";
    base_.at = *micros;
    base_.peer = *peer;
    base_.collector = collector_of(string_of(data_, "host"));
    base_.peer_as = asn_of(string_of(data_, "peer_asn")).value_or(0);
    std::string type = string_of(data_, "type");
    if (type == "UPDATE") return update();
    if (type == "RIS_PEER_STATE") return state();
    return "";
  }

 private:
  // "rrc00.ripe.net" in older streams.
  static std::string collector_of(const std::string& host) {
    return host.substr(0, host.find('.'));
  }

  std::string state() {
    std::string state = string_of(data_, "state");
    bool up = state == "up" || state == "connected";
    if (!up && state != "down") {
      return "has the peer's state \"" + state.substr(0, 40) + "\", which we do not know; left out";
    }
    base_.kind = up ? model::RouteKind::kPeerUp : model::RouteKind::kPeerDown;
    put(base_);
    return "";
  }

  std::string update() {
    withdrawals();
    announcements();
    return fault_.empty() ? "" : fault_ + "; that part was left out";
  }

  // A route that one message withdraws and announces is announced (RFC 4271 section 4.3), so
  // withdrawals come first.
  void withdrawals() {
    const json::value* list = data_.if_contains("withdrawals");
    if (list == nullptr || list->is_null()) return;
    if (!list->is_array()) return fail("has withdrawals that are no list");
    for (const json::value& value : list->get_array()) {
      prefix(value, model::RouteKind::kWithdraw);
    }
  }

  void announcements() {
    const json::value* list = data_.if_contains("announcements");
    if (list == nullptr || list->is_null()) return;
    if (!list->is_array()) return fail("has announcements that are no list");
    if (list->get_array().empty()) return;
    if (!set_path(base_, array_in(data_, "path"))) return fail("announces routes without a path");
    for (const json::value& value : list->get_array()) {
      const auto* object = value.if_object();
      const auto* prefixes = object == nullptr ? nullptr : array_in(*object, "prefixes");
      if (prefixes == nullptr) {
        fail("has an announcement without prefixes");
        continue;
      }
      for (const json::value& one : *prefixes) prefix(one, model::RouteKind::kAnnounce);
    }
  }

  void prefix(const json::value& value, model::RouteKind kind) {
    auto found = value.is_string() ? model::parse_prefix(std::string_view(value.get_string()))
                                   : std::nullopt;
    if (!found) return fail("has a prefix that is none");
    model::RouteChange change = base_;
    change.kind = kind;
    change.prefix = *found;
    if (kind == model::RouteKind::kWithdraw) {
      change.origins.clear();
      change.path_length = 0;
    }
    put(std::move(change));
  }

  void put(model::RouteChange change) {
    if (parsed_.routes.size() < kMostRoutes) {
      parsed_.routes.push_back(std::move(change));
    } else {
      fail("comes behind more changes than are read of one document");
    }
  }

  void fail(std::string fault) {
    if (fault_.empty()) fault_ = std::move(fault);
  }

  const json::object& data_;
  Parsed& parsed_;
  model::RouteChange base_;
  std::string fault_;
};

model::Micros moment_in(const json::object& data, std::string_view name) {
  return micros_of(number_of(data, name).value_or(0)).value_or(0);
}

// Our own word in a kept stream: it was heard from "since" to "until", whatever came.
void read_heard(Parsed& parsed, const json::object& data, const std::string& place) {
  model::RouteChange heard;
  heard.kind = model::RouteKind::kHeard;
  heard.since = moment_in(data, "since");
  heard.at = moment_in(data, "until");
  if (heard.since == 0 || heard.at < heard.since) {
    parsed.warnings.push_back({place, "tells what was heard, without its times; left out"});
    return;
  }
  parsed.routes.push_back(std::move(heard));
}

// What the stream was asked for, where it confirms that.
void read_confirmed(Parsed& parsed, const json::object& data) {
  const auto* asked = object_in(data, "subscription");
  if (asked == nullptr) asked = &data;
  parsed.routes_of = string_of(*asked, "prefix");
  if (parsed.routes_of.empty()) parsed.routes_of = string_of(*asked, "path");
}

// Our own word in a kept stream: nothing was heard from "since" to "until". Which peers there are
// nobody knows then: the whole collector, or all of them, was unseen.
void read_gap(Parsed& parsed, const json::object& data, const std::string& place) {
  auto from = moment_in(data, "since");
  auto to = moment_in(data, "until");
  if (from == 0 || to < from) {
    parsed.warnings.push_back({place, "is a gap without its times; left out"});
    return;
  }
  model::RouteChange gap;
  gap.kind = model::RouteKind::kGap;
  gap.at = to;
  gap.since = from;
  gap.collector = string_of(data, "host");
  parsed.routes.push_back(std::move(gap));
  auto moment = [](model::Micros at) {
    return model::to_iso(model::Instant{model::Seconds{at / 1'000'000}});
  };
  parsed.warnings.push_back(
      {place, fmt::format("nothing was heard from {} to {}: {}", moment(from), moment(to),
                          string_of(data, "reason").substr(0, 200))});
}

void read_line(Parsed& parsed, std::string_view text, const std::string& place,
               std::map<std::string, std::size_t>& unknown) {
  auto value = parse_json(text, parsed, place);
  if (!value) return;
  const auto* message = value->if_object();
  if (message == nullptr) {
    parsed.warnings.push_back({place, "is no JSON object; left out"});
    return;
  }
  ++parsed.records;
  std::string type = string_of(*message, "type");
  const auto* data = object_in(*message, "data");
  if (type == "ris_error") {
    std::string said = data == nullptr ? "" : string_of(*data, "message");
    parsed.warnings.push_back({place, "RIS Live answered: " + said.substr(0, 300)});
  } else if (type == "faultline_gap" && data != nullptr) {
    read_gap(parsed, *data, place);
  } else if (type == "faultline_heard" && data != nullptr) {
    read_heard(parsed, *data, place);
  } else if (type == "ris_subscribe_ok" && data != nullptr) {
    read_confirmed(parsed, *data);
  } else if (type == "ris_message" && data != nullptr) {
    std::string fault = Message(*data, parsed).read();
    if (!fault.empty()) parsed.warnings.push_back({place, fault});
  } else if (type == "ris_message") {
    parsed.warnings.push_back({place, "has no data; left out"});
  } else if (type != "pong" && type != "ris_subscribe_ok" && type != "ris_unsubscribe_ok" &&
             type != "ris_rrc_list") {
    constexpr std::size_t kMostNames = 100;
    if (unknown.size() < kMostNames) ++unknown[type.substr(0, 40)];
  }
}

}  // namespace

Parsed parse_ris_live(std::string_view bytes) {
  Parsed parsed;
  std::string text = text_of(bytes, parsed);
  std::map<std::string, std::size_t> unknown;
  std::size_t number = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    std::size_t end = std::min(text.find('\n', pos), text.size());
    auto line = model::trim(std::string_view(text).substr(pos, end - pos));
    ++number;
    if (!line.empty()) read_line(parsed, line, "line " + std::to_string(number), unknown);
    pos = end + 1;
  }
  for (const auto& [type, count] : unknown) {
    parsed.warnings.push_back(
        {"document",
         fmt::format("{} of the type \"{}\", which we do not know; left out",
                     count == 1 ? "a message" : fmt::format("{} messages", count), type)});
  }
  return parsed;
}

}  // namespace feeds::outages
