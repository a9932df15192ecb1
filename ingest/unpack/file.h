#pragma once

#include <memory>
#include <string>

#include "ingest/unpack/unpack.h"

namespace ingest::unpack {

// A file, or standard input for "-", unpacked while it is read. kNotFound, kIo.
model::Result<std::unique_ptr<Unpacker>> open(const std::string& path);

}  // namespace ingest::unpack
