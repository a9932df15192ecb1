#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <sstream>

#include <boost/json.hpp>

#include "feeds/news/dates.h"
#include "feeds/opml/opml.h"
#include "store/model/instant.h"

namespace feeds::opml {
namespace {

namespace json = boost::json;

void set(json::object& out, std::string_view name, const std::string& value) {
  if (!value.empty()) out[name] = value;
}

json::object of(const Subscription& one) {
  json::object out{{"url", one.url}, {"title", one.title}};
  set(out, "home", one.home);
  json::array categories;
  json::object tags;
  for (const auto& path : one.categories) {
    json::array parts;
    for (const auto& part : path) parts.push_back(json::string(part));
    categories.push_back(std::move(parts));
    if (path.size() == 1) tags[path.front()] = true;
  }
  out["categories"] = std::move(categories);
  out["tags"] = std::move(tags);
  return out;
}

json::array of(const std::vector<Subscription>& all) {
  json::array out;
  out.reserve(all.size());
  for (const auto& one : all) out.push_back(of(one));
  return out;
}

void set_date(json::object& out, const std::string& name, const std::string& text) {
  set(out, name, text);
  if (auto time = news::parse_date(text)) out[name + "_parsed"] = model::to_iso(time->at);
}

void add_outline(pugi::xml_node parent, const Subscription& one) {
  auto node = parent.append_child("outline");
  node.append_attribute("type") = "rss";
  node.append_attribute("text") = one.title.empty() ? one.url.c_str() : one.title.c_str();
  node.append_attribute("xmlUrl") = one.url.c_str();
  if (!one.home.empty()) node.append_attribute("htmlUrl") = one.home.c_str();
}

}  // namespace

std::string to_json(const List& list) {
  json::object meta;
  set(meta, "title", list.title);
  set_date(meta, "created", list.created);
  set_date(meta, "modified", list.modified);
  json::object author;
  set(author, "name", list.owner_name);
  set(author, "email", list.owner_email);
  set(author, "url", list.owner_url);
  if (!author.empty()) meta["author"] = std::move(author);
  json::array problems;
  for (const auto& warning : list.warnings) {
    problems.push_back(json::object{{"place", warning.place}, {"message", warning.message}});
  }
  return json::serialize(json::object{{"version", list.version},
                                      {"bozo", list.bozo || list.version.empty()},
                                      {"problems", std::move(problems)},
                                      {"meta", std::move(meta)},
                                      {"feeds", of(list.feeds)},
                                      {"lists", of(list.lists)},
                                      {"opportunities", of(list.opportunities)}});
}

std::string write(const List& list) {
  pugi::xml_document xml;
  auto root = xml.append_child("opml");
  root.append_attribute("version") = "2.0";
  auto head = root.append_child("head");
  head.append_child("title").text() = list.title.c_str();
  auto body = root.append_child("body");
  // Groups by their path, so that each is written once.
  std::map<std::vector<std::string>, pugi::xml_node> groups{{{}, body}};
  for (const auto& one : list.feeds) {
    auto paths = one.categories;
    if (paths.empty()) paths.emplace_back();
    for (const auto& path : paths) {
      std::vector<std::string> at;
      for (const auto& part : path) {
        auto parent = groups.at(at);
        at.push_back(part);
        auto [group, fresh] = groups.try_emplace(at);
        if (!fresh) continue;
        group->second = parent.append_child("outline");
        group->second.append_attribute("text") = part.c_str();
      }
      add_outline(groups.at(at), one);
    }
  }
  std::ostringstream out;
  xml.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
  return out.str();
}

}  // namespace feeds::opml
