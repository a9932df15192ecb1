#pragma once

#include <string>
#include <vector>

#include "store/model/outage.h"

namespace app::serve {

// Where outages were, as SVG: the cities of the world as dots (plate carrée), and a circle for each
// place, the larger the more outages it had; each leads to a search for them.
std::string outage_map(const std::vector<model::Outage>& outages);

}  // namespace app::serve
