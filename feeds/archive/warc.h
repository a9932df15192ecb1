#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "feeds/archive/stream.h"
#include "store/model/instant.h"

namespace feeds::archive {

// What one record of a WARC file (ISO 28500) keeps of an answer of a web server.
struct Capture {
  std::string url;
  std::optional<model::Timestamp> at;  // WARC-Date
  std::string content_type;
  std::string content_language;
  std::string content_encoding;  // of `body`: still to be undone
  std::string body;              // chunks (RFC 9112 section 7.1) put together
};

// Reads a WARC file of any size, packed or not, record by record. Given back are the `response`
// records with status 200 and the `resource` records of web addresses; `revisit` records repeat
// what was kept before, and the others are no documents. Records that are broken or larger than
// `limit` are passed over and counted.
class WarcReader {
 public:
  WarcReader(Source source, std::size_t limit) : stream_(std::move(source)), limit_(limit) {}

  // False at the end.
  bool next(Capture& capture);

  std::size_t passed_over() const { return passed_over_; }
  bool broken() const { return stream_.broken(); }
  std::size_t taken() const { return stream_.taken(); }  // bytes of the file

 private:
  struct Header;
  bool read_header(Header& header);
  bool read_capture(const Header& header, Capture& capture);

  Stream stream_;
  std::size_t limit_;
  std::size_t passed_over_ = 0;
};

// Reads an HTTP answer with its head: false unless its status is 200.
bool read_http(std::string_view message, Capture& capture);

}  // namespace feeds::archive
