#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/serve/call.h"

namespace app::serve {

// What a hit of a search is called, whose it is, and where it belongs.
struct HitWords {
  std::string title;     // the entry's, the claim's words, the outage's place, what was decided
  std::string by;        // publisher, speaker, measurer, author
  std::string entry;     // of entries and claims: id
  std::string incident;  // id; empty: of none
  std::string page;      // its path
};
// Times are shown in `zone`.
model::Result<HitWords> words_of(store::Store& store, std::string_view zone, const store::Hit& hit);
inline model::Result<HitWords> words_of(const Call& call, const store::Hit& hit) {
  return words_of(call.store, call.zone, hit);
}

// "relevance" (also for nothing), "newest", "oldest".
std::optional<store::FindOptions::Order> order_named(std::string_view name);

}  // namespace app::serve
