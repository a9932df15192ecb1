#include "ingest/watched.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include <boost/json.hpp>
#include <boost/url.hpp>
#include <fmt/format.h>

#include "feeds/outages/record.h"
#include "ingest/visibility/told.h"
#include "store/model/hash.h"

namespace ingest {
namespace {

namespace json = boost::json;
using model::Micros;
using model::Result;
using model::RouteChange;
using model::RouteKind;

constexpr Micros kSecond = 1'000'000;
constexpr Micros kDay = 86'400 * kSecond;
// So long what was told is kept as it came; before that, only what it came to.
constexpr Micros kKept = 10'800 * kSecond;
// A source that was not heard for longer says nothing of the time between.
constexpr Micros kBreak = 60 * kSecond;
constexpr std::size_t kMostKept = 200'000;
constexpr model::Seconds kStep{300};

// One line of the state: a JSON array.
std::string encoded(const RouteChange& change) {
  bool of_network = change.kind == RouteKind::kAnnounce || change.kind == RouteKind::kWithdraw;
  return fmt::format(R"([{},{},{},{},"{}",{},"{}",[{}]])", change.at, change.since,
                     static_cast<int>(change.kind), json::serialize(json::string(change.collector)),
                     model::to_string(change.peer), change.peer_as,
                     of_network ? model::to_string(change.prefix) : std::string(),
                     fmt::join(change.origins, ","));
}

// Of what encoded() wrote. Throws where it did not; read_state() catches.
RouteChange decoded(const json::array& parts) {
  RouteChange change;
  change.at = parts.at(0).to_number<Micros>();
  change.since = parts.at(1).to_number<Micros>();
  change.kind = static_cast<RouteKind>(parts.at(2).to_number<int>());
  change.collector = parts.at(3).as_string();
  change.peer = model::parse_address(std::string(parts.at(4).as_string())).value();
  change.peer_as = parts.at(5).to_number<std::uint32_t>();
  if (const auto& prefix = parts.at(6).as_string(); !prefix.empty()) {
    change.prefix = model::parse_prefix(std::string(prefix)).value();
  }
  for (const auto& as : parts.at(7).as_array()) {
    change.origins.push_back(as.to_number<std::uint32_t>());
  }
  return change;
}

std::string state_of(const std::vector<RouteChange>& changes) {
  std::string out = "[";
  for (const auto& change : changes) {
    out.append(out.size() > 1 ? ",\n" : "").append(encoded(change));
  }
  return out + "]";
}

// False where it is none of ours.
bool read_state(const std::string& text, std::vector<RouteChange>& out) {
  if (text.empty()) return true;
  try {
    json::value state = json::parse(text);
    for (const auto& one : state.as_array()) out.push_back(decoded(one.as_array()));
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

bool is_of_all(const RouteChange& change) {
  return change.kind == RouteKind::kHeard ||
         (change.kind == RouteKind::kGap && change.peer_as == 0);
}

// Of all that was told, what counts for later: from where on the source is heard, each session's
// and gap's last, and of each peer what it told of each network since.
class Outcomes {
 public:
  void add(const RouteChange& change) {
    switch (change.kind) {
      case RouteKind::kHeard:
        if (!begin_) begin_ = change;
        last_ = change;
        return;
      case RouteKind::kGap:
        if (change.peer_as == 0) return gap(change);
        return session(change);
      case RouteKind::kPeerUp:
      case RouteKind::kPeerDown:
        return session(change);
      case RouteKind::kAnnounce:
      case RouteKind::kWithdraw:
        told_.insert_or_assign({change.collector, change.peer, change.prefix}, change);
        return;
      default:
        return;  // tables do not come in streams
    }
  }

  std::vector<RouteChange> in_order() const {
    std::vector<RouteChange> out;
    if (begin_) out.push_back(*begin_);
    for (const auto& [collector, change] : gaps_) out.push_back(change);
    for (const auto& [peer, change] : sessions_) out.push_back(change);
    for (const auto& [network, change] : told_) out.push_back(change);
    if (last_ && last_ != begin_) out.push_back(*last_);
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    return out;
  }

 private:
  using Peer = std::pair<std::string, model::Address>;

  void session(const RouteChange& change) {
    std::erase_if(told_, [&](const auto& one) {
      return std::get<0>(one.first) == change.collector && std::get<1>(one.first) == change.peer;
    });
    sessions_.insert_or_assign({change.collector, change.peer}, change);
  }
  void gap(const RouteChange& change) {
    auto is_meant = [&](const std::string& collector) {
      return change.collector.empty() || collector == change.collector;
    };
    std::erase_if(told_, [&](const auto& one) { return is_meant(std::get<0>(one.first)); });
    std::erase_if(sessions_, [&](const auto& one) { return is_meant(one.first.first); });
    std::erase_if(gaps_, [&](const auto& one) { return is_meant(one.first); });
    gaps_.insert_or_assign(change.collector, change);
  }

  std::optional<RouteChange> begin_, last_;
  std::map<std::string, RouteChange> gaps_;  // by collector
  std::map<Peer, RouteChange> sessions_;
  std::map<std::tuple<std::string, model::Address, model::Prefix>, RouteChange> told_;
};

// What was kept and what came, in the order of time, each once; a break between them told.
std::vector<RouteChange> joined(std::vector<RouteChange> kept, std::vector<RouteChange> came) {
  auto heard = std::find_if(came.begin(), came.end(),
                            [](const auto& change) { return change.kind == RouteKind::kHeard; });
  if (!kept.empty() && heard != came.end() && heard->since - kept.back().at > kBreak) {
    RouteChange gap;
    gap.kind = RouteKind::kGap;
    gap.since = kept.back().at;
    gap.at = heard->since;
    kept.push_back(gap);
  }
  std::set<std::string> known;
  for (const auto& change : kept) known.insert(encoded(change));
  for (auto& change : came) {
    if (known.insert(encoded(change)).second) kept.push_back(std::move(change));
  }
  std::stable_sort(kept.begin(), kept.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  return kept;
}

visibility::Options options_for(const std::string& of, const std::string& source) {
  visibility::Options options;
  options.step = kStep;
  options.least_peers = kLeastTellers;
  options.source = source;
  if (auto as = feeds::outages::asn_of(of)) {
    options.ases = {*as};
  } else {
    options.prefixes = {*model::parse_prefix(of)};
  }
  return options;
}

// "AS131279", "131279", "175.45.176.0/22" in one spelling; empty for what is neither.
std::string network_or_as(const std::string& text) {
  if (auto prefix = model::parse_prefix(text)) return model::to_string(*prefix);
  auto as = feeds::outages::asn_of(text);
  return as ? "AS" + std::to_string(*as) : "";
}

// The signal's samples, put into signals of UTC days together with what those hold already.
model::Status put_by_day(store::Store& store, const model::Signal& signal, Watched& out) {
  auto step = signal.step.count() * kSecond;
  auto first = signal.from.time_since_epoch().count() * kSecond;
  for (std::size_t i = 0; i < signal.values.size();) {
    auto at = first + static_cast<Micros>(i) * step;
    auto day = at / kDay * kDay;
    auto end = std::min<std::size_t>(signal.values.size(),
                                     i + static_cast<std::size_t>((day + kDay - at) / step));
    model::Signal of_day = signal;
    of_day.from = model::Instant{model::Seconds{day / kSecond}};
    of_day.id = model::make_id("sig", model::to_string(signal.scope) + "|" + signal.source + "|" +
                                          signal.kind + "|" + model::to_iso(of_day.from));
    of_day.values.clear();
    auto kept = store.signal(of_day.id);
    if (!kept) return kept.error();
    if (*kept) of_day.values = std::move((*kept)->values);
    auto offset = static_cast<std::size_t>((at - day) / step);
    of_day.values.resize(std::max(of_day.values.size(), offset + end - i));
    std::copy(signal.values.begin() + static_cast<std::ptrdiff_t>(i),
              signal.values.begin() + static_cast<std::ptrdiff_t>(end),
              of_day.values.begin() + static_cast<std::ptrdiff_t>(offset));
    out.signals.push_back(std::move(of_day));
    i = end;
  }
  return {};
}

}  // namespace

std::string asked_for(const std::string& url) {
  auto parsed = boost::urls::parse_uri_reference(url);
  if (!parsed) return "";
  for (const auto* name : {"prefix", "resource", "path"}) {
    auto found = parsed->params().find(name);
    if (found != parsed->params().end()) return network_or_as(std::string((*found).value));
  }
  return "";
}

Result<Watched> watch(store::Store& store, Told told) {
  Watched out;
  auto of = network_or_as(told.of);
  if (of.empty()) {
    out.warnings.push_back(
        {"document", fmt::format("tells of {} changes of routes to no network or AS that was asked "
                                 "for; `faultline visibility` measures what you name",
                                 told.changes.size())});
    return out;
  }
  auto before = store.source_state(told.source_id);
  if (!before) return before.error();
  std::vector<RouteChange> kept;
  if (!read_state(*before, kept)) {
    out.warnings.push_back(
        {"document", "what its source told before is damaged in the database; begun anew"});
    kept.clear();
  }
  auto options = options_for(of, told.source);
  if (!options.ases.empty()) {  // withdrawals name no AS
    for (auto& change : told.changes) {
      if (change.origins.empty() && !is_of_all(change)) change.origins = {options.ases.front()};
    }
  }
  // Where samples are made anew: what was settled before stays.
  auto from = kept.empty() ? Micros{0} : kept.back().at - kKept;
  auto changes = joined(std::move(kept), std::move(told.changes));
  if (changes.empty()) return out;
  for (auto& signal : visibility::told(changes, from, options, {})) {
    signal.document_id = told.document_id;
    if (auto done = put_by_day(store, signal, out); !done) return done.error();
  }
  auto settled = changes.back().at - kKept;
  Outcomes outcomes;
  auto next = changes.begin();
  for (; next != changes.end() && next->at < settled; ++next) outcomes.add(*next);
  auto keep = outcomes.in_order();
  keep.insert(keep.end(), next, changes.end());
  if (keep.size() > kMostKept) {
    out.warnings.push_back(
        {"document", fmt::format("{} more routes than are kept of a source; those told last are "
                                 "left out",
                                 keep.size() - kMostKept)});
    keep.resize(kMostKept);
  }
  out.state = state_of(keep);
  return out;
}

}  // namespace ingest
