#include "store/postgres/url.h"

#include <memory>

#include <fmt/format.h>
#include <libpq-fe.h>

namespace store::postgres {

model::Result<Place> place_of(std::string_view url) {
  Place out;
  out.url = url;
  char* failure = nullptr;
  std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
      PQconninfoParse(out.url.c_str(), &failure), PQconninfoFree);
  // libpq's own message may quote the URL, and with it the password.
  PQfreemem(failure);
  if (options == nullptr) {
    return model::Error{model::Errc::kInvalid,
                        "The database URL cannot be read; write postgres://USER:PASSWORD@HOST:PORT/"
                        "NAME, with other characters than letters and digits of the password as "
                        "%XX, and after a question mark only libpq's options."};
  }
  std::string host, port;
  for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
    std::string_view keyword = option->keyword;
    if (option->val == nullptr) continue;
    if (keyword == "host" || (keyword == "hostaddr" && host.empty())) host = option->val;
    if (keyword == "port") port = option->val;
    if (keyword == "user") out.user = option->val;
    if (keyword == "dbname") out.database = option->val;
  }
  if (out.database.empty()) {
    return model::Error{model::Errc::kInvalid,
                        "The database URL names no database; write postgres://HOST/NAME."};
  }
  out.name = fmt::format("PostgreSQL database {} at {}{}{}", out.database,
                         host.empty() ? "this machine" : host, port.empty() ? "" : ":", port);
  return out;
}

}  // namespace store::postgres
