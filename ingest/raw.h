#pragma once

#include <string>
#include <string_view>

#include "store/model/entry.h"
#include "store/model/result.h"
#include "store/store.h"

// The bytes that records were read from, kept for provenance.
namespace ingest {

// XXH3 (128 bits) in hexadecimal digits: some thirty times as fast as SHA-256, and enough to know
// again what the same place served before.
std::string fingerprint_of(std::string_view bytes);

// Compressed with zstd (RFC 8878) where that makes it smaller.
model::RawDocument raw_document(std::string id, std::string_view bytes);

// What raw_document() was given. kCorrupt when it cannot be undone, or is larger than any document
// that is read; kNotFound when the bytes were given away (store/retain.h).
model::Result<std::string> bytes_of(const model::RawDocument& raw);

}  // namespace ingest
