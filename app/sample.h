#pragma once

#include <span>

#include "store/model/embedded.h"

namespace app {

// The files of app/sample/ that are fed to the engine, in the order in which they are read.
std::span<const model::EmbeddedFile> sample_files();

}  // namespace app
