#include <string>

#include <boost/json.hpp>

#include "feeds/news/dates.h"
#include "feeds/news/formats.h"
#include "feeds/news/urls.h"
#include "store/model/text.h"

namespace feeds::news {
namespace {

namespace json = boost::json;

// JSON Feed is four levels deep, extensions a little more.
constexpr std::size_t kDeepest = 32;

// The text of a member; numbers, which some write for ids, as they stand; "" when it is absent.
std::string text_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr) return "";
  if (value->is_string()) return std::string(value->get_string());
  if (value->is_int64() || value->is_uint64()) return json::serialize(*value);
  return "";
}

const json::array* array_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_array();
}

Text plain(std::string value, const Scope& scope) {
  Text text;
  text.value = std::move(value);
  text.type = "text/plain";
  text.language = scope.language;
  text.base = scope.base;
  return text;
}

Person person_of(const json::object& author) {
  Person person;
  person.name = text_of(author, "name");
  person.href = text_of(author, "url");
  if (person.href.starts_with("mailto:")) person.email = person.href.substr(7);
  return person;
}

// "authors" of version 1.1, "author" of version 1.0.
void read_authors(Record& record, const json::object& object) {
  auto add = [&record](const json::value& value) {
    if (!value.is_object()) return;
    Person person = person_of(value.get_object());
    if (person.name.empty() && person.href.empty()) return;
    record.author = person.name;
    record.authors.push_back(std::move(person));
  };
  if (const auto* authors = array_of(object, "authors")) {
    for (const auto& author : *authors) add(author);
  } else if (const auto* author = object.if_contains("author")) {
    add(*author);
  }
}

void add_link(Record& record, const Scope& scope, std::string_view url, std::string_view rel,
              std::string_view type) {
  if (url.empty()) return;
  Link link;
  link.href = resolve(scope.base, url);
  link.rel = rel;
  link.type = type;
  record.links.push_back(std::move(link));
}

Date date_of(Document& document, const Item& item, const json::object& object,
             std::string_view name) {
  Date date;
  date.text = text_of(object, name);
  date.time = parse_date(date.text);
  if (!date.text.empty() && !date.time) {
    document.problems.push_back(
        {item.place + "." + std::string(name),
         "\"" + model::truncate(date.text, 80) + "\" is no date that can be read"});
  }
  return date;
}

void read_attachments(Item& item, const json::object& object, const Scope& scope) {
  const auto* attachments = array_of(object, "attachments");
  if (attachments == nullptr) return;
  for (const auto& value : *attachments) {
    if (!value.is_object()) continue;
    const auto& attachment = value.get_object();
    Link link;
    link.rel = "enclosure";
    link.href = resolve(scope.base, text_of(attachment, "url"));
    link.type = text_of(attachment, "mime_type");
    link.title = text_of(attachment, "title");
    link.length = text_of(attachment, "size_in_bytes");
    item.links.push_back(link);
    item.enclosures.push_back(std::move(link));
  }
}

void read_content(Item& item, const json::object& object, const Scope& scope) {
  std::string html = text_of(object, "content_html");
  if (!html.empty()) {
    Text content = plain("", scope);
    content.type = "text/html";
    content.value = std::move(html);
    item.content.push_back(std::move(content));
  }
  std::string text = text_of(object, "content_text");
  if (!text.empty()) item.content.push_back(plain(std::move(text), scope));
  item.summary = plain(text_of(object, "summary"), scope);
  if (item.summary.empty() && !item.content.empty()) item.summary = item.content.front();
}

void read_item(Document& document, const json::value& value, Scope scope) {
  std::string place = "entries[" + std::to_string(document.entries.size()) + "]";
  if (!value.is_object()) {
    document.problems.push_back({"items", "an item is no object; it was left out"});
    document.bozo = true;
    return;
  }
  const auto& object = value.get_object();
  Item& item = document.entries.emplace_back();
  item.place = std::move(place);
  item.language = text_of(object, "language");
  if (!item.language.empty()) scope.language = item.language;
  item.id = text_of(object, "id");
  item.title = plain(text_of(object, "title"), scope);
  std::string url = text_of(object, "url");
  std::string external = text_of(object, "external_url");
  item.link = resolve(scope.base, url.empty() ? external : url);
  add_link(item, scope, url, "alternate", "text/html");
  add_link(item, scope, external, "related", "text/html");
  read_content(item, object, scope);
  auto image = text_of(object, "image");
  if (image.empty()) image = text_of(object, "banner_image");
  if (!image.empty()) item.image.edit().href = std::move(image);
  item.published = date_of(document, item, object, "date_published");
  item.updated = date_of(document, item, object, "date_modified");
  read_authors(item, object);
  if (const auto* tags = array_of(object, "tags")) {
    for (const auto& tag : *tags) {
      if (tag.is_string()) item.tags.push_back({std::string(tag.get_string()), "", ""});
    }
  }
  read_attachments(item, object, scope);
}

void read_head(Document& document, const json::object& object, Scope& scope) {
  std::string version = text_of(object, "version");
  // The URL of the version that the specification asks for, or its bare number.
  document.version = version.ends_with("/1")    ? "json1"
                     : version == "1.0"         ? "json10"
                     : version.ends_with("1.1") ? "json11"
                                                : "";
  document.language = text_of(object, "language");
  if (!document.language.empty()) scope.language = document.language;
  document.title = plain(text_of(object, "title"), scope);
  document.subtitle = plain(text_of(object, "description"), scope);
  std::string home = text_of(object, "home_page_url");
  std::string self = text_of(object, "feed_url");
  if (!home.empty()) document.link = resolve(scope.base, home);
  document.id = self;
  add_link(document, scope, home, "alternate", "text/html");
  add_link(document, scope, self, "self", "application/feed+json");
  document.icon = text_of(object, "icon");
  document.logo = text_of(object, "favicon");
  document.image_href = document.image.edit().href = document.icon;
  read_authors(document, object);
}

}  // namespace

void read_json_feed(Document& document, std::string_view text, const Scope& outer) {
  json::parse_options options;
  options.max_depth = kDeepest;
  boost::system::error_code failure;
  json::stream_parser parser({}, options);
  std::size_t read = parser.write_some(text.data(), text.size(), failure);
  if (!failure) parser.finish(failure);
  if (failure) {
    document.bozo = true;
    document.problems.push_back(
        {"byte " + std::to_string(read), "the JSON cannot be read: " + failure.message()});
    return;
  }
  json::value root = parser.release();
  if (!root.is_object()) {
    document.bozo = true;
    document.problems.push_back({"byte 0", "the JSON is no object, so it is no JSON Feed"});
    return;
  }
  const auto& object = root.get_object();
  Scope scope = outer;
  read_head(document, object, scope);
  const auto* items = array_of(object, "items");
  if (items == nullptr) {
    document.bozo = true;
    document.problems.push_back({"items", "the feed has no list of items"});
    return;
  }
  for (const auto& item : *items) {
    if (is_full(document)) break;
    read_item(document, item, scope);
  }
  // Who wrote the feed wrote the items that name nobody (version 1.1, "authors").
  for (auto& item : document.entries) {
    if (item.authors.empty()) item.authors = document.authors;
    if (item.author.empty()) item.author = document.author;
  }
  // The format has no date of the whole: it is as new as its newest item.
  for (const auto& item : document.entries) {
    for (auto field : {&Record::published, &Record::updated}) {
      const Date& date = item.*field;
      Date& newest = document.*field;
      bool newer = date.time && (!newest.time || newest.time->at < date.time->at);
      if (newer) newest = date;
    }
  }
}

}  // namespace feeds::news
