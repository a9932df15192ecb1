#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "correlate/beside.h"
#include "correlate/constraints.h"
#include "correlate/extent.h"
#include "correlate/incident.h"
#include "correlate/item.h"
#include "correlate/link.h"
#include "correlate/stories.h"
#include "correlate/threads.h"
#include "store/model/join.h"

namespace correlate {

// What people decided about stories, and about incidents. Two entries that must not be in one
// incident are not in one story either.
struct JoiningRules {
  Constraints stories;
  Constraints incidents;

  friend bool operator==(const JoiningRules&, const JoiningRules&) = default;
};

// The passes `cluster` and `thread` as a state that is kept: entries come, change and go, and what
// that changed of stories and incidents is told. What there is then depends on the entries, the
// rules and the outages alone, never on the order or the pieces in which they came, nor on the
// number of processors. Not for several threads.
class Joining {
 public:
  // The last `journal` entries can be taken back one by one; `beside`: incidents of many entries
  // are worked out on a second thread.
  explicit Joining(const JoiningRules& rules = {}, std::size_t journal = Extent{}.journal,
                   bool beside = true);

  // As Stories::change(). Items know the countries of their outages (locate()).
  void change(const std::vector<std::string>& gone, std::vector<Item> fresh);
  void constrain(const JoiningRules& rules);
  // Asked now and then by the calls above; when it is true they end early, gave_up() is true from
  // then on, and what is here is good for nothing. None: never.
  void give_up_when(std::function<bool()> asked) { stories_.give_up_when(std::move(asked)); }
  bool gave_up() const { return stories_.gave_up(); }
  // So many items will be added after those that are here: what is of them may be forgotten
  // earlier.
  void expect(std::size_t to_come) { stories_.expect(to_come); }
  // Items that were let go would have to be taken again, so that the calls above have given up: all
  // is to be begun anew, with all items.
  bool lacks_items() const { return stories_.lacks_items(); }
  // The records of this entry, or of this outage, are told again even where no item has changed.
  void tell_again_of_entry(const std::string& id);
  void tell_again_of_outage(const std::string& id);

  bool contains(const std::string& entry_id) const { return stories_.contains(entry_id); }
  // Whether this is what was added last of that entry.
  bool is_as_held(const Item& item) const { return stories_.is_as_held(item); }
  const Item& item(std::size_t place) const { return stories_.item(place); }
  std::size_t size() const { return stories_.size(); }
  std::size_t held() const { return stories_.held(); }  // items that were not let go
  std::size_t replayed() const { return stories_.replayed(); }
  const JoiningRules& rules() const { return rules_; }

  // Ordered by id. A record is told when something that it is made of has changed, which need not
  // mean that it has. The lines of an incident's summary are titles.
  struct Changes {
    std::vector<model::Story> stories;
    std::vector<model::Incident> incidents;
    std::vector<std::string> gone_stories;
    std::vector<std::string> gone_incidents;
  };
  // Since the last call; all, when it is the first.
  Changes take_changes(const OutageIndex& outages);
  // Lets go of the items of incidents that were not heard of for so long that only what speaks of
  // their outages joins them; take_changes() does so too. The stories of them that were not told
  // yet.
  std::vector<model::Story> let_go();
  // Of stories, incidents and what is kept of records; without the items themselves.
  std::size_t bytes() const;

 private:
  void tell_stories(const std::vector<std::uint32_t>& changed, Changes& out);
  bool may_let_go(std::uint32_t incident) const;
  void tell_incidents(const std::vector<std::uint32_t>& changed, const OutageIndex& outages,
                      Changes& out);
  model::Incident told(std::uint32_t incident, const OutageIndex& outages) const;
  std::vector<Edge> edges_of(const std::vector<std::uint32_t>& members) const;

  JoiningRules rules_;
  bool may_run_beside_;
  Threads threads_;
  Beside beside_;
  Stories stories_;
  std::vector<Telling> tellings_;          // by the number of the story
  std::vector<std::string> incident_ids_;  // by the number of the incident; empty: none
  std::set<std::uint32_t> stories_again_;
  std::set<std::uint32_t> incidents_again_;
};

// Puts the countries of an item's outages into it.
void locate(Item& item, const OutageIndex& outages);

// Stories and incidents of these items, in any order, each list ordered by id. Pure.
struct Joined {
  std::vector<model::Story> stories;
  std::vector<model::Incident> incidents;
};
Joined join(std::vector<Item> items, const OutageIndex& outages, const JoiningRules& rules = {});

}  // namespace correlate
