#include "correlate/origins.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "store/model/text.h"

namespace correlate {

std::vector<Origin> origins_of(const std::vector<Told>& told) {
  std::vector<std::size_t> first(told.size());  // of the same origin; always an earlier one
  std::iota(first.begin(), first.end(), 0);
  auto root = [&](std::size_t i) {
    while (first[i] != i) i = first[i] = first[first[i]];
    return i;
  };
  auto join = [&](std::size_t a, std::size_t b) {
    a = root(a);
    b = root(b);
    first[std::max(a, b)] = std::min(a, b);
  };
  std::map<std::string, std::size_t> by_source;
  CopyIndex copies;
  for (std::size_t i = 0; i < told.size(); ++i) {
    if (!told[i].source.empty()) {
      auto [at, fresh] = by_source.try_emplace(model::fold(told[i].source), i);
      if (!fresh) join(at->second, i);
    }
    if (auto match = copies.find(told[i].sketch)) join(match->of, i);
    copies.add(told[i].sketch);
  }
  std::vector<Origin> out;
  std::map<std::size_t, std::size_t> place_of;
  for (std::size_t i = 0; i < told.size(); ++i) {
    auto [at, fresh] = place_of.try_emplace(root(i), out.size());
    if (fresh) out.emplace_back();
    auto& origin = out[at->second];
    origin.entry_ids.push_back(told[i].entry_id);
    if (origin.source.empty()) origin.source = told[i].source;
  }
  return out;
}

}  // namespace correlate
