#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ingest/http_client.h"
#include "ingest/ingest.h"
#include "store/model/result.h"

// From what a user names to bytes.
namespace ingest {

// A feed of 64 MB holds some 50,000 items; what is larger is the wrong file, and would be held in
// memory several times over.
inline constexpr std::size_t kLargestDocument = 64U << 20U;
// Folders inside folders; more is a loop or an accident.
inline constexpr int kDeepestFolder = 32;

// One document to read, or why it cannot be.
struct Found {
  std::string name;                   // a path, a URL or "-"
  std::optional<model::Error> error;  // none: read() it
};

// What SOURCE arguments stand for: a file, "-" and a URL themselves; a folder all files in it and
// below, in the order of their names, without those whose names begin with a dot. A folder that is
// met again through a symbolic link is an error of its own, and not walked twice; so is a file that
// is not there or too large.
std::vector<Found> expand(const std::vector<std::string>& sources);

// Limits for what a user typed: private addresses are allowed.
inline Limits as_typed() {
  Limits limits;
  limits.allow_private = true;
  return limits;
}

// The bytes of one of them. kNotFound, kIo, kInvalid (larger than kLargestDocument: such a file is
// not read at all), and what get() says.
model::Result<Input> read(const std::string& name, const Limits& limits = as_typed());
// Fetching with options of the caller's, see fetcher.h.
model::Result<Input> read(const std::string& name, const Limits& limits,
                          const FetcherOptions& options);

}  // namespace ingest
