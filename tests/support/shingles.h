#pragma once

#include <string>
#include <string_view>

namespace support {

// How a text that was read compares with the true one.
struct Match {
  double precision = 0;
  double recall = 0;
};

// As the article extraction benchmark of 2019 counts: tokens are runs of letters, digits and marks
// (Python's \w+), shingles are four tokens in a row (all of them when there are fewer), with
// repetition. precision = common / read, recall = common / true; 1 when both texts have no token.
Match match_shingles(std::string_view truth, std::string_view read);

}  // namespace support
