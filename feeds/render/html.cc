#include <algorithm>

#include <fmt/format.h>

#include "feeds/render/chart.h"
#include "feeds/render/render.h"
#include "feeds/render/shared.h"
#include "feeds/render/told.h"
#include "store/model/text.h"

namespace feeds::render {
namespace {

using model::TimelineEntry;
using model::TimelineIncident;
using model::TimelineLine;

// A data block: no end tag can stand in it.
std::string in_script(std::string_view json) {
  std::string out;
  for (char c : json) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out;
}

class Html {
 public:
  Html(const model::Timeline& timeline, const TimelineIncident& incident, const Site& site)
      : timeline_(timeline),
        incident_(incident),
        site_(site),
        title_(escaped(incident.title.empty() ? incident.id : incident.title)) {}

  std::string main() {
    out_ = fmt::format("<h1 dir=\"auto\">{}</h1>\n", title_);
    write_facts();
    tools("incident", incident_.id);
    write_measured();
    out_ +=
        "<section aria-labelledby=\"lines-title\"><h2 id=\"lines-title\">In the order in which "
        "it happened</h2>\n<ol id=\"lines\" class=\"lines\">\n";
    for (const auto& line : incident_.lines) write_line(line);
    out_ += "</ol></section>\n";
    write_conflicts();
    write_formats();
    return std::move(out_);
  }

  std::string head() {
    for (const auto& format : formats()) {
      out_ += fmt::format("<link rel=\"alternate\" type=\"{}\" title=\"{}\" href=\"{}\">\n",
                          format.type, format.title, format.file);
    }
    model::Timeline alone = timeline_;
    alone.incidents = {incident_};
    out_ += fmt::format("<script type=\"application/ld+json\">{}</script>\n",
                        in_script(to_json_ld(alone, site_)));
    return std::move(out_);
  }

 private:
  void tools(std::string_view kind, std::string_view id) {
    if (site_.tools) out_ += site_.tools(kind, id);
  }

  // A link to one of our pages where they are served, else just the words. Words are escaped.
  std::string to_page(std::string_view page, std::string_view id, std::string_view words) const {
    if (!site_.served || id.empty()) return std::string(words);
    return fmt::format("<a href=\"/{}/{}\">{}</a>", page, escaped(id), words);
  }

  // "ent-… revision 2, entries[3] of document 0123456789ab", each leading to what it names.
  std::string provenance(const TimelineEntry& entry) const {
    auto revision = fmt::format("{} revision {}", escaped(entry.entry_id), entry.revision);
    if (site_.served) {
      revision = fmt::format("<a href=\"/entries/{}?revision={}\">{}</a>", escaped(entry.entry_id),
                             entry.revision, revision);
    }
    return fmt::format("{}, {} of document {:.12}", revision, escaped(entry.place),
                       escaped(entry.document_id));
  }

  void write_facts() {
    std::size_t entries = 0;
    std::size_t stories = 0;
    for (const auto& line : incident_.lines) {
      entries += line.entries.size();
      stories += line.kind == TimelineLine::Kind::kStory ? 1 : 0;
    }
    out_ += fmt::format(
        "<p class=\"facts\">{} entries in {} stories, {} measured outages. Times "
        "in {}.</p>\n",
        entries, stories, incident_.outages.size(), escaped(timeline_.zone));
    if (timeline_.as_of) {
      out_ += fmt::format(
          "<p class=\"as-of\">As of {}: nothing after this moment is known "
          "here.</p>\n",
          local(*timeline_.as_of, timeline_.zone));
    }
    for (const auto& line : incident_.summary) {
      out_ += fmt::format(
          "<p class=\"summary\" dir=\"auto\">“{}” <span class=\"provenance\">{}"
          "</span></p>\n",
          escaped(line.text), to_page("entries", line.entry_id, escaped(line.entry_id)));
    }
    for (const auto* list : {&incident_.corrections, &incident_.notes}) {
      for (const auto& edit : *list) {
        out_ += fmt::format("<p class=\"note\" dir=\"auto\">{}</p>\n", escaped(edit_of(edit)));
      }
    }
  }

  void write_measured() {
    out_ +=
        "<section class=\"measured\" aria-labelledby=\"measured-title\"><h2 "
        "id=\"measured-title\">Measured</h2>\n";
    if (incident_.outages.empty()) {
      out_ += "<p>No measurement here: that does not mean that nothing happened.</p></section>\n";
      return;
    }
    out_ += "<figure>" + to_svg(incident_, timeline_.zone) + "</figure>\n";
    out_ +=
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Measured outages\">"
        "<table><thead><tr><th scope=\"col\">Outage</th><th "
        "scope=\"col\">Where</th><th scope=\"col\">When</th><th scope=\"col\">Measured "
        "by</th></tr></thead>\n<tbody>\n";
    std::size_t number = 0;
    for (const auto& outage : incident_.outages) {
      std::string by;
      for (const auto& one : outage.measurements) {
        auto url = web_address(one.url);
        auto name = escaped(one.source + (one.value.empty() ? "" : ": " + one.value));
        if (!by.empty()) by += "<br>";
        by += url.empty() ? name : fmt::format("<a href=\"{}\">{}</a>", escaped(url), name);
      }
      out_ += fmt::format(
          "<tr id=\"{}\"><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td "
          "dir=\"auto\">{}</td></tr>\n",
          escaped(outage.id), to_page("outages", outage.id, fmt::format("M{}", ++number)),
          escaped(to_string(outage.scope)), escaped(interval_of(outage, timeline_.zone)), by);
    }
    out_ += "</tbody></table></div></section>\n";
  }

  void write_line(const TimelineLine& line) {
    auto told = tell(incident_, line);
    bool measured = told.basis == "measured";
    out_ += fmt::format(
        "<li id=\"{}\" class=\"{}\"><p class=\"when\"><time datetime=\"{}\">{}"
        "</time> <span class=\"basis\">{}</span>",
        escaped(anchor_of(told.id)),
        measured                   ? "measured"
        : told.basis == "reported" ? "reported"
                                   : "unseen",
        model::to_iso(line.when.at, line.when.precision), escaped(local(line.when, timeline_.zone)),
        told.basis);
    if (line.kind == TimelineLine::Kind::kStory && line.happening != model::Happening::kOther) {
      out_ += fmt::format(" <span class=\"kind\">{}</span>", to_string(line.happening));
    }
    out_ += fmt::format("</p>\n<h3 dir=\"auto\">{}</h3>\n", escaped(told.headline));
    write_verdicts(told);
    if (told.outage != nullptr) {
      out_ +=
          fmt::format("<p class=\"provenance\">{}</p>\n",
                      to_page("outages", told.outage->id, escaped(provenance_of(*told.outage))));
    }
    for (const auto& note : told.notes) {
      out_ += fmt::format("<p class=\"note\" dir=\"auto\">{}</p>\n", escaped(note));
    }
    write_sources(told);
    tools(line.kind == TimelineLine::Kind::kStory ? "line" : "outage",
          line.kind == TimelineLine::Kind::kStory ? line.story_id : line.outage_id);
    out_ += "</li>\n";
  }

  void write_verdicts(const ToldLine& told) {
    if (told.verdicts.empty()) return;
    out_ += "<ul class=\"verdicts\">\n";
    for (const auto& one : told.verdicts) {
      out_ += fmt::format(
          "<li class=\"{}\" dir=\"auto\"><span aria-hidden=\"true\">{}</span> "
          "{}{}",
          to_string(one.verdict->verdict), sign_of(one.verdict->verdict), escaped(sentence_of(one)),
          site_.served ? " " + to_page("why", one.verdict->id, "why") : "");
      tools("verdict", one.verdict->id);
      out_ += "</li>\n";
    }
    out_ += "</ul>\n";
  }

  void write_sources(const ToldLine& told) {
    if (told.entries.empty()) return;
    bool many = told.entries.size() > 1;
    if (many) {
      out_ += fmt::format("<details><summary>{} sources</summary>", told.entries.size());
    }
    out_ += "<ul class=\"sources\">\n";
    for (const auto* entry : told.entries) write_source(*entry);
    out_ += many ? "</ul></details>\n" : "</ul>\n";
  }

  void write_source(const TimelineEntry& entry) {
    auto title = escaped(entry.title.empty() ? entry.entry_id : entry.title);
    auto url = web_address(entry.url);
    out_ += fmt::format(
        "<li dir=\"auto\"{}>",
        entry.language.empty() ? "" : fmt::format(" lang=\"{}\"", escaped(entry.language)));
    out_ += url.empty() ? title : fmt::format("<a href=\"{}\">{}</a>", escaped(url), title);
    out_ += ", " + escaped(entry.byline);
    if (entry.published) out_ += ", " + escaped(local(*entry.published, timeline_.zone));
    if (!entry.copy_of.empty()) out_ += ", near-copy: " + escaped(entry.copy_reason);
    if (entry.gone_at) out_ += ", no longer in its feed";
    out_ += fmt::format(" <span class=\"provenance\">{}</span>", provenance(entry));
    for (const auto& link : entry.links) write_link(link);
    tools("entry", entry.entry_id);
    out_ += "</li>\n";
  }

  // Which outage it speaks of: inferred, with its probability.
  void write_link(const model::Link& link) {
    auto found =
        std::find_if(incident_.outages.begin(), incident_.outages.end(),
                     [&](const model::Outage& outage) { return outage.id == link.outage_id; });
    if (found == incident_.outages.end()) return;
    auto number = found - incident_.outages.begin() + 1;
    out_ += fmt::format(
        "<br><span class=\"link\">speaks of <a href=\"#{}\">M{}</a>, probability {:.2f}{}{}</span>",
        escaped(link.outage_id), number, link.probability,
        link.dependent ? ", citing who measured it" : "",
        site_.served ? ": " + to_page("why", link.id, "why") : "");
    tools("link", link.id);
  }

  void write_conflicts() {
    if (incident_.conflicts.empty()) return;
    out_ +=
        "<section aria-labelledby=\"conflicts-title\"><h2 id=\"conflicts-title\">Where they "
        "contradict each other</h2>\n<dl>\n";
    for (const auto& conflict : incident_.conflicts) {
      out_ += fmt::format("<dt>{}, measured {}</dt>\n", to_string(conflict.kind),
                          escaped(conflict.measured));
      for (const auto& value : conflict.values) {
        out_ += fmt::format(
            "<dd dir=\"auto\"><span aria-hidden=\"true\">{}</span> “{}”: {}, {} "
            "{}</dd>\n",
            sign_of(value.verdict), escaped(value.claimed), to_string(value.verdict),
            value.entry_ids.size(), value.entry_ids.size() == 1 ? "source" : "sources");
      }
    }
    out_ += "</dl></section>\n";
  }

  void write_formats() {
    out_ +=
        "<section aria-labelledby=\"formats-title\"><h2 id=\"formats-title\">The same as "
        "data</h2>\n<ul class=\"formats\">\n";
    for (const auto& format : formats()) {
      out_ += fmt::format("<li><a href=\"{}\">{}</a></li>\n", format.file, format.title);
    }
    out_ += "</ul></section>\n";
  }

  const model::Timeline& timeline_;
  const TimelineIncident& incident_;
  const Site& site_;
  std::string title_;  // escaped
  std::string out_;
};

}  // namespace

std::string anchor_of(std::string line_id) {
  std::replace(line_id.begin(), line_id.end(), '/', '-');
  return line_id;
}

std::string incident_main(const model::Timeline& timeline, const TimelineIncident& incident,
                          const Site& site) {
  return Html(timeline, incident, site).main();
}

std::string incident_head(const model::Timeline& timeline, const TimelineIncident& incident,
                          const Site& site) {
  return Html(timeline, incident, site).head();
}

std::string to_html(const model::Timeline& timeline, const TimelineIncident& incident,
                    const Site& site) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
      "name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{} · "
      "Faultline</title>\n<link rel=\"stylesheet\" href=\"../../style.css\">\n{}</head>\n<body>\n"
      "<a class=\"skip\" href=\"#lines\">To the timeline</a>\n<header><p><a "
      "href=\"../../index.html\">All incidents</a></p></header>\n<main>\n{}</main>\n<footer><p>"
      "Measured, reported and not measured are kept apart. Links between news and measurements "
      "are inferred, with a probability.</p></footer>\n</body>\n</html>\n",
      escaped(incident.title.empty() ? incident.id : incident.title),
      incident_head(timeline, incident, site), incident_main(timeline, incident, site));
}

std::string to_index(const std::vector<IndexRow>& rows) {
  std::string out =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
      "name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Incidents · "
      "Faultline</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n</head>\n<body>\n<header>"
      "<h1>Incidents</h1>\n<p class=\"facts\">What news claims, held against what was measured. "
      "Newest first.</p></header>\n<main>\n<ol class=\"incidents\">\n";
  for (const auto& row : rows) {
    out += fmt::format(
        "<li><a dir=\"auto\" href=\"incidents/{0}/index.html\">{1}</a> <span "
        "class=\"facts\">{2} to {3}, {4} entries, {5} measured outages</span></li>\n",
        escaped(row.id), escaped(row.title.empty() ? row.id : row.title),
        local(row.span.from, "UTC").substr(0, 10), local(row.span.to, "UTC").substr(0, 10),
        row.entries, row.outages);
  }
  return out + "</ol>\n</main>\n</body>\n</html>\n";
}

}  // namespace feeds::render
