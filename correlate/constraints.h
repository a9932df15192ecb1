#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace correlate {

// What a person decided about two entries, each of which stands for what it is in.
struct Pair {
  std::string a;  // entry ids
  std::string b;
  std::int64_t seq = 0;  // of the edit: where two edits contradict each other the newer one holds

  friend bool operator==(const Pair&, const Pair&) = default;
};

// What is to be kept to about stories, and about incidents: each gets its own (joining.h).
// Entries that do not exist, or are deleted, constrain nothing. What two must-pairs say together
// (a with b, b with c: a with c) holds too; a cannot-pair that a newer must-pair contradicts, by
// itself or through others, is void, and the other way round.
struct Constraints {
  std::vector<Pair> must;    // end in one story (or incident)
  std::vector<Pair> cannot;  // never do

  bool empty() const { return must.empty() && cannot.empty(); }
  friend bool operator==(const Constraints&, const Constraints&) = default;
};

}  // namespace correlate
