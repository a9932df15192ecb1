// Repair: a story that has grown is held against others again.
#include <algorithm>
#include <vector>

#include "correlate/stories.h"

namespace correlate {
namespace {

constexpr std::uint32_t kFewestToMove = 8;  // entries of a story whose strays are looked for
constexpr std::size_t kMostStrays = 256;    // of its newest entries
constexpr double kBetter = 1.5;             // so much better another story must fit a stray

}  // namespace

void Stories::look_again(Number story) {
  story = root(story);
  auto& head = groups_[story].head;
  if (head.size < head.next_look) return;
  save(story);
  head.next_look = std::max(head.size + 1, head.size * 3 / 2);
  story = merge_alike(story);
  // Of a story that is full it is not known whose words are in its sums.
  const auto& now = groups_[story].head;
  if (now.size >= kFewestToMove && now.mass < kMostMass) move_strays(story);
}

Stories::Number Stories::merge_alike(Number story) {
  auto to_root = [this](Number one) { return root(one); };
  for (;;) {
    const auto& group = groups_[story];
    auto query = group.words.heaviest(StoryIndex::kTerms);
    Number best = kNone;
    double most = 1;
    for (const auto& hit : index_.find(query, group.head.last, kCandidates, to_root)) {
      const auto& other = groups_[hit.story];
      if (hit.story == story || !may_merge(group, other)) continue;
      double found = fit(group, other);
      if (found <= most) continue;
      most = found;
      best = hit.story;
    }
    if (best == kNone) return story;
    auto into = std::min(story, best);
    merge(into, std::max(story, best));
    story = into;
  }
}

void Stories::merge(Number into, Number from) {
  save(into);
  save(from);
  tell(StoryEvent::Kind::kMerged, into, from, kNone, false);
  auto& a = groups_[into];
  auto& b = groups_[from];
  bool sums = a.head.mass + b.head.mass <= 2 * kMostMass;
  note([this, into, from, sums, many = a.slots.size(), bound = a.bound] {
    auto& back = groups_[into];
    for (auto i = many; i < back.slots.size(); ++i) slots_[back.slots[i]].story = from;
    back.slots.resize(many);
    back.bound = bound;
    if (!sums) return;
    back.words.add(groups_[from].words, -1);
    back.facts.add(groups_[from].facts, -1);
  });
  b.head.merged_into = into;
  a.head.last = std::max(a.head.last, b.head.last);
  if (a.head.happening == model::Happening::kOther) a.head.happening = b.head.happening;
  if (a.head.outage == kNone) a.head.outage = b.head.outage;
  if (a.head.placed == kNone) a.head.placed = b.head.placed;
  a.head.languages |= b.head.languages;
  a.head.size += b.head.size;
  for (auto number : b.slots) slots_[number].story = into;
  a.slots.insert(a.slots.end(), b.slots.begin(), b.slots.end());
  a.bound.insert(a.bound.end(), b.bound.begin(), b.bound.end());
  a.head.mass = sums ? a.head.mass + b.head.mass : std::max(a.head.mass, kMostMass);
  if (!sums) return;
  a.words.add(b.words);
  a.facts.add(b.facts);
}

// Entries of a story that another one fits much better by now move there.
void Stories::move_strays(Number story) {
  auto& group = groups_[story];
  std::vector<Number> newest;
  for (auto number = group.slots.rbegin();
       number != group.slots.rend() && newest.size() < kMostStrays; ++number) {
    newest.push_back(*number);
  }
  for (auto number : newest) {
    const auto& slot = slots_[number];
    const auto& item = slot.held->item;
    bool fixed = slot.copy_of != kNone || slot.held->words.empty() ||
                 bounds_.group_of(item.entry_id) != Bounds::kNone ||
                 groups_[story].head.outage == number || groups_[story].head.placed == number;
    if (fixed || groups_[story].head.last - item.published > StoryIndex::kAlive) continue;
    group.words.add(slot.held->words, -1);
    double most = std::max(1.0, kBetter * fit(slot, group, item.published));
    group.words.add(slot.held->words);
    auto better = best_story(number, heavy_of(slot), story, most);
    if (better != kNone) move(number, better);
  }
}

void Stories::move(Number number, Number to) {
  auto from = slots_[number].story;
  auto& group = groups_[from];
  save(from);
  note([this, from, number, slots = group.slots] {
    groups_[from].slots = slots;
    groups_[from].words.add(held(number).words);
    groups_[from].facts.add(held(number).facts);
    slots_[number].story = from;
  });
  group.slots.erase(std::find(group.slots.begin(), group.slots.end(), number));
  --group.head.size;
  --group.head.mass;
  group.words.add(held(number).words, -1);
  group.facts.add(held(number).facts, -1);
  tell(StoryEvent::Kind::kMoved, to, from, number, false);
  join(to, number, heavy_of(slots_[number]), false);
}

}  // namespace correlate
