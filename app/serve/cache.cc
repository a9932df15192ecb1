#include "app/serve/cache.h"

#include <algorithm>
#include <mutex>

#include <fmt/format.h>
#include <libdeflate.h>
#include <xxhash.h>

#include "feeds/news/dates.h"

namespace app::serve {
namespace {

// Smaller bodies fit into one packet anyway.
constexpr std::size_t kWorthPacking = 1000;

bool is_text(std::string_view type) {
  return type.starts_with("text/") || type.find("json") != type.npos ||
         type.find("xml") != type.npos || type.find("javascript") != type.npos;
}

struct FreeCompressor {
  void operator()(libdeflate_compressor* compressor) const {
    libdeflate_free_compressor(compressor);
  }
};

// RFC 1952. Nothing where memory is short.
std::optional<std::string> gzipped(const std::string& text) {
  constexpr int kUsualLevel = 6;
  thread_local std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor(
      libdeflate_alloc_compressor(kUsualLevel));
  if (!compressor) return std::nullopt;
  std::string out(libdeflate_gzip_compress_bound(compressor.get(), text.size()), '\0');
  auto size =
      libdeflate_gzip_compress(compressor.get(), text.data(), text.size(), out.data(), out.size());
  if (size == 0) return std::nullopt;
  out.resize(size);
  return out;
}

std::string_view field_of(const HttpAnswer& answer, std::string_view wanted) {
  for (const auto& [name, value] : answer.fields) {
    if (name == wanted) return value;
  }
  return {};
}

// RFC 9110 section 13.2.2: the tag decides where there is one, the time only where there is none.
bool is_known(const HttpAnswer& answer, const HttpRequest& request) {
  auto tags = request.field("If-None-Match");
  if (!tags.empty()) {
    auto tag = field_of(answer, "ETag");
    return !tag.empty() && (tags == "*" || tags.find(tag) != tags.npos);
  }
  auto since = feeds::news::parse_date(request.field("If-Modified-Since"));
  auto modified = feeds::news::parse_date(field_of(answer, "Last-Modified"));
  return since && modified && modified->at <= since->at;
}

}  // namespace

HttpAnswer finished(HttpAnswer answer, bool gzip, std::optional<model::Instant> modified) {
  if (answer.status != 200 || answer.stream) return answer;
  auto body = answer.shared_body ? answer.shared_body
                                 : std::make_shared<const std::string>(std::move(answer.body));
  auto hash = XXH3_64bits(body->data(), body->size());
  bool packed = false;
  if (gzip && body->size() >= kWorthPacking && is_text(answer.content_type)) {
    if (auto bytes = gzipped(*body); bytes && bytes->size() < body->size()) {
      body = std::make_shared<const std::string>(*std::move(bytes));
      packed = true;
    }
  }
  answer.body.clear();
  answer.shared_body = std::move(body);
  answer.fields.emplace_back("ETag", fmt::format("\"{:016x}{}\"", hash, packed ? "-gz" : ""));
  if (modified) answer.fields.emplace_back("Last-Modified", http_date(*modified));
  answer.fields.emplace_back("Vary", "Accept-Encoding, Cookie, Authorization");
  if (packed) answer.fields.emplace_back("Content-Encoding", "gzip");
  return answer;
}

HttpAnswer unless_known(const HttpAnswer& answer, const HttpRequest& request) {
  if (answer.status != 200 || !is_known(answer, request)) return answer;
  HttpAnswer out;
  out.status = 304;
  for (const auto& field : answer.fields) {
    if (field.first != "Content-Encoding") out.fields.push_back(field);
  }
  return out;
}

bool takes_gzip(const HttpRequest& request) {
  auto wanted = request.field("Accept-Encoding");
  auto at = wanted.find("gzip");
  if (at == wanted.npos) return false;
  auto rest = wanted.substr(at + 4, 6);
  return !rest.starts_with(";q=0") || rest.starts_with(";q=0.");
}

std::shared_ptr<const HttpAnswer> Cache::find(const std::string& key, std::int64_t version) const {
  std::shared_lock lock(mutex_);
  if (version != version_) return nullptr;
  auto found = answers_.find(key);
  return found == answers_.end() ? nullptr : found->second;
}

void Cache::put(const std::string& key, std::int64_t version, HttpAnswer answer) {
  std::unique_lock lock(mutex_);
  if (version != version_) return;
  auto size = key.size() + answer.bytes().size();
  if (bytes_ + size > kMostBytes) {
    answers_.clear();
    bytes_ = 0;
  }
  if (size > kMostBytes / 4) return;
  bytes_ += size;
  answers_[key] = std::make_shared<const HttpAnswer>(std::move(answer));
}

std::optional<model::Instant> Cache::since(model::Instant now) const {
  auto since = since_.load();
  return since > now ? std::nullopt : std::optional(since);
}

void Cache::renew(model::Instant now) {
  std::unique_lock lock(mutex_);
  ++version_;
  since_ = std::max(now, since_.load() + model::Seconds(1));
  answers_.clear();
  bytes_ = 0;
}

}  // namespace app::serve
