#pragma once

#include <string>
#include <string_view>

#include "store/backup.h"

namespace store::postgres {

// Of the schema of a URL, by PostgreSQL's own pg_dump; see store::backup().
model::Status backup(std::string_view url, const std::string& file, const BackupOptions& options);

}  // namespace store::postgres
