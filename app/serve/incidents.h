#pragma once

#include <optional>
#include <string>

#include "app/serve/call.h"
#include "correlate/timeline.h"
#include "feeds/render/render.h"
#include "store/model/timeline.h"

// What API and pages share about incidents.
namespace app::serve {

// How the query of a call cuts a timeline: from, to, as_of, days, zone. kInvalid, naming what
// cannot be.
model::Result<correlate::TimelineRequest> cut_of(const Call& call);

// The incident as a timeline of its own; kNotFound where there is none, or nothing of it was known
// then.
model::Result<model::Timeline> incident_of(const Call& call, const std::string& id,
                                           const correlate::TimelineRequest& cut);

// The address of an incident's page, and where its documents name themselves.
std::string incident_path(std::string_view id);
feeds::render::Site site_of(const Call& call, std::string_view path);

// A page of incidents, those of the latest happening first, with what a list tells of each.
struct IncidentRow {
  model::Incident incident;
  std::string title;  // as an editor corrected it
  std::int64_t entries = 0;
};
struct IncidentPage {
  std::vector<IncidentRow> rows;
  std::string next;
};
model::Result<IncidentPage> incidents_page(const Call& call, std::string_view after,
                                           std::size_t limit);
// The incidents that answer a query, best first.
model::Result<IncidentPage> incidents_for(const Call& call, const std::string& query,
                                          std::size_t limit);

// Lists of a page of the API: "Link: <…>; rel=\"next\"" (RFC 8288) and the cursor in the body.
void add_next(const Call& call, const std::string& next, HttpAnswer& answer);

}  // namespace app::serve
