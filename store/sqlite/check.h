#pragma once

#include <string>

#include "store/check.h"

namespace store::sqlite {

// Of the database at `path`; see store::check().
model::Result<Checked> check(const std::string& path, const CheckOptions& options,
                             const std::function<void(const Trouble&)>& tell);

}  // namespace store::sqlite
