#include "correlate/threads.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace correlate {
namespace {

constexpr model::Seconds kQuiet{21 * 86400};  // so long after an incident is still joined
// Sums of an incident that was not heard of for so long begin anew; later they are forgotten.
constexpr model::Seconds kKept = 2 * kQuiet;
constexpr model::Seconds kSecondThought{2 * 86400};
// Incidents of so few stories may still turn out to be parts of larger ones.
constexpr std::size_t kSmall = 2;

void insert(const std::string& one, std::vector<std::string>& to) {
  to.insert(std::lower_bound(to.begin(), to.end(), one), one);
}

bool contains(const std::vector<std::uint32_t>& all, std::uint32_t one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

Terms names_of(const Item& item) {
  Terms out;
  for (const auto& name : item.names) out.push_back({name.id, 1});
  return out;
}

void forget(Profile& profile) {
  profile.words = Terms();  // assigned an empty one it gives its memory back
  profile.names = {};
  profile.names.shrink_to_fit();
  profile.references = {};
  profile.references.shrink_to_fit();
  profile.counted = false;
}

}  // namespace

Threads::Threads(const Constraints& constraints, std::size_t most_steps)
    : bounds_(constraints),
      home_(bounds_.groups(), kNone),
      index_(kQuiet),
      most_steps_(most_steps) {}

void Threads::constrain(const Constraints& constraints) {
  bounds_ = Bounds(constraints, bounds_);
  home_.resize(bounds_.groups(), kNone);
}

std::vector<std::string> Threads::changed_by(const Constraints& constraints) const {
  return Bounds(constraints, bounds_).changed_since(bounds_);
}

// Following the stories, and going back with them -------------------------------------------------

void Threads::take(const Taken& step) {
  recording_ = step.recording;
  if (!recording_) journal_.clear();
  if (recording_) journal_.emplace_back();
  if (journal_.size() > most_steps_) journal_.pop_front();
  note([this, was = now_] { now_ = was; });
  now_ = step.item->published;
  if (step.settled) forget_before(std::min(*step.settled, now_) - kKept);
  ask_again();
  std::vector<Fresh> fresh;
  std::vector<Number> touched;
  for (const auto& event : step.events) {
    follow(event, fresh);
    touched.push_back(event.story);
  }
  std::vector<Number> updated;
  for (auto story : touched) {
    story = story_root(story);
    if (contains(updated, story)) continue;
    updated.push_back(story);
    if (!stories_[story].members.empty()) update(story);
  }
  for (const auto& [story, outage] : fresh) meet_at(outage, story_root(story));
  if (recording_) journal_.back().shrink_to_fit();
}

void Threads::take_back() {
  auto& undo = journal_.back();
  for (auto one = undo.rbegin(); one != undo.rend(); ++one) (*one)();
  journal_.pop_back();
}

void Threads::begin_anew() {
  for (Number i = 0; i < growing_.size(); ++i) touch(i);
  rarities_ = {};
  stories_.clear();
  growing_.clear();
  alone_.clear();
  index_ = StoryIndex(kQuiet);
  by_outage_.clear();
  journal_.clear();
  home_.assign(home_.size(), kNone);
  now_ = {};
  alive_.clear();
  quiet_.clear();
}

// Of incidents that nothing can join any more, wherever the journal goes back to.
void Threads::forget_before(model::Instant moment) {
  index_.forget_before(moment);
  for (auto at = alive_.begin(); at != alive_.end();) {
    auto incident = *at;
    auto& course = growing_[incident].course;
    bool merged = growing_[incident].into != incident;
    if (!merged && course.heard.last >= moment) {
      ++at;
      continue;
    }
    at = alive_.erase(at);
    for (auto story : course.stories) forget(stories_[story].profile);
    course.sums = Course::Sums();
    if (!merged) quiet_.push_back(incident);
  }
}

std::vector<Threads::Number> Threads::take_quiet() { return std::exchange(quiet_, {}); }

bool Threads::may_let_go(Number incident) const {
  return growing_[incident].bound.empty() && !alive_.contains(incident) &&
         growing_[incident].into == incident;
}

void Threads::let_go(Number incident) {
  for (auto number : growing_[incident].course.stories) {
    auto& story = stories_[number];
    story.members = std::vector<Member>();
    story.outages = std::vector<std::string>();
  }
}

// The sums of one that was not heard of for long begin anew, whether they were forgotten or not.
bool Threads::wake(Number incident) {
  auto& course = growing_[incident].course;
  if (course.stories.empty() || now_ - course.heard.last <= kKept) return false;
  if (recording_) {
    std::vector<std::pair<Number, Profile>> profiles;
    for (auto story : course.stories) profiles.emplace_back(story, stories_[story].profile);
    note([this, incident, sums = course.sums, profiles] {
      growing_[incident].course.sums = sums;
      for (const auto& [story, profile] : profiles) stories_[story].profile = profile;
    });
  }
  for (auto story : course.stories) forget(stories_[story].profile);
  course.sums = Course::Sums();
  alive_.insert(incident);
  return true;
}

// Entries of stories ------------------------------------------------------------------------------

void Threads::follow(const StoryEvent& event, std::vector<Fresh>& fresh) {
  if (event.kind == StoryEvent::Kind::kMerged) {
    merge_stories(event.story, event.from);
    return;
  }
  if (event.kind == StoryEvent::Kind::kMoved) leave_story(event);
  join_story(event, fresh);
}

void Threads::join_story(const StoryEvent& event, std::vector<Fresh>& fresh) {
  if (event.story == stories_.size()) {
    stories_.emplace_back();
    note([this] { stories_.pop_back(); });
  }
  auto number = event.story;
  auto& story = stories_[number];
  story.members.push_back({event.item, event.copy});
  note([this, number] { stories_[number].members.pop_back(); });
  for (const auto& outage : event.item->outages) {
    if (std::binary_search(story.outages.begin(), story.outages.end(), outage)) continue;
    note([this, number, was = story.outages] { stories_[number].outages = was; });
    insert(outage, story.outages);
    fresh.emplace_back(number, outage);
  }
  auto group = bounds_.group_of(event.item->entry_id);
  if (group == Bounds::kNone || contains(story.bound, group)) return;
  story.bound.push_back(group);
  note([this, number] { stories_[number].bound.pop_back(); });
  if (story.incident != kNone) rebind(number);
}

void Threads::leave_story(const StoryEvent& event) {
  if (stories_[event.from].incident != kNone) save(root(stories_[event.from].incident));
  auto& members = stories_[event.from].members;
  auto at = std::find_if(members.rbegin(), members.rend(),
                         [&](const Member& one) { return one.item == event.item; });
  auto place = std::prev(at.base());
  note([this, from = event.from, place = place - members.begin(), was = *place] {
    auto& back = stories_[from].members;
    back.insert(back.begin() + place, was);
  });
  members.erase(place);
}

void Threads::merge_stories(Number into, Number from) {
  auto& a = stories_[into];
  auto& b = stories_[from];
  note([this, into, from, many = a.members.size(), outages = a.outages, bound = a.bound,
        next = a.next_look, ties = a.ties.size()] {
    auto& back = stories_[into];
    back.members.resize(many);
    back.outages = outages;
    back.bound = bound;
    back.next_look = next;
    back.ties.resize(ties);
    stories_[from].merged_into = kNone;
  });
  a.members.insert(a.members.end(), b.members.begin(), b.members.end());
  a.ties.insert(a.ties.end(), b.ties.begin(), b.ties.end());
  for (const auto& outage : b.outages) {
    if (!std::binary_search(a.outages.begin(), a.outages.end(), outage)) insert(outage, a.outages);
  }
  for (auto group : b.bound) {
    if (!contains(a.bound, group)) a.bound.push_back(group);
  }
  a.next_look = 1;
  b.merged_into = into;
  if (b.incident != kNone) {
    auto other = root(b.incident);
    unlist(other, from);
    auto self = root(a.incident);
    if (other != self && !bounds_.apart(growing_[other].bound, growing_[self].bound)) {
      join(std::min(other, self), std::max(other, self));
    }
  }
  if (!a.bound.empty()) rebind(into);
}

// One story ---------------------------------------------------------------------------------------

void Threads::update(Number number) {
  auto& story = stories_[number];
  if (story.incident == kNone) {
    place(number);
    return;
  }
  auto incident = root(story.incident);
  touch(incident);
  if (wake(incident) || story.members.size() >= story.next_look) {
    look(number);
    return;
  }
  auto& last = growing_[incident].course.heard.last;
  auto at = story.members.back().item->published;
  if (at <= last) return;
  note([this, incident, last] { growing_[incident].course.heard.last = last; });
  last = at;
}

void Threads::place(Number number) {
  auto& story = stories_[number];
  const auto* first = story.members.front().item;
  rarities_.words.add(first->words);
  rarities_.names.add(names_of(*first));
  story.profile = profile_of(story.members, rarities_);
  note([this, number, first] {
    stories_[number].profile = {};
    rarities_.names.remove(names_of(*first));
    rarities_.words.remove(first->words);
  });
  open(number);
  settle(number);
  for (auto group : story.bound) bind_home(group, root(story.incident));
  post(number);
  if (growing_[root(story.incident)].course.stories.size() <= kSmall) {
    alone_.push_back(number);
    note([this] { alone_.pop_back(); });
  }
  look_again(root(story.incident));
}

// A story that has grown by half tells more than it did.
void Threads::look(Number number) {
  auto& story = stories_[number];
  note([this, number, was = story.next_look] { stories_[number].next_look = was; });
  auto size = static_cast<std::uint32_t>(story.members.size());
  story.next_look = std::max(size + 1, size * 3 / 2);
  weigh(number, profile_of(story.members, rarities_));
  if (growing_[root(story.incident)].course.stories.size() <= kSmall) settle(number);
  post(number);
  look_again(root(story.incident));
}

// What its incident knows of a story is replaced.
void Threads::weigh(Number number, Profile fresh) {
  auto& story = stories_[number];
  auto incident = root(story.incident);
  save(incident);
  auto& course = growing_[incident].course;
  if (story.profile.counted) add(course.sums, story.profile, -1);
  if (course.stories.size() > 1) tell_better(number, fresh, course);
  fresh.counted = true;
  add(course.sums, fresh);
  hear(course.heard, fresh);
  std::swap(story.profile, fresh);
  note([this, number, incident, was = std::move(fresh)] {
    auto& sums = growing_[incident].course.sums;
    add(sums, stories_[number].profile, -1);
    stories_[number].profile = was;
    if (was.counted) add(sums, was);
  });
}

// Into the incident that an editor put it into, or that most ties it to.
void Threads::settle(Number number) {
  auto self = root(stories_[number].incident);
  if (auto home = home_of(self); home != kNone && home != self) {
    const auto& there = growing_[home].course.stories;
    join(std::min(home, self), std::max(home, self),
         {number, there.empty() ? number : there.front(), "", "editor", 0,
          "an editor put them together"});
  } else if (auto [best, found] = best_for(number); best != kNone) {
    auto tie = tie_of(number, stories_[number].profile, growing_[best].course, found);
    join(std::min(best, self), std::max(best, self), std::move(tie));
  }
}

// A lone story is asked again two days later, when more is told of whatever it may belong to.
void Threads::ask_again() {
  while (!alone_.empty()) {
    auto number = alone_.front();
    const auto& story = stories_[number];
    if (now_ - story.profile.first <= kSecondThought) return;
    alone_.pop_front();
    note([this, number] { alone_.push_front(number); });
    bool small = story.merged_into == kNone &&
                 growing_[root(story.incident)].course.stories.size() <= kSmall;
    if (small && story.profile.counted && !story.members.empty()) settle(number);
  }
}

// Stories of one outage are of one incident.
void Threads::meet_at(const std::string& outage, Number story) {
  auto self = root(stories_[story].incident);
  Told tie{story, story, outage, "outage", 0, "it speaks of this outage"};
  auto [found, first] = by_outage_.try_emplace(outage, self);
  if (first) note([this, outage] { by_outage_.erase(outage); });
  auto other = root(found->second);
  if (other == self || bounds_.apart(growing_[other].bound, growing_[self].bound)) {
    tell(std::move(tie));
  } else {
    join(std::min(other, self), std::max(other, self), std::move(tie));
  }
}

// A story has come to hold an entry that an editor decided about.
void Threads::rebind(Number number) {
  auto& story = stories_[number];
  auto incident = root(story.incident);
  wake(incident);
  bool left = bounds_.apart(growing_[incident].bound, story.bound);
  if (left) incident = detach(number);
  note([this, incident, was = growing_[incident].bound] { growing_[incident].bound = was; });
  for (auto group : story.bound) {
    auto& bound = growing_[incident].bound;
    if (!contains(bound, group)) bound.push_back(group);
  }
  for (auto group : story.bound) {
    incident = root(story.incident);
    auto home = home_[group] == kNone ? incident : root(home_[group]);
    if (home == incident) bind_home(group, incident);
    if (home == incident || bounds_.apart(growing_[home].bound, story.bound)) continue;
    if (bounds_.apart(growing_[home].bound, growing_[incident].bound)) {
      incident = detach(number);
      left = true;
    }
    const auto& there = growing_[home].course.stories;
    join(std::min(home, incident), std::max(home, incident),
         {number, there.empty() ? number : there.front(), "", "editor", 0,
          "an editor put them together"});
  }
  if (left) post(number);
}

}  // namespace correlate
