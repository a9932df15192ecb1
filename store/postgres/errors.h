#pragma once

#include <string>
#include <string_view>

#include <libpq-fe.h>

#include "store/model/result.h"
#include "store/postgres/url.h"

// What went wrong, in a sentence that says what to do.
namespace store::postgres {

// Why there is no connection.
model::Error unreachable(const Place& place, PGconn* connection);
// The connection is gone.
model::Error lost(const Place& place);
// A statement that the server refused.
model::Error refused(const Place& place, const PGresult* result);

// The class of what a result says: "42P01"; empty when it is no failure of the server's.
std::string_view state_of(const PGresult* result);
// Whether the server ends the connection with this.
bool ends_connection(std::string_view state);

// Nothing for a version that we can use, as PQserverVersion() gives it.
model::Status check_server(const Place& place, int version);

}  // namespace store::postgres
