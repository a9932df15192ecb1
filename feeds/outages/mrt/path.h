#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "feeds/outages/mrt/attributes.h"
#include "feeds/outages/mrt/text.h"

namespace feeds::outages::mrt {

// RFC 4271 section 4.3 b, RFC 5065 section 3.
enum SegmentType : std::uint8_t { kSet = 1, kSequence = 2, kConfedSequence = 3, kConfedSet = 4 };

// The path as bgpdump prints it: sets in {}, of a confederation in [], its sequences in (); "!
// Error !" for one that cannot be read. AS4_PATH takes the place of the end of a path of two-octet
// ASes.
void print_path(const Attributes& attributes, Text& out);

// The last AS of the path, or all of the set that it ends in; nothing for an empty path and for one
// that cannot be read. Segments of a confederation do not count.
void origins_of(const Attributes& attributes, std::vector<std::uint32_t>& out);

// RFC 4271 section 9.1.2.2 a: a set counts as one AS; RFC 5065 section 5.3: a confederation as
// none.
std::uint16_t length_of(const Attributes& attributes);

}  // namespace feeds::outages::mrt
