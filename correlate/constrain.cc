#include "correlate/constrain.h"

#include <algorithm>
#include <set>

namespace correlate {
namespace {

// Groups while they grow: union by size, each with the roots that it must be apart from.
class Growing {
 public:
  std::uint32_t number_of(const std::string& id) {
    auto [found, fresh] = numbers_.try_emplace(id, static_cast<std::uint32_t>(parent_.size()));
    if (fresh) {
      parent_.push_back(found->second);
      apart_.emplace_back();
    }
    return found->second;
  }

  std::uint32_t root(std::uint32_t one) {
    while (parent_[one] != one) one = parent_[one] = parent_[parent_[one]];
    return one;
  }

  void put_together(std::uint32_t a, std::uint32_t b) {
    a = root(a);
    b = root(b);
    if (a == b || apart_[a].contains(b)) return;
    if (apart_[a].size() < apart_[b].size()) std::swap(a, b);
    parent_[b] = a;
    for (auto other : apart_[b]) {
      apart_[other].erase(b);
      apart_[other].insert(a);
      apart_[a].insert(other);
    }
    apart_[b].clear();
  }

  void keep_apart(std::uint32_t a, std::uint32_t b) {
    a = root(a);
    b = root(b);
    if (a == b) return;
    apart_[a].insert(b);
    apart_[b].insert(a);
  }

  const std::unordered_map<std::string, std::uint32_t>& numbers() const { return numbers_; }
  const std::set<std::uint32_t>& apart(std::uint32_t one) const { return apart_[one]; }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::uint32_t> parent_;
  std::vector<std::set<std::uint32_t>> apart_;  // roots
};

struct Decision {
  const Pair* pair;
  bool must;
};

}  // namespace

Bounds::Bounds(const Constraints& constraints) : Bounds(constraints, Bounds()) {}

Bounds::Bounds(const Constraints& constraints, const Bounds& before) {
  std::vector<Decision> all;
  for (const auto& pair : constraints.must) all.push_back({&pair, true});
  for (const auto& pair : constraints.cannot) all.push_back({&pair, false});
  std::sort(all.begin(), all.end(), [](const Decision& x, const Decision& y) {
    if (x.pair->seq != y.pair->seq) return x.pair->seq > y.pair->seq;
    if (x.must != y.must) return y.must;  // of one edit: what must be apart
    return x.pair->a != y.pair->a ? x.pair->a < y.pair->a : x.pair->b < y.pair->b;
  });
  Growing growing;
  for (const auto& [pair, must] : all) {
    auto a = growing.number_of(pair->a);
    auto b = growing.number_of(pair->b);
    must ? growing.put_together(a, b) : growing.keep_apart(a, b);
  }
  std::map<std::uint32_t, std::set<std::string>> by_root;
  for (const auto& [id, number] : growing.numbers()) by_root[growing.root(number)].insert(id);
  auto next = static_cast<std::uint32_t>(before.groups());
  auto members_before = before.members();
  std::unordered_map<std::uint32_t, std::uint32_t> number_of;
  for (const auto& [root, ids] : by_root) {
    auto was = before.group_of(*ids.begin());
    bool same = was != kNone && members_before.at(was) == ids;
    auto number = number_of[root] = same ? was : next++;
    for (const auto& id : ids) groups_.emplace(id, number);
  }
  apart_.resize(next);
  for (const auto& [root, number] : number_of) {
    for (auto other : growing.apart(root)) {
      apart_[number].push_back(number_of.at(growing.root(other)));
    }
    std::sort(apart_[number].begin(), apart_[number].end());
  }
}

Bounds::Members Bounds::members() const {
  Members out;
  for (const auto& [id, group] : groups_) out[group].insert(id);
  return out;
}

std::vector<std::string> Bounds::changed_since(const Bounds& before) const {
  std::vector<std::string> out;
  auto now = members(), then = before.members();
  auto kept = [&](std::uint32_t group) { return now.contains(group) && then.contains(group); };
  // Of groups that stayed: those of them that it must be apart from.
  auto apart_of = [&](const Bounds& bounds, std::uint32_t group) {
    std::vector<std::uint32_t> others;
    for (auto other : bounds.apart_[group]) {
      if (kept(other)) others.push_back(other);
    }
    return others;
  };
  for (const auto* side : {&now, &then}) {
    for (const auto& [group, ids] : *side) {
      if (kept(group) && apart_of(*this, group) == apart_of(before, group)) continue;
      out.insert(out.end(), ids.begin(), ids.end());
    }
  }
  return out;
}

std::uint32_t Bounds::group_of(const std::string& entry_id) const {
  if (groups_.empty()) return kNone;
  auto found = groups_.find(entry_id);
  return found == groups_.end() ? kNone : found->second;
}

bool Bounds::apart(std::uint32_t a, std::uint32_t b) const {
  return std::binary_search(apart_[a].begin(), apart_[a].end(), b);
}

bool Bounds::apart(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) const {
  return std::any_of(a.begin(), a.end(), [&](std::uint32_t x) {
    return std::any_of(b.begin(), b.end(), [&](std::uint32_t y) { return apart(x, y); });
  });
}

}  // namespace correlate
