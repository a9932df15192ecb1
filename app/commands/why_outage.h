#pragma once

#include <string>

#include "app/context.h"
#include "store/model/result.h"
#include "store/store.h"

namespace app {

// The outage that an id names, its own or that of one of its records; empty when none.
model::Result<std::string> outage_named(store::Store& store, const std::string& id);

// `faultline why OUTAGE`: which records it is made of, what each of them says and in what they
// differ, what else was down at that place, what people reported, and how many entries speak of
// it. Returns the exit code.
int why_outage(store::Store& store, const std::string& id, const Context& context);

}  // namespace app
