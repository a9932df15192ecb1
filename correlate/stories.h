#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "correlate/cluster.h"
#include "correlate/constrain.h"
#include "correlate/copies.h"
#include "correlate/extent.h"
#include "correlate/follow.h"
#include "correlate/item.h"
#include "correlate/story_index.h"
#include "correlate/terms.h"

namespace correlate {

// Online clustering. Items are taken in the order of before(); a decision uses nothing of later
// ones. One that comes late is put into its place: what was decided after it is taken back and
// decided again, so that the outcome depends on the items alone, not on when they came. The last
// `journal` items can be taken back one by one; one that belongs before them makes all be taken
// again.
//
// An item is taken so: its words are weighed by how rare they are so far; a near-copy goes where
// that is what it is a copy of; else the story that it is most like *for the time since that was
// last heard of* is found among those that share its heaviest words; then it is decided whether it
// is like enough to join. When a story has grown by half it is looked at again: others that it has
// come to be like are merged into it, and entries that another story has come to fit better move
// there. Always a whole story is compared, never its nearest entry.
class Stories {
 public:
  // `follower`, who may be null, is told of every item that is taken or taken back, and must live
  // as long.
  explicit Stories(const Constraints& constraints = {}, std::size_t journal = Extent{}.journal,
                   Follower* follower = nullptr);
  Stories(const Stories&) = delete;
  Stories& operator=(const Stories&) = delete;

  void add(std::vector<Item> items);
  void add(Item item);
  bool remove(const std::string& entry_id);  // false: there is none
  // Takes entries away, those that are there, and adds items: one that is there already is
  // replaced. Goes back once, to the earliest of them.
  void change(const std::vector<std::string>& gone, std::vector<Item> fresh);
  // Goes back to before the first of the entries for which these constraints say anything else than
  // the old ones, and of `about`, calls `then`, and goes on with these.
  void constrain(const Constraints& constraints, const std::vector<std::string>& about,
                 const std::function<void()>& then);

  // As those of Joining.
  void give_up_when(std::function<bool()> asked) { give_up_ = std::move(asked); }
  bool gave_up() const { return gave_up_; }
  void expect(std::size_t to_come) { to_come_ = to_come; }
  bool lacks_items() const { return lacks_items_; }

  std::size_t size() const { return order_.size(); }
  // How many were taken again because one came late or went.
  std::size_t replayed() const { return replayed_; }
  // Of the item: a number that its story has alone. Of the items of one story the same.
  std::size_t story_of(const std::string& entry_id) const;
  bool contains(const std::string& entry_id) const { return slot_of(entry_id).has_value(); }
  std::size_t held() const { return order_.size() - let_go_; }  // items
  // Whether this is what was added last of that entry.
  bool is_as_held(const Item& item) const;
  // The story's items are not needed again, but to take all of them again: then lacks_items().
  void let_go(std::uint32_t story);
  bool holds(const std::string& entry_id) const;  // it was not let go
  // No constraint is about it, and nothing is a near-copy of its items any more.
  bool may_let_go(std::uint32_t story) const;
  // Numbers of stories that have changed since the last call, each once; there may be no story of
  // that number any more.
  std::vector<std::uint32_t> take_changed();
  bool take_changed(std::uint32_t story);                 // of this one: whether it has
  std::size_t numbers() const { return groups_.size(); }  // every story's is below it
  // The items of a story, in order, and of them those that are no near-copies of another of it.
  // Empty where the story was merged into another, or lost all.
  struct Told {
    std::vector<const Item*> items;
    std::vector<const Item*> whole;
  };
  Told told(std::uint32_t story) const;
  // All stories with the places of their items, in the order of their first items; without
  // model::Story, which name_stories() makes.
  std::vector<Cluster> clusters() const;
  const Item& item(std::size_t place) const { return item_of(order_[place]); }
  // What the sums, postings, copies and the journal hold, without the items themselves.
  std::size_t bytes() const;
  // The items in their order; what is left of the Stories can only be destroyed.
  std::vector<Item> take_items() &&;

 private:
  using Number = std::uint32_t;
  static constexpr Number kNone = ~Number{0};
  static constexpr std::size_t kCandidates = 12;     // stories that are compared with an item
  static constexpr std::uint32_t kMostMass = 32768;  // items in one sum; later ones add nothing

  struct Held {
    Item item;
    Terms words;  // weighed when it was taken
    Terms facts;
  };
  struct Slot {
    OrderKey key;
    std::uint64_t print = 0;  // print_of() an item that was let go
    Number story = kNone;
    Number copy_of = kNone;      // slot
    std::unique_ptr<Held> held;  // null where it was let go
  };
  // Slots by the ids of their entries.
  struct IdHash {
    using is_transparent = void;
    const std::deque<Slot>* slots;
    std::size_t operator()(const std::string& id) const { return std::hash<std::string>{}(id); }
    std::size_t operator()(Number slot) const { return (*this)((*slots)[slot].key.entry_id); }
  };
  struct SameId {
    using is_transparent = void;
    const std::deque<Slot>* slots;
    bool operator()(Number a, Number b) const { return a == b; }
    bool operator()(const std::string& id, Number slot) const {
      return (*slots)[slot].key.entry_id == id;
    }
    bool operator()(Number slot, const std::string& id) const { return (*this)(id, slot); }
  };

  // What is small of a story: saved whole before it is changed.
  struct Head {
    model::Instant last{};
    model::Happening happening = model::Happening::kOther;
    Number outage = kNone;        // slot of the first item that is linked to one
    Number placed = kNone;        // … that reports an unmeasured one of a place
    std::uint32_t mass = 0;       // items in the sums
    std::uint32_t size = 0;       // items
    std::uint32_t next_look = 2;  // the size at which it is looked at again
    std::uint64_t languages = 0;
    Number merged_into = kNone;
  };
  struct Group {
    Head head;
    Centroid words;
    Centroid facts;
    std::vector<Number> slots;  // in the order in which they came
    std::vector<Number> bound;  // groups of constraints that it has entries of
  };
  // Near-copies are looked for among the items of some time.
  struct Era {
    model::Instant since{};
    CopyIndex copies;
    std::vector<Number> slots;  // as in copies
  };
  struct Step {
    std::vector<std::function<void()>> undo;
  };

  void take(Number slot);
  void take_back();  // the last one
  void go_back_to(std::size_t place);
  void go_on();
  void forget_old(model::Instant now);

  std::optional<Number> copied(const Slot& slot) const;
  bool may_join(Number slot, const Group& group) const;
  bool may_merge(const Group& a, const Group& b) const;
  bool same_outage(Number a, Number b) const;
  bool same_place(Number a, Number b) const;
  double fit(const Slot& slot, const Group& group, model::Instant at) const;
  double fit(const Group& a, const Group& b) const;
  // The terms of an item that it is found by.
  struct Heavy {
    Terms words;
    Terms facts;
  };
  static Heavy heavy_of(const Slot& slot);
  Number best_story(Number slot, const Heavy& heavy, Number but, double& most) const;

  Number open();
  void join(Number story, Number slot, const Heavy& heavy, bool copy);
  void begin_sums_anew(Number story);
  void post(Number story, const Heavy& heavy, model::Instant at);
  void remember(Number slot);
  void look_again(Number story);
  Number merge_alike(Number story);
  void merge(Number into, Number from);
  void move_strays(Number story);
  void move(Number slot, Number to);
  Number root(Number story) const;
  void save(Number story);
  void touch(Number story);
  Number put(Item item);
  bool earlier(Number a, Number b) const;
  std::size_t place_of(Number slot) const;
  std::optional<Number> slot_of(const std::string& entry_id) const;
  const Item& item_of(Number slot) const { return slots_[slot].held->item; }
  Held& held(Number slot) { return *slots_[slot].held; }
  const Held& held(Number slot) const { return *slots_[slot].held; }
  void take_out(Number slot);
  void tell(StoryEvent::Kind kind, Number story, Number from, Number slot, bool copy);
  std::uint64_t language_bit(const std::string& language);

  template <typename Undo>
  void note(Undo undo) {
    if (recording_) journal_.back().undo.emplace_back(std::move(undo));
  }

  std::deque<Slot> slots_;
  std::vector<Number> free_;
  std::vector<Number> order_;  // slots in order; those from taken_ on are not yet taken
  std::unordered_set<Number, IdHash, SameId> by_id_{8, IdHash{&slots_}, SameId{&slots_}};
  std::size_t taken_ = 0;
  std::size_t replayed_ = 0;
  std::size_t let_go_ = 0;   // items
  std::size_t to_come_ = 0;  // … that will be added after those that are here

  Bounds bounds_;
  std::vector<Number> home_;  // of each group of must-pairs: its story
  Rarity words_;
  Rarity facts_;
  std::deque<Group> groups_;
  StoryIndex index_;
  std::deque<Era> eras_;
  std::map<std::string, std::uint64_t> languages_;
  std::size_t most_steps_;
  std::size_t forget_every_;
  bool recording_ = true;      // off for items that so many follow that the journal forgets them
  std::deque<Step> journal_;   // of the last of the items that were taken
  std::size_t forgotten_ = 0;  // groups before it have no sums any more
  Follower* follower_;
  Taken step_;  // what is being taken, for the follower
  std::function<bool()> give_up_;
  bool gave_up_ = false;
  bool lacks_items_ = false;
  std::vector<Number> changed_;
  std::vector<bool> is_changed_;
};

}  // namespace correlate
