#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/model/instant.h"

namespace model {

// A thing with the names that it goes by, as a list of names tells of it.
struct NamedThing {
  std::string kind;  // as the list says it: "threat-actor", "ransomware"
  std::string id;    // of the list; empty: none
  std::string name;
  std::vector<std::string> aliases;
  std::string country;  // ISO 3166-1 alpha-2
};

// A list of names that a user added, made ready for looking up (correlate/gazetteer).
struct NameList {
  std::string id;  // make_id("gaz", title)
  std::string title;
  std::string licence;
  std::string source;  // the file that it was read from
  Instant imported_at{};
  std::int64_t records = 0;
  std::int64_t names = 0;
  std::string bytes;

  friend bool operator==(const NameList&, const NameList&) = default;
};

}  // namespace model
