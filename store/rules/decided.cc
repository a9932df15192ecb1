#include "store/rules/decided.h"

#include <charconv>

namespace store::rules {
namespace {

using model::Edit;
using model::EditKind;

std::int64_t undone_by(const Edit& edit) {
  std::int64_t seq = 0;
  const auto& target = edit.target;
  std::from_chars(target.data(), target.data() + target.size(), seq);
  return seq;
}

}  // namespace

std::map<std::int64_t, std::int64_t> undone_edits(const std::vector<Edit>& edits) {
  // An undo comes after what it undoes: from the last one on, each is known to hold or not.
  std::map<std::int64_t, std::int64_t> out;
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    bool holds = !out.contains(edit->seq);
    if (holds && edit->kind == EditKind::kUndo) out.emplace(undone_by(*edit), edit->seq);
  }
  return out;
}

std::map<std::string, Edit> deletions(const std::vector<Edit>& edits) {
  auto undone = undone_edits(edits);
  std::map<std::string, Edit> out;
  for (const auto& edit : edits) {
    bool holds = !undone.contains(edit.seq);
    if (holds && edit.kind == EditKind::kDelete) out.emplace(edit.target, edit);
  }
  return out;
}

}  // namespace store::rules
