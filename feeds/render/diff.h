#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace feeds::render {

// A stretch of a text that two versions share, or that one of them has.
struct Change {
  enum class Kind : std::uint8_t { kSame, kRemoved, kAdded };
  Kind kind = Kind::kSame;
  std::string text;

  friend bool operator==(const Change&, const Change&) = default;
};

// What turns `before` into `after`, word by word: words by Unicode text segmentation, and what
// stands between them. Put together, all but what was added is `before`, all but what was removed
// is `after`. The shortest script (Myers, "An O(ND) Difference Algorithm", 1986) as long as it has
// at most kMostEdits words; of texts that are further apart, or long and made of the same words
// over and over, what they begin and end with alike is found, and the rest between is replaced as a
// whole: the work stays linear in the texts.
inline constexpr int kMostEdits = 1000;
std::vector<Change> diff(std::string_view before, std::string_view after);

// "The network [-was-]{+is+} down". With `colour`, for a terminal, red and green instead. Of long
// stretches that are the same only the ends are shown, with "…" between.
std::string to_text(const std::vector<Change>& changes, bool colour);

}  // namespace feeds::render
