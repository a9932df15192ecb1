#pragma once

#include <string>

#include "store/model/names.h"
#include "store/model/result.h"

namespace app {

// A file of names ("-": standard input) made ready for looking up. Rows that were left out are
// told of. An empty title is the list's own, or the file's name; an empty kind what each row says.
model::Result<model::NameList> read_names(const std::string& file, std::string title,
                                          const std::string& licence, const std::string& kind);

}  // namespace app
