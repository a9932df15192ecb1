#include <boost/json.hpp>

#include "feeds/render/ledger.h"
#include "feeds/render/render.h"
#include "feeds/render/series.h"
#include "feeds/render/shared.h"

namespace feeds::render {
namespace {

namespace json = boost::json;

// More points than any chart has columns.
constexpr std::size_t kMostPoints = 2000;

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

json::object time_of(const model::Timestamp& time) {
  constexpr std::string_view kNames[] = {"second", "minute", "hour", "day", "month", "year"};
  json::object out;
  out["time"] = model::to_iso(time.at, time.precision);
  out["precision"] = view(kNames[static_cast<int>(time.precision)]);
  set(out, "zone", time.zone);
  return out;
}

json::object scope_of(const model::Scope& scope) {
  json::object out;
  set(out, "country", scope.country);
  set(out, "region", scope.region);
  if (scope.asn) out["asn"] = *scope.asn;
  set(out, "prefix", scope.prefix);
  return out;
}

json::object outage_of(const model::Outage& outage) {
  json::object out;
  out["id"] = outage.id;
  out["revision"] = outage.number;
  out["scope"] = scope_of(outage.scope);
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
      measurement["scope"] = scope_of(one.scope);
      measurement["basis"] = to_string(one.basis);
    }
    measurements.push_back(std::move(measurement));
  }
  out["measurements"] = std::move(measurements);
  set(out, "document", outage.document_id);
  set(out, "place", outage.place);
  return out;
}

json::array values_of(const std::vector<std::optional<double>>& values) {
  json::array out;
  for (const auto& value : values)
    out.push_back(value ? json::value(*value) : json::value(nullptr));
  return out;
}

// All samples where a chart could show them; of a longer series the least and the most of each
// bucket, about the incident's outages.
json::object signal_of(const model::Signal& signal, const model::TimelineIncident& incident) {
  json::object out;
  out["id"] = signal.id;
  out["scope"] = scope_of(signal.scope);
  set(out, "source", signal.source);
  set(out, "kind", signal.kind);
  set(out, "unit", signal.unit);
  bool is_short = signal.values.size() <= kMostPoints;
  auto reduced = reduce(signal, window_of(signal, incident.outages), kMostPoints);
  out["from"] = model::to_iso(is_short ? signal.from : reduced.from);
  out["step_s"] = (is_short ? signal.step : reduced.step).count();
  if (is_short) {
    out["values"] = values_of(signal.values);
  } else {
    out["min"] = values_of(reduced.least);
    out["max"] = values_of(reduced.most);
  }
  return out;
}

json::object span_of(const model::Span& span) {
  return {{"begin", span.begin}, {"end", span.end}, {"text", span.text}};
}

json::object edit_of(const model::Edit& edit) {
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
  for (const auto& edit : edits) list.push_back(edit_of(edit));
  out[name] = std::move(list);
}

json::object claim_of(const model::CheckedClaim& checked) {
  const auto& claim = checked.claim;
  json::object out;
  out["id"] = claim.id;
  out["kind"] = view(to_string(claim.kind));
  out["span"] = span_of(claim.span);
  out["sentence"] = span_of(claim.sentence);
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
  json::array verdicts;
  for (const auto& one : checked.verdicts) {
    json::object verdict;
    verdict["id"] = one.id;
    verdict["verdict"] = view(to_string(one.verdict));
    set(verdict, "outage", one.outage_id);
    set(verdict, "claimed", one.claimed);
    set(verdict, "measured", one.measured);
    set(verdict, "note", one.note);
    verdicts.push_back(std::move(verdict));
  }
  out["verdicts"] = std::move(verdicts);
  if (checked.confirmed) out["confirmed"] = edit_of(*checked.confirmed);
  return out;
}

json::object link_of(const model::Link& link) {
  json::object out;
  out["id"] = link.id;
  out["outage"] = link.outage_id;
  out["probability"] = link.probability;
  for (auto& [name, value] : ledger_json(link)) out[name] = std::move(value);
  return out;
}

json::object entry_of(const model::TimelineEntry& entry) {
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
  if (entry.published) out["published"] = time_of(*entry.published);
  out["known_at"] = model::to_iso(entry.known_at);
  if (entry.gone_at) out["gone_at"] = model::to_iso(*entry.gone_at);
  if (!entry.copy_of.empty()) {
    out["copy_of"] = json::object{{"entry", entry.copy_of}, {"reason", entry.copy_reason}};
  }
  set(out, "document", entry.document_id);
  set(out, "place", entry.place);
  json::array claims;
  for (const auto& claim : entry.claims) claims.push_back(claim_of(claim));
  out["claims"] = std::move(claims);
  json::array links;
  for (const auto& link : entry.links) links.push_back(link_of(link));
  out["links"] = std::move(links);
  set(out, "notes", entry.notes);
  return out;
}

json::object conflict_of(const model::Conflict& conflict) {
  json::array values;
  for (const auto& value : conflict.values) {
    values.push_back(
        json::object{{"claimed", value.claimed},
                     {"verdict", view(to_string(value.verdict))},
                     {"entries", json::array(value.entry_ids.begin(), value.entry_ids.end())}});
  }
  return {{"claim", view(to_string(conflict.kind))},
          {"outage", conflict.outage_id},
          {"measured", conflict.measured},
          {"values", std::move(values)}};
}

json::object line_of(const model::TimelineLine& line) {
  json::object out;
  out["when"] = time_of(line.when);
  bool unseen = line.kind == model::TimelineLine::Kind::kUnseen;
  out["basis"] = unseen ? "not-measured" : line.inferred ? "inferred" : "measured";
  if (!unseen) out["happening"] = view(to_string(line.happening));
  set(out, "until", line.until);
  set(out, "signal", line.signal_id);
  if (line.salience > 0) out["salience"] = line.salience;
  set(out, "story", line.story_id);
  set(out, "title", line.title);
  set(out, "outage", line.outage_id);
  set(out, "corrections", line.corrections);
  set(out, "notes", line.notes);
  if (line.kind == model::TimelineLine::Kind::kStory) {
    json::array entries;
    for (const auto& entry : line.entries) entries.push_back(entry_of(entry));
    out["entries"] = std::move(entries);
  }
  return out;
}

// Indented by two blanks a level. Our own values are at most a dozen levels deep.
void print(std::string& out, const json::value& value, const std::string& indent) {
  auto list = [&](const auto& items, char open, char close, auto each) {
    out += open;
    bool first = true;
    for (const auto& item : items) {
      out += first ? "\n" : ",\n";
      out += indent + "  ";
      each(item);
      first = false;
    }
    if (!first) out += "\n" + indent;
    out += close;
  };
  bool plain = value.is_array() && !value.get_array().empty() && !value.get_array()[0].is_object();
  if (value.is_object()) {
    list(value.get_object(), '{', '}', [&](const auto& member) {
      out += json::serialize(json::string(member.key())) + ": ";
      print(out, member.value(), indent + "  ");
    });
  } else if (value.is_array() && !plain) {
    list(value.get_array(), '[', ']', [&](const auto& item) { print(out, item, indent + "  "); });
  } else {
    out += json::serialize(value);
  }
}

json::object incident_of(const model::TimelineIncident& incident) {
  json::object out;
  out["id"] = incident.id;
  out["title"] = incident.title;
  set(out, "corrections", incident.corrections);
  set(out, "notes", incident.notes);
  json::array summary;
  for (const auto& line : incident.summary) {
    summary.push_back(json::object{{"text", line.text}, {"entry", line.entry_id}});
  }
  out["summary"] = std::move(summary);
  json::array strands;
  for (const auto& strand : incident.strands) {
    strands.push_back(
        json::object{{"kind", strand.kind},
                     {"title", strand.title},
                     {"stories", json::array(strand.story_ids.begin(), strand.story_ids.end())},
                     {"outages", json::array(strand.outage_ids.begin(), strand.outage_ids.end())}});
  }
  out["strands"] = std::move(strands);
  if (!incident.conflicts.empty()) {
    json::array conflicts;
    for (const auto& conflict : incident.conflicts) conflicts.push_back(conflict_of(conflict));
    out["conflicts"] = std::move(conflicts);
  }
  json::array outages;
  for (const auto& outage : incident.outages) outages.push_back(outage_of(outage));
  out["outages"] = std::move(outages);
  json::array signals;
  for (const auto& signal : incident.signals) signals.push_back(signal_of(signal, incident));
  out["signals"] = std::move(signals);
  json::array lines;
  for (const auto& line : incident.lines) lines.push_back(line_of(line));
  out["lines"] = std::move(lines);
  return out;
}

}  // namespace

std::string to_json(const model::Timeline& timeline) {
  json::object root;
  root["query"] = timeline.query;
  root["zone"] = timeline.zone;
  set(root, "from", timeline.from);
  set(root, "to", timeline.to);
  set(root, "as_of", timeline.as_of);
  json::array incidents;
  for (const auto& incident : timeline.incidents) incidents.push_back(incident_of(incident));
  root["incidents"] = std::move(incidents);
  std::string out;
  print(out, root, "");
  return out + "\n";
}

}  // namespace feeds::render
