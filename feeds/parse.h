#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "feeds/news/feed.h"
#include "feeds/outages/outages.h"
#include "store/model/result.h"

namespace feeds {

// What a document is. `kNews` covers all feed formats: they are told apart while they are read.
enum class Kind : std::uint8_t {
  kNews,
  kPage,
  kSitemap,
  kMail,
  kItems,
  kOutagesCsv,
  kOutagesJsonl,
  kIoda,
  kRadar,
  kRipestat,
  kRisLive,
  kOoni,
  kStop
};

// "news", "page", "sitemap", "mail", "items", "outages-csv", "outages-jsonl", "ioda", "radar",
// "ripestat", "ris-live", "ooni", "stop": the values of --kind.
std::optional<Kind> kind_named(std::string_view name);
std::string_view to_string(Kind kind);
// All of them, or those of measurements, as a sentence lists them: "a, b and c".
std::string kinds_in_words(bool of_measurements);

// What `bytes` are, from their first non-blank characters and, for JSON, from the names of their
// members; HTTP's content type and the file's name are hints only. kInvalid with a sentence for
// what is none of ours: nothing in it, binary data, other JSON.
model::Result<Kind> detect(std::string_view bytes, std::string_view name);

using Document = std::variant<news::Document, outages::Parsed>;
Document parse(std::string_view bytes, Kind kind, const news::Hints& hints);

}  // namespace feeds
