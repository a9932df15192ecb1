#include "correlate/profile.h"

#include <algorithm>
#include <array>

namespace correlate {
namespace {

using model::Happening;

bool by_id(const Term& a, const Term& b) { return a.id < b.id; }

// The terms of several texts, each with the sum of its weights.
Terms summed(Terms all) {
  std::sort(all.begin(), all.end(), by_id);
  std::size_t kept = 0;
  for (const auto& term : all) {
    if (kept > 0 && all[kept - 1].id == term.id) {
      all[kept - 1].weight += term.weight;
    } else {
      all[kept++] = term;
    }
  }
  all.resize(kept);
  return all;
}

Happening most_frequent(const std::array<int, 32>& counts) {
  auto out = Happening::kOther;
  int most = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    auto happening = static_cast<Happening>(i);
    bool says = happening != Happening::kOther && happening != Happening::kStatement;
    // Of equals the later ones in the list are more definite, outages above all.
    if (says && counts[i] >= std::max(most, 1)) {
      most = counts[i];
      out = happening;
    }
  }
  bool statement = most == 0 && counts[static_cast<std::size_t>(Happening::kStatement)] > 0;
  return statement ? Happening::kStatement : out;
}

void read_names(const Cluster& cluster, const std::vector<Item>& items, std::size_t entries,
                Rarities& rarities, Profile& out) {
  std::map<std::uint32_t, std::pair<std::size_t, const Named*>> count;
  for (std::size_t i = 0; i < entries; ++i) {
    for (const auto& name : items[cluster.whole[i]].names) {
      auto& [times, named] = count[name.id];
      ++times;
      if (named == nullptr) named = &name;
    }
  }
  Terms all;
  for (const auto& [id, found] : count) {
    all.push_back({id, 1});
    if (5 * found.first >= entries) out.names.push_back(*found.second);
  }
  rarities.names.add(all);
}

void read_outages(const Cluster& cluster, const std::vector<Item>& items,
                  const OutageIndex& outages, Profile& out) {
  std::set<std::string> ids;
  std::map<std::string, std::size_t> first;
  std::size_t linked = 0;
  for (auto i : cluster.items) {
    const auto& of_item = items[i].outages;
    ids.insert(of_item.begin(), of_item.end());
    if (of_item.empty()) continue;
    ++linked;
    ++first[of_item.front()];
  }
  for (const auto& [id, times] : first) {
    if (out.outage.empty() || times > first[out.outage]) out.outage = id;
  }
  bool unsaid = out.happening == Happening::kOther || out.happening == Happening::kStatement ||
                out.happening == Happening::kAttack;
  out.of_outage = is_outage(out.happening) || (unsaid && 2 * linked >= cluster.items.size());
  for (const auto& id : ids) {
    const auto* outage = outages.find(id);
    if (outage != nullptr) out.countries.insert(outage->scope.country);
  }
  out.outages.assign(ids.begin(), ids.end());
}

}  // namespace

Profile profile_of(const Cluster& cluster, const std::vector<Item>& items,
                   const OutageIndex& outages, Rarities& rarities) {
  Profile out;
  out.first = cluster.first;
  out.last = cluster.last;
  auto entries = std::min(cluster.whole.size(), Profile::kMostEntries);
  Terms words;
  std::array<int, 32> happenings{};
  out.happened = items[cluster.items.front()].happened;
  out.language = items[cluster.items.front()].language;
  for (auto i : cluster.items) {
    ++happenings[static_cast<std::size_t>(items[i].happening) % happenings.size()];
    out.happened = std::min(out.happened, items[i].happened);
    out.coarse = out.coarse || items[i].coarse;
  }
  for (std::size_t i = 0; i < entries; ++i) {
    const auto& item = items[cluster.whole[i]];
    words.insert(words.end(), item.words.begin(), item.words.end());
    for (const auto& reference : item.references) out.references.push_back(&reference);
  }
  words = summed(std::move(words));
  rarities.words.add(words);
  out.words = heaviest(rarities.words.weigh(words), Profile::kMostTerms);
  std::sort(out.words.begin(), out.words.end(), by_id);
  out.happening = most_frequent(happenings);
  read_names(cluster, items, entries, rarities, out);
  read_outages(cluster, items, outages, out);
  return out;
}

bool is_outage(Happening happening) {
  return happening == Happening::kOutage || happening == Happening::kOutageStart ||
         happening == Happening::kOutageEnd || happening == Happening::kRelapse;
}

bool is_of_incident(Happening happening) {
  return happening != Happening::kOther && happening != Happening::kStatement &&
         happening != Happening::kRelease;
}

}  // namespace correlate
