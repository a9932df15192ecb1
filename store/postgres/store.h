#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "store/model/embedded.h"
#include "store/store.h"

namespace store::postgres {

struct Options {
  bool read_only = false;
  // How long to wait for another writer before saying that the database is locked.
  std::chrono::milliseconds patience = std::chrono::seconds(10);
};

// Opens the database of a postgres:// or postgresql:// URL; see open_store() for what is made,
// brought up to date, refused.
Result<std::unique_ptr<Store>> open(std::string_view url, const Options& options = {});

// The schema's steps, in order. Their number is the version of the database.
std::span<const model::EmbeddedFile> migrations();

// The least version that a program must know to work on with a database after this step: its first
// line, "-- needs 1". A step that only adds needs what the step before it did.
std::int64_t needs_of(const model::EmbeddedFile& migration);

}  // namespace store::postgres
