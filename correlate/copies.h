#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/flat_table.h"
#include "store/model/entry.h"

// Near-copies: a wire's report under many mastheads, a page and its print version. Resemblance of
// two texts is the share of shingles (three words in a row, folded; words by UAX 29, so in Chinese
// and Japanese too) that they have in common (Broder 1997, "On the resemblance and containment of
// documents"). So is a summary that is the beginning of a report: of its shingles the better part
// are among those that the report begins with. What two sources say under one address and a like
// title is one too, however much of it each gives: a summary here, the whole report there. Pure.
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
  std::vector<std::uint32_t> lead;   // hashes of the shingles that its body begins with, sorted
  bool all_lead = false;             // its body has no others
  std::string link;                  // model::link_key() of its address; empty: none
  std::vector<std::uint32_t> title;  // hashes of the title's words, sorted

  friend bool operator==(const Sketch&, const Sketch&) = default;
};
Sketch sketch_of(std::string_view title, std::string_view body,
                 std::string_view canonical_url = "");

// From this share of its shingles on, a text is the beginning of a longer one; the second where
// both are longer than what is kept of beginnings (80 words), and may go on differently.
inline constexpr double kBeginning = 0.8;
inline constexpr double kSameBeginning = 0.9;

// Estimated resemblance, 0 to 1; exact for texts of up to 64 shingles together.
double resemblance(const Sketch& a, const Sketch& b);

// The share of the shorter body's shingles that the longer one begins with, exact; 0 where that is
// less than makes them near-copies, or one is a headline alone.
double beginning(const Sketch& a, const Sketch& b);

// In what two texts are alike.
struct Likeness {
  double resemblance = 0;
  double beginning = 0;  // when it is that which makes them near-copies, and not the resemblance
  bool address = false;  // one article's address and a like title
};

// Finds near-copies among those that were added: locality-sensitive hashing over 30 bands of 3
// MinHashes, which lets 98 of 100 pairs of resemblance 0.5 meet. Linear in the texts, but for
// buckets that many share: their newest 50 are looked at. Beginnings meet by the quarter of their
// shingles whose hash is divisible by 4 (Broder's sampling for containment): 97 of 100 that have 12
// shingles in common, more of longer ones.
class CopyIndex {
 public:
  // Which are compared: those that hashing finds, or, for few texts, all, which needs no bands.
  enum class Pairs { kCandidates, kAll };
  explicit CopyIndex(Pairs pairs = Pairs::kCandidates) : pairs_(pairs) {}

  struct Match {
    std::size_t of = 0;  // as it was added: 0, 1, …
    Likeness like;
  };
  // The one that this resembles most, when it is a near-copy; the earliest of equals. Where there
  // is none, one that this is the beginning of, or that is the beginning of this; then, one that
  // has its address and title.
  std::optional<Match> find(const Sketch& sketch) const;
  // It must live, where it is, as long as it is here.
  void add(const Sketch& sketch);
  void add(Sketch&& sketch) = delete;
  void take_back();           // the one that was added last
  std::size_t bytes() const;  // without the sketches

 private:
  // Numbers by a hash, the newest first: each knows the one before it that had the same hash.
  class Chains {
   public:
    explicit Chains(std::size_t most) : most_(most) {}
    void add(std::uint32_t hash, std::uint32_t number);
    void take_back(std::uint32_t hash);  // what was added last, with its hash
    // At most `most` of the newest.
    void find(std::uint32_t hash, std::vector<std::uint32_t>& to) const;
    std::size_t bytes() const { return newest_.bytes() + links_.capacity() * sizeof(Link); }

   private:
    struct Link {
      std::uint32_t number;
      std::uint32_t before;  // place in links_ and one; 0: none
    };
    std::size_t most_;
    FlatTable newest_;  // place in links_ and one
    std::vector<Link> links_;
  };

  // Numbers of those to compare with, rising; what `look` puts into a list, or all.
  template <typename Look>
  std::vector<std::uint32_t> candidates(Look look) const;
  std::optional<Match> find_resembling(const Sketch& sketch) const;
  std::optional<Match> find_beginning(const Sketch& sketch) const;
  std::optional<Match> find_address(const Sketch& sketch) const;

  Pairs pairs_;
  std::vector<const Sketch*> sketches_;
  Chains buckets_{50};
  Chains leads_{20};  // a sample of their hashes
  Chains links_{50};
};

struct Text {
  std::string_view title, body, canonical_url;
};
// For each text the earlier one that it is a near-copy of, as CopyIndex says; of up to 16 texts all
// pairs are compared.
std::vector<std::optional<CopyIndex::Match>> copies_among(const std::vector<Text>& texts);

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
