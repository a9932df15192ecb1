#include "ingest/archive.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include "feeds/archive/warc.h"
#include "ingest/decompress.h"
#include "ingest/read.h"
#include "store/model/text.h"

namespace ingest {
namespace {

using feeds::archive::Source;
using model::Errc;
using model::Error;
using model::Result;

// So much is one transaction, and one step of a resumed run.
constexpr std::size_t kPiece = 4U << 20U;
// A packed file of lines that may be larger than a document.
constexpr std::size_t kLargePacked = 512U << 10U;

bool has_end(std::string_view name, std::string_view end) {
  if (name.ends_with(".gz")) name.remove_suffix(3);
  return name.ends_with(end);
}

Error damaged(const std::string& path) {
  return {Errc::kInvalid, path + " is damaged: its gzip data break off; what was read stands."};
}

// What may be a feed, a page, a sitemap or data. A server that says nothing may send anything.
bool may_be_ours(std::string_view type) {
  auto small = model::fold(type.substr(0, 100));
  if (small.empty()) return true;
  for (std::string_view part : {"html", "xml", "rss", "atom", "json", "csv", "text/plain"}) {
    if (small.find(part) != std::string::npos) return small.find("image/") == std::string::npos;
  }
  return false;
}

class Warc : public Archive {
 public:
  Warc(std::string path, Source source)
      : path_(std::move(path)), reader_(std::move(source), kLargestDocument) {}

  Result<std::optional<Item>> next() override {
    feeds::archive::Capture capture;
    while (reader_.next(capture)) {
      if (!may_be_ours(capture.content_type)) continue;
      auto body = decompress(std::move(capture.body), capture.content_encoding, kLargestDocument);
      if (!body) {
        ++undecodable_;
        continue;
      }
      Item item;
      item.input.url = item.input.name = capture.url;
      item.input.bytes = std::move(*body);
      item.input.content_type = capture.content_type;
      item.input.content_language = capture.content_language;
      if (capture.at) item.at = capture.at->at;
      return std::optional(std::move(item));
    }
    if (reader_.broken()) return damaged(path_);
    return std::optional<Item>();
  }
  std::size_t taken() const override { return reader_.taken(); }
  std::size_t passed_over() const override { return reader_.passed_over() + undecodable_; }

 private:
  std::string path_;
  feeds::archive::WarcReader reader_;
  std::size_t undecodable_ = 0;
};

class Lines : public Archive {
 public:
  Lines(std::string path, Source source) : path_(std::move(path)), stream_(std::move(source)) {}

  Result<std::optional<Item>> next() override {
    Item item;
    auto& bytes = item.input.bytes;
    std::size_t first = lines_;
    std::string line;
    while (bytes.size() < kPiece && stream_.line(line, kLargestDocument)) {
      bytes += line;
      bytes += '\n';
      ++lines_;
    }
    if (bytes.empty() && stream_.broken()) return damaged(path_);
    if (bytes.empty()) return std::optional<Item>();
    item.input.name = path_;
    item.input.url = path_ + "#line=" + std::to_string(first) + "," + std::to_string(lines_);
    item.input.first_line = first + 1;
    return std::optional(std::move(item));
  }
  std::size_t taken() const override { return stream_.taken(); }
  std::size_t passed_over() const override { return 0; }

 private:
  std::string path_;
  feeds::archive::Stream stream_;
  std::size_t lines_ = 0;
};

}  // namespace

bool is_archive(const std::string& name) {
  if (has_end(name, ".warc")) return true;
  if (!has_end(name, ".jsonl") && !has_end(name, ".ndjson")) return false;
  std::error_code failure;
  auto size = std::filesystem::file_size(name, failure);
  return !failure && size > (name.ends_with(".gz") ? kLargePacked : kPiece);
}

Result<std::unique_ptr<Archive>> open_archive(const std::string& path) {
  if (!std::filesystem::exists(path)) {
    return Error{Errc::kNotFound, "There is no file " + path + "; check the name."};
  }
  auto file = std::make_shared<std::ifstream>(path, std::ios::binary);
  if (!*file) {
    return Error{Errc::kIo,
                 path + " cannot be read (" + std::strerror(errno) + "); check the rights to it."};
  }
  Source source = [file](char* to, std::size_t size) {
    file->read(to, static_cast<std::streamsize>(size));
    return static_cast<std::size_t>(file->gcount());
  };
  if (has_end(path, ".warc")) {
    return std::unique_ptr<Archive>(std::make_unique<Warc>(path, std::move(source)));
  }
  return std::unique_ptr<Archive>(std::make_unique<Lines>(path, std::move(source)));
}

}  // namespace ingest
