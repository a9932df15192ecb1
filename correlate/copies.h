#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/model/entry.h"

// Near-copies: a wire's report under many mastheads, a page and its print version. Resemblance of
// two texts is the share of shingles (three words in a row, folded; words by UAX 29, so in Chinese
// and Japanese too) that they have in common (Broder 1997, "On the resemblance and containment of
// documents"). What two sources say under one address and a like title is one too, however much
// of it each gives: a summary here, the whole report there. Pure.
namespace correlate {

// From this resemblance on one text is a near-copy of the other. Measured on pairs of headlines
// that aggregators filed, see README.md.
inline constexpr double kCopy = 0.5;
// Texts with fewer shingles are too short to tell a copy from a coincidence: they must be equal.
inline constexpr std::size_t kFewestShingles = 5;

// What is kept of a text to compare it with others.
struct Sketch {
  std::vector<std::uint32_t> least;  // the smallest hashes of its shingles, at most 64, sorted
  std::vector<std::uint32_t> bands;  // of its MinHashes, to find candidates by
  std::size_t shingles = 0;
  std::string link;                  // model::link_key() of its address; empty: none
  std::vector<std::uint32_t> title;  // hashes of the title's words, sorted
};
Sketch sketch_of(std::string_view title, std::string_view body,
                 std::string_view canonical_url = "");

// Estimated resemblance, 0 to 1; exact for texts of up to 64 shingles together.
double resemblance(const Sketch& a, const Sketch& b);

// In what two texts are alike.
struct Likeness {
  double resemblance = 0;
  bool address = false;  // one article's address and a like title
};

// Finds near-copies among those that were added: locality-sensitive hashing over 30 bands of 3
// MinHashes, which lets 98 of 100 pairs of resemblance 0.5 meet. Linear in the texts, but for
// buckets that many share: their newest 50 are looked at.
class CopyIndex {
 public:
  struct Match {
    std::size_t of = 0;  // as it was added: 0, 1, …
    Likeness like;
  };
  // The one that this resembles most, when it is a near-copy; the earliest of equals. One that only
  // has its address and title where no text is a copy.
  std::optional<Match> find(const Sketch& sketch) const;
  void add(Sketch sketch);

 private:
  std::vector<Sketch> sketches_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> buckets_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> links_;
};

// A near-copy, and in what they are alike.
struct Copy {
  std::string entry_id;
  double share = 0;
  std::string reason;  // "near-copy: 92 % of the words in the same order"
};
std::string copy_reason(const Likeness& like);

// Those of `others` that are near-copies of this one, the closest first.
std::vector<Copy> copies_of(const model::Revision& revision,
                            const std::vector<model::Revision>& others);

}  // namespace correlate
