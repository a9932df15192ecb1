#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "app/serve/incidents.h"
#include "app/serve/marked.h"
#include "app/serve/page.h"
#include "app/serve/records.h"
#include "app/serve/routes.h"
#include "feeds/render/ledger.h"
#include "feeds/render/shared.h"
#include "feeds/render/told.h"

// Why: what a link, a verdict, a story and an incident rest on.
namespace app::serve {
namespace {

namespace render = feeds::render;
using feeds::render::escaped;
using model::Errc;
using model::Error;
using model::Result;

// The entry and the outage that something holds together.
Result<std::string> ends_html(const Call& call, const std::string& entry, int number,
                              const std::string& outage) {
  auto record = entry_record(call, entry);
  if (!record) return record.error();
  auto at = std::clamp<std::size_t>(static_cast<std::size_t>(number), 1, record->revisions.size());
  const auto& revision = record->revisions[at - 1];
  auto out = fmt::format(
      "<dl class=\"ends\"><dt>Entry</dt><dd dir=\"auto\"><a "
      "href=\"/entries/{}?revision={}\">{}</a>, "
      "{} <span class=\"provenance\">{} of document {:.12}</span></dd>\n",
      escaped(entry), revision.number, escaped(revision.title), escaped(revision.publisher),
      escaped(revision.place), escaped(revision.document_id));
  if (outage.empty()) return out + "</dl>\n";
  auto measured = call.store.fused_outage(outage);
  if (!measured) return measured.error();
  if (*measured) {
    out += fmt::format("<dt>Outage</dt><dd>{}, {} <span class=\"provenance\">{}</span></dd>\n",
                       link_to("outages", outage, to_string((*measured)->scope)),
                       escaped(render::interval_of(**measured, call.zone)),
                       escaped(render::provenance_of(**measured)));
  }
  return out + "</dl>\n";
}

std::string reasons_html(const model::Link& link) {
  double sum = 0, most = 1;
  for (const auto& reason : link.reasons) {
    sum += reason.bits;
    most = std::max(most, std::abs(reason.bits));
  }
  std::string out =
      "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Reasons\"><table "
      "class=\"ledger\"><thead><tr><th scope=\"col\">Bits</th><th scope=\"col\">Weight</th><th "
      "scope=\"col\">What</th><th scope=\"col\">Why</th></tr></thead><tbody>\n";
  for (const auto& reason : link.reasons) {
    out += fmt::format(
        "<tr><td>{:+.1f}</td><td><meter class=\"{}\" min=\"0\" max=\"{:.1f}\" "
        "value=\"{:.1f}\">{:+.1f} "
        "bits</meter></td><td>{}</td><td dir=\"auto\">{}</td></tr>\n",
        reason.bits, reason.bits < 0 ? "against" : "for", most, std::abs(reason.bits), reason.bits,
        escaped(reason.feature), escaped(reason.text));
  }
  return out + fmt::format(
                   "</tbody><tfoot><tr><td>{:+.1f}</td><td colspan=\"3\">the sum: odds of "
                   "2^{:.1f} to 1; calibrated, probability {:.4f}</td></tr></tfoot></table>"
                   "</div>\n",
                   sum, sum, link.probability);
}

std::string hypotheses_html(const model::Link& link) {
  if (link.hypotheses.empty()) return {};
  std::string out = "<h2>What competes with it</h2>\n<ul>\n";
  for (const auto& one : link.hypotheses) {
    out += fmt::format("<li>{:.2f} {}</li>\n", one.share,
                       one.outage_id.empty() ? "none of those that were measured"
                                             : link_to("outages", one.outage_id, one.outage_id));
  }
  return out + "</ul>\n";
}

Answered why_link(Call& call, const model::Link& link) {
  auto ends = ends_html(call, link.entry_id, link.revision, link.outage_id);
  if (!ends) return ends.error();
  auto main = fmt::format(
      "<h1>Why this entry is taken to speak of this outage</h1>\n<p>Inferred, never measured: {}, "
      "probability {:.4f}.{}</p>\n{}<h2>What speaks for it and against it</h2>\n{}{}<h2>What "
      "chance "
      "does</h2>\n<p>{}</p>\n<p class=\"provenance\">{}</p>\n",
      to_string(link.relation), link.probability,
      link.dependent ? " It cites who measured it: it confirms nothing by itself." : "", *ends,
      reasons_html(link), hypotheses_html(link), escaped(render::decoys_text(link)),
      escaped(link.id));
  return page(call, {.title = "Why a link", .main = std::move(main)});
}

Answered why_verdict(Call& call, const model::Verdict& verdict) {
  auto ends = ends_html(call, verdict.entry_id, verdict.revision, verdict.outage_id);
  if (!ends) return ends.error();
  auto claim = call.store.claim(verdict.claim_id);
  if (!claim) return claim.error();
  auto main = fmt::format(
      "<h1>Why “{}” {}</h1>\n{}<dl class=\"ends\"><dt>Claimed</dt><dd dir=\"auto\">{}</dd>\n",
      escaped(verdict.claimed), to_string(verdict.verdict), *ends, escaped(verdict.claimed));
  if (*claim) {
    const auto& said = (*claim)->claim;
    // The words that carry the value, inside of their sentence.
    auto begin = said.span.begin - std::min(said.span.begin, said.sentence.begin);
    main += fmt::format(
        "<dt>In the sentence</dt><dd>{}</dd>\n<dt>Read as</dt><dd>{} {} {}, characters {} to "
        "{}</dd>\n",
        marked_html(said.sentence.text,
                    {{begin, begin + said.span.end - said.span.begin, "claim", "the claim", {}}}),
        to_string(said.kind), escaped(said.value), escaped(said.mod), said.span.begin,
        said.span.end);
    if (!said.speaker.empty()) {
      main += fmt::format("<dt>Said by</dt><dd>{}</dd>\n", escaped(said.speaker));
    }
  }
  main += fmt::format(
      "<dt>Measured</dt><dd>{}</dd>\n<dt>Verdict</dt><dd class=\"{}\">{} {}{}</dd>\n",
      verdict.measured.empty() ? "nothing here; that is no “did not happen”"
                               : escaped(verdict.measured),
      to_string(verdict.verdict), render::sign_of(verdict.verdict), to_string(verdict.verdict),
      verdict.note.empty() ? "" : ": " + escaped(verdict.note));
  if (!verdict.source.empty()) {
    main += fmt::format("<dt>First said by</dt><dd>{}</dd>\n", escaped(verdict.source));
  }
  main += fmt::format("</dl>\n<p class=\"provenance\">{}</p>\n", escaped(verdict.id));
  return page(call, {.title = "Why a verdict", .main = std::move(main)});
}

// A story by its title, an outage by its place.
Result<std::string> member_html(const Call& call, const std::string& id) {
  auto story = call.store.story(id);
  if (!story) return story.error();
  if (*story) return link_to("why", id, (*story)->title);
  auto outage = call.store.fused_outage(id);
  if (!outage) return outage.error();
  return link_to("outages", id, *outage ? to_string((*outage)->scope) : id);
}

Result<std::string> tie_html(const Call& call, const model::Tie& tie) {
  auto to = member_html(call, tie.to);
  if (!to) return to;
  return fmt::format("<li dir=\"auto\">to {}: {}{}: {}</li>\n", *to, escaped(tie.kind),
                     tie.bits > 0 ? fmt::format(", {:.1f} bits", tie.bits) : "", escaped(tie.text));
}

Answered why_incident(Call& call, const model::Incident& incident) {
  auto main =
      fmt::format("<h1 dir=\"auto\">Why these belong together: <a href=\"{}\">{}</a></h1>\n",
                  incident_path(incident.id), escaped(incident.title));
  std::multimap<std::string, const model::Tie*> ties;
  for (const auto& tie : incident.ties) ties.emplace(tie.from, &tie);
  for (const auto& strand : incident.strands) {
    main += fmt::format("<section><h2 dir=\"auto\">{}: {}</h2>\n<ul>\n", escaped(strand.kind),
                        escaped(strand.title));
    for (const auto& id : strand.story_ids) {
      auto story = member_html(call, id);
      if (!story) return story.error();
      main += "<li dir=\"auto\">" + *story + "<ul>\n";
      auto [begin, end] = ties.equal_range(id);
      for (auto tie = begin; tie != end; ++tie) {
        auto told = tie_html(call, *tie->second);
        if (!told) return told.error();
        main += *told;
      }
      main += "</ul></li>\n";
    }
    for (const auto& id : strand.outage_ids) {
      auto outage = member_html(call, id);
      if (!outage) return outage.error();
      main += "<li>" + *outage + "</li>\n";
    }
    main += "</ul></section>\n";
  }
  return page(call, {.title = "Why an incident", .main = std::move(main)});
}

Answered why_story(Call& call, const model::Story& story) {
  auto main = fmt::format(
      "<h1 dir=\"auto\">One story: {}</h1>\n<p>{} entries of {} independent origins.</p>\n<ul>\n",
      escaped(story.title), story.entry_ids.size(), story.origins);
  for (const auto& id : story.entry_ids) {
    auto entry = entry_record(call, id);
    if (!entry && entry.error().code == Errc::kNotFound) continue;  // deleted
    if (!entry) return entry.error();
    const auto& newest = entry->revisions.back();
    main += fmt::format("<li dir=\"auto\">{}, {}, {}</li>\n",
                        link_to("entries", id, newest.title.empty() ? id : newest.title),
                        escaped(newest.publisher), render::local(newest.known_at, call.zone));
  }
  main += "</ul>\n";
  auto id = call.store.incident_of(story.id);
  if (!id) return id.error();
  auto incident = call.store.incident(*id);
  if (!incident) return incident.error();
  if (*incident) {
    main += fmt::format("<h2>Why it belongs to <a dir=\"auto\" href=\"{}\">{}</a></h2>\n<ul>\n",
                        incident_path(*id), escaped((*incident)->title));
    for (const auto& tie : (*incident)->ties) {
      if (tie.from != story.id) continue;
      auto told = tie_html(call, tie);
      if (!told) return told.error();
      main += *told;
    }
    main += "</ul>\n";
  }
  return page(call, {.title = "Why a story", .main = std::move(main)});
}

Answered why(Call& call) {
  const auto& id = call.path[0];
  auto link = call.store.link(id);
  if (!link) return link.error();
  if (*link) return why_link(call, **link);
  auto verdict = call.store.verdict(id);
  if (!verdict) return verdict.error();
  if (*verdict) return why_verdict(call, **verdict);
  auto incident = call.store.incident(id);
  if (!incident) return incident.error();
  if (*incident) return why_incident(call, **incident);
  auto story = call.store.story(id);
  if (!story) return story.error();
  if (*story) return why_story(call, **story);
  return Error{Errc::kNotFound, fmt::format("no link, verdict, story or incident “{}”", id)};
}

}  // namespace

std::vector<Route> why_routes() {
  return {{"GET", "/why/{id}", model::Role::kOutsider, Keep::kUntilChange, 0, why}};
}

}  // namespace app::serve
