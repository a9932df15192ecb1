#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/serve/incidents.h"
#include "app/serve/page.h"
#include "app/serve/routes.h"
#include "feeds/render/chart.h"
#include "feeds/render/shared.h"
#include "feeds/render/told.h"

// Files, embeds and help.
namespace app::serve {
namespace {

namespace json = boost::json;
namespace render = feeds::render;
using feeds::render::escaped;
using model::Errc;
using model::Error;

Answered file(Call& call) {
  const auto* found = static_file(call.path[1]);
  if (found == nullptr || found->hash != call.path[0]) {
    return Error{Errc::kNotFound, "no such file, or another version of it"};
  }
  HttpAnswer out;
  out.body = std::string(found->bytes);
  out.content_type = found->type;
  out.fields.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  return out;
}

Answered robots(Call&) {
  HttpAnswer out;
  out.body = "User-agent: *\nDisallow: /api/\nDisallow: /search\nDisallow: /login\n";
  return out;
}

// The incident for a frame in another site: the picture and the lines, each with its sources.
Answered embed(Call& call) {
  auto cut = cut_of(call);
  if (!cut) return cut.error();
  auto found = incident_of(call, call.path[0], *cut);
  if (!found) return found.error();
  const auto& incident = found->incidents.front();
  auto title = incident.title.empty() ? incident.id : incident.title;
  auto url = call.base + incident_path(incident.id).substr(1);
  std::string main = fmt::format(
      "<h1 dir=\"auto\"><a href=\"{}\" target=\"_blank\" "
      "rel=\"noopener\">{}</a></h1>\n",
      escaped(url), escaped(title));
  if (!incident.outages.empty()) {
    main += "<figure>" + render::to_svg(incident, found->zone) + "</figure>\n";
  }
  main += "<ol class=\"lines\">\n";
  for (const auto& line : incident.lines) {
    auto told = render::tell(incident, line);
    main += fmt::format(
        "<li class=\"{}\"><p class=\"when\"><time datetime=\"{}\">{}</time> <span "
        "class=\"basis\">{}"
        "</span></p><h2 dir=\"auto\">{}</h2>{}</li>\n",
        told.basis == "measured" ? "measured" : "reported",
        model::to_iso(line.when.at, line.when.precision),
        escaped(render::local(line.when, found->zone)), told.basis, escaped(told.headline),
        render::html_text(told));
  }
  main += fmt::format(
      "</ol>\n<p class=\"facts\">Times in {}. <a href=\"{}\" target=\"_blank\" "
      "rel=\"noopener\">Faultline: the whole incident, with what it rests on</a></p>\n",
      escaped(found->zone), escaped(url));
  return embedded_page({.title = title, .main = std::move(main)});
}

// oEmbed 1.0 (https://oembed.com): the snippet for an incident's address.
Answered oembed(Call& call) {
  auto url = call.query["url"];
  auto format = call.query["format"];
  if (!format.empty() && format != "json") return problem(501, "only format=json is spoken here");
  auto width = number(call.query, "maxwidth", 1, 100'000, 800);
  if (!width) return width.error();
  auto height = number(call.query, "maxheight", 1, 100'000, 640);
  if (!height) return height.error();
  auto start = call.base + "incidents/";
  auto id = url.starts_with(start) ? url.substr(start.size()) : std::string_view();
  id = id.substr(0, id.find_first_of("/?#"));
  auto known = percent_decoded(id);
  auto incident = call.store.incident(known.value_or(std::string()));
  if (!incident) return incident.error();
  if (!*incident) return Error{Errc::kNotFound, "url: not the address of an incident here"};
  auto wide = std::min<std::size_t>(*width, 800), high = std::min<std::size_t>(*height, 640);
  auto html = fmt::format(
      "<iframe src=\"{}embed/{}\" title=\"{}\" width=\"{}\" height=\"{}\" "
      "loading=\"lazy\"></iframe>",
      escaped(call.base), percent_encoded(*known), escaped((*incident)->title), wide, high);
  return json_answer(json::serialize(json::object{{"type", "rich"},
                                                  {"version", "1.0"},
                                                  {"title", (*incident)->title},
                                                  {"provider_name", "Faultline"},
                                                  {"provider_url", call.base},
                                                  {"cache_age", 300},
                                                  {"html", html},
                                                  {"width", wide},
                                                  {"height", high}}) +
                     "\n");
}

Answered help(Call& call) {
  struct Row {
    const char* asked;
    const char* finds;
  };
  constexpr Row kRows[] = {
      {"sony hack", "both words, in any form of case and accents"},
      {"\"black out\"", "the words in this order"},
      {"sony -playstation", "the first and not the second"},
      {"(leak OR breach) sony", "one of the two, and sony"},
      {"country:KP", "what is about a country; a list in parentheses means one of them"},
      {"asn:131279", "what is about a network"},
      {"prefix:175.45.176.0/22", "… about a prefix, one within it, or one around it"},
      {"actor:\"Guardians of Peace\"", "who attacks"},
      {"org:Dyn place:Pyongyang", "organisations and people, places"},
      {"source:zdnet lang:en", "where it was read, and its language"},
      {"kind:claim type:duration verdict:disagrees",
       "claims of a length that were measured otherwise"},
      {"kind:outage", "only measured outages; also entry, claim, edit"},
      {"confidence:>0.8", "linked to an outage with this probability"},
      {"happened:2014-12-20..2014-12-24", "when it took place"},
      {"published:2014-12/P1W learned:last-24h", "when it came out, and when it was known here"}};
  std::string main =
      "<h1>What can be asked</h1>\n<p>Everything that stands beside one another must hold. Times "
      "are "
      "in UTC.</p>\n<dl class=\"ends\">\n";
  for (const auto& row : kRows) {
    main += fmt::format("<dt><a href=\"/search?{}\"><code>{}</code></a></dt><dd>{}</dd>\n",
                        escaped(Fields().with("q", row.asked).encoded()), escaped(row.asked),
                        row.finds);
  }
  main +=
      "</dl>\n<h2>For programs</h2>\n<p>All of it is also data: <a "
      "href=\"/api/v1/openapi.json\">the "
      "API</a>. Each incident has files beside its page: JSON, CSV, TimelineJS, JSON Feed, Atom, "
      "iCalendar, STIX, MISP, JSON-LD.</p>\n<h2>How to read a verdict</h2>\n<dl class=\"ends\">"
      "<dt>✓ agrees</dt><dd>what was measured lies within what the words can mean</dd><dt>≈ "
      "rounds</dt><dd>it is a round figure for what was measured</dd><dt>✗ disagrees</dt><dd>it is "
      "another one</dd><dt>? undecided, not measured</dt><dd>nobody measured it here; that does "
      "not "
      "mean that it did not happen</dd></dl>\n";
  return page(call, {.title = "Help", .main = std::move(main)});
}

}  // namespace

std::vector<Route> site_routes() {
  constexpr auto kOpen = model::Role::kOutsider;
  constexpr auto kKept = Keep::kUntilChange;
  return {{"GET", "/static/{hash}/{name}", kOpen, kKept, 0, file},
          {"GET", "/robots.txt", kOpen, kKept, 0, robots},
          {"GET", "/help", kOpen, kKept, 0, help},
          {"GET", "/embed/{id}", kOpen, kKept, 0, embed},
          {"GET", "/oembed", kOpen, kKept, 0, oembed}};
}

}  // namespace app::serve
