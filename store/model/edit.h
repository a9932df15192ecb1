#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/instant.h"

namespace model {

// What a person decided. Appended, never overwritten; undone by a later edit that names it.
enum class EditKind : std::uint8_t {
  kMerge,    // two stories, or two incidents, are one
  kSplit,    // entries are no part of a story, or of an incident
  kPin,      // a link or a verdict is right
  kReject,   // … is wrong
  kNote,     // something to be read beside it
  kCorrect,  // a title, a type, a time is another one
  kUndo,     // an earlier edit holds no more
  kDelete,   // an entry is not shown
};
std::string_view to_string(EditKind kind);  // "merge"
std::optional<EditKind> edit_kind_named(std::string_view name);

// Stories and incidents are made anew all the time, so an edit names the entries that stood for
// them when it was decided; what it means follows those entries.
struct Edit {
  std::int64_t seq = 0;  // given by the store
  Instant at{};
  std::string who;
  EditKind kind = EditKind::kNote;
  std::string target;  // id of an entry, link, verdict, outage, story or incident; of kUndo: an
                       // edit's seq
  std::string value;  // kMerge: the other id; kPin, kReject: the outage; kNote: the text; kCorrect:
                      // what is right
  std::string field;  // of kCorrect: "title", "type", "happened"
  std::string reason;  // why, for those who read it later
  // kMerge: one of each side. kSplit: one that stays, then those that go. Else the entry that the
  // target is of, or that stands for it; empty for outages.
  std::vector<std::string> entries;

  friend bool operator==(const Edit&, const Edit&) = default;
};

}  // namespace model
