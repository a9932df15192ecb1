#include "ingest/raw.h"

#include <utility>

#include <fmt/format.h>
#include <xxhash.h>
#include <zstd.h>

#include "ingest/read.h"
#include "store/retain.h"

namespace ingest {
namespace {

// The fastest level: feeds shrink to a fifth with it, and to a sixth with the slow ones.
constexpr int kLevel = 1;

}  // namespace

std::string fingerprint_of(std::string_view bytes) {
  auto hash = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

model::RawDocument raw_document(std::string id, std::string_view bytes) {
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  auto size = ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), kLevel);
  if (ZSTD_isError(size) != 0 || size >= bytes.size()) {
    return {std::move(id), "", std::string(bytes)};
  }
  packed.resize(size);
  packed.shrink_to_fit();
  return {std::move(id), "zstd", std::move(packed)};
}

model::Result<std::string> bytes_of(const model::RawDocument& raw) {
  if (raw.codec.empty()) return raw.bytes;
  if (raw.codec == store::kRemoved) {
    auto blank = raw.bytes.find(' ');
    return model::Error{
        model::Errc::kNotFound,
        fmt::format("The bytes of document {} were given away at {}{}.", raw.id,
                    raw.bytes.substr(0, blank),
                    blank == std::string::npos
                        ? " (faultline retain)"
                        : fmt::format("; --db {} has them", raw.bytes.substr(blank + 1)))};
  }
  auto damaged = [&] {
    return model::Error{model::Errc::kCorrupt,
                        "The bytes of document " + raw.id + " are damaged; restore the database."};
  };
  auto size = ZSTD_getFrameContentSize(raw.bytes.data(), raw.bytes.size());
  if (raw.codec != "zstd" || size > kLargestDocument) return damaged();
  std::string out(size, '\0');
  auto got = ZSTD_decompress(out.data(), out.size(), raw.bytes.data(), raw.bytes.size());
  if (ZSTD_isError(got) != 0 || got != size) return damaged();
  return out;
}

}  // namespace ingest
