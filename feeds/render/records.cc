#include "feeds/render/records.h"

#include "feeds/render/ledger.h"

namespace feeds::render {

namespace json = boost::json;

void set(json::object& out, std::string_view name, const std::string& text) {
  if (!text.empty()) out[name] = text;
}

void set(json::object& out, std::string_view name, const std::optional<model::Instant>& at) {
  if (at) out[name] = model::to_iso(*at);
}

void set(json::object& out, std::string_view name, const std::optional<model::Seconds>& length) {
  if (length) out[name] = length->count();
}

json::string view(std::string_view text) { return json::string(text.data(), text.size()); }

json::object time_json(const model::Timestamp& time) {
  constexpr std::string_view kNames[] = {"second", "minute", "hour", "day", "month", "year"};
  json::object out;
  out["time"] = model::to_iso(time.at, time.precision);
  out["precision"] = view(kNames[static_cast<int>(time.precision)]);
  set(out, "zone", time.zone);
  return out;
}

json::object scope_json(const model::Scope& scope) {
  json::object out;
  set(out, "country", scope.country);
  set(out, "region", scope.region);
  if (scope.asn) out["asn"] = *scope.asn;
  set(out, "prefix", scope.prefix);
  return out;
}

json::object outage_json(const model::Outage& outage) {
  json::object out;
  out["id"] = outage.id;
  out["revision"] = outage.number;
  out["scope"] = scope_json(outage.scope);
  out["start"] = model::to_iso(outage.start);
  set(out, "end", outage.end);
  set(out, "duration_s", outage.duration());
  set(out, "start_uncertainty_s", outage.start_uncertainty);
  set(out, "end_uncertainty_s", outage.end_uncertainty);
  out["open"] = outage.open;
  if (outage.depth) out["depth"] = *outage.depth;
  set(out, "cause", outage.cause);
  if (outage.kind != model::OutageKind::kOutage) out["kind"] = to_string(outage.kind);
  if (outage.basis != model::Basis::kMeasured) out["basis"] = to_string(outage.basis);
  if (outage.start_censored) out["start_censored"] = true;
  json::array measurements;
  for (const auto& one : outage.measurements) {
    json::object measurement;
    set(measurement, "source", one.source);
    set(measurement, "value", one.value);
    set(measurement, "url", one.url);
    set(measurement, "start", one.start);
    set(measurement, "end", one.end);
    if (one.depth) measurement["depth"] = *one.depth;
    if (!one.record_id.empty()) {
      measurement["record"] = one.record_id;
      measurement["record_revision"] = one.record_number;
      measurement["scope"] = scope_json(one.scope);
      measurement["basis"] = to_string(one.basis);
    }
    measurements.push_back(std::move(measurement));
  }
  out["measurements"] = std::move(measurements);
  set(out, "document", outage.document_id);
  set(out, "place", outage.place);
  return out;
}

json::array values_json(const std::vector<std::optional<double>>& values) {
  json::array out;
  for (const auto& value : values)
    out.push_back(value ? json::value(*value) : json::value(nullptr));
  return out;
}

json::object span_json(const model::Span& span) {
  return {{"begin", span.begin}, {"end", span.end}, {"text", span.text}};
}

json::object edit_json(const model::Edit& edit) {
  json::object out;
  out["edit"] = edit.seq;
  out["kind"] = view(to_string(edit.kind));
  out["by"] = edit.who;
  out["at"] = model::to_iso(edit.at);
  out["target"] = edit.target;
  set(out, "field", edit.field);
  set(out, edit.kind == model::EditKind::kNote ? "text" : "value", edit.value);
  set(out, "reason", edit.reason);
  return out;
}

void set(json::object& out, std::string_view name, const std::vector<model::Edit>& edits) {
  if (edits.empty()) return;
  json::array list;
  for (const auto& edit : edits) list.push_back(edit_json(edit));
  out[name] = std::move(list);
}

json::object verdict_json(const model::Verdict& one) {
  json::object out;
  out["id"] = one.id;
  out["verdict"] = view(to_string(one.verdict));
  set(out, "outage", one.outage_id);
  set(out, "claimed", one.claimed);
  set(out, "measured", one.measured);
  set(out, "note", one.note);
  return out;
}

json::object claim_json(const model::Claim& claim) {
  json::object out;
  out["id"] = claim.id;
  out["kind"] = view(to_string(claim.kind));
  out["span"] = span_json(claim.span);
  out["sentence"] = span_json(claim.sentence);
  set(out, "value", claim.value);
  set(out, "mod", claim.mod);
  set(out, "zone", claim.zone);
  set(out, "speaker", claim.speaker);
  if (claim.voice != model::Voice::kOwn) out["voice"] = view(to_string(claim.voice));
  if (!claim.via.empty()) out["via"] = json::array(claim.via.begin(), claim.via.end());
  set(out, "basis", claim.basis);
  if (claim.amount) out["amount"] = *claim.amount;
  set(out, "unit", claim.unit);
  if (claim.hedged) out["hedged"] = true;
  set(out, "hedge", claim.hedge);
  if (claim.denied) out["denied"] = true;
  if (claim.ongoing) out["ongoing"] = true;
  return out;
}

json::object claim_json(const model::CheckedClaim& checked) {
  auto out = claim_json(checked.claim);
  json::array verdicts;
  for (const auto& one : checked.verdicts) verdicts.push_back(verdict_json(one));
  out["verdicts"] = std::move(verdicts);
  if (checked.confirmed) out["confirmed"] = edit_json(*checked.confirmed);
  return out;
}

json::object link_json(const model::Link& link) {
  json::object out;
  out["id"] = link.id;
  out["outage"] = link.outage_id;
  out["probability"] = link.probability;
  for (auto& [name, value] : ledger_json(link)) out[name] = std::move(value);
  return out;
}

json::object entry_json(const model::TimelineEntry& entry) {
  json::object out;
  out["id"] = entry.entry_id;
  out["revision"] = entry.revision;
  out["revisions"] = entry.revisions;
  out["title"] = entry.title;
  set(out, "text", entry.body);
  set(out, "url", entry.url);
  set(out, "byline", entry.byline);
  set(out, "feed", entry.source_title);
  set(out, "language", entry.language);
  if (entry.published) out["published"] = time_json(*entry.published);
  out["known_at"] = model::to_iso(entry.known_at);
  if (entry.gone_at) out["gone_at"] = model::to_iso(*entry.gone_at);
  if (!entry.copy_of.empty()) {
    out["copy_of"] = json::object{{"entry", entry.copy_of}, {"reason", entry.copy_reason}};
  }
  set(out, "document", entry.document_id);
  set(out, "place", entry.place);
  json::array claims;
  for (const auto& claim : entry.claims) claims.push_back(claim_json(claim));
  out["claims"] = std::move(claims);
  json::array links;
  for (const auto& link : entry.links) links.push_back(link_json(link));
  out["links"] = std::move(links);
  set(out, "notes", entry.notes);
  return out;
}

}  // namespace feeds::render
