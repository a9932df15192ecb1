#include <algorithm>

#include <fmt/format.h>

#include "app/serve/incidents.h"
#include "app/serve/map.h"
#include "app/serve/marked.h"
#include "app/serve/page.h"
#include "app/serve/records.h"
#include "app/serve/routes.h"
#include "feeds/render/chart.h"
#include "feeds/render/diff.h"
#include "feeds/render/shared.h"
#include "feeds/render/told.h"

// Pages of records: an entry with its revisions, an outage with what measured it.
namespace app::serve {
namespace {

namespace render = feeds::render;
using feeds::render::escaped;
using model::Errc;
using model::Error;

constexpr std::size_t kMostLinks = 100;

// The list of revisions: each leads to itself and to what it changed.
std::string revisions_html(const Call& call, const EntryRecord& entry, std::size_t shown) {
  std::string out =
      "<section aria-labelledby=\"revisions-title\"><h2 id=\"revisions-title\">Revisions</h2>\n<ol "
      "class=\"revisions\">\n";
  for (const auto& one : entry.revisions) {
    auto number = static_cast<std::size_t>(one.number);
    auto when = render::local(one.known_at, call.zone);
    out += fmt::format("<li>{} known since {}, read {}; {} of document {:.12}; SHA-256 {:.12}",
                       number == shown
                           ? fmt::format("<b>revision {}</b>", number)
                           : fmt::format("<a href=\"?revision={0}\">revision {0}</a>", number),
                       when, render::local(one.seen_at, call.zone), escaped(one.place),
                       escaped(one.document_id), escaped(one.content_hash));
    if (number > 1) {
      out += fmt::format(" · <a href=\"?diff={}\">what changed</a>", number);
    }
    out += "</li>\n";
  }
  return out + "</ol></section>\n";
}

std::string diff_html(const model::Revision& before, const model::Revision& after) {
  std::string out = fmt::format(
      "<section class=\"diff\" aria-labelledby=\"diff-title\"><h2 id=\"diff-title\">From revision "
      "{} "
      "to {}</h2>\n<p dir=\"auto\">",
      before.number, after.number);
  for (const auto& change : render::diff(before.text(), after.text())) {
    switch (change.kind) {
      case render::Change::Kind::kSame:
        out += escaped(change.text);
        break;
      case render::Change::Kind::kRemoved:
        out += fmt::format("<del>{}</del>", escaped(change.text));
        break;
      case render::Change::Kind::kAdded:
        out += fmt::format("<ins>{}</ins>", escaped(change.text));
        break;
    }
  }
  return out + "</p></section>\n";
}

std::string claims_html(const model::Extraction& extraction,
                        const std::vector<model::Verdict>& verdicts) {
  std::string out =
      "<section aria-labelledby=\"claims-title\"><h2 id=\"claims-title\">What it claims</h2>\n<ul "
      "class=\"verdicts\">\n";
  for (const auto& claim : extraction.claims) {
    out += fmt::format("<li dir=\"auto\">{} <a href=\"#{}\">“{}”</a> = {} {}",
                       to_string(claim.kind), escaped(claim.id), escaped(claim.span.text),
                       escaped(claim.value), escaped(claim.mod));
    if (!claim.speaker.empty()) out += ", says " + escaped(claim.speaker);
    if (claim.hedged) out += ", hedged: " + escaped(claim.hedge);
    if (claim.denied) out += ", denied";
    for (const auto& verdict : verdicts) {
      if (verdict.claim_id != claim.id) continue;
      out += fmt::format("<br><span class=\"{}\">{} {}</span> {} {} {}", to_string(verdict.verdict),
                         render::sign_of(verdict.verdict), to_string(verdict.verdict),
                         verdict.measured.empty() ? "" : "measured " + escaped(verdict.measured),
                         escaped(verdict.note), link_to("why", verdict.id, "why"));
    }
    out += "</li>\n";
  }
  return out + (extraction.claims.empty() ? "</ul><p>Nothing that could be checked.</p></section>\n"
                                          : "</ul></section>\n");
}

std::string links_html(const std::vector<model::Link>& links) {
  std::string out =
      "<section aria-labelledby=\"links-title\"><h2 id=\"links-title\">Which outages it may speak "
      "of</h2>\n<ul>\n";
  for (const auto& link : links) {
    out += fmt::format("<li>{}: probability {:.4f}{}, {}</li>\n",
                       link_to("outages", link.outage_id, link.outage_id), link.probability,
                       link.dependent ? ", citing who measured it" : "",
                       link_to("why", link.id, "why"));
  }
  return out +
         (links.empty() ? "</ul><p>None that was measured.</p></section>\n" : "</ul></section>\n");
}

std::string facts_html(const Call& call, const EntryRecord& entry, const model::Revision& shown) {
  std::string out = fmt::format("<p class=\"facts\">{}", escaped(shown.publisher));
  for (const auto& author : shown.authors) out += ", " + escaped(author);
  if (shown.published) {
    out += fmt::format(" · published {}", escaped(render::local(*shown.published, call.zone)));
  }
  if (auto url = render::web_address(shown.url); !url.empty()) {
    out += fmt::format(" · <a href=\"{}\" rel=\"noreferrer\">the original</a>", escaped(url));
  }
  if (entry.entry.gone_at) {
    out += " · no longer in its feed since " + render::local(*entry.entry.gone_at, call.zone);
  }
  if (!entry.incident.empty()) {
    out += fmt::format(" · <a href=\"{}\">its incident</a>", incident_path(entry.incident));
  }
  if (!entry.story.empty()) out += " · " + link_to("why", entry.story, "its story");
  return out + fmt::format(" <span class=\"provenance\">{} revision {}</span></p>\n",
                           escaped(entry.entry.id), shown.number);
}

Answered entry_page(Call& call) {
  auto entry = entry_record(call, call.path[0]);
  if (!entry) return entry.error();
  auto newest = entry->revisions.size();
  auto shown = number(call.query, "revision", 1, newest, newest);
  if (!shown) return shown.error();
  auto changed = number(call.query, "diff", 2, std::max<std::size_t>(newest, 2), 1);
  if (!changed) return changed.error();
  if (*changed > newest) return Error{Errc::kNotFound, "there is no such revision"};
  const auto& revision = entry->revisions[*shown - 1];
  auto extraction = call.store.extraction(entry->entry.id, revision.number);
  if (!extraction) return extraction.error();
  auto title = revision.title.empty() ? entry->entry.id : revision.title;
  std::string main = fmt::format(
      "<article><h1 dir=\"auto\"{}>{}</h1>\n",
      revision.language.empty() ? "" : fmt::format(" lang=\"{}\"", escaped(revision.language)),
      escaped(title));
  main += facts_html(call, *entry, revision);
  if (*changed > 1) {
    main += diff_html(entry->revisions[*changed - 2], entry->revisions[*changed - 1]);
  }
  main +=
      "<div class=\"text\">" +
      marked_html(revision.text(), *extraction ? marks_of(**extraction) : std::vector<Marked>()) +
      "</div></article>\n";
  if (*extraction && *shown == newest) {
    auto verdicts = call.store.verdicts_of_entry(entry->entry.id);
    if (!verdicts) return verdicts.error();
    main += claims_html(**extraction, *verdicts);
    auto links = call.store.links_of_entry(entry->entry.id);
    if (!links) return links.error();
    std::stable_sort(links->begin(), links->end(),
                     [](const auto& a, const auto& b) { return a.probability > b.probability; });
    main += links_html(*links);
  }
  main += revisions_html(call, *entry, *shown);
  return page(call, {.title = title,
                     .head = fmt::format("<link rel=\"alternate\" type=\"application/json\" "
                                         "href=\"/api/v1/entries/{}\">\n",
                                         escaped(entry->entry.id)),
                     .main = std::move(main)});
}

std::string measured_html(const model::Outage& outage, const std::string& zone) {
  std::string out =
      "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"Measurements\"><table><thead>"
      "<tr><th scope=\"col\">By</th><th scope=\"col\">What</th><th scope=\"col\">From</th><th "
      "scope=\"col\">To</th><th scope=\"col\">Record</th></tr></thead><tbody>\n";
  for (const auto& one : outage.measurements) {
    auto url = render::web_address(one.url);
    auto by = escaped(one.source);
    auto at = [&](std::optional<model::Instant> own, std::optional<model::Instant> of_all) {
      auto time = own ? own : of_all;
      return time ? render::local(*time, zone) : std::string("not known");
    };
    out += fmt::format(
        "<tr><td dir=\"auto\">{}</td><td dir=\"auto\">{} ({})</td><td>{}</td><td>{}</td><td "
        "class=\"provenance\">{} revision {}</td></tr>\n",
        url.empty() ? by : fmt::format("<a href=\"{}\">{}</a>", escaped(url), by),
        escaped(one.value), to_string(one.basis), at(one.start, outage.start),
        at(one.end, outage.end), escaped(one.record_id), one.record_number);
  }
  return out + "</tbody></table></div>\n";
}

Answered outage_page(Call& call) {
  auto outage = outage_record(call, call.path[0]);
  if (!outage) return outage.error();
  auto shown_zone = zone(call.query, call.zone);
  if (!shown_zone) return shown_zone.error();
  auto incident = call.store.incident_of(outage->id);
  if (!incident) return incident.error();
  auto title = fmt::format("Outage: {}", to_string(outage->scope));
  std::string main = fmt::format(
      "<h1>{}</h1>\n<p>{}, on the clock of {}.{}</p>\n", escaped(title),
      escaped(render::interval_of(*outage, *shown_zone)), escaped(*shown_zone),
      outage->cause.empty() ? "" : " Cause, as stated: " + escaped(outage->cause) + ".");
  if (!incident->empty()) {
    main += fmt::format("<p><a href=\"{}\">Its incident</a></p>\n", incident_path(*incident));
  }
  model::TimelineIncident alone;
  alone.outages = {*outage};
  auto signals = call.store.signals(outage->scope.country);
  if (!signals) return signals.error();
  for (auto& signal : *signals) {
    auto end = signal.from + static_cast<std::int64_t>(signal.values.size()) * signal.step;
    if (outage->start >= signal.from && outage->start < end)
      alone.signals.push_back(std::move(signal));
  }
  main += "<figure>" + render::to_svg(alone, *shown_zone) + "</figure>\n";
  main += "<h2>Who measured it</h2>\n" + measured_html(*outage, *shown_zone);
  auto links = call.store.links_of_outage(outage->id);
  if (!links) return links.error();
  std::erase_if(*links, [](const auto& link) { return link.probability < 0.5; });
  std::stable_sort(links->begin(), links->end(),
                   [](const auto& a, const auto& b) { return a.probability > b.probability; });
  if (links->size() > kMostLinks) links->resize(kMostLinks);
  main += "<h2>What speaks of it</h2>\n<ul>\n";
  for (const auto& link : *links) {
    auto entry = entry_record(call, link.entry_id);
    if (!entry && entry.error().code == Errc::kNotFound) continue;  // deleted
    if (!entry) return entry.error();
    const auto& words = entry->revisions.back().title;
    main += fmt::format("<li dir=\"auto\">{}: probability {:.4f}, {}</li>\n",
                        link_to("entries", link.entry_id, words), link.probability,
                        link_to("why", link.id, "why"));
  }
  main += links->empty() ? "</ul><p>Nothing that was read.</p>\n" : "</ul>\n";
  main += fmt::format("<p class=\"provenance\">{}</p>\n", escaped(render::provenance_of(*outage)));
  return page(call, {.title = title,
                     .head = fmt::format("<link rel=\"alternate\" type=\"application/json\" "
                                         "href=\"/api/v1/outages/{}\">\n",
                                         escaped(outage->id)),
                     .main = std::move(main)});
}

// The map, and the latest outages. The map is of at most so many.
Answered outages_page(Call& call) {
  constexpr std::size_t kListed = 100;
  auto all = call.store.fused({});
  if (!all) return all.error();
  std::string main = fmt::format(
      "<h1>Measured outages</h1>\n<p>{} in all. A place without one was not measured, or was not "
      "down: a map cannot tell which.</p>\n<figure>{}</figure>\n<h2>The latest</h2>\n<div "
      "class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Outages\"><table><thead><tr><th "
      "scope=\"col\">Where</th><th scope=\"col\">When ({})</th><th scope=\"col\">Measured "
      "by</th></tr>"
      "</thead><tbody>\n",
      all->size(), outage_map(*all), escaped(call.zone));
  std::size_t shown = 0;
  for (auto one = all->rbegin(); one != all->rend() && shown < kListed; ++one, ++shown) {
    main += fmt::format("<tr><td>{}</td><td>{}</td><td dir=\"auto\">{}</td></tr>\n",
                        link_to("outages", one->id, to_string(one->scope)),
                        escaped(render::interval_of(*one, call.zone)),
                        one->measurements.empty() ? "" : escaped(one->measurements.front().source));
  }
  main += "</tbody></table></div>\n";
  return page(call, {.title = "Measured outages", .main = std::move(main)});
}

}  // namespace

std::vector<Route> record_page_routes() {
  constexpr auto kOpen = model::Role::kOutsider;
  constexpr auto kKept = Keep::kUntilChange;
  return {{"GET", "/entries/{id}", kOpen, kKept, 0, entry_page},
          {"GET", "/outages", kOpen, kKept, 0, outages_page},
          {"GET", "/outages/{id}", kOpen, kKept, 0, outage_page}};
}

}  // namespace app::serve
