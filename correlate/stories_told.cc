// What came of it: the stories that there are.
#include <algorithm>
#include <utility>

#include "correlate/stories.h"

namespace correlate {

std::size_t Stories::story_of(const std::string& entry_id) const {
  auto slot = slot_of(entry_id);
  return slot ? root(slots_[*slot].story) : kNone;
}

bool Stories::is_as_held(const Item& item) const {
  auto number = slot_of(item.entry_id);
  if (!number) return false;
  const auto& slot = slots_[*number];
  return slot.held ? slot.held->item == item : slot.print == print_of(item);
}

bool Stories::holds(const std::string& entry_id) const {
  auto number = slot_of(entry_id);
  return number && slots_[*number].held != nullptr;
}

void Stories::let_go(std::uint32_t story) {
  for (auto number : std::exchange(groups_[story].slots, {})) {
    auto& slot = slots_[number];
    slot.print = print_of(slot.held->item);
    slot.held.reset();
    ++let_go_;
  }
}

bool Stories::may_let_go(std::uint32_t story) const {
  const auto& group = groups_[story];
  return group.bound.empty() && (eras_.empty() || group.head.last < eras_.front().since);
}

Stories::Told Stories::told(std::uint32_t story) const {
  Told out;
  if (story >= groups_.size() || groups_[story].head.merged_into != kNone) return out;
  auto slots = groups_[story].slots;
  std::sort(slots.begin(), slots.end(), [this](Number a, Number b) { return earlier(a, b); });
  for (auto number : slots) {
    const auto& slot = slots_[number];
    out.items.push_back(&slot.held->item);
    bool copy = slot.copy_of != kNone && root(slots_[slot.copy_of].story) == story;
    if (!copy) out.whole.push_back(&slot.held->item);
  }
  return out;
}

std::size_t Stories::bytes() const {
  std::size_t out = words_.bytes() + facts_.bytes() + index_.bytes();
  for (const auto& group : groups_) out += group.words.bytes() + group.facts.bytes();
  for (const auto& slot : slots_) {
    out += sizeof(Slot) + slot.key.entry_id.capacity();
    if (!slot.held) continue;
    out += (slot.held->words.capacity() + slot.held->facts.capacity()) * sizeof(Term);
  }
  for (const auto& era : eras_) out += era.copies.bytes();
  for (const auto& step : journal_) out += step.undo.capacity() * sizeof(step.undo[0]);
  return out;
}

std::vector<Item> Stories::take_items() && {
  std::vector<Item> out;
  out.reserve(order_.size());
  for (auto number : order_) out.push_back(std::move(held(number).item));
  return out;
}

std::vector<Cluster> Stories::clusters() const {
  std::vector<Number> place_of(slots_.size(), kNone);
  for (std::size_t i = 0; i < order_.size(); ++i) place_of[order_[i]] = static_cast<Number>(i);
  std::vector<std::size_t> number_of(groups_.size(), ~std::size_t{0});
  std::vector<Cluster> out;
  for (auto number : order_) {
    const auto& slot = slots_[number];
    auto& at = number_of[root(slot.story)];
    if (at == ~std::size_t{0}) {
      at = out.size();
      out.emplace_back();
    }
    auto& cluster = out[at];
    cluster.items.push_back(place_of[number]);
    bool copy = slot.copy_of != kNone && root(slots_[slot.copy_of].story) == root(slot.story);
    if (!copy) cluster.whole.push_back(place_of[number]);
  }
  return out;
}

}  // namespace correlate
