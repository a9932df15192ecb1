#include "app/bounces/bounces.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <gmime/gmime.h>

#include "store/model/text.h"

namespace app::bounces {
namespace {

using model::Errc;
using model::Error;

constexpr std::size_t kLongestAddress = 254;  // RFC 5321 section 4.5.3.1.3
constexpr std::size_t kLongestText = 500;

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

using Fields = std::map<std::string, std::string>;  // names in lower case, the first of each

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

// Groups of fields with empty lines between them (RFC 3464 section 2.1).
std::vector<Fields> groups_of(std::string_view text) {
  std::vector<Fields> out(1);
  std::string* last = nullptr;
  while (!text.empty()) {
    auto end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    auto colon = line.find(':');
    if (line.empty()) {
      if (!out.back().empty() && out.size() <= kMostRecipients) out.emplace_back();
      last = nullptr;
    } else if (line.front() == ' ' || line.front() == '\t') {
      if (last != nullptr && last->size() < kLongestText) {
        *last += ' ';
        *last += model::trim(line);
      }
    } else if (colon != line.npos) {
      auto [field, added] = out.back().emplace(lower(model::trim(line.substr(0, colon))),
                                               model::trim(line.substr(colon + 1)));
      last = added ? &field->second : nullptr;
    }
  }
  return out;
}

const std::string& field(const Fields& fields, const std::string& name) {
  static const std::string kNone;
  auto found = fields.find(name);
  return found == fields.end() ? kNone : found->second;
}

// "rfc822; <reader@there.example>" → the address; empty for another type, or what is none.
std::string address_in(std::string_view value) {
  auto semicolon = value.find(';');
  if (semicolon == value.npos) return {};
  auto type = lower(model::trim(value.substr(0, semicolon)));
  if (type != "rfc822" && type != "utf-8") return {};
  auto text = model::trim(value.substr(semicolon + 1));
  if (text.size() > 1 && text.front() == '<' && text.back() == '>') {
    text = text.substr(1, text.size() - 2);
  }
  auto odd = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; };
  bool fine = text.size() <= kLongestAddress && model::is_utf8(text) &&
              text.find('@') != text.npos && std::none_of(text.begin(), text.end(), odd);
  return fine ? std::string(text) : std::string();
}

std::string content_of(GMimeObject* object) {
  if (!GMIME_IS_PART(object)) return {};
  auto* content = g_mime_part_get_content(GMIME_PART(object));
  if (content == nullptr) return {};
  Owned<GMimeStream> out(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, out.get());
  const auto* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out.get()));
  return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

std::string bare_id(std::string_view text) {
  text = model::trim(text);
  if (text.starts_with('<')) text.remove_prefix(1);
  return model::repair_utf8(text.substr(0, std::min(text.find('>'), kLongestText)));
}

// The mail that came back, or its head: the last part of the report.
std::string message_id_in(GMimeObject* part) {
  if (GMIME_IS_MESSAGE_PART(part)) {
    auto* message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
    const auto* id = message == nullptr ? nullptr : g_mime_message_get_message_id(message);
    return id == nullptr ? std::string() : bare_id(id);
  }
  auto* type = g_mime_object_get_content_type(part);
  if (!g_mime_content_type_is_type(type, "text", "rfc822-headers")) return {};
  return bare_id(field(groups_of(content_of(part)).front(), "message-id"));
}

std::optional<Bounce> bounce_of(const Fields& fields) {
  Bounce out;
  out.address = address_in(field(fields, "original-recipient"));
  if (out.address.empty()) out.address = address_in(field(fields, "final-recipient"));
  if (out.address.empty()) return std::nullopt;
  out.status = model::repair_utf8(field(fields, "status").substr(0, 20));
  out.diagnostic = model::repair_utf8(field(fields, "diagnostic-code").substr(0, kLongestText));
  out.for_good = lower(field(fields, "action")) == "failed" && out.status.starts_with("5.");
  return out;
}

bool told_failure(const Fields& fields) {
  auto action = lower(field(fields, "action"));
  return action == "failed" || action == "delayed";
}

// GMime walks into parts within parts by calling itself: what opens more of them than a report can
// have is not given to it.
bool is_nested_too_deep(std::string_view mail) {
  auto text = lower(mail);
  std::size_t count = 0;
  for (std::size_t at = 0; count <= kDeepestReport; ++count) {
    auto part = text.find("multipart/", at), message = text.find("message/", at);
    at = std::min(part, message);
    if (at == text.npos) return false;
    at += 8;
  }
  return true;
}

Owned<GMimeMessage> parsed(std::string_view mail) {
  static std::once_flag once;
  std::call_once(once, g_mime_init);
  Owned<GMimeStream> in(g_mime_stream_mem_new_with_buffer(mail.data(), mail.size()));
  Owned<GMimeParser> parser(g_mime_parser_new_with_stream(in.get()));
  return Owned<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

}  // namespace

model::Result<std::vector<Bounce>> bounces_in(std::string_view mail) {
  std::vector<Bounce> out;
  if (mail.size() > kLargestReport) {
    return Error{Errc::kInvalid,
                 fmt::format("report: {} bytes, at most {} are read", mail.size(), kLargestReport)};
  }
  if (is_nested_too_deep(mail)) {
    return Error{Errc::kInvalid,
                 fmt::format("report: more than {} parts in parts", kDeepestReport)};
  }
  auto message = parsed(mail);
  auto* root = message ? g_mime_message_get_mime_part(message.get()) : nullptr;
  if (root == nullptr || !GMIME_IS_MULTIPART(root) ||
      !g_mime_content_type_is_type(g_mime_object_get_content_type(root), "multipart", "report")) {
    return out;
  }
  std::string id;
  std::size_t told = 0;
  for (int i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(root)); ++i) {
    auto* part = g_mime_multipart_get_part(GMIME_MULTIPART(root), i);
    if (auto found = message_id_in(part); !found.empty()) id = found;
    auto* type = g_mime_object_get_content_type(part);
    if (!g_mime_content_type_is_type(type, "message", "delivery-status") &&
        !g_mime_content_type_is_type(type, "message", "global-delivery-status")) {
      continue;
    }
    for (const auto& fields : groups_of(content_of(part))) {
      auto bounce = bounce_of(fields);
      if (!bounce) continue;
      ++told;
      if (told_failure(fields) && out.size() < kMostRecipients) out.push_back(*std::move(bounce));
    }
  }
  // Other reports are of reading or abuse (RFC 8098, 5965).
  const auto* kind = g_mime_object_get_content_type_parameter(root, "report-type");
  if (told == 0 && kind != nullptr && lower(kind) == "delivery-status") {
    return Error{Errc::kInvalid, "report: no address whose delivery it tells of"};
  }
  for (auto& bounce : out) bounce.message_id = id;
  return out;
}

}  // namespace app::bounces
