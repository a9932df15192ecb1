#pragma once

#include <string_view>

namespace model {

// A file compiled into the program by embed() (see the top CMakeLists.txt). Both views last as long
// as the program.
struct EmbeddedFile {
  std::string_view name;  // its path, relative to the folder that embeds it
  std::string_view bytes;
};

}  // namespace model
