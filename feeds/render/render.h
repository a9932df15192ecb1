#pragma once

#include <cstddef>
#include <string>

#include "store/model/timeline.h"

// A timeline as the ways out give it. Pure: the same timeline is the same bytes.
namespace feeds::render {

struct TextStyle {
  bool colour = false;      // ANSI SGR sequences
  std::size_t width = 100;  // cells of a line
};

// For a terminal: measured outages, then the lines in order of happening with the outages drawn
// beside them, verdicts under the claims, and the numbered sources. Control characters of what
// others wrote are shown as U+FFFD, so that no text can drive the terminal.
std::string to_text(const model::Timeline& timeline, const TextStyle& style);

// One JSON object, indented; times in UTC as ISO 8601, unknown values absent. docs: README.md.
std::string to_json(const model::Timeline& timeline);

// RFC 4180 with a header line, one row for each entry of each line and for each start and end that
// was measured. Cells that a spreadsheet would run as a formula are prefixed with an apostrophe.
std::string to_csv(const model::Timeline& timeline);

}  // namespace feeds::render
