#include "correlate/stories.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "correlate/likeness.h"

namespace correlate {
namespace {

constexpr model::Seconds kCopied{14 * 86400};  // reports are copied so long after
// Sums and copies are kept so long after the journal begins, then forgotten.
constexpr model::Seconds kKept = 2 * kCopied;
constexpr std::size_t kForgetEvery = 1024;
// What shares less of the heaviest terms than this part of what texts share by chance, is not.
constexpr double kWorthComparing = 0.25;

}  // namespace

Stories::Stories(const Constraints& constraints, std::size_t journal, Follower* follower)
    : bounds_(constraints),
      home_(bounds_.groups(), kNone),
      most_steps_(journal),
      follower_(follower) {}

// Items and their order ---------------------------------------------------------------------------

void Stories::add(Item item) {
  std::vector<Item> one;
  one.push_back(std::move(item));
  add(std::move(one));
}

void Stories::add(std::vector<Item> items) { change({}, std::move(items)); }

bool Stories::remove(const std::string& entry_id) {
  if (!by_id_.contains(entry_id)) return false;
  change({entry_id}, {});
  return true;
}

std::size_t Stories::place_of(Number slot) const {
  auto at = std::lower_bound(order_.begin(), order_.end(), slot, [this](Number a, Number b) {
    return before(slots_[a].item, slots_[b].item);
  });
  return static_cast<std::size_t>(at - order_.begin());
}

Stories::Number Stories::put(Item item) {
  Number slot = free_.empty() ? static_cast<Number>(slots_.size()) : free_.back();
  free_.empty() ? static_cast<void>(slots_.emplace_back()) : free_.pop_back();
  by_id_[item.entry_id] = slot;
  slots_[slot] = {};
  slots_[slot].item = std::move(item);
  return slot;
}

// Of one that was taken back, and is in the order no more.
void Stories::take_out(Number slot) {
  by_id_.erase(slots_[slot].item.entry_id);
  slots_[slot] = {};
  free_.push_back(slot);
}

void Stories::change(const std::vector<std::string>& gone, std::vector<Item> fresh) {
  std::vector<Number> out;
  auto leave = [&](const std::string& id) {
    auto found = by_id_.find(id);
    if (found != by_id_.end()) out.push_back(found->second);
  };
  for (const auto& id : gone) leave(id);
  for (const auto& item : fresh) leave(item.entry_id);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  auto first = order_.size();
  for (auto slot : out) first = std::min(first, place_of(slot));
  for (const auto& item : fresh) {
    auto at = std::upper_bound(order_.begin(), order_.end(), item, [this](const Item& a, Number b) {
      return before(a, slots_[b].item);
    });
    first = std::min(first, static_cast<std::size_t>(at - order_.begin()));
  }
  if (out.empty() && fresh.empty()) return;
  go_back_to(first);
  auto rest = order_.begin() + static_cast<std::ptrdiff_t>(first);
  order_.erase(
      std::remove_if(rest, order_.end(),
                     [&](Number slot) { return std::binary_search(out.begin(), out.end(), slot); }),
      order_.end());
  for (auto slot : out) take_out(slot);
  auto earlier = [this](Number a, Number b) { return before(slots_[a].item, slots_[b].item); };
  auto old = static_cast<std::ptrdiff_t>(order_.size());
  for (auto& item : fresh) order_.push_back(put(std::move(item)));
  std::sort(order_.begin() + old, order_.end(), earlier);
  std::inplace_merge(order_.begin() + static_cast<std::ptrdiff_t>(first), order_.begin() + old,
                     order_.end(), earlier);
  go_on();
}

void Stories::constrain(const Constraints& constraints, const std::vector<std::string>& about,
                        const std::function<void()>& then) {
  Bounds bounds(constraints, bounds_);
  auto first = order_.size();
  for (const auto& entries : {bounds.changed_since(bounds_), about}) {
    for (const auto& id : entries) {
      auto found = by_id_.find(id);
      if (found != by_id_.end()) first = std::min(first, place_of(found->second));
    }
  }
  go_back_to(first);
  bounds_ = std::move(bounds);
  home_.resize(bounds_.groups(), kNone);
  then();
  go_on();
}

// Takes items back until the first `place` ones are left, or all where the journal does not reach.
void Stories::go_back_to(std::size_t place) {
  replayed_ += taken_ - std::min(taken_, place);
  if (taken_ > place && taken_ - place <= journal_.size()) {
    while (taken_ > place) take_back();
  }
  if (taken_ <= place) return;
  replayed_ += place;
  for (Number i = 0; i < groups_.size(); ++i) touch(i);
  if (follower_ != nullptr) follower_->begin_anew();
  words_ = facts_ = {};
  groups_.clear();
  index_ = StoryIndex();
  eras_.clear();
  journal_.clear();
  home_.assign(home_.size(), kNone);
  taken_ = forgotten_ = 0;
}

void Stories::go_on() {
  constexpr std::size_t kAskEvery = 64;
  while (taken_ < order_.size()) {
    gave_up_ = gave_up_ || (give_up_ && taken_ % kAskEvery == 0 && give_up_());
    if (gave_up_) break;
    recording_ = order_.size() - taken_ <= most_steps_;
    if (!recording_) journal_.clear();
    take(order_[taken_]);
    ++taken_;
  }
  if (follower_ != nullptr) follower_->catch_up();
}

void Stories::take_back() {
  if (follower_ != nullptr) follower_->take_back();
  auto& undo = journal_.back().undo;
  for (auto one = undo.rbegin(); one != undo.rend(); ++one) (*one)();
  journal_.pop_back();
  --taken_;
}

// Sums of stories, and copies, that nothing can join any more, wherever the journal goes back to.
void Stories::forget_old(model::Instant now) {
  auto back = std::max<std::size_t>(journal_.size(), 1);
  const auto& oldest = slots_[order_[taken_ + 1 - back]].item;
  step_.settled = oldest.published;
  auto moment = std::min(oldest.published, now) - kKept;
  index_.forget_before(moment);
  while (!eras_.empty() && eras_.front().since < moment - kCopied) eras_.pop_front();
  bool all = true;
  for (auto i = forgotten_; i < groups_.size(); ++i) {
    auto& group = groups_[i];
    if (group.head.last >= moment) all = false;
    if (all) forgotten_ = i + 1;
    if (group.head.last >= moment || group.words.bytes() == 0) continue;
    // Assigned empty ones, and not from {}, they give their memory back.
    for (auto number : group.slots) {
      slots_[number].words = Terms();
      slots_[number].facts = Terms();
    }
    group.words = Centroid();
    group.facts = Centroid();
    group.slots.shrink_to_fit();
  }
}

// One item ----------------------------------------------------------------------------------------

void Stories::take(Number number) {
  auto& slot = slots_[number];
  const auto& item = slot.item;
  if (recording_) journal_.emplace_back();
  if (journal_.size() > most_steps_) journal_.pop_front();
  step_ = {&item, recording_, {}, {}};
  if (taken_ % kForgetEvery == 0) forget_old(item.published);
  words_.add(item.words);
  facts_.add(item.facts);
  slot.story = slot.copy_of = kNone;
  slot.words = words_.weigh(item.words);
  slot.facts = facts_.weigh(item.facts);
  note([this, number] {
    auto& back = slots_[number];
    words_.remove(back.item.words);
    facts_.remove(back.item.facts);
    back.words = back.facts = {};
    back.story = back.copy_of = kNone;
  });
  auto bound = bounds_.group_of(item.entry_id);
  auto home = bound == Bounds::kNone ? kNone : home_[bound];
  auto original = copied(slot);
  Number story = home == kNone ? kNone : root(home);
  if (original) slot.copy_of = *original;
  if (story == kNone && original) {
    auto of = root(slots_[*original].story);
    if (may_join(number, groups_[of])) story = of;
  }
  auto heavy = heavy_of(slot);
  double least = 1;
  if (story == kNone) story = best_story(number, heavy, kNone, least);
  if (story == kNone) story = open();
  bool copy = original && root(slots_[*original].story) == story;
  tell(StoryEvent::Kind::kJoined, story, kNone, number, copy);
  join(story, number, heavy, copy);
  remember(number);
  look_again(story);
  if (recording_) journal_.back().undo.shrink_to_fit();
  if (follower_ != nullptr) follower_->take(step_);
}

void Stories::tell(StoryEvent::Kind kind, Number story, Number from, Number slot, bool copy) {
  if (follower_ == nullptr) return;
  const auto* item = slot == kNone ? nullptr : &slots_[slot].item;
  step_.events.push_back({kind, story, from, item, copy});
}

// The earlier item that this is a near-copy of, unless they tell of different things (a weekly
// report in the same words).
std::optional<Stories::Number> Stories::copied(const Slot& slot) const {
  std::optional<CopyIndex::Match> best;
  Number of = kNone;
  for (auto era = eras_.rbegin(); era != eras_.rend() && era - eras_.rbegin() < 2; ++era) {
    auto match = era->copies.find(slot.item.sketch);
    if (!match || (best && match->like.resemblance < best->like.resemblance)) continue;
    best = match;
    of = era->slots[match->of];
  }
  if (of == kNone) return std::nullopt;
  const auto& other = slots_[of].item;
  bool same = slot.item.published - other.published <= kCopied &&
              compatible(other.happening, slot.item.happening) &&
              (other.outages.empty() || slot.item.outages.empty() ||
               other.outages.front() == slot.item.outages.front());
  return same ? std::optional(of) : std::nullopt;
}

bool Stories::same_outage(Number a, Number b) const {
  return a == kNone || b == kNone ||
         slots_[a].item.outages.front() == slots_[b].item.outages.front();
}

// Headlines of outages are alike: "Internet outage in Spain", "Internet outage in Ghana".
bool Stories::same_place(Number a, Number b) const {
  if (a == kNone || b == kNone) return true;
  const auto& one = slots_[a].item.places;
  const auto& other = slots_[b].item.places;
  return std::any_of(one.begin(), one.end(), [&](const std::string& place) {
    return std::binary_search(other.begin(), other.end(), place);
  });
}

bool Stories::may_join(Number slot, const Group& group) const {
  const auto& item = slots_[slot].item;
  if (!compatible(item.happening, group.head.happening)) return false;
  auto outage = group.head.outage;
  if (outage != kNone && !item.outages.empty() &&
      slots_[outage].item.outages.front() != item.outages.front()) {
    return false;
  }
  if (!item.places.empty() && !same_place(slot, group.head.placed)) return false;
  auto bound = bounds_.group_of(item.entry_id);
  return bound == Bounds::kNone || !bounds_.apart(group.bound, {bound});
}

bool Stories::may_merge(const Group& a, const Group& b) const {
  return compatible(a.head.happening, b.head.happening) &&
         same_outage(a.head.outage, b.head.outage) && same_place(a.head.placed, b.head.placed) &&
         !bounds_.apart(a.bound, b.bound);
}

double Stories::fit(const Slot& slot, const Group& group, model::Instant at) const {
  const auto& item = slot.item;
  Closeness close;
  close.gap = apart_by(at, group.head.last, item.coarse);
  close.terms = slot.words.size();
  auto language = languages_.find(item.language);
  auto bit = language == languages_.end() ? 0 : language->second;
  bool same =
      item.language.empty() || group.head.languages == 0 || (group.head.languages & bit) != 0;
  close.cosine =
      same ? group.words.cosine(slot.words)
           : across_languages(slot.facts, group.facts, item.happening, group.head.happening);
  return fit_of_item(close);
}

double Stories::fit(const Group& a, const Group& b) const {
  Closeness close;
  bool coarse = slots_[a.slots.front()].item.coarse || slots_[b.slots.front()].item.coarse;
  close.gap = apart_by(a.head.last, b.head.last, coarse);
  close.cosine = a.words.cosine(b.words);
  close.terms =
      std::min(slots_[a.slots.front()].words.size(), slots_[b.slots.front()].words.size());
  return fit_of_stories(close, std::min(a.head.size, b.head.size));
}

Stories::Heavy Stories::heavy_of(const Slot& slot) {
  return {heaviest(slot.words, StoryIndex::kTerms), heaviest(slot.facts, StoryIndex::kFacts)};
}

// The story that an item fits best, and how well: by more than `most`, or none.
Stories::Number Stories::best_story(Number number, const Heavy& heavy, Number but,
                                    double& most) const {
  const auto& slot = slots_[number];
  auto at = slot.item.published;
  auto query = heavy.words;
  query.insert(query.end(), heavy.facts.begin(), heavy.facts.end());
  Number best = kNone;
  auto to_root = [this](Number story) { return root(story); };
  auto worth = static_cast<std::int64_t>(kWorthComparing * by_chance(slot.words.size()) *
                                         (double{kUnit} * kUnit));
  for (const auto& hit : index_.find(query, at, kCandidates, to_root)) {
    if (hit.score < worth) break;
    const auto& group = groups_[hit.story];
    if (hit.story == but || !may_join(number, group)) continue;
    double found = fit(slot, group, at);
    if (found <= most) continue;
    most = found;
    best = hit.story;
  }
  return best;
}

// Changes, each with what undoes it ---------------------------------------------------------------

void Stories::save(Number story) {
  touch(story);
  note([this, story, head = groups_[story].head] {
    touch(story);
    groups_[story].head = head;
  });
}

void Stories::touch(Number story) {
  if (story >= is_changed_.size()) is_changed_.resize(story + 1);
  if (is_changed_[story]) return;
  is_changed_[story] = true;
  changed_.push_back(story);
}

std::vector<std::uint32_t> Stories::take_changed() {
  auto out = std::move(changed_);
  changed_.clear();
  for (auto story : out) is_changed_[story] = false;
  return out;
}

Stories::Number Stories::open() {
  groups_.emplace_back();
  note([this] { groups_.pop_back(); });
  return static_cast<Number>(groups_.size() - 1);
}

void Stories::join(Number story, Number number, const Heavy& heavy, bool copy) {
  auto& group = groups_[story];
  auto& slot = slots_[number];
  const auto& item = slot.item;
  save(story);
  auto& head = group.head;
  if (item.published - head.last > kKept && !group.words.empty()) {
    // Whether they were forgotten already must make no difference.
    note([this, story, words = group.words, facts = group.facts] {
      groups_[story].words = words;
      groups_[story].facts = facts;
    });
    group.words = group.facts = {};
  }
  head.last = head.size == 0 ? item.published : std::max(head.last, item.published);
  if (head.happening == model::Happening::kOther) head.happening = item.happening;
  if (head.outage == kNone && !item.outages.empty()) head.outage = number;
  if (head.placed == kNone && !item.places.empty()) head.placed = number;
  head.languages |= language_bit(item.language);
  ++head.size;
  group.slots.push_back(number);
  slot.story = story;
  note([this, story, number] {
    groups_[story].slots.pop_back();
    slots_[number].story = kNone;
  });
  if (auto bound = bounds_.group_of(item.entry_id); bound != Bounds::kNone) {
    note([this, story, bound, home = home_[bound], was = group.bound] {
      groups_[story].bound = was;
      home_[bound] = home;
    });
    if (home_[bound] == kNone) home_[bound] = story;
    bool known = std::find(group.bound.begin(), group.bound.end(), bound) != group.bound.end();
    if (!known) group.bound.push_back(bound);
  }
  if (copy || head.mass >= kMostMass) return;
  ++head.mass;
  group.words.add(slot.words);
  group.facts.add(slot.facts);
  note([this, story, number] {
    groups_[story].words.add(slots_[number].words, -1);
    groups_[story].facts.add(slots_[number].facts, -1);
  });
  post(story, heavy, item.published);
}

void Stories::post(Number story, const Heavy& heavy, model::Instant at) {
  std::vector<std::uint32_t> added;
  for (const auto* terms : {&heavy.words, &heavy.facts}) {
    for (const auto& term : *terms) {
      if (index_.add(term.id, story, term.weight, at)) added.push_back(term.id);
    }
  }
  if (!recording_ || added.empty()) return;
  added.shrink_to_fit();
  note([this, added = std::move(added)] {
    for (auto id = added.rbegin(); id != added.rend(); ++id) index_.take_back(*id);
  });
}

void Stories::remember(Number number) {
  const auto& item = slots_[number].item;
  if (eras_.empty() || item.published - eras_.back().since > kCopied) {
    eras_.push_back({item.published, CopyIndex(), {}});
    note([this] { eras_.pop_back(); });
  }
  auto& era = eras_.back();
  era.copies.add(item.sketch);
  era.slots.push_back(number);
  note([this] {
    eras_.back().copies.take_back();
    eras_.back().slots.pop_back();
  });
}

Stories::Number Stories::root(Number story) const {
  while (groups_[story].head.merged_into != kNone) story = groups_[story].head.merged_into;
  return story;
}

std::uint64_t Stories::language_bit(const std::string& language) {
  if (language.empty()) return 0;
  auto many = std::min<std::size_t>(languages_.size(), 63);
  return languages_.try_emplace(language, std::uint64_t{1} << many).first->second;
}

}  // namespace correlate
