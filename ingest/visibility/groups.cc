#include "ingest/visibility/groups.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "store/model/hash.h"

namespace ingest::visibility {
namespace {

// A day of all ASes is 75,000 scopes of 288 samples.
constexpr std::size_t kMostGroups = 200'000;
constexpr std::uint32_t kMostVotes = 100;
// Shares are given to so many parts: more would be noise in the text.
constexpr double kParts = 1e6;

bool is_inside(const model::Prefix& outer, const model::Prefix& inner) {
  if (outer.v6 != inner.v6 || outer.bits > inner.bits) return false;
  auto cut = inner;
  cut.bits = outer.bits;
  return model::cleared(cut) == outer;
}

std::uint32_t v4_number(const model::Prefix& prefix) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out << 8U | prefix.octets[i];
  return out;
}

// Counts the /24s that networks cover, given in the order of their addresses: what lies in another
// one counts once.
class Slash24s {
 public:
  void add(const model::Prefix& prefix) {
    auto first = static_cast<std::uint64_t>(v4_number(prefix) >> 8U);
    auto last = first + (prefix.bits >= 24 ? 1U : std::uint64_t{1} << (24U - prefix.bits));
    first = std::max(first, until_);
    if (last <= first) return;
    count_ += last - first;
    until_ = last;
  }
  double count() const { return static_cast<double>(count_); }

 private:
  std::uint64_t until_ = 0;
  std::uint64_t count_ = 0;
};

}  // namespace

Groups::Groups(const Options& options, const Countries& countries)
    : options_(options), countries_(countries) {
  for (const auto& prefix : options.prefixes) {
    model::Scope scope;
    scope.prefix = model::to_string(prefix);
    by_prefix_.emplace_back(prefix, add_group(Kind::kPrefix, std::move(scope), true));
  }
  for (auto as : options.ases) {
    if (by_as_.count(as) > 0) continue;
    model::Scope scope;
    scope.asn = as;
    if (countries_.of_as) scope.country = countries_.of_as(as);
    by_as_[as] = add_group(Kind::kAs, std::move(scope), true);
  }
  for (const auto& country : options.countries) {
    if (by_country_.count(country) > 0) continue;
    model::Scope scope;
    scope.country = country;
    by_country_[country] = add_group(Kind::kCountry, std::move(scope), true);
  }
}

std::uint32_t Groups::add_group(Kind kind, model::Scope scope, bool asked_for) {
  if (groups_.size() >= kMostGroups) return Rib::kNone;
  Group group;
  group.kind = kind;
  group.scope = std::move(scope);
  group.asked_for = asked_for;
  group.share.resize(samples_);
  if (kind != Kind::kPrefix) group.slash24s.resize(samples_);
  groups_.push_back(std::move(group));
  return static_cast<std::uint32_t>(groups_.size() - 1);
}

std::uint32_t Groups::group_of_as(std::uint32_t as) {
  auto known = by_as_.find(as);
  if (known != by_as_.end()) return known->second;
  if (!options_.every_as || as == 0) return Rib::kNone;
  model::Scope scope;
  scope.asn = as;
  if (countries_.of_as) scope.country = countries_.of_as(as);
  return by_as_[as] = add_group(Kind::kAs, std::move(scope), false);
}

std::uint32_t Groups::group_of_country(std::string_view country) {
  auto known = by_country_.find(country);
  if (known != by_country_.end()) return known->second;
  if (!options_.every_country || country.empty()) return Rib::kNone;
  model::Scope scope;
  scope.country = country;
  return by_country_[std::string(country)] = add_group(Kind::kCountry, std::move(scope), false);
}

std::string_view Groups::country_of(std::uint32_t origin, const model::Prefix& prefix) const {
  auto country = countries_.of_as ? countries_.of_as(origin) : std::string_view();
  if (country.empty() && countries_.of_prefix) country = countries_.of_prefix(prefix);
  return country;
}

void Groups::join(std::uint32_t group, std::uint32_t network) {
  if (group == Rib::kNone) return;
  groups_[group].networks.push_back(network);
  groups_[group].sorted = false;
}

// Puts the network where its origin belongs; tidy() takes it out of where it was.
void Groups::place(std::uint32_t network, const model::Prefix& prefix) {
  auto& member = members_[network];
  auto as_group = group_of_as(member.origin);
  if (as_group != member.as_group) {
    if (member.as_group != Rib::kNone) groups_[member.as_group].sorted = false;
    member.as_group = as_group;
    join(as_group, network);
  }
  bool any = options_.every_country || !by_country_.empty();
  auto country_group = any ? group_of_country(country_of(member.origin, prefix)) : Rib::kNone;
  if (country_group != member.country_group) {
    if (member.country_group != Rib::kNone) groups_[member.country_group].sorted = false;
    member.country_group = country_group;
    join(country_group, network);
  }
}

void Groups::heard(std::uint32_t network, const model::Prefix& prefix, std::uint32_t origin) {
  if (network >= members_.size()) {
    members_.resize(network + 1);
    for (const auto& [outer, group] : by_prefix_) {
      if (is_inside(outer, prefix)) join(group, network);
    }
  }
  // Boyer and Moore's majority vote, so that one peer's hijack or typing error moves nothing.
  auto& member = members_[network];
  if (origin == 0) return;
  if (member.votes == 0) {
    member.origin = origin;
    member.votes = 1;
    place(network, prefix);
  } else if (member.origin == origin) {
    member.votes = std::min(member.votes + 1, kMostVotes);
  } else {
    --member.votes;
  }
}

void Groups::tidy(Group& group, std::uint32_t number, const Rib& rib) {
  if (group.sorted) return;
  auto& networks = group.networks;
  auto gone = [&](std::uint32_t network) {
    if (group.kind == Kind::kAs) return members_[network].as_group != number;
    return group.kind == Kind::kCountry && members_[network].country_group != number;
  };
  networks.erase(std::remove_if(networks.begin(), networks.end(), gone), networks.end());
  std::sort(networks.begin(), networks.end(), [&rib](std::uint32_t a, std::uint32_t b) {
    return std::tie(rib.prefix(a), a) < std::tie(rib.prefix(b), b);
  });
  networks.erase(std::unique(networks.begin(), networks.end()), networks.end());
  group.sorted = true;
}

void Groups::measure(Group& group, const Rib& rib, const View& view) {
  double sum = 0;
  std::size_t counted = 0;
  Slash24s visible;
  for (auto network : group.networks) {
    const auto& prefix = rib.prefix(network);
    auto [carriers, all] = view.carried(network, prefix.v6);
    if (all == 0) continue;
    sum += static_cast<double>(carriers) / static_cast<double>(all);
    ++counted;
    if (!prefix.v6 && carriers * 2 > all) visible.add(prefix);
  }
  // A scope that was asked for and of which no network was ever heard is not to be seen: 0. Where
  // only the other family has peers, nothing can be said.
  bool never = group.networks.empty() && group.asked_for && view.is_whole();
  std::optional<double> share;
  if (counted > 0 || never) {
    auto mean = never ? 0.0 : sum / static_cast<double>(counted);
    share = std::round(mean * kParts) / kParts;
  }
  group.share.push_back(share);
  if (group.kind == Kind::kPrefix) return;
  std::optional<double> slash24s;
  if (view.sees(false)) slash24s = visible.count();
  group.slash24s.push_back(slash24s);
}

void Groups::sample(const Rib& rib, const View& view) {
  for (std::uint32_t i = 0; i < groups_.size(); ++i) {
    tidy(groups_[i], i, rib);
    measure(groups_[i], rib, view);
  }
  ++samples_;
}

void Groups::blind() {
  for (auto& group : groups_) {
    group.share.emplace_back();
    if (group.kind != Kind::kPrefix) group.slash24s.emplace_back();
  }
  ++samples_;
}

std::vector<model::Signal> Groups::signals(model::Instant from) {
  std::vector<model::Signal> out;
  auto add = [&](const Group& group, std::string kind, std::string unit, auto& values) {
    model::Signal signal;
    signal.scope = group.scope;
    signal.source = options_.source;
    signal.kind = std::move(kind);
    signal.unit = std::move(unit);
    signal.from = from;
    signal.step = options_.step;
    signal.values = std::move(values);
    signal.id = model::make_id("sig", model::to_string(signal.scope) + "|" + signal.source + "|" +
                                          signal.kind + "|" + model::to_iso(signal.from));
    out.push_back(std::move(signal));
  };
  for (auto& group : groups_) {
    add(group, "bgp-peer-share", "share of peers", group.share);
    if (group.kind != Kind::kPrefix) add(group, "bgp-visible-slash24s", "/24s", group.slash24s);
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return std::tie(a.scope.country, a.scope.asn, a.scope.prefix, a.kind) <
           std::tie(b.scope.country, b.scope.asn, b.scope.prefix, b.kind);
  });
  return out;
}

}  // namespace ingest::visibility
