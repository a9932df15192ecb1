#pragma once

#include <string_view>

#include "store/examine.h"

namespace store::postgres {

// Of the database of a URL; see store::examine().
model::Result<Examined> examine(std::string_view url);

}  // namespace store::postgres
