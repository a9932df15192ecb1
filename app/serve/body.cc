#include "app/serve/body.h"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace app::serve {

namespace json = boost::json;
using model::Errc;
using model::Error;
using model::Result;

Result<json::object> object_of(const Call& call) {
  auto type = call.request.field("Content-Type");
  if (!type.starts_with("application/json")) {
    return Error{Errc::kInvalid, "send a JSON object as application/json"};
  }
  boost::system::error_code failure;
  auto value = json::parse(call.request.body, failure);
  if (failure || !value.is_object()) {
    return Error{Errc::kInvalid, fmt::format("the body is no JSON object: {}", failure.message())};
  }
  return std::move(value.get_object());
}

Result<std::string> text_of(const json::object& object, std::string_view name, bool needed) {
  const auto* value = object.if_contains(name);
  if (value == nullptr && !needed) return std::string();
  if (value == nullptr || !value->is_string()) {
    return Error{Errc::kInvalid, fmt::format("“{}” must be a text", name)};
  }
  return std::string(value->get_string());
}

Result<std::int64_t> number_of(const json::object& object, std::string_view name,
                               std::int64_t least, std::int64_t most, std::int64_t otherwise) {
  const auto* value = object.if_contains(name);
  if (value == nullptr) return otherwise;
  const auto* number = value->if_int64();
  if (number == nullptr || *number < least || *number > most) {
    return Error{Errc::kInvalid,
                 fmt::format("“{}” must be a number from {} to {}", name, least, most)};
  }
  return *number;
}

}  // namespace app::serve
