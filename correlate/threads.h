#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "correlate/constrain.h"
#include "correlate/follow.h"
#include "correlate/incident.h"
#include "correlate/profile.h"
#include "correlate/story_index.h"
#include "correlate/ties.h"

namespace correlate {

// Threads stories into incidents while they grow, entry by entry, and goes back with them: what is
// decided uses nothing of later entries, so that the outcome depends on the entries alone.
//
// A story is held against the incidents that share its heaviest terms when its first entry comes,
// and joins the one that most evidence ties it to (ties.h); always against the whole incident,
// never its nearest story. It is looked at again whenever it has grown by half, and, while it is
// alone, held against them then and two days after it began. Stories of one outage are of one
// incident. An incident that has grown by half is held against others. Stories that become one
// bring their incidents together. Every tie keeps its reason.
class Threads : public Follower {
 public:
  using Number = std::uint32_t;
  static constexpr Number kNone = ~Number{0};

  // `most_steps`: as many as the stories can take back.
  Threads(const Constraints& constraints, std::size_t most_steps);

  void take(const Taken& step) override;
  void take_back() override;
  void begin_anew() override;
  // Other decisions of people, when no entry of changed_by() them is taken.
  void constrain(const Constraints& constraints);
  std::vector<std::string> changed_by(const Constraints& constraints) const;

  // A tie, by the numbers of stories.
  struct Told {
    Number from = 0;
    Number to = 0;
    std::string outage{};
    std::string kind{};
    double bits = 0;
    std::string text{};
  };
  std::size_t size() const { return growing_.size(); }  // incidents, with those that are none now
  Number incident_of(Number story) const { return root(stories_[story].incident); }
  // Of an incident: its stories in the order in which they came. Empty where it is a part of
  // another, or has lost them all.
  const std::vector<Number>& stories_of(Number incident) const;
  const std::vector<Told>& ties_of(Number story) const { return stories_[story].ties; }
  Number story_root(Number story) const;
  // The incident that speaks of an outage, or kNone.
  Number incident_of(const std::string& outage) const;
  // Incidents that nothing joins by its words any more, whatever is taken back, since the last
  // call. What speaks of their outages still does, and editors put things there.
  std::vector<Number> take_quiet();
  // The entries of its stories are not needed again, but to begin anew.
  void let_go(Number incident);
  bool may_let_go(Number incident) const;  // no constraint is about it, and it is quiet
  // Incidents that have changed since the last call. After begin_anew() all are, old and new.
  std::vector<Number> take_changed();
  std::size_t bytes() const;

 private:
  struct Story {
    std::vector<Member> members;
    std::vector<std::string> outages;  // sorted
    std::vector<std::uint32_t> bound;  // groups of constraints that it has entries of
    Profile profile;                   // when it was last looked at
    std::vector<Told> ties;            // from it
    Number incident = kNone;
    Number merged_into = kNone;
    std::uint32_t next_look = 2;  // the number of entries
  };
  struct Growing {
    Number into = 0;  // itself, or the incident that it was merged into
    Course course;
    std::vector<std::uint32_t> bound;
    std::size_t next_look = 3;  // the number of stories
  };
  using Fresh = std::pair<Number, std::string>;  // a story, and an outage that it had not told of

  void follow(const StoryEvent& event, std::vector<Fresh>& fresh);
  void join_story(const StoryEvent& event, std::vector<Fresh>& fresh);
  void leave_story(const StoryEvent& event);
  void merge_stories(Number into, Number from);
  void update(Number story);
  void place(Number story);
  void look(Number story);
  void settle(Number story);
  void meet_at(const std::string& outage, Number story);
  void rebind(Number story);
  void ask_again();

  Number open(Number story);
  Number join(Number into, Number from);
  Number join(Number into, Number from, Told tie);
  void tell(Told tie);
  void tell_better(Number story, const Profile& fresh, const Course& others);
  void enlist(Number incident, Number story);
  void unlist(Number incident, Number story);
  Number detach(Number story);
  void bind_home(std::uint32_t group, Number incident);
  Number home_of(Number incident) const;
  bool may_meet(Number a, Number b) const;
  std::pair<Number, Tie> best_for(Number story) const;
  std::vector<StoryIndex::Hit> candidates(const Terms& words) const;
  void look_again(Number incident);
  void post(Number story);
  void weigh(Number story, Profile fresh);
  bool wake(Number incident);
  void forget_before(model::Instant moment);

  Told tie_of(Number from, const Profile& profile, const Course& course, const Tie& found) const;
  Number nearest(Number from, const Profile& profile, const Course& course, const Tie& found) const;
  std::vector<std::string> shared_words(Number from, Number to) const;
  Number root(Number incident) const;
  void save(Number incident);
  void touch(Number incident);

  template <typename Undo>
  void note(Undo undo) {
    if (recording_) journal_.back().emplace_back(std::move(undo));
  }

  Bounds bounds_;
  std::vector<Number> home_;  // of each group of must-pairs: its incident
  Rarities rarities_;
  std::deque<Story> stories_;
  std::deque<Growing> growing_;
  std::deque<Number> alone_;  // stories
  StoryIndex index_;
  std::unordered_map<std::string, Number> by_outage_;  // incidents
  model::Instant now_{};
  std::size_t most_steps_;
  bool recording_ = true;
  std::deque<std::vector<std::function<void()>>> journal_;
  std::set<Number> alive_;     // incidents that have sums
  std::vector<Number> quiet_;  // … that had
  std::vector<Number> changed_;
  std::vector<bool> is_changed_;
};

}  // namespace correlate
