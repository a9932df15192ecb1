#pragma once

#include <string>
#include <utility>
#include <vector>

#include "feeds/outages/row.h"
#include "store/model/result.h"

namespace feeds::outages {

// How a table or list of somebody's own is read, as the configuration file says it:
//
//   [mapping.power]
//   start = "Began"            # our name = their column; in JSON a path, "times.start"
//   end = "Restored"
//   country = "=PK"            # the same in all rows
//   region = "Province"
//   times = "epoch"            # iso (default), epoch, epoch-ms, excel
//   zone = "Asia/Karachi"      # of times that state none
//   records = "data.outages"   # JSON: where the list is
//
// What is not mapped is kept beside the outage.
struct Mapping {
  std::string name;
  Fields columns;  // ours → theirs, or "=" and what is the same in all rows
  std::string records;
  RowRules rules;
};

// kInvalid, with a sentence, for what cannot be: a key that is none, a zone that does not exist, no
// start, no place.
model::Result<Mapping> mapping_of(std::string name,
                                  const std::vector<std::pair<std::string, std::string>>& settings);

}  // namespace feeds::outages
