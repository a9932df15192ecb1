#include "feeds/archive/warc.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "store/model/text.h"

namespace feeds::archive {
namespace {

// Of a field of a header; longer ones are cut.
constexpr std::size_t kLongestLine = 16U << 10U;
constexpr int kMostFields = 200;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return out;
}

// "Name: value" → the lower case name, the value.
std::pair<std::string, std::string_view> field_of(std::string_view line) {
  auto colon = std::min(line.find(':'), line.size());
  return {lower(model::trim(line.substr(0, colon))),
          model::trim(line.substr(std::min(colon + 1, line.size())))};
}

// A number at the start of `text`; what follows does not matter.
std::optional<std::size_t> number_of(std::string_view text, int base) {
  std::size_t value = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (failure != std::errc() || end == text.data()) return std::nullopt;
  return value;
}

// The chunks put together; the body itself where it is none (archives often undo the coding and
// leave the header).
std::string without_chunks(std::string_view body) {
  std::string out;
  auto rest = body;
  while (!rest.empty()) {
    auto end = rest.find('\n');
    auto size = number_of(rest.substr(0, std::min<std::size_t>(end, 20)), 16);
    if (end == std::string_view::npos || !size) return out.empty() ? std::string(body) : out;
    if (*size == 0) break;
    rest.remove_prefix(end + 1);
    out += rest.substr(0, *size);
    rest.remove_prefix(std::min(*size, rest.size()));
    if (rest.starts_with("\r\n")) rest.remove_prefix(2);
  }
  return out;
}

}  // namespace

struct WarcReader::Header {
  std::string type;
  std::string url;
  std::string content_type;
  std::string date;
  std::size_t length = 0;
};

bool read_http(std::string_view message, Capture& capture) {
  auto end = message.find('\n');
  auto status = message.substr(0, std::min(end, message.size()));
  auto blank = status.find(' ');
  if (!status.starts_with("HTTP/") || blank == std::string_view::npos) return false;
  if (number_of(status.substr(blank + 1), 10) != 200) return false;
  bool chunked = false;
  for (int n = 0; n < kMostFields && end != std::string_view::npos; ++n) {
    message.remove_prefix(end + 1);
    end = message.find('\n');
    auto line = model::trim(message.substr(0, std::min(end, message.size())));
    if (line.empty()) break;
    auto [name, value] = field_of(line);
    if (name == "content-type") capture.content_type = value;
    if (name == "content-language") capture.content_language = value;
    if (name == "content-encoding") capture.content_encoding = value;
    if (name == "transfer-encoding") chunked = lower(value).find("chunked") != std::string::npos;
  }
  if (end == std::string_view::npos) return false;
  message.remove_prefix(end + 1);
  capture.body = chunked ? without_chunks(message) : std::string(message);
  return true;
}

// Looks for the next record and reads its head; what stands between records is passed over.
bool WarcReader::read_header(Header& header) {
  std::string line;
  do {
    if (!stream_.line(line, kLongestLine)) return false;
  } while (!line.starts_with("WARC/"));
  for (int n = 0; n < kMostFields && stream_.line(line, kLongestLine) && !line.empty(); ++n) {
    auto [name, value] = field_of(line);
    if (name == "warc-type") header.type = lower(value);
    if (name == "warc-date") header.date = value;
    if (name == "content-type") header.content_type = value;
    if (name == "content-length") header.length = number_of(value, 10).value_or(0);
    // WARC 1.0 files of some writers have the address in angle brackets.
    if (name == "warc-target-uri") {
      header.url = value.starts_with('<') && value.ends_with('>')
                       ? value.substr(1, value.size() - 2)
                       : value;
    }
  }
  return true;
}

bool WarcReader::read_capture(const Header& header, Capture& capture) {
  std::string block;
  bool whole = stream_.bytes(block, header.length, limit_);
  bool web = header.url.starts_with("http://") || header.url.starts_with("https://");
  bool kept = header.type == "response" || header.type == "resource";
  if (!kept || !web) return false;
  if (!whole || header.length > limit_) {
    ++passed_over_;
    return false;
  }
  capture = {};
  capture.url = header.url;
  capture.at = model::parse_iso(header.date);
  if (header.type == "response") return read_http(block, capture);
  capture.content_type = header.content_type;
  capture.body = std::move(block);
  return true;
}

bool WarcReader::next(Capture& capture) {
  for (;;) {
    Header header;
    if (!read_header(header)) return false;
    if (read_capture(header, capture)) return true;
  }
}

}  // namespace feeds::archive
