#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "app/serve/call.h"

// Bodies that are JSON objects.
namespace app::serve {

// The body as a JSON object. kInvalid for anything else.
model::Result<boost::json::object> object_of(const Call& call);

// A member as a text, a number from `least` to `most`, or yes and no. Where there is none: kInvalid
// for a text that is `needed`, else an empty one; `otherwise`.
model::Result<std::string> text_of(const boost::json::object& object, std::string_view name,
                                   bool needed);
model::Result<std::int64_t> number_of(const boost::json::object& object, std::string_view name,
                                      std::int64_t least, std::int64_t most,
                                      std::int64_t otherwise);

}  // namespace app::serve
