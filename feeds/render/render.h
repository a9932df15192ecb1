#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/timeline.h"

// A timeline as the ways out give it. Pure: the same timeline is the same bytes.
namespace feeds::render {

struct TextStyle {
  bool colour = false;      // ANSI SGR sequences
  std::size_t width = 100;  // cells of a line
};

// For a terminal: measured outages, then the lines in order of happening with the outages drawn
// beside them, verdicts under the claims, and the numbered sources. Control characters of what
// others wrote are shown as U+FFFD, so that no text can drive the terminal.
std::string to_text(const model::Timeline& timeline, const TextStyle& style);

// One JSON object, indented; times in UTC as ISO 8601, unknown values absent. docs: README.md.
std::string to_json(const model::Timeline& timeline);

// RFC 4180 with a header line, one row for each entry of each line and for each start and end that
// was measured. Cells that a spreadsheet would run as a formula are prefixed with an apostrophe.
std::string to_csv(const model::Timeline& timeline);

// Where what is rendered will be found, for the formats that name their own addresses.
struct Site {
  std::string base;  // "https://news.example/faultline/", ends in a slash; empty: nowhere
  std::string self;  // of this very document
  // Where set, pages lead to "/entries/ID", "/outages/ID" and "/why/ID", which somebody serves.
  bool served = false;
  // HTML to stand behind something: what an editor may do with it. `kind` is "incident", "line",
  // "entry", "link", "verdict" or "outage".
  std::function<std::string(std::string_view kind, std::string_view id)> tools{};

  // Of a line on the page of its incident.
  std::string line_url(const std::string& incident, const std::string& line) const;
};

// The incidents' titles, or what was asked for.
std::string title_of(const model::Timeline& timeline);
// The same for the same question, whatever the answer.
std::string feed_id(const model::Timeline& timeline);

// TimelineJS 3: every line is an event, every outage with an end an era too. In UTC.
std::string to_timelinejs(const model::Timeline& timeline);

// JSON Feed 1.1: every line is an item, in the timeline's order.
std::string to_json_feed(const model::Timeline& timeline, const Site& site);

// Atom (RFC 4287): every line is an entry; one about an outage replies to its start (RFC 4685).
std::string to_atom(const model::Timeline& timeline, const Site& site);

// iCalendar (RFC 5545): every line is an event; an outage lasts as long as it was measured. In UTC.
std::string to_icalendar(const model::Timeline& timeline, const Site& site);

// A STIX 2.1 bundle: an incident, its outages as observations, what was claimed of them as notes
// and opinions, sources as external references. Ids are UUIDs of version 5.
std::string to_stix(const model::Timeline& timeline);

// schema.org in JSON-LD: a LiveBlogPosting with one update a line, and the outages as Events.
// ClaimReview stands there for what a person confirmed, and for nothing else.
std::string to_json_ld(const model::Timeline& timeline, const Site& site);

// A MISP event for each incident; manifest.json and hashes.csv make a feed of them.
struct MispFile {
  std::string name;
  std::string bytes;
};
std::vector<MispFile> to_misp_feed(const model::Timeline& timeline);
// One manifest.json of several.
std::string joined_manifests(const std::vector<std::string>& manifests);

// A format of a timeline: its name on the command line and in addresses, the file of an incident's
// folder in a site, what people call it, its media type, and what writes it.
struct Format {
  std::string_view name;
  std::string_view file;
  std::string_view title;
  std::string_view type;
  std::string (*write)(const model::Timeline&, const Site&);
};
const std::vector<Format>& formats();
const Format* format_named(std::string_view name);  // null for none
const Format* format_of_file(std::string_view file);

// The page of an incident: useful without scripts, self-contained but for ../../style.css.
std::string to_html(const model::Timeline& timeline, const model::TimelineIncident& incident,
                    const Site& site);
// The inside of its <main>, for a page that has a frame of its own; and what belongs into the
// <head>: the other formats, and the incident as JSON-LD.
std::string incident_main(const model::Timeline& timeline, const model::TimelineIncident& incident,
                          const Site& site);
std::string incident_head(const model::Timeline& timeline, const model::TimelineIncident& incident,
                          const Site& site);
// The name of a line inside of its page.
std::string anchor_of(std::string line_id);

// The page that lists all of them.
struct IndexRow {
  std::string id;
  std::string title;
  model::Interval span{};
  std::size_t entries = 0;
  std::size_t outages = 0;
};
std::string to_index(const std::vector<IndexRow>& rows);

}  // namespace feeds::render
