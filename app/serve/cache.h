#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>

#include "app/http_server.h"

namespace app::serve {

// Makes an answer ready to be sent again and again: its ETag (RFC 9110 section 8.8.3), since when
// it is as it is, where that is known, and the body compressed where `gzip` is wanted and it pays.
HttpAnswer finished(HttpAnswer answer, bool gzip, std::optional<model::Instant> modified);
// The same as 304 where the request has it already (If-None-Match, else If-Modified-Since), else as
// it is.
HttpAnswer unless_known(const HttpAnswer& answer, const HttpRequest& request);
// Whether the peer takes gzip (RFC 9110 section 12.5.3).
bool takes_gzip(const HttpRequest& request);

// Finished answers until something changes. For several threads.
class Cache {
 public:
  std::shared_ptr<const HttpAnswer> find(const std::string& key, std::int64_t version) const;
  // Nothing happens when the version is not the newest any more.
  void put(const std::string& key, std::int64_t version, HttpAnswer answer);
  // Something has changed: another version, of which nothing is known yet.
  void renew(model::Instant now);
  std::int64_t version() const { return version_; }
  // When the version began, to the second, and never the second of another one: who has an answer
  // from then has this version's. Nothing while that second has not come.
  std::optional<model::Instant> since(model::Instant now) const;

 private:
  static constexpr std::size_t kMostBytes = 64U << 20U;
  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const HttpAnswer>> answers_;
  std::size_t bytes_ = 0;
  std::atomic<std::int64_t> version_ = 0;
  std::atomic<model::Instant> since_ = model::Instant{};
};

}  // namespace app::serve
