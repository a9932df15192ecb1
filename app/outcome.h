#pragma once

#include <string>

#include <boost/json/object.hpp>

#include "ingest/ingest.h"

namespace app {

// "35 entries new, 1 entry revised"; "unchanged" when these very bytes were read before.
std::string in_words(const ingest::Outcome& outcome);
boost::json::object to_json(const ingest::Outcome& outcome);

}  // namespace app
