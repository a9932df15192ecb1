#include "store/model/edit.h"

#include <array>

namespace model {
namespace {

constexpr std::array<std::string_view, 8> kNames = {"merge", "split",   "pin",  "reject",
                                                    "note",  "correct", "undo", "delete"};

}  // namespace

std::string_view to_string(EditKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<EditKind> edit_kind_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<EditKind>(i);
  }
  return std::nullopt;
}

}  // namespace model
