#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "feeds/render/render.h"
#include "feeds/render/told.h"

namespace feeds::render {
namespace {

namespace json = boost::json;

using model::TimelineEntry;
using model::TimelineIncident;
using model::TimelineLine;
using model::VerdictKind;

json::object thing(std::string_view type) { return {{"@type", json::string(type)}}; }

json::object organisation(std::string_view name) {
  auto out = thing("Organization");
  out["name"] = json::string(name.empty() ? "unnamed source" : name);
  return out;
}

std::string urn(std::string_view id) { return "urn:faultline:" + std::string(id); }

json::object article_of(const TimelineEntry& entry) {
  auto out = thing("NewsArticle");
  out["@id"] = urn(fmt::format("{}/{}", entry.entry_id, entry.revision));
  out["headline"] = entry.title;
  if (entry.published) {
    out["datePublished"] = model::to_iso(entry.published->at, entry.published->precision);
  }
  out["publisher"] = organisation(entry.byline);
  if (auto url = web_address(entry.url); !url.empty()) out["url"] = json::string(url);
  if (!entry.language.empty()) out["inLanguage"] = entry.language;
  return out;
}

json::object event_of(const model::Outage& outage) {
  auto out = thing("Event");
  out["@id"] = urn(outage.id);
  out["name"] = "Internet outage: " + to_string(outage.scope);
  out["startDate"] = model::to_iso(outage.start);
  if (outage.end) out["endDate"] = model::to_iso(*outage.end);
  auto place = thing("Place");
  place["name"] = to_string(outage.scope);
  if (!outage.scope.country.empty()) {
    auto address = thing("PostalAddress");
    address["addressCountry"] = outage.scope.country;
    if (!outage.scope.region.empty()) address["addressRegion"] = outage.scope.region;
    place["address"] = std::move(address);
  }
  out["location"] = std::move(place);
  return out;
}

json::object post_of(const TimelineIncident& incident, const TimelineLine& line, const Site& site) {
  auto told = tell(incident, line);
  auto out = thing("BlogPosting");
  out["@id"] = urn(told.id);
  out["headline"] = told.headline;
  out["datePublished"] = model::to_iso(told.known_at);
  out["dateModified"] = model::to_iso(std::max(told.known_at, told.updated));
  out["articleBody"] = plain_text(told);
  out["contentReferenceTime"] = model::to_iso(line.when.at, line.when.precision);
  if (!site.base.empty()) out["url"] = site.line_url(incident.id, told.id);
  json::array cited;
  for (const auto* entry : told.entries) cited.push_back(article_of(*entry));
  if (!cited.empty()) out["citation"] = std::move(cited);
  json::array corrections;
  for (const auto& edit : line.corrections) {
    auto comment = thing("CorrectionComment");
    comment["text"] = edit.reason.empty() ? edit.field + " corrected" : edit.reason;
    comment["datePublished"] = model::to_iso(edit.at);
    corrections.push_back(std::move(comment));
  }
  if (!corrections.empty()) out["correction"] = std::move(corrections);
  return out;
}

// 1 false … 5 true, as fact checkers rate.
int rating_of(VerdictKind kind) {
  return kind == VerdictKind::kAgrees ? 5 : kind == VerdictKind::kRounds ? 4 : 1;
}

// Only what a person confirmed is a review, and only where there is something to say.
void add_reviews(const TimelineIncident& incident, const TimelineLine& line, const Site& site,
                 json::array& out) {
  auto told = tell(incident, line);
  for (const auto& one : told.verdicts) {
    bool held = one.verdict->verdict == VerdictKind::kAgrees ||
                one.verdict->verdict == VerdictKind::kRounds ||
                one.verdict->verdict == VerdictKind::kDisagrees;
    if (one.confirmed == nullptr || !held || one.entries.empty()) continue;
    auto review = thing("ClaimReview");
    review["@id"] = urn(one.verdict->id);
    review["url"] = site.base.empty() ? urn(one.verdict->id) : site.line_url(incident.id, told.id);
    review["claimReviewed"] =
        fmt::format("{}: {}", to_string(one.claim->kind), one.claim->span.text);
    review["datePublished"] = model::to_iso(one.confirmed->at);
    auto author = thing("Person");
    author["name"] = one.confirmed->who;
    review["author"] = std::move(author);
    auto claim = thing("Claim");
    claim["appearance"] = article_of(*one.entries.front());
    claim["author"] =
        organisation(one.claim->speaker.empty() ? one.entries.front()->byline : one.claim->speaker);
    if (const auto& published = one.entries.front()->published) {
      claim["datePublished"] = model::to_iso(published->at, published->precision);
    }
    review["itemReviewed"] = std::move(claim);
    auto rating = thing("Rating");
    rating["ratingValue"] = rating_of(one.verdict->verdict);
    rating["bestRating"] = 5;
    rating["worstRating"] = 1;
    rating["alternateName"] =
        fmt::format("{}: measured {}", to_string(one.verdict->verdict), one.verdict->measured);
    review["reviewRating"] = std::move(rating);
    out.push_back(std::move(review));
  }
}

json::object blog_of(const TimelineIncident& incident, const Site& site) {
  auto out = thing("LiveBlogPosting");
  out["@id"] = urn(incident.id);
  out["headline"] = incident.title.empty() ? incident.id : incident.title;
  if (!site.base.empty()) out["url"] = site.base + "incidents/" + incident.id;
  model::Instant first = model::Instant::max();
  model::Instant last{};
  json::array posts;
  for (const auto& line : incident.lines) {
    auto told = tell(incident, line);
    first = std::min(first, told.known_at);
    last = std::max({last, told.known_at, told.updated});
    posts.push_back(post_of(incident, line, site));
  }
  if (!incident.lines.empty()) {
    out["coverageStartTime"] = model::to_iso(incident.lines.front().order);
    out["coverageEndTime"] = model::to_iso(incident.lines.back().order);
    out["datePublished"] = model::to_iso(first);
    out["dateModified"] = model::to_iso(last);
  }
  json::array about;
  for (const auto& outage : incident.outages) about.push_back(event_of(outage));
  if (!about.empty()) out["about"] = std::move(about);
  out["publisher"] = organisation("Faultline");
  out["liveBlogUpdate"] = std::move(posts);
  return out;
}

}  // namespace

std::string to_json_ld(const model::Timeline& timeline, const Site& site) {
  json::array graph;
  for (const auto& incident : timeline.incidents) {
    graph.push_back(blog_of(incident, site));
    for (const auto& line : incident.lines) add_reviews(incident, line, site, graph);
  }
  json::object out{{"@context", "https://schema.org"}, {"@graph", std::move(graph)}};
  return json::serialize(out) + "\n";
}

}  // namespace feeds::render
