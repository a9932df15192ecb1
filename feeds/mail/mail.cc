#include "feeds/mail/mail.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <gmime/gmime.h>

#include "feeds/news/charset.h"
#include "feeds/news/dates.h"
#include "store/model/text.h"

namespace feeds::mail {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

void start_gmime() {
  static std::once_flag once;
  std::call_once(once, g_mime_init);
}

std::string_view or_empty(const char* text) { return text == nullptr ? "" : text; }

// A header field in UTF-8, its encoded words (RFC 2047) decoded.
std::string header(GMimeMessage* message, const char* name) {
  auto raw = or_empty(g_mime_object_get_header(GMIME_OBJECT(message), name));
  return model::repair_utf8(model::trim(raw));
}

// The text of a part: transfer encoding undone, charset to UTF-8.
std::string text_of(GMimePart* part) {
  auto* content = g_mime_part_get_content(part);
  if (content == nullptr) return "";
  Owned<GMimeStream> out(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, out.get());
  const auto* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out.get()));
  std::string_view raw(reinterpret_cast<const char*>(bytes->data), bytes->len);
  auto charset = or_empty(g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset"));
  auto type = std::string("text/html; charset=") + std::string(charset);
  return news::decode(raw, charset.empty() ? "" : type).text;
}

struct Bodies {
  std::string html;
  std::string plain;
};

// The first HTML and the first plain part that are no attachments.
Bodies bodies_of(GMimeObject* root) {
  Bodies out;
  std::vector<std::pair<GMimeObject*, std::size_t>> open{{root, 0}};
  while (!open.empty()) {
    auto [object, depth] = open.back();
    open.pop_back();
    if (object == nullptr || depth > kDeepest) continue;
    if (GMIME_IS_MULTIPART(object)) {
      auto* parts = GMIME_MULTIPART(object);
      for (int i = g_mime_multipart_get_count(parts); i-- > 0;) {
        open.emplace_back(g_mime_multipart_get_part(parts, i), depth + 1);
      }
    } else if (GMIME_IS_PART(object) && !g_mime_part_is_attachment(GMIME_PART(object))) {
      auto* type = g_mime_object_get_content_type(object);
      bool html = g_mime_content_type_is_type(type, "text", "html");
      bool plain = g_mime_content_type_is_type(type, "text", "plain");
      if (html && out.html.empty()) out.html = text_of(GMIME_PART(object));
      if (plain && out.plain.empty()) out.plain = text_of(GMIME_PART(object));
    }
  }
  return out;
}

// "<https://…>" of Archived-At, and of List-Archive.
std::string between_angles(const std::string& text) {
  auto begin = text.find('<');
  auto end = text.find('>', begin == std::string::npos ? 0 : begin);
  return begin == std::string::npos || end == std::string::npos
             ? text
             : text.substr(begin + 1, end - begin - 1);
}

bool is_web(std::string_view url) {
  return url.starts_with("http://") || url.starts_with("https://");
}

std::vector<news::Person> senders(GMimeMessage* message) {
  std::vector<news::Person> out;
  auto* list = g_mime_message_get_from(message);
  for (int i = 0; list != nullptr && i < internet_address_list_length(list); ++i) {
    auto* address = internet_address_list_get_address(list, i);
    news::Person person;
    person.name = model::squeeze(model::repair_utf8(or_empty(internet_address_get_name(address))));
    if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
      auto* mailbox = INTERNET_ADDRESS_MAILBOX(address);
      person.email = model::repair_utf8(or_empty(internet_address_mailbox_get_addr(mailbox)));
    }
    out.push_back(std::move(person));
  }
  return out;
}

void read_list(news::Document& document, GMimeMessage* message, const news::Item& item) {
  auto list = header(message, "List-Id");
  auto name = model::squeeze(list.substr(0, list.find('<')));
  auto address = item.authors.empty() ? "" : item.authors[0].email;
  auto id = list.empty() ? address : between_angles(list);
  document.version = "mail";
  document.id = id.empty() ? "" : "mailto:" + id;
  document.title.type = "text/plain";
  document.title.value = name;
  if (name.empty() && !item.authors.empty()) {
    document.title.value = item.authors[0].name.empty() ? address : item.authors[0].name;
  }
}

news::Item read_message(GMimeMessage* message) {
  news::Item item;
  item.place = "message";
  item.id = model::repair_utf8(or_empty(g_mime_message_get_message_id(message)));
  item.title.value =
      model::squeeze(model::repair_utf8(or_empty(g_mime_message_get_subject(message))));
  item.title.type = "text/plain";
  item.authors = senders(message);
  if (!item.authors.empty()) item.author = item.authors[0].name;
  item.language = header(message, "Content-Language");
  item.published.text = header(message, "Date");
  if (!item.published.text.empty()) item.published.time = news::parse_date(item.published.text);
  auto archived = between_angles(header(message, "Archived-At"));
  if (is_web(archived)) item.link = archived;
  auto bodies = bodies_of(g_mime_message_get_mime_part(message));
  bool html = !bodies.html.empty();
  if (html || !bodies.plain.empty()) {
    auto& content = item.content.emplace_back();
    content.type = html ? "text/html" : "text/plain";
    content.value = html ? std::move(bodies.html) : std::move(bodies.plain);
    content.language = item.language;
  }
  return item;
}

void tell(news::Document& document, std::string message) {
  document.bozo = true;
  document.problems.push_back({"message", std::move(message)});
}

// GMime builds multiparts by recursion; a message that nests deeper is not given to it.
bool nests_too_deep(std::string_view bytes) {
  std::size_t boundaries = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    at = bytes.find("oundary", at);
    if (at == std::string_view::npos) break;
    if (++boundaries > 10 * kDeepest) return true;
  }
  return false;
}

}  // namespace

news::Document parse(std::string_view bytes, const news::Hints& /*hints*/) {
  news::Document document;
  document.version = "mail";
  document.encoding = "utf-8";
  if (nests_too_deep(bytes)) {
    tell(document, "its parts nest too deep; it is not read");
    return document;
  }
  start_gmime();
  Owned<GMimeStream> in(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  Owned<GMimeParser> parser(g_mime_parser_new_with_stream(in.get()));
  Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (message == nullptr) {
    tell(document, "it is no message that can be read");
    return document;
  }
  auto item = read_message(message.get());
  read_list(document, message.get(), item);
  if (!item.published.text.empty() && !item.published.time) {
    tell(document,
         "\"" + model::truncate(item.published.text, 80) + "\" is no date that can be read");
  }
  if (item.content.empty() && item.title.value.empty()) {
    tell(document, "it has neither subject nor text");
  } else {
    document.entries.push_back(std::move(item));
  }
  return document;
}

bool looks_like_mail(std::string_view text) {
  bool named = false;  // From or Subject was seen
  for (int line = 0; line < 200 && !text.empty(); ++line) {
    auto end = std::min(text.find('\n'), text.size());
    auto field = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (model::trim(field).empty()) return named && line > 1;
    bool folded = field[0] == ' ' || field[0] == '\t';
    bool mbox = line == 0 && field.starts_with("From ");
    if (folded || mbox) continue;
    auto colon = field.find(':');
    auto odd = field.substr(0, colon).find_first_of(" \t<>{}\"");
    if (colon == std::string_view::npos || colon == 0 || odd != std::string_view::npos)
      return false;
    auto name = model::fold(field.substr(0, colon));
    named = named || name == "from" || name == "subject";
  }
  return named;
}

}  // namespace feeds::mail
