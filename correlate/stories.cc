#include "correlate/stories.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "correlate/likeness.h"

namespace correlate {
namespace {

constexpr model::Seconds kCopied{14 * 86400};  // reports are copied so long after
// Sums and copies are kept so long after the journal begins, then forgotten.
constexpr model::Seconds kKept = 2 * kCopied;
constexpr std::size_t kForgetEvery = 1024;  // items, at most
// What shares less of the heaviest terms than this part of what texts share by chance, is not.
constexpr double kWorthComparing = 0.25;

}  // namespace

Stories::Stories(const Constraints& constraints, std::size_t journal, Follower* follower)
    : bounds_(constraints),
      home_(bounds_.groups(), kNone),
      most_steps_(journal),
      forget_every_(journal == 0 ? kForgetEvery : std::min(journal, kForgetEvery)),
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

bool Stories::earlier(Number a, Number b) const { return slots_[a].key < slots_[b].key; }

std::size_t Stories::place_of(Number slot) const {
  auto at = std::lower_bound(order_.begin(), order_.end(), slot,
                             [this](Number a, Number b) { return earlier(a, b); });
  return static_cast<std::size_t>(at - order_.begin());
}

std::optional<Stories::Number> Stories::slot_of(const std::string& entry_id) const {
  auto found = by_id_.find(entry_id);
  return found == by_id_.end() ? std::nullopt : std::optional(*found);
}

Stories::Number Stories::put(Item item) {
  Number number = free_.empty() ? static_cast<Number>(slots_.size()) : free_.back();
  free_.empty() ? static_cast<void>(slots_.emplace_back()) : free_.pop_back();
  auto& slot = slots_[number];
  slot = {};
  slot.key = order_key(item);
  slot.held = std::make_unique<Held>();
  slot.held->item = std::move(item);
  by_id_.insert(number);
  return number;
}

// Of one that was taken back, and is in the order no more.
void Stories::take_out(Number slot) {
  by_id_.erase(slot);
  slots_[slot] = {};
  free_.push_back(slot);
}

void Stories::change(const std::vector<std::string>& gone, std::vector<Item> fresh) {
  std::vector<Number> out;
  auto leave = [&](const std::string& id) {
    if (auto slot = slot_of(id)) out.push_back(*slot);
  };
  for (const auto& id : gone) leave(id);
  for (const auto& item : fresh) leave(item.entry_id);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  auto first = order_.size();
  for (auto slot : out) first = std::min(first, place_of(slot));
  for (const auto& item : fresh) {
    auto at = std::upper_bound(order_.begin(), order_.end(), order_key(item),
                               [this](const OrderKey& a, Number b) { return a < slots_[b].key; });
    first = std::min(first, static_cast<std::size_t>(at - order_.begin()));
  }
  if (out.empty() && fresh.empty()) return;
  go_back_to(first);
  if (gave_up_) return;
  auto rest = order_.begin() + static_cast<std::ptrdiff_t>(first);
  order_.erase(
      std::remove_if(rest, order_.end(),
                     [&](Number slot) { return std::binary_search(out.begin(), out.end(), slot); }),
      order_.end());
  for (auto slot : out) take_out(slot);
  auto in_order = [this](Number a, Number b) { return earlier(a, b); };
  auto old = static_cast<std::ptrdiff_t>(order_.size());
  for (auto& item : fresh) order_.push_back(put(std::move(item)));
  std::sort(order_.begin() + old, order_.end(), in_order);
  std::inplace_merge(order_.begin() + static_cast<std::ptrdiff_t>(first), order_.begin() + old,
                     order_.end(), in_order);
  go_on();
}

void Stories::constrain(const Constraints& constraints, const std::vector<std::string>& about,
                        const std::function<void()>& then) {
  Bounds bounds(constraints, bounds_);
  auto first = order_.size();
  for (const auto& entries : {bounds.changed_since(bounds_), about}) {
    for (const auto& id : entries) {
      if (auto slot = slot_of(id)) first = std::min(first, place_of(*slot));
    }
  }
  go_back_to(first);
  if (gave_up_) return;
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
  lacks_items_ = let_go_ > 0;
  gave_up_ = gave_up_ || lacks_items_;
  if (gave_up_) return;
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
    recording_ = order_.size() - taken_ + to_come_ <= most_steps_;
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
  if (taken_ < back) return;
  // Whatever comes late comes after the last item that can not be taken back.
  auto settled = slots_[order_[taken_ - back]].key.published;
  step_.settled = settled;
  auto moment = std::min(settled, now) - kKept;
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
      held(number).words = Terms();
      held(number).facts = Terms();
    }
    group.words = Centroid();
    group.facts = Centroid();
    group.slots.shrink_to_fit();
  }
}

// One item ----------------------------------------------------------------------------------------

void Stories::take(Number number) {
  auto& slot = slots_[number];
  const auto& item = slot.held->item;
  if (recording_) journal_.emplace_back();
  if (journal_.size() > most_steps_) journal_.pop_front();
  step_ = {&item, recording_, {}, {}};
  if (taken_ % forget_every_ == 0) forget_old(item.published);
  words_.add(item.words);
  facts_.add(item.facts);
  slot.story = slot.copy_of = kNone;
  slot.held->words = words_.weigh(item.words);
  slot.held->facts = facts_.weigh(item.facts);
  note([this, number] {
    auto& back = *slots_[number].held;
    words_.remove(back.item.words);
    facts_.remove(back.item.facts);
    back.words = back.facts = {};
    slots_[number].story = slots_[number].copy_of = kNone;
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
  const auto* item = slot == kNone ? nullptr : &item_of(slot);
  step_.events.push_back({kind, story, from, item, copy});
}

// The earlier item that this is a near-copy of, unless they tell of different things (a weekly
// report in the same words).
std::optional<Stories::Number> Stories::copied(const Slot& slot) const {
  const auto& item = slot.held->item;
  std::optional<CopyIndex::Match> best;
  Number of = kNone;
  for (auto era = eras_.rbegin(); era != eras_.rend() && era - eras_.rbegin() < 2; ++era) {
    auto match = era->copies.find(item.sketch);
    if (!match || (best && match->like.resemblance < best->like.resemblance)) continue;
    // One of long ago is none, as it is where it was forgotten.
    auto found = era->slots[match->of];
    if (item.published - slots_[found].key.published > kCopied) continue;
    best = match;
    of = found;
  }
  if (of == kNone) return std::nullopt;
  const auto& other = item_of(of);
  bool same = compatible(other.happening, item.happening) &&
              (other.outages.empty() || item.outages.empty() ||
               other.outages.front() == item.outages.front());
  return same ? std::optional(of) : std::nullopt;
}

bool Stories::same_outage(Number a, Number b) const {
  return a == kNone || b == kNone || item_of(a).outages.front() == item_of(b).outages.front();
}

// Headlines of outages are alike: "Internet outage in Spain", "Internet outage in Ghana".
bool Stories::same_place(Number a, Number b) const {
  if (a == kNone || b == kNone) return true;
  const auto& one = item_of(a).places;
  const auto& other = item_of(b).places;
  return std::any_of(one.begin(), one.end(), [&](const std::string& place) {
    return std::binary_search(other.begin(), other.end(), place);
  });
}

bool Stories::may_join(Number slot, const Group& group) const {
  const auto& item = item_of(slot);
  if (!compatible(item.happening, group.head.happening)) return false;
  auto outage = group.head.outage;
  if (outage != kNone && !item.outages.empty() &&
      item_of(outage).outages.front() != item.outages.front()) {
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
  const auto& item = slot.held->item;
  Closeness close;
  close.gap = apart_by(at, group.head.last, item.coarse);
  close.terms = slot.held->words.size();
  auto language = languages_.find(item.language);
  auto bit = language == languages_.end() ? 0 : language->second;
  bool same =
      item.language.empty() || group.head.languages == 0 || (group.head.languages & bit) != 0;
  close.cosine =
      same ? group.words.cosine(slot.held->words)
           : across_languages(slot.held->facts, group.facts, item.happening, group.head.happening);
  return fit_of_item(close);
}

double Stories::fit(const Group& a, const Group& b) const {
  Closeness close;
  bool coarse = item_of(a.slots.front()).coarse || item_of(b.slots.front()).coarse;
  close.gap = apart_by(a.head.last, b.head.last, coarse);
  close.cosine = a.words.cosine(b.words);
  close.terms = std::min(held(a.slots.front()).words.size(), held(b.slots.front()).words.size());
  return fit_of_stories(close, std::min(a.head.size, b.head.size));
}

Stories::Heavy Stories::heavy_of(const Slot& slot) {
  return {heaviest(slot.held->words, StoryIndex::kTerms),
          heaviest(slot.held->facts, StoryIndex::kFacts)};
}

// The story that an item fits best, and how well: by more than `most`, or none.
Stories::Number Stories::best_story(Number number, const Heavy& heavy, Number but,
                                    double& most) const {
  const auto& slot = slots_[number];
  auto at = slot.held->item.published;
  auto query = heavy.words;
  query.insert(query.end(), heavy.facts.begin(), heavy.facts.end());
  Number best = kNone;
  auto to_root = [this](Number story) { return root(story); };
  auto worth = static_cast<std::int64_t>(kWorthComparing * by_chance(slot.held->words.size()) *
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
  auto out = std::exchange(changed_, {});
  std::erase_if(out, [this](Number story) { return !take_changed(story); });
  return out;
}

bool Stories::take_changed(Number story) {
  bool changed = story < is_changed_.size() && is_changed_[story];
  if (changed) is_changed_[story] = false;
  return changed;
}

Stories::Number Stories::open() {
  groups_.emplace_back();
  note([this] { groups_.pop_back(); });
  return static_cast<Number>(groups_.size() - 1);
}

// Of one that was not heard of for long: whether they were forgotten already must make no
// difference.
void Stories::begin_sums_anew(Number story) {
  auto& group = groups_[story];
  if (recording_) {
    std::vector<std::pair<Terms, Terms>> was;
    for (auto number : group.slots) was.emplace_back(held(number).words, held(number).facts);
    note([this, story, words = group.words, facts = group.facts, was] {
      auto& back = groups_[story];
      back.words = words;
      back.facts = facts;
      for (std::size_t i = 0; i < was.size(); ++i) {
        std::tie(held(back.slots[i]).words, held(back.slots[i]).facts) = was[i];
      }
    });
  }
  group.words = group.facts = {};
  for (auto number : group.slots) held(number).words = held(number).facts = {};
}

void Stories::join(Number story, Number number, const Heavy& heavy, bool copy) {
  auto& group = groups_[story];
  auto& slot = slots_[number];
  const auto& item = slot.held->item;
  save(story);
  auto& head = group.head;
  if (item.published - head.last > kKept && head.size > 0) begin_sums_anew(story);
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
  group.words.add(slot.held->words);
  group.facts.add(slot.held->facts);
  note([this, story, number] {
    groups_[story].words.add(held(number).words, -1);
    groups_[story].facts.add(held(number).facts, -1);
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
  const auto& item = item_of(number);
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
