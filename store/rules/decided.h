#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "store/model/edit.h"

// Which edits hold. Pure.
namespace store::rules {

// The edits that do not hold, by seq, each with the undo that took it back. An undo that is undone
// takes nothing back. `edits` in order of seq.
std::map<std::int64_t, std::int64_t> undone_edits(const std::vector<model::Edit>& edits);

// The deletions in force, by what they delete; the first of several.
std::map<std::string, model::Edit> deletions(const std::vector<model::Edit>& edits);

}  // namespace store::rules
