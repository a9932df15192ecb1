#include "store/model/token.h"

#include <array>

namespace model {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"outsider", "reader", "editor", "admin"};

}  // namespace

std::string_view to_string(Role role) { return kNames.at(static_cast<std::size_t>(role)); }

std::optional<Role> role_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Role>(i);
  }
  return std::nullopt;
}

}  // namespace model
