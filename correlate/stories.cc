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
constexpr std::size_t kCandidates = 12;  // stories that are compared with an item
// What shares less of the heaviest terms than this part of what texts share by chance, is not.
constexpr double kWorthComparing = 0.25;
constexpr std::uint32_t kMostMass = 32768;  // items in one sum; what comes after adds nothing
constexpr std::uint32_t kFewestToMove = 8;  // entries of a story whose strays are looked for
constexpr std::size_t kMostStrays = 256;    // of its newest entries
constexpr double kBetter = 1.5;             // so much better another story must fit a stray

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
  while (taken_ < order_.size()) {
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
    if (may_join(slot, groups_[of])) story = of;
  }
  auto heavy = heavy_of(slot);
  double least = 1;
  if (story == kNone) story = best_story(slot, heavy, kNone, least);
  if (story == kNone) story = open();
  bool copy = original && root(slots_[*original].story) == story;
  tell(StoryEvent::Kind::kJoined, story, kNone, number, copy);
  join(story, number, heavy, copy);
  remember(number);
  look_again(story);
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

bool Stories::may_join(const Slot& slot, const Group& group) const {
  const auto& item = slot.item;
  if (!compatible(item.happening, group.head.happening)) return false;
  auto outage = group.head.outage;
  if (outage != kNone && !item.outages.empty() &&
      slots_[outage].item.outages.front() != item.outages.front()) {
    return false;
  }
  auto bound = bounds_.group_of(item.entry_id);
  return bound == Bounds::kNone || !bounds_.apart(group.bound, {bound});
}

bool Stories::may_merge(const Group& a, const Group& b) const {
  return compatible(a.head.happening, b.head.happening) &&
         same_outage(a.head.outage, b.head.outage) && !bounds_.apart(a.bound, b.bound);
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
Stories::Number Stories::best_story(const Slot& slot, const Heavy& heavy, Number but,
                                    double& most) const {
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
    if (hit.story == but || !may_join(slot, group)) continue;
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
  for (const auto* terms : {&heavy.words, &heavy.facts}) {
    for (const auto& term : *terms) {
      if (!index_.add(term.id, story, term.weight, at)) continue;
      note([this, id = term.id] { index_.take_back(id); });
    }
  }
}

void Stories::remember(Number number) {
  const auto& item = slots_[number].item;
  if (eras_.empty() || item.published - eras_.back().since > kCopied) {
    eras_.push_back({item.published, {}, {}});
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

// Repair: a story that has grown is held against others again
// --------------------------------------

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
    auto& slot = slots_[number];
    bool fixed = slot.copy_of != kNone || slot.words.empty() ||
                 bounds_.group_of(slot.item.entry_id) != Bounds::kNone ||
                 groups_[story].head.outage == number;
    if (fixed || groups_[story].head.last - slot.item.published > StoryIndex::kAlive) continue;
    group.words.add(slot.words, -1);
    double most = std::max(1.0, kBetter * fit(slot, group, slot.item.published));
    group.words.add(slot.words);
    auto better = best_story(slot, heavy_of(slot), story, most);
    if (better != kNone) move(number, better);
  }
}

void Stories::move(Number number, Number to) {
  auto from = slots_[number].story;
  auto& group = groups_[from];
  save(from);
  note([this, from, number, slots = group.slots] {
    groups_[from].slots = slots;
    groups_[from].words.add(slots_[number].words);
    groups_[from].facts.add(slots_[number].facts);
    slots_[number].story = from;
  });
  group.slots.erase(std::find(group.slots.begin(), group.slots.end(), number));
  --group.head.size;
  --group.head.mass;
  group.words.add(slots_[number].words, -1);
  group.facts.add(slots_[number].facts, -1);
  tell(StoryEvent::Kind::kMoved, to, from, number, false);
  join(to, number, heavy_of(slots_[number]), false);
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

// What came of it ---------------------------------------------------------------------------------

std::size_t Stories::story_of(const std::string& entry_id) const {
  auto found = by_id_.find(entry_id);
  return found == by_id_.end() ? kNone : root(slots_[found->second].story);
}

const Item* Stories::find(const std::string& entry_id) const {
  auto found = by_id_.find(entry_id);
  return found == by_id_.end() ? nullptr : &slots_[found->second].item;
}

Stories::Told Stories::told(std::uint32_t story) const {
  Told out;
  if (story >= groups_.size() || groups_[story].head.merged_into != kNone) return out;
  auto slots = groups_[story].slots;
  std::sort(slots.begin(), slots.end(),
            [this](Number a, Number b) { return before(slots_[a].item, slots_[b].item); });
  for (auto number : slots) {
    const auto& slot = slots_[number];
    out.items.push_back(&slot.item);
    bool copy = slot.copy_of != kNone && root(slots_[slot.copy_of].story) == story;
    if (!copy) out.whole.push_back(&slot.item);
  }
  return out;
}

std::size_t Stories::bytes() const {
  std::size_t out = words_.bytes() + facts_.bytes() + index_.bytes();
  for (const auto& group : groups_) out += group.words.bytes() + group.facts.bytes();
  for (const auto& slot : slots_)
    out += (slot.words.capacity() + slot.facts.capacity()) * sizeof(Term);
  for (const auto& era : eras_) out += era.copies.bytes();
  for (const auto& step : journal_) out += step.undo.capacity() * sizeof(step.undo[0]);
  return out;
}

std::vector<Item> Stories::take_items() && {
  std::vector<Item> out;
  out.reserve(order_.size());
  for (auto number : order_) out.push_back(std::move(slots_[number].item));
  return out;
}

std::vector<Cluster> Stories::clusters() const {
  std::vector<Number> place_of(slots_.size(), kNone);
  for (std::size_t i = 0; i < order_.size(); ++i) place_of[order_[i]] = static_cast<Number>(i);
  std::vector<std::size_t> number_of(groups_.size(), ~std::size_t{0});
  std::vector<Cluster> out;
  for (auto number : order_) {
    const auto& slot = slots_[number];
    auto& at = number_of[root(slot.story)];
    if (at == ~std::size_t{0}) {
      at = out.size();
      out.emplace_back();
    }
    auto& cluster = out[at];
    cluster.items.push_back(place_of[number]);
    bool copy = slot.copy_of != kNone && root(slots_[slot.copy_of].story) == root(slot.story);
    if (!copy) cluster.whole.push_back(place_of[number]);
  }
  return out;
}

}  // namespace correlate
