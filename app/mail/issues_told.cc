#include <pugixml.hpp>
#include <sstream>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/mail/digest.h"
#include "app/mail/outbox.h"
#include "feeds/render/xml.h"

// Issues of alerts as programs take them: the JSON of a webhook, an Atom feed.
namespace app::mail {
namespace {

namespace json = boost::json;
using feeds::render::legal_xml;

void add(pugi::xml_node& node, const char* name, std::string_view text) {
  node.append_child(name).text().set(legal_xml(text).c_str());
}

void add_link(pugi::xml_node& node, const char* rel, std::string_view href) {
  auto link = node.append_child("link");
  link.append_attribute("rel") = rel;
  link.append_attribute("href") = legal_xml(href).c_str();
}

std::string page_of(const model::Issue& issue, const std::string& base) {
  return base + "issues/" + issue.id;
}

}  // namespace

std::string webhook_body(const Settings& settings, const model::Subscription& to,
                         const model::Issue& issue) {
  auto data = content_of(issue);
  data.erase("dead");
  data["alert"] = to.id;
  data["issue"] = issue.id;
  data["query"] = issue.query;
  data["title"] = issue_title(issue);
  data["from"] = model::to_iso(issue.window.from);
  data["to"] = model::to_iso(issue.window.to);
  if (!settings.base.empty()) data["url"] = page_of(issue, settings.base);
  return json::serialize(json::object{{"type", "alert.fired"},
                                      {"timestamp", model::to_iso(issue.made_at)},
                                      {"data", std::move(data)}});
}

std::string issues_feed(const model::Subscription& of, const std::vector<model::Issue>& issues,
                        const std::string& base, const std::string& self) {
  pugi::xml_document document;
  auto declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "utf-8";
  auto feed = document.append_child("feed");
  feed.append_attribute("xmlns") = "http://www.w3.org/2005/Atom";
  add(feed, "id", "urn:faultline:" + of.id);
  add(feed, "title", "Faultline: " + (of.query.empty() ? std::string("everything") : of.query));
  add(feed, "updated", model::to_iso(issues.empty() ? of.created_at : issues.front().made_at));
  auto author = feed.append_child("author");
  add(author, "name", "Faultline");
  add(feed, "generator", "Faultline");
  add_link(feed, "self", self);
  add_link(feed, "alternate", base);
  for (const auto& issue : issues) {
    auto entry = feed.append_child("entry");
    add(entry, "id", "urn:faultline:" + issue.id);
    add(entry, "title", issue_title(issue));
    add(entry, "published", model::to_iso(issue.made_at));
    add(entry, "updated", model::to_iso(issue.made_at));
    add_link(entry, "alternate", page_of(issue, base));
    add(entry, "content", issue_html(issue, base));
    entry.child("content").append_attribute("type") = "html";
  }
  std::ostringstream out;
  document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
  return out.str();
}

}  // namespace app::mail
