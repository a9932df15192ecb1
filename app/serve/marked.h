#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/model/claim.h"

namespace app::serve {

// A stretch of a text that something was found in.
struct Marked {
  std::size_t begin = 0;  // code points
  std::size_t end = 0;
  std::string style;  // class: "claim", "time", "name"
  std::string title;  // what was found
  std::string id;     // anchor; empty: none
};

// The text as HTML with its marks, which may overlap. Paragraphs are parted by blank lines. Linear
// in the text, n log n in the marks.
std::string marked_html(std::string_view text, std::vector<Marked> marks);

// What was found in a revision: claims, times, places and names.
std::vector<Marked> marks_of(const model::Extraction& extraction);

}  // namespace app::serve
