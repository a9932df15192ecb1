#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/ingest.h"

namespace ingest {

// A file of any size that holds many documents.
class Archive {
 public:
  virtual ~Archive() = default;

  struct Item {
    Input input;
    std::optional<model::Instant> at;  // when it was kept, where the archive says so
  };
  // The next document; nothing at the end. kInvalid when the file is damaged from here on.
  virtual model::Result<std::optional<Item>> next() = 0;
  virtual std::size_t taken() const = 0;        // bytes of the file that were read
  virtual std::size_t passed_over() const = 0;  // records that could not be read
};

// Whether a file is read as an archive, by its name (.warc; .jsonl or .ndjson of more than 4 MB;
// each also with .gz, then of more than 512 kB). A smaller file of lines is one document.
bool is_archive(const std::string& name);

// WARC files give the answers that can be documents of ours (no pictures, scripts, …), their
// content codings undone; files of lines give some 4 MB of whole lines at a time, named
// "FILE#line=0,1000" (RFC 5147). kNotFound, kIo.
model::Result<std::unique_ptr<Archive>> open_archive(const std::string& path);

}  // namespace ingest
