#include "app/serve/incidents.h"

#include <map>
#include <utility>

#include <fmt/format.h>

#include "correlate/decisions.h"

namespace app::serve {

using model::Errc;
using model::Error;
using model::Result;

Result<correlate::TimelineRequest> cut_of(const Call& call) {
  correlate::TimelineRequest out;
  out.now = call.now;
  for (auto [name, into] :
       {std::pair{"from", &out.from}, std::pair{"to", &out.to}, std::pair{"as_of", &out.as_of}}) {
    auto at = moment(call.query, name);
    if (!at) return at.error();
    *into = *at;
  }
  if (out.from && out.to && *out.from >= *out.to) {
    return Error{Errc::kInvalid, "from: must be before `to`"};
  }
  auto days = number(call.query, "days", 0, 100'000, 0);
  if (!days) return days.error();
  out.most_days = *days;
  auto shown = zone(call.query, call.zone);
  if (!shown) return shown.error();
  out.zone = *std::move(shown);
  return out;
}

Result<model::Timeline> incident_of(const Call& call, const std::string& id,
                                    const correlate::TimelineRequest& cut) {
  auto found = correlate::incident_timeline(call.store, cut, id);
  if (!found) return found.error();
  if (found->incidents.empty()) {
    auto known = call.store.incident(id);
    if (!known) return known.error();
    return Error{Errc::kNotFound,
                 *known ? fmt::format("incident {}: nothing of it happened or was known then", id)
                        : fmt::format("no incident “{}”; it may have become part of another one: "
                                      "search for it",
                                      id)};
  }
  return found;
}

std::string incident_path(std::string_view id) {
  return fmt::format("/incidents/{}/", percent_encoded(id));
}

feeds::render::Site site_of(const Call& call, std::string_view path) {
  feeds::render::Site out;
  out.base = call.base;
  out.self = call.base.empty() ? std::string() : call.base + std::string(path.substr(1));
  out.served = true;
  return out;
}

namespace {

using Stories = std::map<std::string, model::Story>;

// All stories of these incidents.
Result<Stories> stories_of(store::Store& store, const std::vector<model::Incident>& incidents) {
  std::vector<std::string> ids;
  for (const auto& incident : incidents) {
    ids.insert(ids.end(), incident.story_ids.begin(), incident.story_ids.end());
  }
  auto stories = store.stories_among(ids);
  if (!stories) return stories.error();
  Stories out;
  for (auto& story : *stories) {
    auto id = story.id;
    out.emplace(std::move(id), std::move(story));
  }
  return out;
}

IncidentRow row_of(const Stories& stories, const correlate::Decisions& decisions,
                   model::Incident incident) {
  IncidentRow out;
  out.title = incident.title;
  std::vector<std::string> entries;
  for (const auto& id : incident.story_ids) {
    auto story = stories.find(id);
    if (story == stories.end()) continue;
    const auto& told = story->second.entry_ids;
    entries.insert(entries.end(), told.begin(), told.end());
  }
  out.entries = static_cast<std::int64_t>(entries.size());
  auto ids = correlate::ids_to_look_under(incident.id, entries);
  if (const auto* title = decisions.correction(ids, "title")) out.title = title->value;
  out.incident = std::move(incident);
  return out;
}

Result<IncidentPage> rows_of(const Call& call, const std::vector<std::string>& ids) {
  auto edits = call.store.edits(0);
  if (!edits) return edits.error();
  auto decisions = correlate::decisions(*edits);
  std::vector<model::Incident> incidents;
  for (const auto& id : ids) {
    auto incident = call.store.incident(id);
    if (!incident) return incident.error();
    if (*incident) incidents.push_back(**std::move(incident));
  }
  auto stories = stories_of(call.store, incidents);
  if (!stories) return stories.error();
  IncidentPage out;
  for (auto& incident : incidents) {
    out.rows.push_back(row_of(*stories, decisions, std::move(incident)));
  }
  return out;
}

}  // namespace

Result<IncidentPage> incidents_page(const Call& call, std::string_view after, std::size_t limit) {
  auto page = call.store.incident_page(after, limit);
  if (!page) return page.error();
  auto out = rows_of(call, page->ids);
  if (out) out->next = page->next;
  return out;
}

Result<IncidentPage> incidents_for(const Call& call, const std::string& query, std::size_t limit) {
  auto parsed = store::query::parse(query, call.now);
  if (!parsed) return parsed.error();
  auto ranked = call.store.find_incidents(*parsed, limit);
  if (!ranked) return ranked.error();
  std::vector<std::string> ids;
  for (auto& one : *ranked) ids.push_back(std::move(one.id));
  return rows_of(call, ids);
}

void add_next(const Call& call, const std::string& next, HttpAnswer& answer) {
  if (next.empty()) return;
  auto query = call.query.with("after", next).encoded();
  auto path = call.request.path;
  answer.fields.emplace_back("Link", fmt::format("<{}?{}>; rel=\"next\"", path, query));
}

}  // namespace app::serve
