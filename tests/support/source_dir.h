#pragma once

#include <string>

namespace support {

// The folder that the source stands in. Told by a generated file, so that all others compile to the
// same in every clone and the compiler's cache knows them again.
std::string source_dir();

}  // namespace support
