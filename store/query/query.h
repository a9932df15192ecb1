#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/instant.h"
#include "store/model/result.h"

// The one language in which people ask: on the command line, in the API, on pages, in saved
// searches, alerts and digests. docs/query.md tells it to them.
namespace store::query {

// What is found.
enum class Kind : std::uint8_t { kEntry, kClaim, kOutage, kEdit };
std::string_view to_string(Kind kind);  // "entry"
std::optional<Kind> kind_named(std::string_view name);

enum class Field : std::uint8_t {
  kCountry,
  kAsn,
  kPrefix,
  kOrg,
  kActor,
  kPlace,
  kSource,
  kLang,
  kKind,
  kType,
  kVerdict,
  kConfidence,
  kHappened,
  kLearned,
  kPublished,
  kStory,
  kIncident,
  kEntry
};
std::string_view to_string(Field field);  // "country"

enum class Op : std::uint8_t { kAnd, kOr, kNot, kWords, kField };

// A part of a query, and its parts.
struct Node {
  Op op = Op::kAnd;
  std::vector<Node> parts{};  // of kAnd, kOr: any number; of kNot: one
  std::string text{};         // of kWords: a word, or a phrase; of kField: the value, made ready
  Field field = Field::kCountry;  // of kField
  double least = 0;               // of kConfidence: both ends belong to it
  double most = 1;
  model::Interval during{};  // of kHappened, kLearned, kPublished; half open

  friend bool operator==(const Node&, const Node&) = default;
};

struct Query {
  Node root{};               // kAnd without parts: everything
  bool asks_claims = false;  // kind:claim stands in it: only then are claims looked at

  bool empty() const { return root.op == Op::kAnd && root.parts.empty(); }
  friend bool operator==(const Query&, const Query&) = default;
};

// Longer queries, more parts and deeper parentheses are mistakes or attacks.
inline constexpr std::size_t kMostBytes = 1000;
inline constexpr std::size_t kMostParts = 64;
inline constexpr std::size_t kMostDepth = 16;

// Reads a query; relative times are read against `now`. kInvalid, "query, character N: …" with what
// to do, for what cannot be asked; N counts code points from 1. An empty text is an error too.
model::Result<Query> parse(std::string_view text, model::Instant now);

// The words and phrases that must occur somewhere: those that stand under no kNot.
std::vector<std::string> wanted_words(const Query& query);

}  // namespace store::query
