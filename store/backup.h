#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "store/model/result.h"

namespace store {

struct BackupOptions {
  bool force = false;  // what stands at that place is replaced
  // Told while it is made: pages that are copied, and all; not by every backend.
  std::function<void(int done, int all)> tell{};
};

// Writes a backup of a database into `file` while others go on writing: the state of one moment. It
// is made beside that file, looked at (check() with `quick`), forced to the disk, and only then
// given its name: under it there is never a half one. Errors: kConflict when something stands
// there, or another backup is just being written there; kCorrupt when the database is not whole;
// kIo when it cannot be written, or, for a server, its pg_dump is not there or failed.
model::Status backup(std::string_view url, const std::string& file, const BackupOptions& options);

// How a backup's name ends: ".db", or ".dump" of a server.
std::string_view backup_suffix(std::string_view url);

}  // namespace store
