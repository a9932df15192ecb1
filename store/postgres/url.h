#pragma once

#include <string>
#include <string_view>

#include "store/model/result.h"

namespace store::postgres {

// Where a database is, as messages may say it: never with the password.
struct Place {
  std::string url;
  std::string name;  // "PostgreSQL database news at db.example:5432"
  std::string user;
  std::string database;
};

// Reads a postgres:// or postgresql:// URL. kInvalid for one that libpq cannot read.
model::Result<Place> place_of(std::string_view url);

}  // namespace store::postgres
