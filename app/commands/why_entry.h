#pragma once

#include <string>

#include "app/context.h"
#include "store/store.h"

namespace app {

// `faultline why ent-…`: where the entry is from, each of its revisions with what changed, and
// which entries say the same. Returns the exit code.
int why_entry(store::Store& store, const std::string& id, const Context& context);

}  // namespace app
