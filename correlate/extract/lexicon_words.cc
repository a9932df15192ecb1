#include <span>
#include <string>

#include "correlate/extract/lexicon.h"
#include "store/model/embedded.h"

// Our own words of time: what CLDR does not have. They stand in words/*.times; README.md says how a
// line is written.

namespace correlate::extraction {

std::span<const model::EmbeddedFile> word_files();

std::string_view lexicon_table() {
  static const std::string kAll = [] {
    std::string all;
    for (const auto& file : word_files()) all += file.bytes;
    return all;
  }();
  return kAll;
}

}  // namespace correlate::extraction
