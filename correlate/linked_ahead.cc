#include "correlate/linked_ahead.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <string>

#include <fmt/format.h>

namespace correlate {
namespace {

constexpr std::string_view kPrefix = "correlate.linked.";

// Sorted as text they are sorted by `after`.
std::string key_of(std::int64_t after) { return fmt::format("{}{:019}", kPrefix, after); }

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t out = 0;
  auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
  return whole ? std::optional(out) : std::nullopt;
}

// Nothing where it is none of ours, as in a database that was damaged: then all is linked again.
std::optional<LinkedRange> read(std::string_view key, std::string_view value) {
  auto after = number(key.substr(kPrefix.size()));
  auto to = number(value);
  return after && to ? std::optional(LinkedRange{*after, *to}) : std::nullopt;
}

}  // namespace

model::Status note(store::Writer& writer, const LinkedRange& range) {
  return writer.set_meta(key_of(range.after), std::to_string(range.to));
}

model::Result<bool> is_noted(store::Store& store, const LinkedRange& range) {
  auto value = store.meta(key_of(range.after));
  return value ? model::Result<bool>(*value == std::to_string(range.to)) : value.error();
}

model::Status forget(store::Writer& writer, const LinkedRange& range) {
  return writer.set_meta(key_of(range.after), "");
}

model::Result<std::vector<LinkedRange>> linked_ranges(store::Store& store) {
  constexpr std::size_t kPage = 1000;
  std::vector<LinkedRange> out;
  std::string after(kPrefix);
  for (;;) {
    auto page = store.listed(store::Listed::kMeta, after, kPage);
    if (!page) return page.error();
    for (const auto& key : page->ids) {
      if (!key.starts_with(kPrefix)) return out;
      auto value = store.meta(key);
      if (!value) return value.error();
      if (auto range = read(key, *value)) out.push_back(*range);
    }
    after = page->next;
    if (after.empty()) return out;
  }
}

bool has(const std::vector<LinkedRange>& ranges, std::int64_t seq) {
  auto behind =
      std::lower_bound(ranges.begin(), ranges.end(), seq,
                       [](const LinkedRange& range, std::int64_t at) { return range.after < at; });
  return behind != ranges.begin() && seq <= std::prev(behind)->to;
}

}  // namespace correlate
