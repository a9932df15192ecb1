#include <algorithm>
#include <pugixml.hpp>
#include <sstream>

#include "feeds/render/render.h"
#include "feeds/render/told.h"
#include "feeds/render/xml.h"

namespace feeds::render {
namespace {

using model::TimelineLine;

void add(pugi::xml_node& node, const char* name, std::string_view text) {
  node.append_child(name).text().set(legal_xml(text).c_str());
}

std::string id_of(std::string_view id) { return "urn:faultline:" + std::string(id); }

void add_link(pugi::xml_node& node, const char* rel, std::string_view href) {
  if (href.empty()) return;
  auto link = node.append_child("link");
  link.append_attribute("rel") = rel;
  link.append_attribute("href") = legal_xml(href).c_str();
}

// Replies to what was measured: a line that is linked to an outage (RFC 4685).
void add_threads(pugi::xml_node& entry, const TimelineLine& line) {
  std::string before;
  for (const auto& one : line.entries) {
    if (one.links.empty() || one.links.front().outage_id == before) continue;
    before = one.links.front().outage_id;
    entry.append_child("thr:in-reply-to").append_attribute("ref") =
        id_of(before + "/start").c_str();
    return;
  }
}

void add_entry(pugi::xml_node& feed, const model::TimelineIncident& incident,
               const TimelineLine& line, const Site& site) {
  auto told = tell(incident, line);
  auto entry = feed.append_child("entry");
  add(entry, "id", id_of(told.id));
  add(entry, "title", told.headline);
  add(entry, "published", model::to_iso(told.known_at));
  add(entry, "updated", model::to_iso(std::max(told.known_at, told.updated)));
  for (const auto* source : told.entries) {
    auto author = entry.append_child("author");
    add(author, "name", source->byline.empty() ? source->source_title : source->byline);
    break;
  }
  if (!site.base.empty()) add_link(entry, "alternate", site.line_url(incident.id, told.id));
  for (const auto* source : told.entries) add_link(entry, "via", web_address(source->url));
  auto category = entry.append_child("category");
  category.append_attribute("term") = std::string(told.basis).c_str();
  add_threads(entry, line);
  auto content = entry.append_child("content");
  content.append_attribute("type") = "html";
  content.text().set(legal_xml(html_text(told)).c_str());
}

}  // namespace

std::string to_atom(const model::Timeline& timeline, const Site& site) {
  pugi::xml_document document;
  auto declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "utf-8";
  auto feed = document.append_child("feed");
  feed.append_attribute("xmlns") = "http://www.w3.org/2005/Atom";
  feed.append_attribute("xmlns:thr") = "http://purl.org/syndication/thread/1.0";
  model::Instant updated{};
  for (const auto& incident : timeline.incidents) {
    for (const auto& line : incident.lines) {
      auto told = tell(incident, line);
      updated = std::max({updated, told.known_at, told.updated});
    }
  }
  add(feed, "id",
      id_of(timeline.incidents.size() == 1 ? timeline.incidents.front().id : feed_id(timeline)));
  add(feed, "title", title_of(timeline));
  add(feed, "updated", model::to_iso(updated));
  auto author = feed.append_child("author");
  add(author, "name", "Faultline");
  add(feed, "generator", "Faultline");
  if (!site.base.empty()) {
    add_link(feed, "self", site.self);
    add_link(feed, "alternate", site.base);
  }
  for (const auto& incident : timeline.incidents) {
    for (const auto& line : incident.lines) add_entry(feed, incident, line, site);
  }
  std::ostringstream out;
  document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
  return out.str();
}

}  // namespace feeds::render
