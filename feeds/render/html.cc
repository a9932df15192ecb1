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

// The name of a line inside of its page.
std::string anchor_of(std::string id) {
  std::replace(id.begin(), id.end(), '/', '-');
  return id;
}

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
      : timeline_(timeline), incident_(incident), site_(site) {}

  std::string write() {
    auto title = escaped(incident_.title.empty() ? incident_.id : incident_.title);
    out_ = fmt::format(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
        "name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{0} · "
        "Faultline</title>\n<link rel=\"stylesheet\" href=\"../../style.css\">\n",
        title);
    for (const auto& format : incident_formats()) {
      out_ += fmt::format("<link rel=\"alternate\" type=\"{}\" title=\"{}\" href=\"{}\">\n",
                          format.type, format.name, format.file);
    }
    model::Timeline alone = timeline_;
    alone.incidents = {incident_};
    out_ += fmt::format("<script type=\"application/ld+json\">{}</script>\n</head>\n<body>\n",
                        in_script(to_json_ld(alone, site_)));
    out_ +=
        "<a class=\"skip\" href=\"#lines\">To the timeline</a>\n<header><p><a "
        "href=\"../../index.html\">All incidents</a></p>\n";
    out_ += fmt::format("<h1 dir=\"auto\">{}</h1>\n", title);
    write_facts();
    out_ += "</header>\n<main>\n";
    write_measured();
    out_ +=
        "<section aria-labelledby=\"lines-title\"><h2 id=\"lines-title\">In the order in which "
        "it happened</h2>\n<ol id=\"lines\" class=\"lines\">\n";
    for (const auto& line : incident_.lines) write_line(line);
    out_ += "</ol></section>\n";
    write_conflicts();
    write_formats();
    out_ +=
        "</main>\n<footer><p>Measured, reported and not measured are kept apart. Links "
        "between news and measurements are inferred, with a probability.</p></footer>\n"
        "</body>\n</html>\n";
    return std::move(out_);
  }

 private:
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
          escaped(line.text), escaped(line.entry_id));
    }
    for (const auto* list : {&incident_.corrections, &incident_.notes}) {
      for (const auto& edit : *list) {
        out_ += fmt::format("<p class=\"note\" dir=\"auto\">{}</p>\n", escaped(edit_of(edit)));
      }
    }
  }

  void write_measured() {
    out_ += "<section aria-labelledby=\"measured-title\"><h2 id=\"measured-title\">Measured</h2>\n";
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
          "<tr><th scope=\"row\">M{}</th><td>{}</td><td>{}</td><td "
          "dir=\"auto\">{}</td></tr>\n",
          ++number, escaped(to_string(outage.scope)), escaped(interval_of(outage, timeline_.zone)),
          by);
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
      out_ += fmt::format("<p class=\"provenance\">{}</p>\n", escaped(provenance_of(*told.outage)));
    }
    for (const auto& note : told.notes) {
      out_ += fmt::format("<p class=\"note\" dir=\"auto\">{}</p>\n", escaped(note));
    }
    write_sources(told);
    out_ += "</li>\n";
  }

  void write_verdicts(const ToldLine& told) {
    if (told.verdicts.empty()) return;
    out_ += "<ul class=\"verdicts\">\n";
    for (const auto& one : told.verdicts) {
      out_ += fmt::format(
          "<li class=\"{}\" dir=\"auto\"><span aria-hidden=\"true\">{}</span> "
          "{}</li>\n",
          to_string(one.verdict->verdict), sign_of(one.verdict->verdict),
          escaped(sentence_of(one)));
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
    out_ += fmt::format(
        " <span class=\"provenance\">{} revision {}, {} of document {:.12}</span>"
        "</li>\n",
        escaped(entry.entry_id), entry.revision, escaped(entry.place), escaped(entry.document_id));
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
    for (const auto& format : incident_formats()) {
      out_ += fmt::format("<li><a href=\"{}\">{}</a></li>\n", format.file, format.name);
    }
    out_ += "</ul></section>\n";
  }

  const model::Timeline& timeline_;
  const TimelineIncident& incident_;
  const Site& site_;
  std::string out_;
};

}  // namespace

const std::vector<FormatFile>& incident_formats() {
  static const std::vector<FormatFile> kFormats = {
      {"timeline.json", "JSON", "application/json"},
      {"timeline.csv", "CSV", "text/csv"},
      {"timelinejs.json", "TimelineJS 3", "application/json"},
      {"feed.json", "JSON Feed", "application/feed+json"},
      {"atom.xml", "Atom", "application/atom+xml"},
      {"timeline.ics", "iCalendar", "text/calendar"},
      {"stix.json", "STIX 2.1", "application/stix+json"},
      {"timeline.jsonld", "JSON-LD", "application/ld+json"}};
  return kFormats;
}

std::string to_html(const model::Timeline& timeline, const TimelineIncident& incident,
                    const Site& site) {
  return Html(timeline, incident, site).write();
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
