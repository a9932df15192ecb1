#include <string>

#include <boost/json.hpp>

#include "feeds/news/feed.h"

namespace feeds::news {
namespace {

namespace json = boost::json;

void set(json::object& out, std::string_view name, const std::string& value) {
  if (!value.empty()) out[name] = value;
}

void set(json::object& out, std::string_view name, const Date& date) {
  if (date.time) {
    out[name] = model::to_iso(date.time->at);
  } else {
    set(out, name, date.text);
  }
}

json::object detail_of(const Text& text) {
  json::object out;
  out["value"] = shown(text);
  set(out, "type", text.type);
  set(out, "language", text.language);
  set(out, "base", text.base);
  set(out, "src", *text.src);
  return out;
}

// "title" and "title_detail".
void set(json::object& out, std::string_view name, const Text& text) {
  if (text.empty() && text.type.empty()) return;
  auto detail = detail_of(text);
  out[name] = detail["value"];
  if (!text.type.empty()) out[std::string(name) + "_detail"] = std::move(detail);
}

json::object of(const Link& link) {
  json::object out;
  set(out, "href", link.href);
  set(out, "rel", link.rel);
  set(out, "type", link.type);
  set(out, "title", link.title);
  set(out, "hreflang", link.hreflang);
  set(out, "length", link.length);
  return out;
}

json::object of(const Person& person) {
  json::object out;
  set(out, "name", person.name);
  set(out, "email", person.email);
  set(out, "href", person.href);
  return out;
}

json::object of(const Category& tag) {
  json::object out;
  set(out, "term", tag.term);
  set(out, "scheme", tag.scheme);
  set(out, "label", tag.label);
  return out;
}

json::object of(const Text& text) { return detail_of(text); }

template <typename T>
void set(json::object& out, std::string_view name, const std::vector<T>& values) {
  if (values.empty()) return;
  json::array list;
  list.reserve(values.size());
  for (const T& value : values) list.push_back(of(value));
  out[name] = std::move(list);
}

void set(json::object& out, const Image& image) {
  json::object made;
  set(made, "href", image.href);
  set(made, "title", image.title);
  set(made, "link", image.link);
  set(made, "description", image.description);
  if (!made.empty()) out["image"] = std::move(made);
}

json::array of(const std::vector<double>& point) {
  json::array out;
  for (double value : point) out.emplace_back(value);
  return out;
}

// Coordinates as in GeoJSON; a box is its two corners.
void set(json::object& out, const Where& where) {
  if (where.points.empty()) return;
  json::array points;
  for (const auto& point : where.points) points.push_back(of(point));
  json::object made;
  made["type"] = where.type;
  if (where.type == "Point") {
    made["coordinates"] = points[0];
  } else if (where.type == "Polygon") {
    made["coordinates"] = json::array{std::move(points)};
  } else {
    made["coordinates"] = std::move(points);
  }
  out["where"] = std::move(made);
}

// Words of media:restriction are a list of countries.
json::value content_of(const Extra& extra) {
  if (extra.name != "media_restriction") return json::value(extra.text);
  json::array words;
  std::string word;
  for (char c : extra.text + " ") {
    if (c != ' ') {
      word += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    } else if (!word.empty()) {
      words.push_back(json::string(word));
      word.clear();
    }
  }
  return words;
}

// A text, or an object of the attributes with the text as "content"; a list for the elements of
// Media RSS that may repeat.
void set(json::object& out, const Extra& extra) {
  json::object attributes;
  for (const auto& [name, value] : extra.attributes) attributes[name] = value;
  bool listed = extra.name == "media_content" || extra.name == "media_thumbnail" ||
                extra.name == "media_credit";
  if (attributes.empty() && !listed) {
    out[extra.name] = extra.text;
    return;
  }
  if (!extra.text.empty()) attributes["content"] = content_of(extra);
  if (!listed) {
    out[extra.name] = std::move(attributes);
    return;
  }
  json::value& list = out[extra.name];
  if (!list.is_array()) list.emplace_array();
  list.get_array().push_back(std::move(attributes));
}

void set_record(json::object& out, const Record& record) {
  for (const Extra& extra : record.extras) set(out, extra);
  set(out, "id", record.id);
  set(out, "title", record.title);
  set(out, "link", record.link);
  set(out, "links", record.links);
  set(out, "author", record.author);
  set(out, "authors", record.authors);
  if (!record.authors.empty()) out["author_detail"] = of(record.authors.back());
  set(out, "contributors", record.contributors);
  set(out, "publisher", record.publisher);
  if (!record.publisher.empty()) out["publisher_detail"] = of(*record.publisher_detail);
  set(out, "tags", record.tags);
  set(out, "published", record.published);
  set(out, "updated", record.updated);
  set(out, "created", *record.created);
  set(out, "expired", *record.expired);
  set(out, "language", record.language);
  set(out, "rights", *record.rights_detail);
  set(out, "license", *record.license);
  set(out, *record.image);
  set(out, *record.where);
}

json::object of(const Feed& feed) {
  json::object out;
  set_record(out, feed);
  set(out, "subtitle", feed.subtitle);
  set(out, "generator", feed.generator);
  json::object generator;
  set(generator, "name", feed.generator);
  set(generator, "href", feed.generator_href);
  set(generator, "version", feed.generator_version);
  if (!generator.empty()) out["generator_detail"] = std::move(generator);
  set(out, "ttl", feed.ttl);
  set(out, "icon", feed.icon);
  set(out, "logo", feed.logo);
  return out;
}

json::object of(const Item& item) {
  json::object out;
  set_record(out, item);
  if (!item.id.empty()) out["guidislink"] = item.guid_is_link;
  set(out, "summary", item.summary);
  set(out, "content", item.content);
  set(out, "enclosures", item.enclosures);
  set(out, "comments", *item.comments);
  if (!item.source.empty()) {
    json::object source = of(item.source.front());
    set(source, "href", *item.source_link);
    out["source"] = std::move(source);
  }
  return out;
}

}  // namespace

std::string to_feedparser_json(const Document& document) {
  json::object out;
  out["version"] = document.version;
  out["encoding"] = document.encoding;
  out["bozo"] = document.bozo;
  json::array problems;
  for (const auto& problem : document.problems) {
    problems.push_back({{"place", problem.place}, {"message", problem.message}});
  }
  out["problems"] = std::move(problems);
  out["feed"] = of(static_cast<const Feed&>(document));
  json::array entries;
  entries.reserve(document.entries.size());
  for (const Item& item : document.entries) entries.push_back(of(item));
  out["entries"] = std::move(entries);
  return json::serialize(out);
}

}  // namespace feeds::news
