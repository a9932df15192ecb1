#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/constraints.h"
#include "store/model/edit.h"
#include "store/model/join.h"
#include "store/rules/decided.h"

// What people's edits say together: the newer of two that contradict each other holds, and none
// that was undone does.
namespace correlate {

using store::rules::undone_edits;

struct Decisions {
  Constraints stories;    // what JoiningRules are made of
  Constraints incidents;  // … and of incidents
  // By entry, then outage: kPin or kReject.
  std::map<std::string, std::map<std::string, model::Edit>> links;
  // By verdict: kPin or kReject.
  std::map<std::string, model::Edit> verdicts;
  // Notes in the order they were made, and corrections by field; by what they are about, and again
  // by the entry that stood for it: a story whose id is another one keeps its notes.
  std::map<std::string, std::vector<model::Edit>> notes;
  std::map<std::string, std::map<std::string, model::Edit>> corrections;

  // Notes on any of the ids, each once, in the order they were made.
  std::vector<model::Edit> notes_on(const std::vector<std::string>& ids) const;
  // The newest correction of that field of any of the ids; null when there is none.
  const model::Edit* correction(const std::vector<std::string>& ids, std::string_view field) const;
};

// What is in force of `edits`, in order of seq; with `as_of`, of those made by then. Pure.
Decisions decisions(const std::vector<model::Edit>& edits,
                    std::optional<model::Instant> as_of = std::nullopt);

// The ids under which notes and corrections on a story or an incident are found: its own, and those
// of the entries that may have stood for it.
std::vector<std::string> ids_to_look_under(std::string_view id,
                                           const std::vector<std::string>& entries);

// Puts what was decided on the links of an entry into them: a confirmed one has probability 1, and
// is there even where nothing else speaks for it; a rejected one has probability 0. Both say who
// decided. `is_outage` tells whether an outage is there to be linked to. Most probable first.
void decide_links(const Decisions& decisions, const std::string& entry_id, int revision,
                  const std::function<bool(std::string_view)>& is_outage,
                  std::vector<model::Link>& links);

// Most probable first; equal ones by the outage's id.
void order_links(std::vector<model::Link>& links);

// Takes out the verdicts that were rejected.
void decide_verdicts(const Decisions& decisions, std::vector<model::Verdict>& verdicts);

// One line an entry, naming what was decided on its links and verdicts: what was decided anew since
// it was written down is found by holding two of them against each other.
std::map<std::string, std::string> digest(const Decisions& decisions);

// "confirmed by ann at 2014-12-24T10:00:00Z (edit 3): why"
std::string told(const model::Edit& edit);

}  // namespace correlate
