#include "feeds/outages/mrt/communities.h"

#include <string_view>

namespace feeds::outages::mrt {
namespace {

// bgpdump's buffer without its first blank and its end.
constexpr std::size_t kMostCharacters = 8190;

std::string_view well_known(std::uint32_t community) {
  switch (community) {
    case 0xFFFFFF01:
      return "no-export";
    case 0xFFFFFF02:
      return "no-advertise";
    case 0xFFFFFF03:
      return "local-AS";
    default:
      return {};
  }
}

}  // namespace

void print_communities(Bytes communities, Text& out) {
  auto begin = out.size();
  bool first = true;
  while (communities.left() >= 4) {
    auto community = communities.u32();
    auto before = out.size();
    if (!first) out.put(' ');
    auto name = well_known(community);
    if (name.empty()) {
      out.number(community >> 16U);
      out.put(':');
      out.number(community & 0xFFFFU);
      // What is too long is cut off, but a name is left out whole.
      if (out.size() - begin > kMostCharacters) out.cut(begin + kMostCharacters);
    } else {
      out.put(name);
      if (out.size() - begin > kMostCharacters) out.cut(before);
    }
    first = false;
  }
}

}  // namespace feeds::outages::mrt
