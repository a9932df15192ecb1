#include "app/serve/call.h"

#include <charconv>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "store/model/text.h"

namespace app::serve {
namespace {

using model::Errc;
using model::Error;
using model::Result;

constexpr std::size_t kMostFields = 200;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> decoded(std::string_view text, bool plus_is_blank) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_blank) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  if (out.find('\0') != out.npos || !model::is_utf8(out)) return std::nullopt;
  return out;
}

std::string_view title_of(int status) {
  switch (status) {
    case 400:
      return "That cannot be asked so";
    case 401:
      return "A token is needed";
    case 403:
      return "This token may not do that";
    case 404:
      return "There is no such thing";
    case 405:
      return "Not with this method";
    case 409:
      return "Something else was decided meanwhile";
    case 410:
      return "It is shown no more";
    case 413:
      return "Too large";
    case 415:
      return "Not of this media type";
    case 429:
      return "Too many requests";
    case 503:
      return "Not now";
    default:
      return "It went wrong here";
  }
}

}  // namespace

Result<Fields> Fields::parse(std::string_view text) {
  Fields out;
  while (!text.empty()) {
    auto end = std::min(text.find('&'), text.size());
    auto field = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (field.empty()) continue;
    auto mark = std::min(field.find('='), field.size());
    auto name = decoded(field.substr(0, mark), true);
    auto value = decoded(field.substr(std::min(mark + 1, field.size())), true);
    if (!name || !value) {
      return Error{Errc::kInvalid, fmt::format("field {} of the query is not percent-encoded UTF-8",
                                               out.list_.size() + 1)};
    }
    if (out.list_.size() == kMostFields) {
      return Error{Errc::kInvalid, "the query has more than 200 fields"};
    }
    out.list_.emplace_back(*std::move(name), *std::move(value));
  }
  return out;
}

std::string_view Fields::operator[](std::string_view name) const {
  for (const auto& [key, value] : list_) {
    if (key == name) return value;
  }
  return {};
}

bool Fields::has(std::string_view name) const {
  for (const auto& [key, value] : list_) {
    if (key == name) return true;
  }
  return false;
}

std::vector<std::string> Fields::all(std::string_view name) const {
  std::vector<std::string> out;
  for (const auto& [key, value] : list_) {
    if (key == name) out.push_back(value);
  }
  return out;
}

Fields Fields::with(std::string_view name, std::string_view value) const {
  Fields out;
  for (const auto& field : list_) {
    if (field.first != name) out.list_.push_back(field);
  }
  if (!value.empty()) out.list_.emplace_back(name, value);
  return out;
}

std::string Fields::encoded() const {
  std::string out;
  for (const auto& [name, value] : list_) {
    if (!out.empty()) out += '&';
    out += percent_encoded(name) + "=" + percent_encoded(value);
  }
  return out;
}

std::optional<std::string> percent_decoded(std::string_view text) { return decoded(text, false); }

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (char c : text) {
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 c == '-' || c == '.' || c == '_' || c == '~';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

HttpAnswer json_answer(std::string body, int status) {
  HttpAnswer out;
  out.status = status;
  out.body = std::move(body);
  out.content_type = "application/json";
  return out;
}

HttpAnswer html_answer(std::string body, int status) {
  HttpAnswer out;
  out.status = status;
  out.body = std::move(body);
  out.content_type = "text/html; charset=utf-8";
  return out;
}

HttpAnswer redirect(const std::string& to) {
  HttpAnswer out;
  out.status = 303;
  out.fields.emplace_back("Location", to);
  return out;
}

HttpAnswer problem(int status, std::string_view detail) {
  auto title = title_of(status);
  auto out = json_answer(boost::json::serialize(boost::json::object{
                             {"type", "about:blank"},
                             {"title", boost::json::string_view(title.data(), title.size())},
                             {"status", status},
                             {"detail", boost::json::string_view(detail.data(), detail.size())}}) +
                             "\n",
                         status);
  out.content_type = "application/problem+json";
  if (status == 401) out.fields.emplace_back("WWW-Authenticate", "Bearer realm=\"faultline\"");
  return out;
}

int status_of(const Error& error) {
  switch (error.code) {
    case Errc::kNotFound:
      return 404;
    case Errc::kInvalid:
      return 400;
    case Errc::kConflict:
      return 409;
    case Errc::kIo:
    case Errc::kTimeout:
      return 503;
    case Errc::kCorrupt:
      return 500;
  }
  return 500;
}

Result<std::optional<model::Instant>> moment(const Fields& query, std::string_view name) {
  auto text = query[name];
  if (text.empty()) return std::optional<model::Instant>();
  auto time = model::parse_iso(text);
  if (!time) {
    return Error{Errc::kInvalid, fmt::format("{}: “{}” is no time; write it as 2014-12-23 or "
                                             "2014-12-23T06:00Z",
                                             name, text)};
  }
  return std::optional(time->at);
}

Result<std::size_t> number(const Fields& query, std::string_view name, std::size_t least,
                           std::size_t most, std::size_t otherwise) {
  auto text = query[name];
  if (text.empty()) return otherwise;
  std::size_t out = 0;
  auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failure != std::errc() || stop != text.data() + text.size() || out < least || out > most) {
    return Error{Errc::kInvalid,
                 fmt::format("{}: “{}” is no number from {} to {}", name, text, least, most)};
  }
  return out;
}

Result<std::string> zone(const Fields& query, const std::string& otherwise) {
  auto text = query["zone"];
  if (text.empty()) return otherwise;
  if (!model::is_zone(std::string(text))) {
    return Error{
        Errc::kInvalid,
        fmt::format("zone: no zone “{}”; write it as UTC, +09:00 or Asia/Pyongyang", text)};
  }
  return std::string(text);
}

}  // namespace app::serve
