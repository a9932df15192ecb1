#pragma once

#include "correlate/gazetteer/gazetteer.h"

namespace correlate::gazetteer {

// The cities of the world with more than 15,000 people, as GeoNames has them. Part of the program:
// nothing is loaded.
const Gazetteer& cities();

}  // namespace correlate::gazetteer
