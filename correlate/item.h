#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "correlate/copies.h"
#include "correlate/terms.h"
#include "store/model/claim.h"
#include "store/model/instant.h"

namespace correlate {

// Somebody or something that an entry names.
struct Named {
  std::uint32_t id = 0;  // term_id of "@" and its folded canonical name
  model::MentionKind kind = model::MentionKind::kName;
  std::string name;  // canonical

  friend bool operator==(const Named&, const Named&) = default;
};

// Words by which an entry points back at something that had happened: "after the Sony hack".
struct Reference {
  std::string words;                                      // as they stand there
  model::Happening happening = model::Happening::kOther;  // of the word that names it: "hack"
  std::vector<std::uint32_t> terms;                       // term_id of its words

  friend bool operator==(const Reference&, const Reference&) = default;
};

// An article as clustering and threading see it.
struct Item {
  std::string entry_id;
  std::string title;
  std::string language;  // "en"; empty: not known, taken for that of whatever it is held against
  model::Instant published{};
  bool coarse = false;       // `published` is exact to the day at best
  model::Instant learned{};  // when we first had the entry
  model::Happening happening = model::Happening::kOther;
  model::Instant happened{};
  Terms words;               // counted, not weighed
  std::vector<Named> names;  // each once
  Terms facts;               // counted: names, lengths and times, the same in every language
  std::vector<Reference> references;
  std::vector<std::string> outages;    // linked, most probable first
  std::vector<std::string> countries;  // of those outages, sorted; "" of one that has none
  // Of one that reports an outage and is linked to none: countries that its title names, sorted.
  std::vector<std::string> places;
  Sketch sketch;       // of title and text
  std::string origin;  // whose news it is: a wire, a measurer, else the publisher

  friend bool operator==(const Item&, const Item&) = default;
};

// The order in which items are taken, whatever the order they came in.
struct OrderKey {
  model::Instant published{};
  std::string entry_id;

  friend bool operator<(const OrderKey& a, const OrderKey& b) {
    return std::tie(a.published, a.entry_id) < std::tie(b.published, b.entry_id);
  }
};
inline OrderKey order_key(const Item& item) { return {item.published, item.entry_id}; }

// A hash of all that it says: two that differ have two, but for one chance in 2^64.
std::uint64_t print_of(const Item& item);

}  // namespace correlate
