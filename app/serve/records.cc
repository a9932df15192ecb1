#include "app/serve/records.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/health.h"
#include "app/serve/incidents.h"
#include "app/serve/routes.h"
#include "correlate/deleted.h"
#include "feeds/render/diff.h"
#include "feeds/render/records.h"
#include "feeds/render/series.h"

// The API: records, each by its id.
namespace app::serve {
namespace {

namespace json = boost::json;
namespace render = feeds::render;
using feeds::render::set;
using feeds::render::view;
using model::Errc;
using model::Error;
using model::Result;

constexpr std::size_t kMostListed = 500;

HttpAnswer object_answer(const json::object& object) {
  return json_answer(json::serialize(object) + "\n");
}

HttpAnswer items_answer(const Call& call, json::array items, const std::string& next = {}) {
  json::object out{{"items", std::move(items)}};
  if (!next.empty()) out["next"] = next;
  auto answer = object_answer(out);
  add_next(call, next, answer);
  return answer;
}

json::array strings(const std::vector<std::string>& list) {
  return json::array(list.begin(), list.end());
}

json::object revision_json(const model::Revision& revision) {
  json::object out{
      {"entry", revision.entry_id}, {"revision", revision.number}, {"title", revision.title}};
  set(out, "text", revision.body);
  set(out, "url", revision.url);
  set(out, "canonical_url", revision.canonical_url);
  set(out, "language", revision.language);
  set(out, "publisher", revision.publisher);
  if (!revision.authors.empty()) out["authors"] = strings(revision.authors);
  if (!revision.tags.empty()) out["tags"] = strings(revision.tags);
  if (revision.published) out["published"] = render::time_json(*revision.published);
  if (revision.updated) out["updated"] = render::time_json(*revision.updated);
  out["seen_at"] = model::to_iso(revision.seen_at);
  out["known_at"] = model::to_iso(revision.known_at);
  out["document"] = revision.document_id;
  out["place"] = revision.place;
  out["sha256"] = revision.content_hash;
  return out;
}

json::object mention_json(const model::Mention& mention) {
  json::object out{{"kind", view(to_string(mention.kind))},
                   {"span", render::span_json(mention.span)},
                   {"name", mention.name}};
  if (!mention.scope.empty()) out["scope"] = render::scope_json(mention.scope);
  set(out, "ref", mention.ref);
  if (mention.latitude && mention.longitude) {
    out["latitude"] = *mention.latitude;
    out["longitude"] = *mention.longitude;
  }
  return out;
}

json::object timex_json(const model::Timex& timex) {
  json::object out{{"span", render::span_json(timex.span)},
                   {"type", view(to_string(timex.type))},
                   {"value", timex.value},
                   {"rule", timex.rule}};
  set(out, "mod", timex.mod);
  set(out, "zone", timex.zone);
  if (timex.interval) {
    out["from"] = model::to_iso(timex.interval->from);
    out["to"] = model::to_iso(timex.interval->to);
  }
  return out;
}

// Claims with their verdicts, of the newest revision.
Result<json::array> claims_json(const Call& call, const EntryRecord& entry) {
  json::array out;
  if (!entry.extraction) return out;
  auto verdicts = call.store.verdicts_of_entry(entry.entry.id);
  if (!verdicts) return verdicts.error();
  for (const auto& claim : entry.extraction->claims) {
    auto one = render::claim_json(claim);
    json::array judged;
    for (const auto& verdict : *verdicts) {
      if (verdict.claim_id == claim.id) judged.push_back(render::verdict_json(verdict));
    }
    one["verdicts"] = std::move(judged);
    out.push_back(std::move(one));
  }
  return out;
}

Result<json::array> links_json(const Call& call, const std::string& entry) {
  auto links = call.store.links_of_entry(entry);
  if (!links) return links.error();
  std::stable_sort(links->begin(), links->end(),
                   [](const auto& a, const auto& b) { return a.probability > b.probability; });
  json::array out;
  for (const auto& link : *links) out.push_back(render::link_json(link));
  return out;
}

json::object found_json(const model::Extraction& extraction) {
  json::array times, mentions;
  for (const auto& timex : extraction.times) times.push_back(timex_json(timex));
  for (const auto& mention : extraction.mentions) mentions.push_back(mention_json(mention));
  return {{"language", extraction.language},
          {"happening", view(to_string(extraction.happening))},
          {"happening_confidence", extraction.happening_confidence},
          {"happened", render::time_json(extraction.happened)},
          {"outage_score", extraction.outage_score},
          {"times", std::move(times)},
          {"mentions", std::move(mentions)}};
}

Answered entry(Call& call) {
  auto found = entry_record(call, call.path[0]);
  if (!found) return found.error();
  auto out = revision_json(found->revisions.back());
  out.erase("entry");
  json::object whole{{"id", found->entry.id},
                     {"source", found->entry.source_id},
                     {"identity", found->entry.identity},
                     {"first_seen", model::to_iso(found->entry.first_seen)},
                     {"revisions", found->revisions.size()}};
  set(whole, "gone_at", found->entry.gone_at);
  set(whole, "story", found->story);
  set(whole, "incident", found->incident);
  whole["newest"] = std::move(out);
  if (found->extraction) whole["found"] = found_json(*found->extraction);
  auto claims = claims_json(call, *found);
  if (!claims) return claims.error();
  whole["claims"] = *std::move(claims);
  auto links = links_json(call, found->entry.id);
  if (!links) return links.error();
  whole["links"] = *std::move(links);
  return object_answer(whole);
}

Answered entries(Call& call) {
  auto limit = number(call.query, "limit", 1, kMostListed, 50);
  if (!limit) return limit.error();
  auto page = call.store.entries(call.query["after"], *limit);
  if (!page) return page.error();
  json::array items;
  for (const auto& id : page->ids) {
    auto found = entry_record(call, id);
    if (!found && found.error().code == Errc::kNotFound) continue;  // deleted
    if (!found) return found.error();
    auto one = revision_json(found->revisions.back());
    set(one, "story", found->story);
    set(one, "incident", found->incident);
    items.push_back(std::move(one));
  }
  return items_answer(call, std::move(items), page->next);
}

Answered revisions(Call& call) {
  auto found = entry_record(call, call.path[0]);
  if (!found) return found.error();
  json::array items;
  for (const auto& one : found->revisions) items.push_back(revision_json(one));
  return items_answer(call, std::move(items));
}

Result<const model::Revision*> revision_of(const EntryRecord& entry, std::size_t number) {
  if (number < 1 || number > entry.revisions.size()) {
    return Error{Errc::kNotFound,
                 fmt::format("{} has revisions 1 to {}", entry.entry.id, entry.revisions.size())};
  }
  return &entry.revisions[number - 1];
}

Answered diff(Call& call) {
  auto found = entry_record(call, call.path[0]);
  if (!found) return found.error();
  auto newest = found->revisions.size();
  auto from = number(call.query, "from", 1, newest, std::max<std::size_t>(newest, 2) - 1);
  if (!from) return from.error();
  auto to = number(call.query, "to", 1, newest, newest);
  if (!to) return to.error();
  auto before = revision_of(*found, *from), after = revision_of(*found, *to);
  if (!before) return before.error();
  if (!after) return after.error();
  constexpr std::string_view kNames[] = {"same", "removed", "added"};
  json::array items;
  for (const auto& change : render::diff((*before)->text(), (*after)->text())) {
    items.push_back(
        json::object{{"kind", view(kNames[static_cast<int>(change.kind)])}, {"text", change.text}});
  }
  return items_answer(call, std::move(items));
}

Answered entry_claims(Call& call) {
  auto found = entry_record(call, call.path[0]);
  if (!found) return found.error();
  auto items = claims_json(call, *found);
  if (!items) return items.error();
  return items_answer(call, *std::move(items));
}

Answered entry_links(Call& call) {
  auto found = entry_record(call, call.path[0]);
  if (!found) return found.error();
  auto items = links_json(call, found->entry.id);
  if (!items) return items.error();
  return items_answer(call, *std::move(items));
}

Answered link(Call& call) {
  auto found = call.store.link(call.path[0]);
  if (!found) return found.error();
  if (!*found) return Error{Errc::kNotFound, fmt::format("no link “{}”", call.path[0])};
  auto out = render::link_json(**found);
  out["entry"] = (*found)->entry_id;
  out["revision"] = (*found)->revision;
  return object_answer(out);
}

Answered verdict(Call& call) {
  auto found = call.store.verdict(call.path[0]);
  if (!found) return found.error();
  if (!*found) return Error{Errc::kNotFound, fmt::format("no verdict “{}”", call.path[0])};
  auto out = render::verdict_json(**found);
  out["claim"] = (*found)->claim_id;
  out["entry"] = (*found)->entry_id;
  out["revision"] = (*found)->revision;
  set(out, "source", (*found)->source);
  return object_answer(out);
}

Answered outages(Call& call) {
  store::OutageFilter filter;
  filter.country = call.query["country"];
  auto from = moment(call.query, "from"), to = moment(call.query, "to");
  if (!from) return from.error();
  if (!to) return to.error();
  if (*from || *to) {
    filter.during = {from->value_or(model::Instant::min()), to->value_or(model::Instant::max())};
  }
  auto limit = number(call.query, "limit", 1, kMostListed, 100);
  if (!limit) return limit.error();
  auto all = call.store.fused(filter);
  if (!all) return all.error();
  // They come by start, then id: the next page begins behind that of the cursor.
  std::string after(call.query["after"]);
  auto key = [](const model::Outage& one) {
    return fmt::format("{:020}.{}", one.start.time_since_epoch().count() + (1LL << 60), one.id);
  };
  json::array items;
  std::string next, last;
  for (const auto& outage : *all) {
    auto at = key(outage);
    if (!after.empty() && at <= after) continue;
    if (items.size() == *limit) {
      next = last;
      break;
    }
    items.push_back(render::outage_json(outage));
    last = std::move(at);
  }
  return items_answer(call, std::move(items), next);
}

Answered outage(Call& call) {
  auto found = outage_record(call, call.path[0]);
  if (!found) return found.error();
  auto out = render::outage_json(*found);
  auto incident = call.store.incident_of(found->id);
  if (!incident) return incident.error();
  set(out, "incident", *incident);
  return object_answer(out);
}

Answered outage_records(Call& call) {
  auto found = outage_record(call, call.path[0]);
  if (!found) return found.error();
  json::array items;
  for (const auto& one : found->measurements) {
    if (one.record_id.empty()) continue;
    auto revisions = call.store.outage_revisions(one.record_id);
    if (!revisions) return revisions.error();
    for (const auto& record : *revisions) {
      auto item = render::outage_json(record);
      item["seen_at"] = model::to_iso(record.seen_at);
      items.push_back(std::move(item));
    }
  }
  return items_answer(call, std::move(items));
}

Answered outage_links(Call& call) {
  auto found = outage_record(call, call.path[0]);
  if (!found) return found.error();
  auto links = call.store.links_of_outage(found->id);
  if (!links) return links.error();
  std::stable_sort(links->begin(), links->end(),
                   [](const auto& a, const auto& b) { return a.probability > b.probability; });
  json::array items;
  for (const auto& one : *links) {
    auto item = render::link_json(one);
    item["entry"] = one.entry_id;
    item["revision"] = one.revision;
    items.push_back(std::move(item));
  }
  return items_answer(call, std::move(items));
}

json::object signal_head(const model::Signal& signal) {
  json::object out{{"id", signal.id},
                   {"scope", render::scope_json(signal.scope)},
                   {"source", signal.source},
                   {"kind", signal.kind},
                   {"unit", signal.unit},
                   {"from", model::to_iso(signal.from)},
                   {"step_s", signal.step.count()}};
  set(out, "document", signal.document_id);
  set(out, "place", signal.place);
  return out;
}

Answered signals(Call& call) {
  auto all = call.store.signal_heads();
  if (!all) return all.error();
  auto country = call.query["country"];
  json::array items;
  for (const auto& signal : *all) {
    if (country.empty() || signal.scope.country == country) items.push_back(signal_head(signal));
  }
  return items_answer(call, std::move(items));
}

// Its samples; of more than `points` of them, the least and the most of each bucket.
Answered signal(Call& call) {
  auto found = call.store.signal(call.path[0]);
  if (!found) return found.error();
  if (!*found) return Error{Errc::kNotFound, fmt::format("no signal “{}”", call.path[0])};
  const auto& signal = **found;
  auto from = moment(call.query, "from"), to = moment(call.query, "to");
  if (!from) return from.error();
  if (!to) return to.error();
  auto points = number(call.query, "points", 1, 100'000, 2000);
  if (!points) return points.error();
  auto end = signal.from + static_cast<std::int64_t>(signal.values.size()) * signal.step;
  auto reduced = render::reduce(signal, {from->value_or(signal.from), to->value_or(end)}, *points);
  auto out = signal_head(signal);
  out["from"] = model::to_iso(reduced.from);
  out["step_s"] = reduced.step.count();
  out["samples"] = signal.values.size();
  out["min"] = render::values_json(reduced.least);
  out["max"] = render::values_json(reduced.most);
  return object_answer(out);
}

Answered sources(Call& call) {
  auto all = call.store.sources();
  if (!all) return all.error();
  constexpr std::string_view kKinds[] = {"news", "comments", "outages", "signals"};
  json::array items;
  for (const auto& source : *all) {
    json::object one{{"id", source.id},
                     {"url", source.url},
                     {"kind", view(kKinds[static_cast<int>(source.kind)])},
                     {"added_at", model::to_iso(source.added_at)}};
    set(one, "title", source.title);
    set(one, "home", source.home);
    set(one, "language", source.language);
    items.push_back(std::move(one));
  }
  return items_answer(call, std::move(items));
}

// How what is polled is: with addresses that may hold keys, so not for outsiders.
Answered polls(Call& call) {
  auto all = call.store.polls();
  if (!all) return all.error();
  json::array items;
  for (const auto& poll : *all) items.push_back(health_json(poll, call.now));
  return items_answer(call, std::move(items));
}

}  // namespace

Result<EntryRecord> entry_record(const Call& call, const std::string& id) {
  EntryRecord out;
  auto entry = call.store.entry(id);
  if (!entry) return entry.error();
  auto edits = call.store.edits(0);
  if (!edits) return edits.error();
  bool deleted = correlate::deletions(*edits).contains(id);
  if (!*entry || (deleted && !call.is_editor())) {
    return Error{Errc::kNotFound, fmt::format("no entry “{}” is shown", id)};
  }
  out.entry = **std::move(entry);
  auto revisions = call.store.revisions(id);
  if (!revisions) return revisions.error();
  if (revisions->empty()) return Error{Errc::kCorrupt, fmt::format("{} has no revision", id)};
  out.revisions = *std::move(revisions);
  auto extraction = call.store.extraction(id, out.revisions.back().number);
  if (!extraction) return extraction.error();
  out.extraction = *std::move(extraction);
  auto story = call.store.story_of(id);
  if (!story) return story.error();
  out.story = *std::move(story);
  if (out.story.empty()) return out;
  auto incident = call.store.incident_of(out.story);
  if (!incident) return incident.error();
  out.incident = *std::move(incident);
  return out;
}

Result<model::Outage> outage_record(const Call& call, const std::string& id) {
  auto fused = call.store.fused_of(id);  // a record leads to its outage
  if (!fused) return fused.error();
  auto found = call.store.fused_outage(fused->empty() ? id : *fused);
  if (!found) return found.error();
  if (!*found) return Error{Errc::kNotFound, fmt::format("no outage “{}”", id)};
  return **std::move(found);
}

std::vector<Route> record_routes() {
  constexpr auto kOpen = model::Role::kOutsider;
  constexpr auto kKept = Keep::kUntilChange;
  return {{"GET", "/api/v1/entries", kOpen, kKept, 0, entries},
          {"GET", "/api/v1/entries/{id}", kOpen, kKept, 0, entry},
          {"GET", "/api/v1/entries/{id}/revisions", kOpen, kKept, 0, revisions},
          {"GET", "/api/v1/entries/{id}/diff", kOpen, kKept, 0, diff},
          {"GET", "/api/v1/entries/{id}/claims", kOpen, kKept, 0, entry_claims},
          {"GET", "/api/v1/entries/{id}/links", kOpen, kKept, 0, entry_links},
          {"GET", "/api/v1/links/{id}", kOpen, kKept, 0, link},
          {"GET", "/api/v1/verdicts/{id}", kOpen, kKept, 0, verdict},
          {"GET", "/api/v1/outages", kOpen, kKept, 0, outages},
          {"GET", "/api/v1/outages/{id}", kOpen, kKept, 0, outage},
          {"GET", "/api/v1/outages/{id}/records", kOpen, kKept, 0, outage_records},
          {"GET", "/api/v1/outages/{id}/links", kOpen, kKept, 0, outage_links},
          {"GET", "/api/v1/signals", kOpen, kKept, 0, signals},
          {"GET", "/api/v1/signals/{id}", kOpen, kKept, 0, signal},
          {"GET", "/api/v1/sources", kOpen, kKept, 0, sources},
          {"GET", "/api/v1/polls", model::Role::kReader, Keep::kNever, 0, polls}};
}

}  // namespace app::serve
