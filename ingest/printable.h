#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace ingest {

// What a server sent, fit to be shown: at most 200 bytes, control characters and bytes beyond ASCII
// as "?".
inline std::string printable(std::string_view sent) {
  constexpr std::size_t kMost = 200;
  std::string out(sent.substr(0, kMost));
  std::replace_if(
      out.begin(), out.end(), [](unsigned char c) { return c < 0x20 || c >= 0x7F; }, '?');
  return out;
}

}  // namespace ingest
