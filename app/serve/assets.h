#pragma once

#include <span>

#include "store/model/embedded.h"

namespace app::serve {

// What pages load beside their HTML: style, script, icon.
std::span<const model::EmbeddedFile> assets();
// The description of the API (OpenAPI 3.1).
std::span<const model::EmbeddedFile> api_description();

}  // namespace app::serve
