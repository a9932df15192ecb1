#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>

#include "store/model/embedded.h"
#include "store/store.h"

namespace store::sqlite {

struct Options {
  bool read_only = false;
  // How long to wait for another writer before saying that the database is locked.
  std::chrono::milliseconds patience = std::chrono::seconds(10);
};

// Opens the database at `path`; see open_store() for what is created, brought up to date, refused.
Result<std::unique_ptr<Store>> open(const std::string& path, const Options& options = {});

// "FLTN": by this number in its header a file is known to be ours.
inline constexpr int kApplicationId = 0x464C544E;

// The schema's steps, in order. Their number is the version of the database (user_version).
std::span<const model::EmbeddedFile> migrations();

}  // namespace store::sqlite
