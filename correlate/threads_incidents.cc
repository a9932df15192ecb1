// Incidents and the stories that they are made of, and what undoes each change of them.
#include <algorithm>
#include <array>
#include <memory>

#include "correlate/threads.h"

namespace correlate {
namespace {

bool contains(const std::vector<std::uint32_t>& all, std::uint32_t one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

Threads::Number Threads::open(Number story) {
  auto self = static_cast<Number>(growing_.size());
  auto& one = growing_.emplace_back();
  one.into = self;
  one.bound = stories_[story].bound;
  alive_.insert(self);
  note([this, self] {
    touch(self);
    alive_.erase(self);
    growing_.pop_back();
  });
  enlist(self, story);
  return self;
}

void Threads::enlist(Number incident, Number number) {
  save(incident);
  auto& course = growing_[incident].course;
  auto& story = stories_[number];
  story.profile.counted = true;
  course.stories.push_back(number);
  add(course.sums, story.profile);
  hear(course.heard, story.profile);
  note([this, incident, number, was = story.incident] {
    auto& back = growing_[incident].course;
    add(back.sums, stories_[number].profile, -1);
    back.stories.pop_back();
    stories_[number].incident = was;
  });
  story.incident = incident;
}

void Threads::unlist(Number incident, Number number) {
  save(incident);
  auto& course = growing_[incident].course;
  const auto& profile = stories_[number].profile;
  auto at = std::find(course.stories.begin(), course.stories.end(), number);
  note([this, incident, number, place = at - course.stories.begin()] {
    auto& back = growing_[incident].course;
    back.stories.insert(back.stories.begin() + place, number);
    const auto& was = stories_[number].profile;
    if (was.counted) add(back.sums, was);
  });
  course.stories.erase(at);
  if (profile.counted) add(course.sums, profile, -1);
}

// A story leaves its incident for one of its own.
Threads::Number Threads::detach(Number number) {
  auto incident = root(stories_[number].incident);
  unlist(incident, number);
  auto& bound = growing_[incident].bound;
  note([this, incident, was = bound] { growing_[incident].bound = was; });
  bound.clear();
  for (auto other : growing_[incident].course.stories) {
    for (auto group : stories_[other].bound) {
      if (!contains(bound, group)) bound.push_back(group);
    }
  }
  auto self = open(number);
  for (auto group : stories_[number].bound) {
    if (!contains(growing_[incident].bound, group)) bind_home(group, self);
  }
  return self;
}

// Everything of `from` goes into `into`, which is returned.
Threads::Number Threads::join(Number into, Number from) {
  wake(into);
  wake(from);
  save(into);
  touch(from);
  auto& a = growing_[into];
  auto& b = growing_[from];
  add(a.course.sums, b.course.sums);
  hear(a.course.heard, b.course.heard);
  auto append = [](auto& to, const auto& more) { to.insert(to.end(), more.begin(), more.end()); };
  auto sizes = std::array{a.course.stories.size(), a.bound.size()};
  append(a.course.stories, b.course.stories);
  append(a.bound, b.bound);
  auto was = recording_ ? std::make_shared<Growing>(std::move(b)) : nullptr;
  note([this, into, from, was, sizes] {
    auto& back = growing_[into];
    add(back.course.sums, was->course.sums, -1);
    back.course.stories.resize(sizes[0]);
    back.bound.resize(sizes[1]);
    growing_[from] = *was;
    alive_.insert(from);
    touch(from);
  });
  b = Growing();
  b.into = into;
  return into;
}

Threads::Number Threads::join(Number into, Number from, Told tie) {
  join(into, from);
  tell(std::move(tie));
  return into;
}

void Threads::tell(Told tie) {
  auto story = story_root(tie.from);
  touch(root(stories_[story].incident));
  stories_[story].ties.push_back(std::move(tie));
  note([this, story] {
    touch(root(stories_[story].incident));
    stories_[story].ties.pop_back();
  });
}

void Threads::bind_home(std::uint32_t group, Number incident) {
  note([this, group, was = home_[group]] { home_[group] = was; });
  home_[group] = incident;
}

// Where an editor put what this one has entries of.
Threads::Number Threads::home_of(Number incident) const {
  const auto& bound = growing_[incident].bound;
  for (auto group : bound) {
    if (home_[group] == kNone) continue;
    auto home = root(home_[group]);
    if (!bounds_.apart(growing_[home].bound, bound)) return home;
  }
  return kNone;
}

void Threads::save(Number incident) {
  touch(incident);
  if (!recording_) return;
  const auto& one = growing_[incident];
  note([this, incident, heard = one.course.heard, next = one.next_look] {
    touch(incident);
    growing_[incident].course.heard = heard;
    growing_[incident].next_look = next;
  });
}

void Threads::touch(Number incident) {
  if (incident >= is_changed_.size()) is_changed_.resize(incident + 1);
  if (is_changed_[incident]) return;
  is_changed_[incident] = true;
  changed_.push_back(incident);
}

}  // namespace correlate
