#pragma once

#include <string>

#include "store/model/instant.h"

namespace app::mail {

// The first moment after `after` at which the clock of `zone` strikes `hour`. Where an hour is left
// out (clocks set forward), the first moment behind the gap; where it comes twice, the first of the
// two: once a day in either case. The zone must be one that model::is_zone knows.
model::Instant next_at(model::Instant after, int hour, const std::string& zone);

}  // namespace app::mail
