#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "store/model/edit.h"
#include "store/model/entry.h"
#include "store/rules/decided.h"
#include "store/store.h"

// What a person deleted: it stays in the store, and out of everything that is shown or worked out.
namespace correlate {

using store::rules::deletions;

// The entries that are out: the deleted ones, and those that are the same come again: what has the
// link of a deleted one (by link_key(); in whatever feed, unless others of its own feed had that
// link too when it was deleted), or its title and text in the same feed within a day (undated: a
// text of eight words at least).
model::Result<std::set<std::string>> deleted_entries(
    store::Store& store, const std::map<std::string, model::Edit>& deletions);

// What any of the deleted entries is known by: their ids, links and words. As long as no other
// entry comes that has one of them (has_key()), deleted_entries() says the same.
model::Result<std::set<std::string>> deletion_keys(
    store::Store& store, const std::map<std::string, model::Edit>& deletions);
bool has_key(const std::set<std::string>& keys, const std::vector<model::Revision>& revisions);

}  // namespace correlate
