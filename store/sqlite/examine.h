#pragma once

#include <string>

#include "store/examine.h"

namespace store::sqlite {

// Of the database at `path`; see store::examine().
model::Result<Examined> examine(const std::string& path);

}  // namespace store::sqlite
