#pragma once

#include <string>
#include <string_view>

#include "feeds/page/tree.h"

namespace feeds::page {

// The text of a page's article, without headline, navigation, comments and what else stands around
// it; paragraphs are separated by a blank line. Empty when there is none. `stated` is what
// JSON-LD gives as articleBody; it is taken where the page shows less than half of it (it is built
// by script). See README.md for the method. Linear in the number of nodes.
std::string article_text(const Tree& tree, std::string_view stated);

}  // namespace feeds::page
