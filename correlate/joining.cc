#include "correlate/joining.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "correlate/cluster.h"

namespace correlate {
namespace {

// So many at once are worth a second thread.
constexpr std::size_t kManyItems = 5000;

Constraints of_stories(const JoiningRules& rules) {
  auto out = rules.stories;
  const auto& apart = rules.incidents.cannot;
  out.cannot.insert(out.cannot.end(), apart.begin(), apart.end());
  return out;
}

void keep_gone(const std::set<std::string>& told, std::vector<std::string>& gone) {
  std::sort(gone.begin(), gone.end());
  gone.erase(std::unique(gone.begin(), gone.end()), gone.end());
  std::erase_if(gone, [&](const std::string& id) { return told.contains(id); });
}

template <typename Record>
void put_in_order(std::vector<Record>& records, std::vector<std::string>& gone) {
  std::sort(records.begin(), records.end(),
            [](const Record& a, const Record& b) { return a.id < b.id; });
  std::set<std::string> told;
  for (const auto& one : records) told.insert(told.end(), one.id);
  keep_gone(told, gone);
}

}  // namespace

Joining::Joining(const JoiningRules& rules, std::size_t journal, bool beside)
    : rules_(rules),
      may_run_beside_(beside),
      threads_(rules.incidents, journal),
      beside_(threads_),
      stories_(of_stories(rules), journal, &beside_) {}

void Joining::change(const std::vector<std::string>& gone, std::vector<Item> fresh) {
  if (may_run_beside_ && fresh.size() >= kManyItems) beside_.run_beside();
  stories_.change(gone, std::move(fresh));
}

void Joining::constrain(const JoiningRules& rules) {
  if (rules == rules_) return;
  auto about = threads_.changed_by(rules.incidents);
  rules_ = rules;
  stories_.constrain(of_stories(rules), about, [this] { threads_.constrain(rules_.incidents); });
}

void Joining::tell_again_of_entry(const std::string& id) {
  if (!stories_.contains(id)) return;
  auto story = static_cast<std::uint32_t>(stories_.story_of(id));
  if (stories_.holds(id)) {
    stories_again_.insert(story);
  } else {
    // The story is as it was told; its incident may quote the entry.
    incidents_again_.insert(threads_.incident_of(story));
  }
}

void Joining::tell_again_of_outage(const std::string& id) {
  if (auto incident = threads_.incident_of(id); incident != Threads::kNone) {
    incidents_again_.insert(incident);
  }
}

Joining::Changes Joining::take_changes(const OutageIndex& outages) {
  Changes out;
  auto changed = stories_.take_changed();
  changed.insert(changed.end(), stories_again_.begin(), stories_again_.end());
  stories_again_.clear();
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  tell_stories(changed, out);
  auto incidents = threads_.take_changed();
  incidents.insert(incidents.end(), incidents_again_.begin(), incidents_again_.end());
  incidents_again_.clear();
  for (auto story : changed) {
    bool there = story < tellings_.size() && !tellings_[story].id.empty();
    if (there) incidents.push_back(threads_.incident_of(story));
  }
  std::sort(incidents.begin(), incidents.end());
  incidents.erase(std::unique(incidents.begin(), incidents.end()), incidents.end());
  tell_incidents(incidents, outages, out);
  put_in_order(out.stories, out.gone_stories);
  put_in_order(out.incidents, out.gone_incidents);
  let_go();
  return out;
}

std::vector<model::Story> Joining::let_go() {
  Changes told;
  for (auto incident : threads_.take_quiet()) {
    if (!may_let_go(incident)) continue;
    auto untold = threads_.stories_of(incident);
    std::erase_if(untold, [this](std::uint32_t one) { return !stories_.take_changed(one); });
    tell_stories(untold, told);
    if (!untold.empty()) incidents_again_.insert(incident);
    for (auto story : threads_.stories_of(incident)) stories_.let_go(story);
    threads_.let_go(incident);
  }
  return std::move(told.stories);
}

bool Joining::may_let_go(std::uint32_t incident) const {
  const auto& stories = threads_.stories_of(incident);
  return threads_.may_let_go(incident) &&
         std::all_of(stories.begin(), stories.end(),
                     [this](std::uint32_t story) { return stories_.may_let_go(story); });
}

void Joining::tell_stories(const std::vector<std::uint32_t>& changed, Changes& out) {
  for (auto number : changed) {
    if (number >= tellings_.size()) tellings_.resize(number + 1);
    auto& telling = tellings_[number];
    if (!telling.id.empty()) out.gone_stories.push_back(telling.id);
    telling = {};
    auto told = stories_.told(number);
    if (told.items.empty()) continue;
    out.stories.push_back(story_of(told.items, told.whole));
    telling = telling_of(out.stories.back(), told.items, told.whole);
  }
}

void Joining::tell_incidents(const std::vector<std::uint32_t>& changed, const OutageIndex& outages,
                             Changes& out) {
  for (auto number : changed) {
    if (number >= incident_ids_.size()) incident_ids_.resize(number + 1);
    auto& id = incident_ids_[number];
    if (!id.empty()) out.gone_incidents.push_back(id);
    auto incident = told(number, outages);
    id = incident.id;
    if (!id.empty()) out.incidents.push_back(std::move(incident));
  }
}

// Without an id where it has no stories.
model::Incident Joining::told(std::uint32_t incident, const OutageIndex& outages) const {
  std::vector<std::uint32_t> members;
  std::vector<const Telling*> tellings;
  for (auto story : threads_.stories_of(incident)) {
    if (story >= tellings_.size() || tellings_[story].id.empty()) continue;
    members.push_back(story);
    tellings.push_back(&tellings_[story]);
  }
  if (members.empty()) return {};
  return incident_of(tellings, edges_of(members), outages);
}

// The ties between stories that are still two, and both of this incident.
std::vector<Edge> Joining::edges_of(const std::vector<std::uint32_t>& members) const {
  std::unordered_map<std::uint32_t, std::size_t> places;
  for (std::size_t i = 0; i < members.size(); ++i) places[members[i]] = i;
  std::set<std::tuple<std::size_t, std::size_t, std::string>> there;
  std::vector<Edge> out;
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (const auto& tie : threads_.ties_of(members[i])) {
      auto to = places.find(threads_.story_root(tie.to));
      if (to == places.end() || (tie.outage.empty() && to->second == i)) continue;
      if (!there.emplace(i, to->second, tie.outage).second) continue;
      out.push_back({i, to->second, tie.outage, tie.kind, tie.bits, tie.text});
    }
  }
  return out;
}

std::size_t Joining::bytes() const {
  std::size_t out = stories_.bytes() + threads_.bytes();
  for (const auto& one : tellings_) {
    out += sizeof(Telling) + one.id.capacity() + one.title.capacity() + one.whole.text.capacity() +
           one.whole.entry_id.capacity() + one.seed.entry_id.capacity() +
           one.outline.outages.capacity() * sizeof(std::string);
  }
  for (const auto& id : incident_ids_) out += sizeof(std::string) + id.capacity();
  return out;
}

void locate(Item& item, const OutageIndex& outages) {
  item.countries.clear();
  for (const auto& id : item.outages) {
    if (const auto* outage = outages.find(id)) item.countries.push_back(outage->scope.country);
  }
  std::sort(item.countries.begin(), item.countries.end());
  auto& all = item.countries;
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

Joined join(std::vector<Item> items, const OutageIndex& outages, const JoiningRules& rules) {
  for (auto& item : items) locate(item, outages);
  Joining joining(rules, 0);
  joining.change({}, std::move(items));
  auto changes = joining.take_changes(outages);
  return {std::move(changes.stories), std::move(changes.incidents)};
}

}  // namespace correlate
