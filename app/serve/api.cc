#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/serve/assets.h"
#include "app/serve/changes.h"
#include "app/serve/hits.h"
#include "app/serve/incidents.h"
#include "app/serve/metrics.h"
#include "app/serve/routes.h"
#include "feeds/render/changed.h"
#include "feeds/render/records.h"
#include "feeds/render/shared.h"
#include "feeds/render/told.h"

// The API: incidents, timelines, search, changes.
namespace app::serve {
namespace {

namespace json = boost::json;
namespace render = feeds::render;
using feeds::render::view;
using model::Errc;
using model::Error;

constexpr std::size_t kMostListed = 500;

// {"items":[…],"next":"…"?} with the Link field.
HttpAnswer list_answer(const Call& call, json::array items, const std::string& next) {
  json::object out{{"items", std::move(items)}};
  if (!next.empty()) out["next"] = next;
  auto answer = json_answer(json::serialize(out) + "\n");
  add_next(call, next, answer);
  return answer;
}

json::object row_json(const IncidentRow& row) {
  return {{"id", row.incident.id},
          {"title", row.title},
          {"from", model::to_iso(row.incident.span.from)},
          {"to", model::to_iso(row.incident.span.to)},
          {"stories", row.incident.story_ids.size()},
          {"entries", row.entries},
          {"outages", row.incident.outage_ids.size()}};
}

Answered incidents(Call& call) {
  auto limit = number(call.query, "limit", 1, kMostListed, 50);
  if (!limit) return limit.error();
  std::string query(call.query["q"]);
  auto page = query.empty() ? incidents_page(call, call.query["after"], *limit)
                            : incidents_for(call, query, *limit);
  if (!page) return page.error();
  json::array items;
  for (const auto& row : page->rows) items.push_back(row_json(row));
  return list_answer(call, std::move(items), page->next);
}

// A timeline in the format that `format` names, JSON where it names none.
Answered formatted(const Call& call, const model::Timeline& timeline) {
  auto name = call.query["format"];
  if (name == "text") {
    HttpAnswer out;
    out.body = render::to_text(timeline, {});
    return out;
  }
  const auto* format = render::format_named(name.empty() ? "json" : name);
  if (format == nullptr) {
    std::string known;
    for (const auto& one : render::formats()) known += fmt::format("{}, ", one.name);
    return Error{Errc::kInvalid, fmt::format("format: no “{}”; there are {}text", name, known)};
  }
  auto target = call.request.path + (call.request.query.empty() ? "" : "?" + call.request.query);
  auto out = json_answer(format->write(timeline, site_of(call, target)));
  out.content_type = format->type;
  return out;
}

Answered incident(Call& call) {
  auto cut = cut_of(call);
  if (!cut) return cut.error();
  auto found = incident_of(call, call.path[0], *cut);
  if (!found) return found.error();
  return formatted(call, *found);
}

Answered timeline(Call& call) {
  auto cut = cut_of(call);
  if (!cut) return cut.error();
  cut->query = call.query["q"];
  auto found = correlate::timeline(call.store, *cut);
  if (!found) return found.error();
  return formatted(call, *found);
}

// What has changed of an incident since a moment.
Answered incident_changes(Call& call) {
  auto cut = cut_of(call);
  if (!cut) return cut.error();
  auto since = moment(call.query, "since");
  if (!since) return since.error();
  if (!*since) return Error{Errc::kInvalid, "since: the moment to compare with is missing"};
  auto now = incident_of(call, call.path[0], *cut);
  if (!now) return now.error();
  cut->as_of = *since;
  auto then = correlate::incident_timeline(call.store, *cut, call.path[0]);
  if (!then) return then.error();
  model::TimelineIncident nothing;
  const auto& before = then->incidents.empty() ? nothing : then->incidents.front();
  json::array items;
  for (const auto& part : render::changed(before, now->incidents.front())) {
    json::object one{{"kind", view(to_string(part.kind))}, {"text", part.text}};
    render::set(one, "line", part.line);
    render::set(one, "id", part.id);
    items.push_back(std::move(one));
  }
  return list_answer(call, std::move(items), {});
}

// Grafana's annotations: [{"time","timeEnd","title","text","tags","id"}], times in milliseconds.
void add_annotations(const model::TimelineIncident& incident, json::array& out) {
  auto millis = [](model::Instant at) { return at.time_since_epoch().count() * 1000; };
  for (const auto& outage : incident.outages) {
    json::object one{{"id", outage.id},
                     {"time", millis(outage.start)},
                     {"title", to_string(outage.scope)},
                     {"text", render::interval_of(outage, "UTC")},
                     {"tags", json::array{"outage", "measured", outage.scope.country}}};
    if (outage.end) one["timeEnd"] = millis(*outage.end);
    out.push_back(std::move(one));
  }
  for (const auto& line : incident.lines) {
    if (line.kind != model::TimelineLine::Kind::kStory) continue;
    auto told = render::tell(incident, line);
    out.push_back(json::object{{"id", told.id},
                               {"time", millis(line.order)},
                               {"title", told.headline},
                               {"text", render::plain_text(told)},
                               {"tags", json::array{view(to_string(line.happening)), "reported"}}});
  }
}

Answered incident_annotations(Call& call) {
  auto cut = cut_of(call);
  if (!cut) return cut.error();
  auto found = incident_of(call, call.path[0], *cut);
  if (!found) return found.error();
  json::array out;
  add_annotations(found->incidents.front(), out);
  return json_answer(json::serialize(out) + "\n");
}

Answered annotations(Call& call) {
  auto cut = cut_of(call);
  if (!cut) return cut.error();
  cut->query = call.query["q"];
  auto found = correlate::timeline(call.store, *cut);
  if (!found) return found.error();
  json::array out;
  for (const auto& incident : found->incidents) add_annotations(incident, out);
  return json_answer(json::serialize(out) + "\n");
}

Answered search(Call& call) {
  auto query = store::query::parse(call.query["q"], call.now);
  if (!query) return query.error();
  store::FindOptions options;
  auto limit = number(call.query, "limit", 1, kMostListed, 50);
  if (!limit) return limit.error();
  options.limit = *limit;
  options.after = call.query["after"];
  auto order = order_named(call.query["order"]);
  if (!order) return Error{Errc::kInvalid, "order: relevance, newest or oldest"};
  options.order = *order;
  auto found = call.store.find(*query, options);
  if (!found) return found.error();
  json::array items;
  for (const auto& hit : found->hits) {
    auto words = words_of(call, hit);
    if (!words) return words.error();
    json::object one{{"kind", view(store::query::to_string(hit.kind))},
                     {"id", hit.id},
                     {"at", model::to_iso(hit.at)},
                     {"score", hit.score},
                     {"title", words->title}};
    render::set(one, "by", words->by);
    render::set(one, "entry", words->entry);
    render::set(one, "incident", words->incident);
    items.push_back(std::move(one));
  }
  return list_answer(call, std::move(items), found->next);
}

Answered facets(Call& call) {
  auto query = store::query::parse(call.query["q"], call.now);
  if (!query) return query.error();
  auto most = number(call.query, "limit", 1, 100, 20);
  if (!most) return most.error();
  auto found = call.store.facets(*query, *most);
  if (!found) return found.error();
  json::array items;
  for (const auto& facet : *found) {
    json::array values;
    for (const auto& [value, count] : facet.values) {
      values.push_back(json::object{{"value", value}, {"count", count}});
    }
    items.push_back(json::object{{"field", facet.field}, {"values", std::move(values)}});
  }
  return list_answer(call, std::move(items), {});
}

// As a list, or as a stream where that is asked for (Accept: text/event-stream).
Answered changes(Call& call) {
  auto last = call.request.field("Last-Event-ID");
  Fields given = last.empty() ? call.query : call.query.with("after", last);
  auto newest = call.store.newest_change();
  if (!newest) return newest.error();
  bool stream = call.request.field("Accept").find("text/event-stream") != std::string_view::npos;
  auto otherwise = stream ? static_cast<std::size_t>(*newest) : 0;
  auto after = number(given, "after", 0, std::size_t{1} << 62U, otherwise);
  if (!after) return after.error();
  auto seq = static_cast<std::int64_t>(*after);
  if (stream) {
    if (!call.listeners->has_room()) return Error{Errc::kTimeout, "too many streams are open"};
    HttpAnswer out;
    out.content_type = "text/event-stream";
    out.fields.emplace_back("Cache-Control", "no-store");
    auto held = call.listeners->missed(seq, call.store);
    if (!held) return held.error();
    out.stream = [listeners = call.listeners, text = *std::move(held),
                  seq](const std::shared_ptr<HttpStream>& to) { listeners->add(to, text, seq); };
    return out;
  }
  auto limit = number(call.query, "limit", 1, 1000, 100);
  if (!limit) return limit.error();
  auto found = call.store.changes(seq, *limit);
  if (!found) return found.error();
  json::array items;
  for (const auto& change : *found) {
    items.push_back(json::object{
        {"seq", change.seq}, {"kind", view(to_string(change.kind))}, {"id", change.id}});
  }
  bool more = found->size() == *limit;
  return list_answer(call, std::move(items), more ? std::to_string(found->back().seq) : "");
}

Answered description(Call&) {
  auto out = json_answer(std::string(api_description().front().bytes));
  out.fields.emplace_back("Access-Control-Allow-Origin", "*");
  return out;
}

Answered health(Call& call) {
  auto newest = call.store.newest_change();
  if (!newest) return newest.error();
  return json_answer(json::serialize(json::object{
                         {"status", "ok"}, {"changes", *newest}, {"correlated", call.correlated}}) +
                     "\n");
}

Answered metrics(Call& call) {
  auto counts = call.store.counts();
  if (!counts) return counts.error();
  auto newest = call.store.newest_change();
  if (!newest) return newest.error();
  HttpAnswer out;
  out.content_type = "text/plain; version=0.0.4; charset=utf-8";
  out.body = call.metrics->text(*counts, call.listeners->count(), *newest, call.correlated);
  return out;
}

}  // namespace

std::vector<Route> api_routes() {
  constexpr auto kOpen = model::Role::kOutsider;
  constexpr auto kKept = Keep::kUntilChange;
  return {{"GET", "/api/v1/incidents", kOpen, kKept, 0, incidents},
          {"GET", "/api/v1/incidents/{id}", kOpen, kKept, 0, incident},
          {"GET", "/api/v1/incidents/{id}/changes", kOpen, kKept, 0, incident_changes},
          {"GET", "/api/v1/incidents/{id}/annotations", kOpen, kKept, 0, incident_annotations},
          {"GET", "/api/v1/timeline", kOpen, kKept, 0, timeline},
          {"GET", "/api/v1/annotations", kOpen, kKept, 0, annotations},
          {"GET", "/api/v1/search", kOpen, kKept, 0, search},
          {"GET", "/api/v1/facets", kOpen, kKept, 0, facets},
          {"GET", "/api/v1/changes", kOpen, Keep::kNever, 0, changes},
          {"GET", "/api/v1/openapi.json", kOpen, kKept, 0, description},
          {"GET", "/healthz", kOpen, Keep::kNever, 0, health},
          {"GET", "/metrics", model::Role::kReader, Keep::kNever, 0, metrics}};
}

}  // namespace app::serve
