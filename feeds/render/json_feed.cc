#include <algorithm>

#include <boost/json.hpp>

#include "feeds/render/render.h"
#include "feeds/render/told.h"

namespace feeds::render {
namespace {

namespace json = boost::json;

json::object item_of(const model::TimelineIncident& incident, const model::TimelineLine& line,
                     const Site& site) {
  auto told = tell(incident, line);
  json::object out;
  out["id"] = "urn:faultline:" + told.id;
  if (!site.base.empty()) out["url"] = site.line_url(incident.id, told.id);
  out["title"] = told.headline;
  out["content_text"] = plain_text(told);
  out["content_html"] = html_text(told);
  out["date_published"] = model::to_iso(told.known_at);
  out["date_modified"] = model::to_iso(std::max(told.known_at, told.updated));
  if (!told.entries.empty()) {
    const auto& first = *told.entries.front();
    if (!web_address(first.url).empty()) out["external_url"] = first.url;
    if (!first.language.empty()) out["language"] = first.language;
    out["authors"] = json::array{json::object{{"name", first.byline}}};
  }
  out["tags"] = json::array{json::string(told.basis), json::string(to_string(line.happening))};
  json::object ours{{"basis", json::string(told.basis)},
                    {"happened", model::to_iso(line.when.at, line.when.precision)},
                    {"incident", incident.id}};
  json::array verdicts;
  for (const auto& verdict : told.verdicts) verdicts.emplace_back(sentence_of(verdict));
  if (!verdicts.empty()) ours["verdicts"] = std::move(verdicts);
  out["_faultline"] = std::move(ours);
  return out;
}

}  // namespace

std::string to_json_feed(const model::Timeline& timeline, const Site& site) {
  json::object out;
  out["version"] = "https://jsonfeed.org/version/1.1";
  out["title"] = title_of(timeline);
  if (!site.base.empty()) {
    out["home_page_url"] = site.base;
    if (!site.self.empty()) out["feed_url"] = site.self;
  }
  json::array items;
  for (const auto& incident : timeline.incidents) {
    for (const auto& line : incident.lines) items.push_back(item_of(incident, line, site));
  }
  out["items"] = std::move(items);
  return json::serialize(out) + "\n";
}

}  // namespace feeds::render
