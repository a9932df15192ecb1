#pragma once

#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "store/model/poll.h"

namespace app {

// What a polled source is called: its title, or its address.
std::string name_of(const model::Poll& poll);

// "12 min ago", "in 2 h 5 min", "now".
std::string relative(model::Instant at, model::Instant now);

// How a polled source is: health, last success, last new entry, next poll, failures with their
// reason, what may be done about it. For people, several lines; for programs, one object, in which
// what is not known is null.
std::string health_text(const model::Poll& poll, model::Instant now);
boost::json::object health_json(const model::Poll& poll, model::Instant now);

// "12 polled: 9 fine, 1 failing, 2 silent"; the healths in the order of their gravity.
std::string health_sum(const std::vector<model::Poll>& polls, model::Instant now);

}  // namespace app
