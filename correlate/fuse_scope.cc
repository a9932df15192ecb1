#include "correlate/fuse_scope.h"

namespace correlate {

using model::Scope;

namespace {

bool agree(const std::string& a, const std::string& b) { return a.empty() || b.empty() || a == b; }

std::string common(const std::string& a, const std::string& b) {
  return a == b ? a : std::string();
}

// Takes a member over, or notes that two differ.
template <typename Member>
void say(Member& said, bool& differ, const Member& now, const Member& nothing) {
  if (now == nothing || now == said) return;
  if (said != nothing) differ = true;
  said = now;
}

}  // namespace

Meeting meeting(const Scope& a, const Scope& b) {
  if (a == b) return Meeting::kEqual;
  if (!agree(a.country, b.country) || !agree(a.region, b.region)) return Meeting::kApart;
  if (a.asn && b.asn && *a.asn != *b.asn) return Meeting::kApart;
  bool one_holds = a.prefix.empty() || b.prefix.empty() ||
                   model::prefix_contains(a.prefix, b.prefix) ||
                   model::prefix_contains(b.prefix, a.prefix);
  return one_holds || (a.asn && b.asn) ? Meeting::kWithin : Meeting::kApart;
}

Scope widest_of(const Scope& a, const Scope& b) {
  Scope out{common(a.country, b.country), common(a.region, b.region),
            a.asn == b.asn ? a.asn : std::nullopt, common(a.prefix, b.prefix)};
  if (!out.prefix.empty() || a.prefix.empty() || b.prefix.empty()) return out;
  if (model::prefix_contains(a.prefix, b.prefix)) out.prefix = a.prefix;
  if (model::prefix_contains(b.prefix, a.prefix)) out.prefix = b.prefix;
  return out;
}

void SaidScope::add(const Scope& scope) {
  say(said_.country, countries_, scope.country, {});
  say(said_.region, regions_, scope.region, {});
  say(said_.asn, networks_, scope.asn, {});
  say(said_.prefix, prefixes_, scope.prefix, {});
}

Scope SaidScope::scope() const {
  Scope out = said_;
  if (countries_) out.country.clear();
  if (regions_) out.region.clear();
  if (networks_) out.asn.reset();
  if (prefixes_) out.prefix.clear();
  return out;
}

Places::Places(const std::vector<model::Outage>& records) {
  for (const auto& record : records) {
    const auto& scope = record.scope;
    if (scope.asn && !scope.country.empty()) {
      auto [found, fresh] = country_of_.try_emplace(*scope.asn, scope.country);
      if (!fresh && found->second != scope.country) found->second.clear();
    }
    if (scope.asn && !scope.prefix.empty()) {
      auto [found, fresh] = network_of_.try_emplace(scope.prefix, *scope.asn);
      if (!fresh && found->second != *scope.asn) found->second = 0;
    }
  }
}

std::string Places::key(const model::Outage& record) const {
  const auto& scope = record.scope;
  if (!scope.country.empty()) return scope.country;
  auto network = scope.asn;
  if (!network && !scope.prefix.empty()) {
    auto found = network_of_.find(scope.prefix);
    if (found != network_of_.end() && found->second != 0) network = found->second;
  }
  if (network) {
    auto found = country_of_.find(*network);
    if (found != country_of_.end() && !found->second.empty()) return found->second;
    return "AS" + std::to_string(*network);
  }
  return scope.prefix.empty() ? scope.region : scope.prefix;
}

}  // namespace correlate
