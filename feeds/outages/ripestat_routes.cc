#include <map>
#include <string>

#include "feeds/outages/record.h"
#include "feeds/outages/ripestat.h"
#include "feeds/outages/routes.h"
#include "store/model/text.h"

namespace feeds::outages::ripestat {
namespace {

namespace json = boost::json;

// "06-2001:db8::4": the collector's number and the peer's address.
bool set_peer(model::RouteChange& change, std::string_view id) {
  auto dash = id.find('-');
  if (dash == std::string_view::npos || dash == 0) return false;
  auto address = model::parse_address(id.substr(dash + 1));
  if (!address) return false;
  auto number = id.substr(0, dash);
  bool bare = number.find_first_not_of("0123456789") == std::string_view::npos;
  change.collector = (bare ? "rrc" : "") + std::string(number);
  change.peer = *address;
  return true;
}

// Why it was left out; empty when it was read.
std::string read_update(const json::value& value, model::RouteChange& change) {
  const auto* update = value.if_object();
  const auto* attrs = update == nullptr ? nullptr : object_in(*update, "attrs");
  if (attrs == nullptr) return "has no attributes, so is no update";
  std::string type = string_of(*update, "type");
  if (type != "A" && type != "W") {
    return "is neither an announcement nor a withdrawal but \"" + type.substr(0, 20) + "\"";
  }
  change.kind = type == "A" ? model::RouteKind::kAnnounce : model::RouteKind::kWithdraw;
  auto at = micros_of(string_of(*update, "timestamp"));
  if (!at) return "has no timestamp that can be read";
  change.at = *at;
  if (!set_peer(change, string_of(*attrs, "source_id")))
    return "has no source_id that names a peer";
  auto prefix = model::parse_prefix(string_of(*attrs, "target_prefix"));
  if (!prefix) return "has no target_prefix";
  change.prefix = *prefix;
  if (type == "A" && !set_path(change, array_in(*attrs, "path"))) return "has no path";
  return "";
}

// An IPv4 address as a number; nothing for what is none.
std::optional<std::uint32_t> number_of_address(std::string_view text) {
  auto address = model::parse_address(model::trim(text));
  if (!address || address->v6) return std::nullopt;
  std::uint32_t number = 0;
  for (int i = 0; i < 4; ++i) number = number << 8U | address->octets[static_cast<std::size_t>(i)];
  return number;
}

model::Prefix network(std::uint32_t first, unsigned bits) {
  model::Prefix prefix;
  for (unsigned i = 0; i < 4; ++i) {
    prefix.octets[i] = static_cast<std::uint8_t>(first >> (24 - 8 * i) & 0xFFU);
  }
  prefix.bits = static_cast<std::uint8_t>(bits);
  return prefix;
}

// "193.0.0.0-193.0.23.255" as the fewest networks.
bool cut_range(std::string_view text, std::vector<model::Prefix>& out) {
  auto dash = text.find('-');
  if (dash == std::string_view::npos) return false;
  auto first = number_of_address(text.substr(0, dash));
  auto last = number_of_address(text.substr(dash + 1));
  if (!first || !last || *last < *first) return false;
  std::uint64_t at = *first;
  while (at <= *last) {
    unsigned bits = 32;
    // The largest network that begins here and does not reach past the end.
    while (bits > 0) {
      std::uint64_t size = 1ULL << (33 - bits);
      if (at % size != 0 || at + size - 1 > *last) break;
      --bits;
    }
    out.push_back(network(static_cast<std::uint32_t>(at), bits));
    at += 1ULL << (32 - bits);
  }
  return true;
}

}  // namespace

void read_updates(Parsed& parsed, const json::object& data) {
  const auto* updates = array_in(data, "updates");
  if (updates == nullptr) {
    parsed.warnings.push_back({"data", "has no list of updates"});
    return;
  }
  parsed.records = updates->size();
  parsed.routes_of = string_of(data, "resource");
  // A withdrawal does not name the peer's network; what the peer announces does.
  std::map<std::pair<std::string, model::Address>, std::uint32_t> networks;
  std::size_t first = parsed.routes.size();
  for (std::size_t i = 0; i < updates->size() && parsed.routes.size() < kMostRoutes; ++i) {
    model::RouteChange change;
    std::string fault = read_update((*updates)[i], change);
    if (!fault.empty()) {
      parsed.warnings.push_back({"updates[" + std::to_string(i) + "]", fault + "; left out"});
      continue;
    }
    if (change.peer_as != 0) networks[{change.collector, change.peer}] = change.peer_as;
    parsed.routes.push_back(std::move(change));
  }
  for (std::size_t i = first; i < parsed.routes.size(); ++i) {
    auto& change = parsed.routes[i];
    auto known = networks.find({change.collector, change.peer});
    if (change.peer_as == 0 && known != networks.end()) change.peer_as = known->second;
  }
  // What the answer does not tell of its window did not happen.
  auto since = micros_of(string_of(data, "query_starttime"));
  auto until = micros_of(string_of(data, "query_endtime"));
  if (!since || !until || *until < *since) return;
  model::RouteChange heard;
  heard.kind = model::RouteKind::kHeard;
  heard.since = *since;
  heard.at = *until;
  parsed.routes.push_back(std::move(heard));
}

void read_country_resources(Parsed& parsed, const json::object& data) {
  const auto* resources = object_in(data, "resources");
  Resources out;
  if (const auto* parameters = object_in(data, "parameters")) {
    out.country = country_of(string_of(*parameters, "resource"));
  }
  if (out.country.empty()) out.country = country_of(string_of(data, "resource"));
  if (resources == nullptr) {
    parsed.warnings.push_back({"data", "has no resources"});
    return;
  }
  std::size_t unread = 0;
  if (const auto* asns = array_in(*resources, "asn")) {
    for (const json::value& value : *asns) {
      auto asn = asn_in(value);
      if (asn) out.asns.push_back(*asn);
      unread += asn ? 0 : 1;
    }
  }
  for (std::string_view family : {"ipv4", "ipv6"}) {
    const auto* list = array_in(*resources, family);
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      std::string text = (*list)[i].is_string() ? std::string((*list)[i].get_string()) : "";
      auto prefix = model::parse_prefix(text);
      if (prefix) out.prefixes.push_back(*prefix);
      if (!prefix && !cut_range(text, out.prefixes)) ++unread;
    }
  }
  if (unread > 0) {
    parsed.warnings.push_back(
        {"resources", std::to_string(unread) + " are neither networks nor ranges; left out"});
  }
  parsed.resources.push_back(std::move(out));
}

}  // namespace feeds::outages::ripestat
