#pragma once

#include <functional>
#include <string>
#include <vector>

// The pages of the article extraction benchmark, and its score.
namespace support {

struct TruePage {
  std::string name;
  std::string html;
  std::string text;  // of its article
};
// None where the shared data are not.
std::vector<TruePage> read_pages();

// As the benchmark counts (see shingles.h): precision is averaged over the pages of which anything
// was read, recall over all; f1 is the harmonic mean of the two. mean_f1 averages each page's F1.
struct PageScore {
  double precision = 0;
  double recall = 0;
  double f1 = 0;
  double mean_f1 = 0;
};
PageScore score_pages(const std::vector<TruePage>& pages,
                      const std::function<std::string(const std::string& html)>& read);

}  // namespace support
