#pragma once

#include <string>
#include <string_view>

#include "ingest/exchange.h"
#include "ingest/printable.h"
#include "ingest/target.h"
#include "store/model/result.h"

// The sentences about what can go wrong on the way.
namespace ingest {

// An exchange that brought no message.
model::Error exchange_error(const Target& target, const Exchanged& exchanged, const Limits& limits);

// `what` ("connecting") did not work.
model::Error step_error(const Target& target, std::string_view what, bool late,
                        const boost::system::error_code& code);

// It grew large, and others did for too long.
model::Error no_turn(const std::string& url);

model::Error certificate_error(const Target& target, long verdict);
model::Error unknown_name(const Target& target, const model::Error& why);
model::Error private_address(const Target& target, const std::string& ip);

// What stands between us and the page, where the header tells: "Cloudflare's check for robots".
std::string cause_of(const Message& message);

}  // namespace ingest
