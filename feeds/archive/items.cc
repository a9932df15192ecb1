#include "feeds/archive/items.h"

#include <algorithm>
#include <string>
#include <utility>

#include <boost/json.hpp>

#include "feeds/news/dates.h"
#include "store/model/text.h"

namespace feeds::archive {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr) return "";
  if (const auto* text = value->if_string()) return std::string(*text);
  return value->is_number() ? json::serialize(*value) : "";
}

bool is_json_feed_item(const json::object& object) {
  return object.contains("content_text") || object.contains("content_html") ||
         object.contains("date_published");
}

// By the reader of JSON Feed, which wants a feed around the item.
news::Item from_json_feed(std::string_view line, const news::Hints& hints) {
  auto whole = R"({"version":"https://jsonfeed.org/version/1.1","title":"","items":[)" +
               std::string(line) + "]}";
  auto document = news::parse(whole, hints);
  return document.entries.empty() ? news::Item() : std::move(document.entries[0]);
}

news::Text plain(std::string value, const std::string& language) {
  news::Text text;
  text.value = std::move(value);
  text.type = "text/plain";
  text.language = language;
  return text;
}

template <typename Add>
void each_text(const json::object& object, std::string_view name, Add add) {
  const auto* value = object.if_contains(name);
  if (value == nullptr) return;
  if (const auto* one = value->if_string()) return add(std::string(*one));
  const auto* list = value->if_array();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    if (const auto* text = (*list)[i].if_string()) add(std::string(*text));
  }
}

class Reader {
 public:
  Reader(news::Document& document, const news::Hints& hints) : document_(document), hints_(hints) {}

  void read(std::string_view line, std::size_t number) {
    auto place = "line " + std::to_string(number);
    boost::system::error_code failure;
    auto value = json::parse(line, failure);
    const auto* object = failure ? nullptr : value.if_object();
    if (object == nullptr) return tell(place, "it is no JSON object; left out");
    auto item =
        is_json_feed_item(*object) ? from_json_feed(line, hints_) : read_item(*object, place);
    item.place = place;
    document_.entries.push_back(std::move(item));
  }

 private:
  news::Item read_item(const json::object& object, const std::string& place) {
    news::Item item;
    item.id = text_of(object, "id");
    item.link = text_of(object, "url");
    item.language = text_of(object, "lang");
    item.publisher = text_of(object, "publisher");
    item.title = plain(text_of(object, "title"), item.language);
    item.summary = plain(text_of(object, "summary"), item.language);
    auto body = text_of(object, "text");
    if (!body.empty()) item.content.push_back(plain(std::move(body), item.language));
    item.published = date_of(text_of(object, "published"), place + ".published");
    item.updated = date_of(text_of(object, "updated"), place + ".updated");
    each_text(object, "authors", [&](std::string name) {
      item.authors.push_back({std::move(name), "", ""});
    });
    each_text(object, "tags", [&](std::string tag) {
      item.tags.push_back({std::move(tag), "", ""});
    });
    return item;
  }

  news::Date date_of(std::string text, const std::string& place) {
    news::Date date;
    date.text = std::move(text);
    if (date.text.empty()) return date;
    date.time = news::parse_date(date.text);
    if (!date.time)
      tell(place, "\"" + model::truncate(date.text, 80) + "\" is no date that can be read");
    return date;
  }

  void tell(std::string place, std::string message) {
    document_.bozo = true;
    document_.problems.push_back({std::move(place), std::move(message)});
  }

  news::Document& document_;
  const news::Hints& hints_;
};

}  // namespace

news::Document parse_items(std::string_view bytes, const news::Hints& hints,
                           std::size_t first_line) {
  news::Document document;
  document.version = "items";
  document.encoding = "utf-8";
  // A byte order mark is no part of the first line; bytes that are no UTF-8 are no JSON.
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  Reader reader(document, hints);
  for (auto number = first_line; !bytes.empty(); ++number) {
    auto end = std::min(bytes.find('\n'), bytes.size());
    auto line = model::trim(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (!line.empty()) reader.read(line, number);
  }
  return document;
}

}  // namespace feeds::archive
