#pragma once

#include <string>
#include <vector>

#include "store/model/edit.h"
#include "store/model/result.h"
#include "store/store.h"

namespace app {

// The words of a command as the edit that they mean, with the entries that stand for what it is
// about; without time, author and seq. Errors: kNotFound for an id that nothing has, kInvalid for
// one that cannot be meant so, with what to do.

// Two stories, two incidents, or the stories of two entries.
model::Result<model::Edit> merge_of(store::Store& store, const std::vector<std::string>& ids);
// A story and entries of it, or an incident and stories or entries of it. Something must stay.
model::Result<model::Edit> split_of(store::Store& store, const std::vector<std::string>& ids);
// A link, a verdict, or an entry and an outage.
model::Result<model::Edit> judgement_of(store::Store& store, model::EditKind kind,
                                        const std::vector<std::string>& ids);
// Anything that has an id, and the text.
model::Result<model::Edit> note_of(store::Store& store, const std::vector<std::string>& words);
// A story or incident, the field and what is right.
model::Result<model::Edit> correction_of(store::Store& store,
                                         const std::vector<std::string>& words);
model::Result<model::Edit> deletion_of(store::Store& store, const std::string& id);
model::Result<model::Edit> undo_of(store::Store& store, const std::string& seq);

// The edits in force that this one sets aside, as a sentence each.
std::vector<std::string> overridden(const std::vector<model::Edit>& edits, const model::Edit& edit);

}  // namespace app
