#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/serve/call.h"
#include "store/model/claim.h"
#include "store/model/entry.h"
#include "store/model/outage.h"

namespace app::serve {

// An entry with what hangs on it.
struct EntryRecord {
  model::Entry entry;
  std::vector<model::Revision> revisions;       // one at least
  std::optional<model::Extraction> extraction;  // of the newest
  std::string story, incident;                  // ids; empty: of none
};
// kNotFound for one that is not there, or that an editor deleted, unless an editor asks.
model::Result<EntryRecord> entry_record(const Call& call, const std::string& id);

// An outage by its id or by that of one of its records.
model::Result<model::Outage> outage_record(const Call& call, const std::string& id);

}  // namespace app::serve
