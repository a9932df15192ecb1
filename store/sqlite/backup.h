#pragma once

#include <string>

#include "store/backup.h"

namespace store::sqlite {

// Of the database at `path`; see store::backup().
model::Status backup(const std::string& path, const std::string& file,
                     const BackupOptions& options);

}  // namespace store::sqlite
