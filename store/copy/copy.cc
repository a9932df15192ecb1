#include "store/copy/copy.h"

#include <charconv>

#include <fmt/format.h>

#include "store/copy/kinds.h"
#include "store/model/hash.h"

namespace store::copy {
namespace {

using model::Errc;
using model::Error;

constexpr std::size_t kBatch = 200;

// How far a copy has come: the kind, and the key after which it goes on.
struct Place {
  std::size_t kind = 0;
  std::string after;
};

std::string to_text(std::string_view mark, const Place& place) {
  return fmt::format("{} {} {}", mark, place.kind, place.after);
}

// Where a copy of `mark` goes on in `to`: at the beginning when nothing is there.
Result<Place> place_in(Store& to, std::string_view mark,
                       const std::vector<std::unique_ptr<Kind>>& kinds) {
  auto kept = to.meta(kMark);
  if (!kept) return kept.error();
  std::string_view text = *kept;
  if (text.empty()) {
    for (const auto& kind : kinds) {
      auto some = kind->keys(to, "", 1);
      if (!some) return some.error();
      if (some->ids.empty()) continue;
      return Error{Errc::kConflict, fmt::format("The store to copy to holds {} already; name an "
                                                "empty one.",
                                                kind->name())};
    }
    return Place{};
  }
  Place out;
  if (!text.starts_with(mark) || text.substr(mark.size(), 1) != " ") {
    return Error{Errc::kConflict,
                 "The store to copy to holds a part of another store; name an empty one."};
  }
  text.remove_prefix(mark.size() + 1);
  auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), out.kind);
  if (failure != std::errc() || stop == text.data() + text.size()) {
    return Error{Errc::kCorrupt,
                 "The store to copy to does not say how far the copy has come; "
                 "name an empty one."};
  }
  out.after = text.substr(static_cast<std::size_t>(stop - text.data()) + 1);
  return out;
}

Status write_batch(Kind& kind, Store& from, Store& to, const std::vector<std::string>& keys,
                   const std::string& mark) {
  auto writer = to.begin();
  if (!writer) return writer.error();
  auto done = kind.copy(from, **writer, keys);
  if (done) done = (*writer)->set_meta(kMark, mark);
  if (done) done = (*writer)->commit();
  return done;
}

Status copy_kind(Kind& kind, Store& from, Store& to, Place place, std::string_view mark,
                 const Tell& tell) {
  std::int64_t copied = 0;
  for (;;) {
    auto page = kind.keys(from, place.after, kBatch);
    if (!page) return page.error();
    if (page->ids.empty()) return {};
    place.after = page->ids.back();
    auto done = write_batch(kind, from, to, page->ids, to_text(mark, place));
    if (!done) return done;
    copied += std::ssize(page->ids);
    tell(kind.name(), copied);
    if (page->next.empty()) return {};
  }
}

Result<Sum> sum_of(Kind& kind, Store& store, const Tell& tell) {
  Sum out{std::string(kind.name()), 0, {}};
  std::string after;
  do {
    auto page = kind.keys(store, after, kBatch);
    if (!page) return page.error();
    for (const auto& key : page->ids) {
      auto bytes = kind.bytes(store, key);
      if (!bytes) return bytes.error();
      out.digest = model::sha256_hex(out.digest + key + '\n' + *bytes);
    }
    out.records += std::ssize(page->ids);
    if (!page->ids.empty()) tell(kind.name(), out.records);
    after = page->next;
  } while (!after.empty());
  return out;
}

}  // namespace

Result<std::vector<Sum>> sums(Store& store, const Tell& tell) {
  std::vector<Sum> out;
  for (const auto& kind : kinds()) {
    auto sum = sum_of(*kind, store, tell);
    if (!sum) return sum.error();
    out.push_back(*std::move(sum));
  }
  return out;
}

Result<std::vector<Sum>> copy(Store& from, Store& to, std::string_view mark, const Tell& tell) {
  auto all = kinds();
  auto place = place_in(to, mark, all);
  if (!place) return place.error();
  for (std::size_t i = place->kind; i < all.size(); ++i) {
    Place at{i, i == place->kind ? place->after : std::string()};
    if (auto done = copy_kind(*all[i], from, to, at, mark, tell); !done) return done.error();
  }
  auto there = sums(from, tell);
  if (!there) return there.error();
  auto here = sums(to, tell);
  if (!here) return here.error();
  for (std::size_t i = 0; i < there->size(); ++i) {
    const auto &a = (*there)[i], &b = (*here)[i];
    if (a == b) continue;
    return Error{Errc::kCorrupt,
                 fmt::format("The copy is not the same: {} {} there, {} here{}; see that nobody "
                             "writes to either store, and copy into an empty one.",
                             a.records, a.kind, b.records,
                             a.records == b.records ? ", of other content" : "")};
  }
  if (place->kind == all.size()) return there;
  // What is done is done: the same command again only reads.
  auto writer = to.begin();
  if (!writer) return writer.error();
  auto done = (*writer)->set_meta(kMark, to_text(mark, {all.size(), {}}));
  if (done) done = (*writer)->commit();
  if (!done) return done.error();
  return there;
}

}  // namespace store::copy
