#include "correlate/reach.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "correlate/evidence/reading.h"

namespace correlate {
namespace {

using model::Instant;
using model::Outage;

std::string country_key(const std::string& code) { return "country " + code; }
std::string network_key(std::uint32_t asn) { return fmt::format("network {}", asn); }
std::string operator_key(const std::string& word) { return "operator " + word; }
std::string claim_key(const std::string& country) { return "claim " + country; }
std::string day_key(std::chrono::sys_days day) {
  return fmt::format("day {}", day.time_since_epoch().count());
}
std::chrono::sys_days day_of(Instant at) { return std::chrono::floor<std::chrono::days>(at); }

// What leads to an outage.
void add_keys(const Outage& outage, const evidence::Facts& facts, std::set<std::string>& out) {
  if (!outage.scope.country.empty()) out.insert(country_key(outage.scope.country));
  if (outage.scope.asn) out.insert(network_key(*outage.scope.asn));
  for (const auto& word : facts.operators) out.insert(operator_key(word));
  out.insert(day_key(day_of(outage.start)));
}

}  // namespace

void Reach::begin(const OutageIndex& outages) {
  words_.clear();
  entries_.clear();
  postings_.clear();
  for (std::size_t i = 0; i < outages.all().size(); ++i) {
    const auto& words = outages.facts(i).operators;
    words_.insert(words.begin(), words.end());
  }
}

bool Reach::lacks_words_of(const OutageIndex& outages) const {
  for (std::size_t i = 0; i < outages.all().size(); ++i) {
    const auto& words = outages.facts(i).operators;
    bool known = std::all_of(words.begin(), words.end(),
                             [this](const std::string& word) { return words_.contains(word); });
    if (!known) return true;
  }
  return false;
}

Reach::Keys Reach::keys_of(const Article& article, const model::Extraction& extraction) const {
  std::set<std::string> out;
  for (const auto& claim : extraction.claims) {
    for (const auto& country : claim.countries) out.insert(claim_key(country));
  }
  // Whatever speaks of no outage is linked to none.
  if (!evidence::speaks_of_outage(extraction)) return {out.begin(), out.end()};
  evidence::Reading reading(article, extraction);
  for (const auto& country : reading.countries()) out.insert(country_key(country));
  for (auto network : reading.networks()) out.insert(network_key(network));
  for (const auto& word : reading.words()) {
    if (words_.contains(word)) out.insert(operator_key(word));
  }
  for (const auto& span : met_by_times(reading)) {
    for (auto day = day_of(span.from); day <= day_of(span.to); day += std::chrono::days(1)) {
      out.insert(day_key(day));
    }
  }
  return {out.begin(), out.end()};
}

void Reach::put(const std::string& entry_id, const Keys& keys) {
  if (keys.empty()) return;
  auto number = static_cast<Number>(entries_.size());
  entries_.push_back(entry_id);
  for (const auto& key : keys) postings_[key].push_back(number);
}

std::set<std::string> Reach::of(const OutageIndex& changed, const OutageIndex& all,
                                const std::set<std::string>& countries) const {
  std::set<std::string> keys;
  for (const auto& country : countries) keys.insert(claim_key(country));
  std::set<std::string> places;
  for (std::size_t i = 0; i < changed.all().size(); ++i) {
    add_keys(changed.all()[i], changed.facts(i), keys);
    places.insert(changed.all()[i].scope.country);
  }
  // What is told of any outage of a place rests on all outages of it.
  for (const auto& place : places) {
    for (auto i : all.of_country(place)) add_keys(all.all()[i], all.facts(i), keys);
  }
  std::vector<Number> found;
  for (const auto& key : keys) {
    auto postings = postings_.find(key);
    if (postings == postings_.end()) continue;
    found.insert(found.end(), postings->second.begin(), postings->second.end());
  }
  std::set<std::string> out;
  for (auto number : found) out.insert(entries_[number]);
  return out;
}

}  // namespace correlate
