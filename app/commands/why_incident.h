#pragma once

#include <string>

#include "app/context.h"
#include "store/store.h"

namespace app {

// `faultline why inc-…`: of what parts an incident is made, and why each story belongs to it.
// `faultline why sty-…`: the entries of a story, how many independent origins they have, and what
// ties it to its incident. Return the exit code.
int why_incident(store::Store& store, const std::string& id, const Context& context);
int why_story(store::Store& store, const std::string& id, const Context& context);

}  // namespace app
