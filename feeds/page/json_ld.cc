#include "feeds/page/json_ld.h"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

#include <boost/json.hpp>

#include "feeds/news/entities.h"
#include "store/model/text.h"

namespace feeds::page {
namespace {

namespace json = boost::json;

// Objects that are looked at; a page describes a few.
constexpr std::size_t kMostObjects = 2000;
constexpr std::size_t kMostAuthors = 50;

std::string text_of(const json::value* value) {
  if (value == nullptr) return "";
  if (const auto* text = value->if_string()) return news::decode_entities(model::trim(*text));
  if (const auto* list = value->if_array(); list != nullptr && !list->empty()) {
    return text_of(&list->front());
  }
  return "";
}

std::string text_of(const json::object& object, std::string_view name) {
  return text_of(object.if_contains(name));
}

// The names of persons or organisations: strings, objects with a name, or a list of these.
void add_names(std::vector<std::string>& out, const json::value* value) {
  if (value == nullptr || out.size() >= kMostAuthors) return;
  if (const auto* list = value->if_array()) {
    for (const auto& one : *list) {
      if (!one.is_array()) add_names(out, &one);
    }
    return;
  }
  const auto* object = value->if_object();
  auto name = model::squeeze(object != nullptr ? text_of(*object, "name") : text_of(value));
  if (!name.empty() && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
}

bool is_article_type(std::string_view type) {
  type = type.substr(type.rfind('/') + 1);
  return type.ends_with("Article") || type == "BlogPosting" || type == "LiveBlogPosting" ||
         type == "Report" || type == "ReviewNewsArticle";
}

bool is_article(const json::object& object) {
  const auto* type = object.if_contains("@type");
  if (type == nullptr) return false;
  if (const auto* one = type->if_string()) return is_article_type(*one);
  const auto* list = type->if_array();
  return list != nullptr && std::any_of(list->begin(), list->end(), [](const auto& one) {
           return one.is_string() && is_article_type(one.get_string());
         });
}

void keep_first(std::string& kept, std::string value) {
  if (kept.empty()) kept = std::move(value);
}

void read_article(Stated& stated, const json::object& object) {
  stated.article = true;
  keep_first(stated.headline, model::squeeze(text_of(object, "headline")));
  keep_first(stated.headline, model::squeeze(text_of(object, "name")));
  keep_first(stated.description, text_of(object, "description"));
  keep_first(stated.body, text_of(object, "articleBody"));
  keep_first(stated.published, text_of(object, "datePublished"));
  keep_first(stated.modified, text_of(object, "dateModified"));
  keep_first(stated.url, text_of(object, "url"));
  keep_first(stated.language, text_of(object, "inLanguage"));
  std::vector<std::string> publishers;
  add_names(publishers, object.if_contains("publisher"));
  if (!publishers.empty()) keep_first(stated.publisher, publishers.front());
  if (stated.authors.empty()) add_names(stated.authors, object.if_contains("author"));
  if (stated.authors.empty()) add_names(stated.authors, object.if_contains("creator"));
  if (stated.tags.empty()) {
    const auto* keywords = object.if_contains("keywords");
    if (keywords != nullptr && keywords->is_array()) add_names(stated.tags, keywords);
  }
}

}  // namespace

void add_json_ld(Stated& stated, std::string_view script) {
  std::string text(script);
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  boost::system::error_code failure;
  auto root = json::parse(text, failure);
  if (failure) return;
  // Breadth first: what stands further out speaks of the page itself.
  std::deque<const json::value*> queue{&root};
  for (std::size_t seen = 0; !queue.empty() && seen < kMostObjects; ++seen) {
    const auto* value = queue.front();
    queue.pop_front();
    if (const auto* list = value->if_array()) {
      for (const auto& one : *list) queue.push_back(&one);
    } else if (const auto* object = value->if_object()) {
      if (is_article(*object)) read_article(stated, *object);
      for (std::string_view inside :
           {"@graph", "mainEntity", "mainEntityOfPage", "itemListElement"}) {
        if (const auto* found = object->if_contains(inside)) queue.push_back(found);
      }
    }
  }
}

}  // namespace feeds::page
