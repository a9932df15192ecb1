#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "store/model/edit.h"
#include "store/model/result.h"
#include "store/store.h"

namespace app {

// A person's decision in words, as the command line, a form and the API give it.
struct Decision {
  std::string kind;                // "merge", "split", "pin", …: one of decision_kinds()
  std::vector<std::string> words;  // what it is about, and what is right
  std::string reason;
  std::string who;
};

// A kind of decision: its name, what it does, and what its words are.
struct DecisionKind {
  std::string_view name;
  std::string_view does;
  std::string_view words;
};
const std::vector<DecisionKind>& decision_kinds();

// What has come of it, edit by edit.
struct Decided {
  model::Edit edit;                       // its seq is that of the edit that holds
  bool fresh = true;                      // false: somebody had decided so already
  std::vector<std::string> sets_aside{};  // edits in force that it contradicts, a sentence each
};

// Appends the edits that the decision means, all or none. Errors: kInvalid for words that cannot be
// meant so, kNotFound for an id that nothing has; what the store says.
model::Result<std::vector<Decided>> decide(store::Store& store, const Decision& decision,
                                           model::Instant now);

// "merge sty-1 sty-2".
std::string line_of(const model::Edit& edit);
// {"seq","at","who","kind","target","field"?,"value"?,"reason"?,"entries"?,"undone_by"?}
boost::json::object edit_json(const model::Edit& edit, std::optional<std::int64_t> undone_by);

}  // namespace app
