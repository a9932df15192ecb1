#include "correlate/thread.h"

#include <algorithm>
#include <deque>
#include <map>
#include <numeric>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "correlate/constrain.h"
#include "correlate/incident.h"
#include "correlate/story_index.h"
#include "correlate/ties.h"
#include "store/model/text.h"

namespace correlate {
namespace {

constexpr model::Seconds kQuiet{21 * 86400};  // so long after an incident is still joined
constexpr std::size_t kCandidates = 8;
constexpr std::size_t kLookedAt =
    12;  // first and last stories of an incident that a tie can lead to
constexpr std::size_t kIndexTerms = 12;
constexpr double kMergeFrom = 2;  // bits that two incidents must have above those of a story
constexpr model::Seconds kSecondThought{2 * 86400};
constexpr std::uint32_t kNone = Bounds::kNone;

class Threading {
 public:
  Threading(const std::vector<Item>& items, const std::vector<Cluster>& clusters,
            const OutageIndex& outages, const Constraints& constraints)
      : items_(items),
        clusters_(clusters),
        outages_(outages),
        bounds_(constraints),
        home_(bounds_.groups(), kNone),
        profiles_(clusters.size()) {}

  std::vector<model::Incident> run() {
    std::vector<std::size_t> order(clusters_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      return std::tie(clusters_[a].first, clusters_[a].story.id) <
             std::tie(clusters_[b].first, clusters_[b].story.id);
    });
    for (auto story : order) {
      ask_again(clusters_[story].first);
      place(story);
    }
    ask_again(model::Instant::max());
    std::vector<model::Incident> out;
    for (std::uint32_t i = 0; i < growing_.size(); ++i) {
      const auto& one = growing_[i];
      if (one.into != i) continue;
      out.push_back(
          incident_of(one.course.stories, one.edges, items_, clusters_, profiles_, outages_));
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return out;
  }

 private:
  struct Growing {
    std::uint32_t into = 0;  // itself, or the incident that it was merged into
    Course course;
    std::vector<Edge> edges;
    std::vector<std::uint32_t> bound;  // groups of constraints that it has entries of
    std::size_t next_look = 3;
  };

  void place(std::size_t story) {
    auto& profile = profiles_[story] = profile_of(clusters_[story], items_, outages_, rarities_);
    auto self = open(story, profile);
    auto home = home_of(self);
    if (home != kNone) {
      self = join(home, self,
                  {story, growing_[home].course.stories.front(), "", "editor", 0,
                   "an editor put them together"});
    } else if (auto [best, found] = best_for(profile, self); best != kNone) {
      self = join(best, self, edge_of(story, growing_[best].course, found));
    }
    for (const auto& outage : profile.outages) self = meet_at(outage, story, self);
    for (auto group : growing_[self].bound) home_[group] = self;
    post(self, profile);
    if (growing_[self].course.stories.size() == 1) alone_.emplace_back(story, self);
    look_again(self);
  }

  // A lone story is asked again two days later, when more is told of whatever it may belong to.
  void ask_again(model::Instant now) {
    while (!alone_.empty() && (now == model::Instant::max() ||
                               now - profiles_[alone_.front().first].first > kSecondThought)) {
      auto [story, self] = alone_.front();
      alone_.pop_front();
      if (growing_[self].into != self || growing_[self].course.stories.size() > 1) continue;
      if (auto [best, found] = best_for(profiles_[story], self); best != kNone) {
        auto edge = edge_of(story, growing_[best].course, found);
        join(std::min(best, self), std::max(best, self), std::move(edge));
      }
    }
  }

  std::uint32_t open(std::size_t story, const Profile& profile) {
    auto self = static_cast<std::uint32_t>(growing_.size());
    auto& one = growing_.emplace_back();
    one.into = self;
    add(one.course, story, profile);
    for (auto i : clusters_[story].items) {
      auto group = bounds_.group_of(items_[i].entry_id);
      bool known =
          group == kNone || std::find(one.bound.begin(), one.bound.end(), group) != one.bound.end();
      if (!known) one.bound.push_back(group);
    }
    return self;
  }

  // Where an editor put what this one has entries of.
  std::uint32_t home_of(std::uint32_t self) const {
    for (auto group : growing_[self].bound) {
      if (home_[group] == kNone) continue;
      auto home = root(home_[group]);
      if (!bounds_.apart(growing_[home].bound, growing_[self].bound)) return home;
    }
    return kNone;
  }

  bool may_meet(std::uint32_t a, std::uint32_t b) const {
    return !of_two_countries(growing_[a].course.countries, growing_[b].course.countries) &&
           !bounds_.apart(growing_[a].bound, growing_[b].bound);
  }

  std::vector<StoryIndex::Hit> candidates(const Terms& words, model::Instant at) const {
    return index_.find(words, at, kCandidates, [this](std::uint32_t i) { return root(i); });
  }

  static Terms query_of(const Profile& profile) {
    auto out = heaviest(profile.words, kIndexTerms);
    for (const auto& name : profile.names) {
      if (name.kind != model::MentionKind::kPlace) out.push_back({name.id, kUnit / 4});
    }
    return out;
  }

  std::pair<std::uint32_t, Tie> best_for(const Profile& profile, std::uint32_t self) const {
    std::pair<std::uint32_t, Tie> best{kNone, {}};
    double most = 0;
    for (const auto& hit : candidates(query_of(profile), profile.first)) {
      if (hit.story == self || !may_meet(hit.story, self)) continue;
      auto found = tie_between(profile, growing_[hit.story].course, rarities_);
      if (found.sum() <= most) continue;
      most = found.sum();
      best = {hit.story, std::move(found)};
    }
    return best;
  }

  // Stories of one outage are of one incident.
  std::uint32_t meet_at(const std::string& outage, std::size_t story, std::uint32_t self) {
    Edge edge{story, story, outage, "outage", 0, "it speaks of this outage"};
    auto [found, first] = by_outage_.try_emplace(outage, self);
    auto other = root(found->second);
    if (!first && other != self && !bounds_.apart(growing_[other].bound, growing_[self].bound)) {
      return join(std::min(other, self), std::max(other, self), std::move(edge));
    }
    growing_[self].edges.push_back(std::move(edge));
    return self;
  }

  // Moves everything of `from` into `into`, which is returned.
  std::uint32_t join(std::uint32_t into, std::uint32_t from, Edge edge) {
    auto& a = growing_[into];
    auto& b = growing_[from];
    add(a.course, b.course);
    a.edges.insert(a.edges.end(), std::make_move_iterator(b.edges.begin()),
                   std::make_move_iterator(b.edges.end()));
    a.edges.push_back(std::move(edge));
    a.bound.insert(a.bound.end(), b.bound.begin(), b.bound.end());
    for (auto group : b.bound) home_[group] = into;
    b.into = into;
    b.course = {};
    b.edges.clear();
    return into;
  }

  // An incident that has grown by half may have come to be like another one.
  void look_again(std::uint32_t self) {
    auto& one = growing_[self];
    if (one.course.stories.size() < one.next_look) return;
    one.next_look = one.course.stories.size() * 3 / 2 + 1;
    for (const auto& hit : candidates(one.course.words.heaviest(kIndexTerms), one.course.last)) {
      auto other = root(hit.story);
      self = root(self);
      if (other == self || !may_meet(other, self)) continue;
      bool less = growing_[other].course.stories.size() < growing_[self].course.stories.size();
      const auto& smaller = growing_[less ? other : self].course;
      const auto& larger = growing_[less ? self : other].course;
      auto found = tie_between(smaller, larger, rarities_);
      if (found.sum() < kMergeFrom) continue;
      auto edge = edge_of(smaller.stories.front(), larger, found);
      join(std::min(self, other), std::max(self, other), std::move(edge));
    }
  }

  void post(std::uint32_t self, const Profile& profile) {
    for (const auto& term : query_of(profile)) {
      index_.add(term.id, self, term.weight, profile.first);
    }
  }

  // Says why, and to which of the incident's stories the tie leads.
  Edge edge_of(std::size_t from, const Course& course, const Tie& found) const {
    Edge out{from, nearest(from, course, found), "", "words", found.sum(), ""};
    if (found.actors > found.words) out.kind = "actors";
    if (found.points != nullptr && found.reference > 2) out.kind = "reference";
    std::vector<std::string> why;
    if (found.points != nullptr) why.push_back(fmt::format("says “{}”", found.points->words));
    auto names = names_of(profiles_[from], found.shared);
    if (!names.empty()) why.push_back(fmt::format("names {} too", fmt::join(names, ", ")));
    auto words = shared_words(from, out.to);
    if (!words.empty()) why.push_back(fmt::format("in like words: {}", fmt::join(words, ", ")));
    out.text = fmt::format("{}", fmt::join(why, "; "));
    if (out.text.empty()) out.text = "is told as the others are";
    return out;
  }

  std::size_t nearest(std::size_t from, const Course& course, const Tie& found) const {
    const auto& stories = course.stories;
    std::size_t best = stories.front();
    double most = -1;
    for (std::size_t i = 0; i < stories.size(); ++i) {
      if (i == kLookedAt && stories.size() > 2 * kLookedAt) i = stories.size() - kLookedAt;
      const auto& other = profiles_[stories[i]];
      double alike = cosine(other.words, profiles_[from].words);
      for (const auto& name : other.names) {
        alike += std::find(found.shared.begin(), found.shared.end(), name.id) != found.shared.end()
                     ? 0.1
                     : 0;
      }
      bool pointed = found.points != nullptr &&
                     strand_kind(found.points->happening) == strand_kind(other.happening);
      if (pointed) alike += 1;
      if (alike <= most) continue;
      most = alike;
      best = stories[i];
    }
    return best;
  }

  static std::vector<std::string> names_of(const Profile& profile,
                                           const std::vector<std::uint32_t>& ids) {
    constexpr std::size_t kMost = 3;
    std::vector<std::string> out;
    for (auto id : ids) {
      for (const auto& name : profile.names) {
        if (name.id == id && out.size() < kMost) out.push_back(name.name);
      }
    }
    return out;
  }

  // Words of the title that are among the heaviest of the other.
  std::vector<std::string> shared_words(std::size_t from, std::size_t to) const {
    constexpr std::size_t kMost = 4;
    std::vector<std::string> out;
    const auto& title = clusters_[from].story.title;
    for (const auto& piece : model::words(title)) {
      Term term{term_of_word(piece.of(title)), 0};
      auto found = std::lower_bound(profiles_[to].words.begin(), profiles_[to].words.end(), term,
                                    [](const Term& a, const Term& b) { return a.id < b.id; });
      bool shared = term.id != 0 && found != profiles_[to].words.end() && found->id == term.id;
      std::string word(piece.of(title));
      bool again = std::find(out.begin(), out.end(), word) != out.end();
      if (shared && !again && out.size() < kMost) out.push_back(std::move(word));
    }
    return out;
  }

  std::uint32_t root(std::uint32_t i) const {
    while (growing_[i].into != i) i = growing_[i].into;
    return i;
  }

  const std::vector<Item>& items_;
  const std::vector<Cluster>& clusters_;
  const OutageIndex& outages_;
  Bounds bounds_;
  std::vector<std::uint32_t> home_;  // of each group of must-pairs: its incident
  std::vector<Profile> profiles_;    // of each story, from when it was taken
  Rarities rarities_;
  std::vector<Growing> growing_;
  std::deque<std::pair<std::size_t, std::uint32_t>> alone_;  // stories and their incidents
  StoryIndex index_{kQuiet};
  std::unordered_map<std::string, std::uint32_t> by_outage_;
};

}  // namespace

std::vector<model::Incident> thread(const std::vector<Item>& items,
                                    const std::vector<Cluster>& clusters,
                                    const OutageIndex& outages, const Constraints& constraints) {
  return Threading(items, clusters, outages, constraints).run();
}

}  // namespace correlate
