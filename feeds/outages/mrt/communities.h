#pragma once

#include "feeds/outages/mrt/bytes.h"
#include "feeds/outages/mrt/text.h"

namespace feeds::outages::mrt {

// COMMUNITIES (RFC 1997) as bgpdump prints them: "65000:100 no-export", and no more than 8,190
// characters.
void print_communities(Bytes communities, Text& out);

}  // namespace feeds::outages::mrt
