#pragma once

#include <chrono>
#include <memory>

#include "store/store.h"

namespace store::memory {

// A store in memory, gone with the object: the reference that the others are tested against, and
// what `memory:` opens. A writer works on a copy of everything, so each transaction costs as much
// as the store is large. begin() waits `patience` for another writer to finish.
std::unique_ptr<Store> open(std::chrono::milliseconds patience = std::chrono::seconds(10));

}  // namespace store::memory
