// How an incident is found that a story, or another incident, is tied to; and what is told of that.
#include <algorithm>

#include <fmt/format.h>

#include "correlate/threads.h"
#include "store/model/text.h"

namespace correlate {
namespace {

constexpr std::size_t kCandidates = 8;
// First and last stories of an incident that a tie can lead to.
constexpr std::size_t kLookedAt = 12;
constexpr std::size_t kIndexTerms = 12;
constexpr double kMergeFrom = 2;  // bits that two incidents must have above those of a story

Terms query_of(const Profile& profile) {
  auto out = heaviest(profile.words, kIndexTerms);
  for (const auto* name : profile.names) {
    if (name->kind != model::MentionKind::kPlace) out.push_back({name->id, kUnit / 4});
  }
  return out;
}

std::vector<std::string> names_of(const Profile& profile, const std::vector<std::uint32_t>& ids) {
  constexpr std::size_t kMost = 3;
  std::vector<std::string> out;
  for (auto id : ids) {
    for (const auto* name : profile.names) {
      if (name->id == id && out.size() < kMost) out.push_back(name->name);
    }
  }
  return out;
}

}  // namespace

bool Threads::may_meet(Number a, Number b) const {
  const auto& one = growing_[a];
  const auto& other = growing_[b];
  return !of_two_countries(one.course.heard.countries, other.course.heard.countries) &&
         !of_two_countries(one.course.heard.places, other.course.heard.places) &&
         !bounds_.apart(one.bound, other.bound);
}

std::vector<StoryIndex::Hit> Threads::candidates(const Terms& words) const {
  return index_.find(words, now_, kCandidates, [this](Number i) { return root(i); });
}

std::pair<Threads::Number, Tie> Threads::best_for(Number story) const {
  const auto& profile = stories_[story].profile;
  auto self = root(stories_[story].incident);
  std::pair<Number, Tie> best{kNone, {}};
  double most = 0;
  for (const auto& hit : candidates(query_of(profile))) {
    const auto& course = growing_[hit.story].course;
    if (hit.story == self || course.stories.empty() || !may_meet(hit.story, self)) continue;
    auto found = tie_between(profile, course, rarities_);
    if (found.sum() <= most) continue;
    most = found.sum();
    best = {hit.story, std::move(found)};
  }
  return best;
}

// An incident that has grown by half may have come to be like another one.
void Threads::look_again(Number self) {
  auto& one = growing_[self];
  if (one.course.stories.size() < one.next_look) return;
  save(self);
  one.next_look = one.course.stories.size() * 3 / 2 + 1;
  for (const auto& hit : candidates(one.course.sums.words.heaviest(kIndexTerms))) {
    auto other = root(hit.story);
    self = root(self);
    if (other == self || growing_[other].course.stories.empty() || !may_meet(other, self)) continue;
    bool less = growing_[other].course.stories.size() < growing_[self].course.stories.size();
    const auto& smaller = growing_[less ? other : self].course;
    const auto& larger = growing_[less ? self : other].course;
    auto found = tie_between(smaller, larger, rarities_);
    if (found.sum() < kMergeFrom) continue;
    auto from = smaller.stories.front();
    auto tie = tie_of(from, stories_[from].profile, larger, found);
    join(std::min(self, other), std::max(self, other), std::move(tie));
  }
}

void Threads::post(Number number) {
  auto incident = root(stories_[number].incident);
  for (const auto& term : query_of(stories_[number].profile)) {
    if (!index_.add(term.id, incident, term.weight, now_)) continue;
    note([this, id = term.id] { index_.take_back(id); });
  }
}

// A story that tells more than it did may be tied better to the others than what was told.
void Threads::tell_better(Number number, const Profile& fresh, const Course& others) {
  auto& ties = stories_[number].ties;
  auto told = std::find_if(ties.begin(), ties.end(), [](const Told& one) {
    return one.outage.empty() && one.kind != "editor";
  });
  if (told == ties.end()) return;
  auto found = tie_between(fresh, others, rarities_);
  if (found.sum() <= told->bits) return;
  note([this, number, place = told - ties.begin(), was = *told] {
    stories_[number].ties[static_cast<std::size_t>(place)] = was;
  });
  *told = tie_of(number, fresh, others, found);
}

// Says why, and to which of the incident's stories the tie leads.
Threads::Told Threads::tie_of(Number from, const Profile& profile, const Course& course,
                              const Tie& found) const {
  Told out{from, nearest(from, profile, course, found), "", "words", found.sum(), ""};
  if (found.actors > found.words) out.kind = "actors";
  if (found.points != nullptr && found.reference > 2) out.kind = "reference";
  std::vector<std::string> why;
  if (found.points != nullptr) why.push_back(fmt::format("says “{}”", found.points->words));
  auto names = names_of(profile, found.shared);
  if (!names.empty()) why.push_back(fmt::format("names {} too", fmt::join(names, ", ")));
  auto words = shared_words(from, out.to);
  if (!words.empty()) why.push_back(fmt::format("in like words: {}", fmt::join(words, ", ")));
  out.text = fmt::format("{}", fmt::join(why, "; "));
  if (out.text.empty()) out.text = "is told as the others are";
  return out;
}

Threads::Number Threads::nearest(Number from, const Profile& profile, const Course& course,
                                 const Tie& found) const {
  const auto& stories = course.stories;
  Number best = stories.front();
  double most = -1;
  for (std::size_t i = 0; i < stories.size(); ++i) {
    if (i == kLookedAt && stories.size() > 2 * kLookedAt) i = stories.size() - kLookedAt;
    if (stories[i] == from) continue;
    const auto& other = stories_[stories[i]].profile;
    double alike = cosine(other.words, profile.words);
    for (const auto* name : other.names) {
      bool shared =
          std::find(found.shared.begin(), found.shared.end(), name->id) != found.shared.end();
      if (shared) alike += 0.1;
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

// Words of the title that are among the heaviest of the other.
std::vector<std::string> Threads::shared_words(Number from, Number to) const {
  constexpr std::size_t kMost = 4;
  std::vector<std::string> out;
  // Of one that was not heard of for long nothing is known any more.
  if (stories_[from].profile.words.empty()) return out;
  const auto& title = stories_[from].members.front().item->title;
  const auto& heavy = stories_[to].profile.words;
  for (const auto& piece : model::words(title)) {
    Term term{term_of_word(piece.of(title)), 0};
    auto found = std::lower_bound(heavy.begin(), heavy.end(), term,
                                  [](const Term& a, const Term& b) { return a.id < b.id; });
    bool shared = term.id != 0 && found != heavy.end() && found->id == term.id;
    std::string word(piece.of(title));
    bool again = std::find(out.begin(), out.end(), word) != out.end();
    if (shared && !again && out.size() < kMost) out.push_back(std::move(word));
  }
  return out;
}

Threads::Number Threads::root(Number incident) const {
  while (growing_[incident].into != incident) incident = growing_[incident].into;
  return incident;
}

Threads::Number Threads::story_root(Number story) const {
  while (stories_[story].merged_into != kNone) story = stories_[story].merged_into;
  return story;
}

const std::vector<Threads::Number>& Threads::stories_of(Number incident) const {
  static const std::vector<Number> kNoStories;
  return incident < growing_.size() ? growing_[incident].course.stories : kNoStories;
}

Threads::Number Threads::incident_of(const std::string& outage) const {
  auto found = by_outage_.find(outage);
  return found == by_outage_.end() ? kNone : root(found->second);
}

std::vector<Threads::Number> Threads::take_changed() {
  auto out = std::move(changed_);
  changed_.clear();
  for (auto i : out) is_changed_[i] = false;
  return out;
}

std::size_t Threads::bytes() const {
  std::size_t out = rarities_.words.bytes() + rarities_.names.bytes() + index_.bytes();
  for (const auto& story : stories_) {
    out += sizeof(Story) + story.members.capacity() * sizeof(Member) +
           story.profile.words.capacity() * sizeof(Term) + story.ties.capacity() * sizeof(Told) +
           (story.profile.names.capacity() + story.profile.references.capacity()) * sizeof(void*);
  }
  for (const auto& one : growing_) {
    const auto& sums = one.course.sums;
    out += sizeof(Growing) + sums.words.bytes() + sums.with_word.bytes() + sums.with_name.bytes() +
           one.course.stories.capacity() * sizeof(Number);
  }
  for (const auto& step : journal_) out += step.capacity() * sizeof(step[0]);
  return out;
}

}  // namespace correlate
