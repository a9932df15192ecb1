#include "correlate/profile.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>

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

void read_names(const std::vector<const Item*>& items, Profile& out) {
  std::vector<const Named*> all;
  for (const auto* item : items) {
    for (const auto& name : item->names) all.push_back(&name);
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Named* a, const Named* b) { return a->id < b->id; });
  for (std::size_t i = 0; i < all.size();) {
    auto end = i;
    while (end < all.size() && all[end]->id == all[i]->id) ++end;
    if (5 * (end - i) >= items.size()) out.names.push_back(all[i]);
    i = end;
  }
}

void read_outages(const std::vector<const Item*>& items, Outline& out) {
  std::set<std::string> ids;
  std::map<std::string, std::size_t> first;
  std::size_t linked = 0;
  for (const auto* item : items) {
    ids.insert(item->outages.begin(), item->outages.end());
    if (item->outages.empty()) continue;
    ++linked;
    ++first[item->outages.front()];
  }
  for (const auto& [id, times] : first) {
    if (out.outage.empty() || times > first[out.outage]) out.outage = id;
  }
  bool unsaid = out.happening == Happening::kOther || out.happening == Happening::kStatement ||
                out.happening == Happening::kAttack;
  out.of_outage = is_outage(out.happening) || (unsaid && 2 * linked >= items.size());
  out.outages.assign(ids.begin(), ids.end());
}

void count(Happening happening, std::array<int, 32>& counts) {
  ++counts[static_cast<std::size_t>(happening) % counts.size()];
}

// Sorted, each once.
void put_in_order(std::vector<std::uint32_t>& terms) {
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
}

}  // namespace

Profile profile_of(const std::vector<Member>& members, const Rarities& rarities) {
  Profile out;
  std::array<int, 32> happenings{};
  std::vector<const Item*> whole;
  out.first = out.last = members.front().item->published;
  for (const auto& [item, copy] : members) {
    count(item->happening, happenings);
    out.first = std::min(out.first, item->published);
    out.last = std::max(out.last, item->published);
    if (!copy && whole.size() < Profile::kMostEntries) whole.push_back(item);
    for (const auto& country : item->countries) out.countries.push_back(term_id(country));
    for (const auto& country : item->places) out.places.push_back(term_id(country));
  }
  if (whole.empty()) whole.push_back(members.front().item);
  out.places.insert(out.places.end(), out.countries.begin(), out.countries.end());
  put_in_order(out.countries);
  put_in_order(out.places);
  const auto& language = members.front().item->language;
  out.language = language.empty() ? 0 : term_id(language);
  Terms words;
  for (const auto* item : whole) {
    words.insert(words.end(), item->words.begin(), item->words.end());
    for (const auto& reference : item->references) out.references.push_back(&reference);
  }
  if (whole.size() > 1) words = summed(std::move(words));
  out.words = heaviest(rarities.words.weigh(words), Profile::kMostTerms);
  std::sort(out.words.begin(), out.words.end(), by_id);
  out.happening = most_frequent(happenings);
  read_names(whole, out);
  return out;
}

Outline outline_of(const std::vector<const Item*>& items) {
  Outline out;
  std::array<int, 32> happenings{};
  out.first = items.front()->published;
  out.last = items.back()->published;
  out.happened = items.front()->happened;
  for (const auto* item : items) {
    count(item->happening, happenings);
    out.happened = std::min(out.happened, item->happened);
    out.coarse = out.coarse || item->coarse;
  }
  out.happening = most_frequent(happenings);
  read_outages(items, out);
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
