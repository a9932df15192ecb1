#include <algorithm>

#include <fmt/format.h>

#include "app/health.h"
#include "app/serve/hits.h"
#include "app/serve/incidents.h"
#include "app/serve/page.h"
#include "app/serve/routes.h"
#include "app/serve/tools.h"
#include "correlate/decisions.h"
#include "feeds/render/changed.h"
#include "feeds/render/chart.h"
#include "feeds/render/shared.h"
#include "feeds/render/told.h"
#include "store/model/zones.h"

// Pages of incidents: the list, the search, one incident with its axis of time.
namespace app::serve {
namespace {

namespace render = feeds::render;
using feeds::render::escaped;
using model::Error;
using model::Result;

constexpr std::size_t kListed = 30;
constexpr std::size_t kMoments = 400;

std::string row_html(const IncidentRow& row, const std::string& zone) {
  const auto& span = row.incident.span;
  std::string out = fmt::format(
      "<li><a class=\"title\" dir=\"auto\" href=\"{}\">{}</a><p class=\"facts\">{} to {} · {} "
      "entries "
      "in {} stories · {} measured outages</p>",
      incident_path(row.incident.id), escaped(row.title.empty() ? row.incident.id : row.title),
      render::local(span.from, zone).substr(0, 10), render::local(span.to, zone).substr(0, 10),
      row.entries, row.incident.story_ids.size(), row.incident.outage_ids.size());
  if (!row.incident.summary.empty()) {
    out += fmt::format("<p dir=\"auto\" class=\"summary\">“{}”</p>",
                       escaped(row.incident.summary.front().text));
  }
  return out + "</li>\n";
}

std::string list_html(const IncidentPage& found, const std::string& zone) {
  std::string out = "<ol class=\"incidents\">\n";
  for (const auto& row : found.rows) out += row_html(row, zone);
  return out + "</ol>\n";
}

std::string next_html(const Call& call, const std::string& next) {
  if (next.empty()) return {};
  return fmt::format("<p><a rel=\"next\" href=\"{}?{}\">More</a></p>\n", call.request.path,
                     escaped(call.query.with("after", next).encoded()));
}

Answered home(Call& call) {
  auto found = incidents_page(call, call.query["after"], kListed);
  if (!found) return found.error();
  auto counts = call.store.counts();
  if (!counts) return counts.error();
  std::string main = fmt::format(
      "<h1>What the news claims, held against what was measured</h1>\n<p class=\"facts\">{} "
      "entries "
      "of {} sources, {} measured outages, {} incidents.</p>\n<h2>Incidents, the latest "
      "first</h2>\n",
      counts->entries, counts->sources, counts->outages, counts->incidents);
  main += found->rows.empty()
              ? "<p>None yet. <code>faultline ingest</code> reads feeds and outage data, "
                "<code>faultline correlate</code> puts them together.</p>\n"
              : list_html(*found, call.zone);
  main += next_html(call, found->next);
  return page(call, {.title = "Incidents",
                     .head = "<link rel=\"alternate\" type=\"application/json\" "
                             "href=\"/api/v1/incidents\">\n",
                     .main = std::move(main)});
}

// What can be chosen to narrow a search, with how many hits each choice leaves.
Result<std::string> facets_html(const Call& call, const store::query::Query& query,
                                const std::string& asked) {
  constexpr std::size_t kMost = 8;
  auto facets = call.store.facets(query, kMost);
  if (!facets) return facets.error();
  std::string out = "<aside class=\"facets\" aria-label=\"Narrow the search\">\n";
  for (const auto& facet : *facets) {
    if (facet.values.empty()) continue;
    out += fmt::format("<section><h3>{}</h3><ul>", escaped(facet.field));
    for (const auto& [value, count] : facet.values) {
      bool quoted = value.find_first_of(" :()\"") != value.npos;
      auto field = facet.field == "month" ? "published" : facet.field;
      const char* quote = quoted ? "\"" : "";
      auto term = fmt::format("{} {}:{}{}{}", asked, field, quote, value, quote);
      out += fmt::format("<li><a href=\"/search?{}\" dir=\"auto\">{}</a> <span>{}</span></li>",
                         escaped(Fields().with("q", term).encoded()), escaped(value), count);
    }
    out += "</ul></section>\n";
  }
  return out + "</aside>\n";
}

Result<std::string> hits_html(const Call& call, const store::HitPage& found) {
  std::string out = "<ol class=\"hits\">\n";
  for (const auto& hit : found.hits) {
    auto words = words_of(call, hit);
    if (!words) return words.error();
    out += fmt::format(
        "<li><span class=\"kind\">{}</span> <a dir=\"auto\" href=\"{}\">{}</a><p "
        "class=\"facts\">{}{}",
        store::query::to_string(hit.kind), escaped(words->page),
        escaped(words->title.empty() ? hit.id : words->title), render::local(hit.at, call.zone),
        words->by.empty() ? "" : " · " + escaped(words->by));
    if (!words->incident.empty()) {
      out += fmt::format(" · <a href=\"{}\">its incident</a>", incident_path(words->incident));
    }
    out += "</p></li>\n";
  }
  return out + "</ol>\n";
}

std::string orders_html(const Call& call, std::string_view chosen) {
  std::string out = "<p class=\"orders\">Order: ";
  for (std::string_view name : {"relevance", "newest", "oldest"}) {
    bool now = name == chosen || (chosen.empty() && name == "relevance");
    out += now ? fmt::format("<b>{}</b> ", name)
               : fmt::format("<a href=\"/search?{}\">{}</a> ",
                             escaped(call.query.with("order", name).with("after", "").encoded()),
                             name);
  }
  return out + "</p>\n";
}

Answered search_failed(const Call& call, const std::string& asked, const Error& error) {
  return page(
      call,
      {.title = "Search",
       .main = fmt::format("<h1>Search</h1>\n<p class=\"note\" role=\"alert\" dir=\"auto\">{}</p>\n"
                           "<p><a href=\"/help\">What can be asked</a></p>\n",
                           escaped(error.message)),
       .query = asked},
      400);
}

Answered search(Call& call) {
  std::string asked(call.query["q"]);
  if (asked.empty()) return redirect("/");
  auto query = store::query::parse(asked, call.now);
  if (!query) return search_failed(call, asked, query.error());
  store::FindOptions options;
  options.after = call.query["after"];
  options.limit = kListed;
  options.order = order_named(call.query["order"]).value_or(options.order);
  auto found = call.store.find(*query, options);
  if (!found) return found.error();
  std::string main = fmt::format("<h1 dir=\"auto\">Search: {}</h1>\n", escaped(asked));
  if (options.after.empty()) {
    auto incidents = incidents_for(call, asked, 5);
    if (!incidents) return incidents.error();
    if (!incidents->rows.empty()) {
      main += "<section><h2>Incidents</h2>\n" + list_html(*incidents, call.zone) + "</section>\n";
    }
  }
  main += "<div class=\"with-facets\"><section><h2>Entries, claims, outages, edits</h2>\n";
  main += orders_html(call, call.query["order"]);
  auto hits = hits_html(call, *found);
  if (!hits) return hits.error();
  main += found->hits.empty() ? std::string("<p>Nothing was found.</p>\n") : *std::move(hits);
  main += next_html(call, found->next) + "</section>\n";
  auto facets = facets_html(call, *query, asked);
  if (!facets) return facets.error();
  main += *std::move(facets) + "</div>\n";
  return page(call, {.title = "Search: " + asked, .main = std::move(main), .query = asked});
}

// The zones that somebody who reads of this incident may think in.
std::vector<std::string> zones_for(const model::TimelineIncident& incident,
                                   const std::string& now) {
  std::vector<std::string> out{"UTC"};
  auto add = [&](const std::string& zone) {
    if (std::find(out.begin(), out.end(), zone) == out.end() && out.size() < 30)
      out.push_back(zone);
  };
  add(now);
  for (const auto& outage : incident.outages) {
    for (const auto& zone : model::zones_of_country(outage.scope.country)) add(zone);
  }
  for (const char* zone : {"America/Los_Angeles", "America/New_York", "Europe/London",
                           "Europe/Berlin", "Asia/Kolkata", "Asia/Seoul", "Asia/Tokyo"}) {
    add(zone);
  }
  return out;
}

// The form that chooses zone and moment: works without a script, which makes a slider of it.
std::string controls_html(const Call& call, const model::Timeline& timeline,
                          const std::vector<model::Instant>& moments) {
  const auto& incident = timeline.incidents.front();
  std::string out =
      "<form class=\"controls\" method=\"get\" data-moments><label>Clock <select name=\"zone\">";
  for (const auto& zone : zones_for(incident, timeline.zone)) {
    out += fmt::format("<option{}>{}</option>", zone == timeline.zone ? " selected" : "",
                       escaped(zone));
  }
  out += "</select></label>\n<label>As of <select name=\"as_of\"><option value=\"\">now</option>";
  bool listed = false;
  for (auto at = moments.rbegin(); at != moments.rend(); ++at) {
    bool chosen = timeline.as_of == *at;
    listed = listed || chosen;
    out += fmt::format("<option value=\"{}\"{}>{}</option>", model::to_iso(*at),
                       chosen ? " selected" : "", render::local(*at, timeline.zone));
  }
  if (timeline.as_of && !listed) {
    out += fmt::format("<option value=\"{}\" selected>{}</option>", model::to_iso(*timeline.as_of),
                       render::local(*timeline.as_of, timeline.zone));
  }
  out += "</select></label>\n<label>Days that matter most <select name=\"days\">";
  for (int days : {0, 3, 7, 14}) {
    bool chosen = call.query["days"] == std::to_string(days);
    out += fmt::format("<option value=\"{}\"{}>{}</option>", days == 0 ? "" : std::to_string(days),
                       chosen ? " selected" : "", days == 0 ? "all" : std::to_string(days));
  }
  return out + "</select></label>\n<button>Show</button></form>\n";
}

std::string changed_html(const std::vector<render::ChangedPart>& parts, const std::string& since) {
  std::string out = fmt::format(
      "<section class=\"changed\" aria-labelledby=\"changed-title\"><h2 id=\"changed-title\">What "
      "has "
      "changed since {}</h2>\n",
      since);
  if (parts.empty()) return out + "<p>Nothing.</p></section>\n";
  out += "<ul>\n";
  for (const auto& part : parts) {
    out += fmt::format("<li dir=\"auto\"><span class=\"kind\">{}</span> {}</li>\n",
                       to_string(part.kind), escaped(part.text));
  }
  return out + "</ul></section>\n";
}

// The axis that the script draws; without one, the picture inside of the page stands.
std::string axis_html(const Call& call) {
  auto query = call.request.query.empty() ? "" : "?" + call.request.query;
  return fmt::format(
      "<section class=\"axis\" aria-label=\"Axis of time\" data-axis=\"chart.json{}\" "
      "hidden></section>\n",
      escaped(query));
}

Answered incident_page(Call& call) {
  auto cut = cut_of(call);
  if (!cut) return cut.error();
  const auto& id = call.path[0];
  auto shown = incident_of(call, id, *cut);
  if (!shown) return shown.error();
  auto whole = *cut;
  whole.as_of.reset();
  whole.most_days = 0;
  bool partial = cut->as_of || cut->most_days > 0;
  auto now = partial ? incident_of(call, id, whole) : shown;
  if (!now) return now.error();
  const auto& incident = shown->incidents.front();
  auto site = site_of(call, incident_path(id));
  if (call.is_editor()) site.tools = editor_tools(call, incident);
  auto title = incident.title.empty() ? incident.id : incident.title;
  auto main = render::incident_main(*shown, incident, site);
  // Controls stand behind the title and what it is about.
  auto at = main.find("<section class=\"measured\"");
  auto controls = controls_html(call, *shown, render::moments(now->incidents.front(), kMoments));
  main.insert(std::min(at, main.size()), controls + axis_html(call));
  if (cut->as_of) {
    main += changed_html(render::changed(incident, now->incidents.front()),
                         render::local(*cut->as_of, shown->zone));
  }
  main += embed_html(call, id);
  auto head = render::incident_head(*shown, incident, site) +
              fmt::format(
                  "<link rel=\"alternate\" type=\"application/json+oembed\" "
                  "href=\"/oembed?url={}\">\n",
                  escaped(percent_encoded(call.base + incident_path(id).substr(1))));
  return page(
      call,
      {.title = title, .head = head, .main = std::move(main), .scripts = true, .narrow = false});
}

Answered incident_slash(Call& call) { return redirect(incident_path(call.path[0])); }

Answered incident_file(Call& call) {
  auto cut = cut_of(call);
  if (!cut) return cut.error();
  const auto& file = call.path[1];
  const auto* format = render::format_of_file(file);
  if (format == nullptr && file != "chart.json") {
    return Error{model::Errc::kNotFound, fmt::format("an incident has no file “{}”", file)};
  }
  auto found = incident_of(call, call.path[0], *cut);
  if (!found) return found.error();
  if (format == nullptr) {
    return json_answer(render::to_chart_json(found->incidents.front(), found->zone));
  }
  auto out = json_answer(format->write(*found, site_of(call, call.request.path)));
  out.content_type = format->type;
  out.fields.emplace_back("Access-Control-Allow-Origin", "*");
  return out;
}

Answered corrections(Call& call) {
  auto all = call.store.edits(0);
  if (!all) return all.error();
  auto undone = correlate::undone_edits(*all);
  std::string main =
      "<h1>Corrections</h1>\n<p>What people decided, the newest first. Nothing is overwritten: "
      "each "
      "can be taken back, and what was worked out stays beside it.</p>\n<ol class=\"edits\" "
      "reversed>\n";
  for (auto edit = all->rbegin(); edit != all->rend(); ++edit) {
    auto by = undone.find(edit->seq);
    main += edit_html(call, *edit, by == undone.end() ? std::nullopt : std::optional(by->second));
  }
  main += all->empty() ? "</ol>\n<p>Nothing was decided yet.</p>\n" : "</ol>\n";
  return page(call, {.title = "Corrections", .main = std::move(main)});
}

Answered sources(Call& call) {
  auto all = call.store.sources();
  if (!all) return all.error();
  auto polls = call.store.polls();
  if (!polls) return polls.error();
  std::string main =
      fmt::format("<h1>Sources</h1>\n<p>{}</p>\n",
                  polls->empty() ? "None is polled." : escaped(health_sum(*polls, call.now)));
  main +=
      "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Sources\"><table><thead><tr>"
      "<th scope=\"col\">Source</th><th scope=\"col\">Kind</th><th scope=\"col\">Since</th></tr>"
      "</thead><tbody>\n";
  constexpr std::string_view kKinds[] = {"news", "comments", "outages", "signals"};
  for (const auto& source : *all) {
    auto title = escaped(source.title.empty() ? source.id : source.title);
    auto home = render::web_address(source.home.empty() ? source.url : source.home);
    main += fmt::format(
        "<tr><td dir=\"auto\">{}</td><td>{}</td><td>{}</td></tr>\n",
        home.empty() ? title : fmt::format("<a href=\"{}\">{}</a>", escaped(home), title),
        kKinds[static_cast<int>(source.kind)], render::local(source.added_at, call.zone));
  }
  main += "</tbody></table></div>\n";
  return page(call, {.title = "Sources", .main = std::move(main)});
}

}  // namespace

std::vector<Route> page_routes() {
  constexpr auto kOpen = model::Role::kOutsider;
  constexpr auto kKept = Keep::kUntilChange;
  return {{"GET", "/", kOpen, kKept, 0, home},
          {"GET", "/search", kOpen, kKept, 0, search},
          {"GET", "/incidents/{id}", kOpen, kKept, 0, incident_slash},
          {"GET", "/incidents/{id}/", kOpen, kKept, 0, incident_page},
          {"GET", "/incidents/{id}/{file}", kOpen, kKept, 0, incident_file},
          {"GET", "/corrections", kOpen, kKept, 0, corrections},
          {"GET", "/sources", kOpen, kKept, 0, sources}};
}

}  // namespace app::serve
