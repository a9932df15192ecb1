#include "app/commands/why_outage.h"

#include <optional>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands/outage_answer.h"
#include "feeds/render/shared.h"
#include "store/model/text.h"

namespace app {
namespace {

namespace json = boost::json;
using feeds::render::interval_of;
using feeds::render::printable;
using model::Instant;
using model::Measurement;
using model::Outage;
using model::Result;
using model::Seconds;

// "5 min later", "20 s earlier"; empty where both are the same.
std::string shift(Instant said, Instant ours) {
  if (said == ours) return {};
  auto by = said > ours ? said - ours : ours - said;
  return model::human_duration(by) + (said > ours ? " later" : " earlier");
}

// In what a measurement differs from the outage's own times.
std::string differences(const Measurement& one, const OutageAnswer& answer) {
  std::string out;
  auto add = [&out](const std::string& part) { out += (out.empty() ? "" : ", ") + part; };
  const auto& outage = answer.outage;
  if (one.start) add("starts " + shift(*one.start, outage.start));
  if (one.end && outage.end) add("ends " + shift(*one.end, *outage.end));
  if (one.end && !outage.end) add("ends " + model::to_iso(*one.end));
  auto record = answer.records.find(one.record_id);
  if (record != answer.records.end() && outage.end && !record->second.end) {
    add(record->second.open ? "still open" : "no end");
  }
  if (one.depth && outage.depth && *one.depth != *outage.depth) {
    add(fmt::format("depth {:.2g}", *one.depth));
  }
  return out;
}

std::string exactness(const Outage& outage) {
  auto side = [](const std::optional<Seconds>& u, std::string_view which) {
    return u ? fmt::format("{} ± {}", which, model::human_duration(*u))
             : fmt::format("{} as exact as stated", which);
  };
  std::string out = side(outage.start_uncertainty, "start");
  if (outage.end) out += ", " + side(outage.end_uncertainty, "end");
  if (outage.start_censored) out += "; it was down already when watching began";
  return out;
}

void print_measurement(const Measurement& one, const OutageAnswer& answer) {
  auto found = answer.records.find(one.record_id);
  fmt::print("  {:<9} {}: {}\n", to_string(one.basis), printable(one.source),
             one.value.empty() ? "the times" : printable(one.value));
  bool record = one.record_number > 0;  // else found in a signal
  fmt::print("            {} {}{}, {}", record ? "record" : "detection", one.record_id,
             record ? fmt::format(" revision {}", one.record_number) : "",
             printable(to_string(one.scope)));
  if (found != answer.records.end() && !found->second.document_id.empty()) {
    fmt::print("; {} of document {:.12}", printable(found->second.place),
               found->second.document_id);
  }
  fmt::print("\n");
  if (!one.url.empty()) fmt::print("            {}\n", printable(one.url));
  auto how = differences(one, answer);
  fmt::print("            {}\n", how.empty() ? "agrees" : how);
}

void print_hints(const correlate::CauseHints& hints) {
  if (hints.reasons.empty()) return;
  fmt::print("\nhints at its cause, inferred\n");
  for (const auto& reason : hints.reasons) {
    fmt::print("  {:>+5.1f}  {}: {}\n", reason.bits, reason.feature, printable(reason.text));
  }
  fmt::print("  ordered with probability {:.2f}. {}\n", hints.ordered, hints.caveat);
}

int print(const OutageAnswer& answer) {
  const auto& outage = answer.outage;
  fmt::print("outage    {}, {}\n", outage.id, to_string(outage.basis));
  fmt::print("          {}\n          {}\n          {}\n", printable(to_string(outage.scope)),
             interval_of(outage, "UTC"), exactness(outage));
  if (outage.depth) fmt::print("          depth {:.2g} of 1\n", *outage.depth);
  if (!outage.cause.empty()) {
    fmt::print("          cause as its measurers state it: {}\n", printable(outage.cause));
  }
  fmt::print("\nrests on\n");
  for (const auto& one : outage.measurements) print_measurement(one, answer);
  if (!answer.near.empty()) fmt::print("\nothers of the place, kept apart\n");
  for (const auto& other : answer.near) {
    fmt::print("  {}  {}  {}\n", interval_of(other, "UTC"), printable(to_string(other.scope)),
               other.id);
  }
  if (!answer.reports.empty()) fmt::print("\nreported by people, not measured\n");
  for (const auto& [report, match] : answer.reports) {
    fmt::print("  {}  {}, {}\n", interval_of(report, "UTC"), to_string(match), report.id);
    for (const auto& one : report.measurements) {
      fmt::print("            {}: {}\n", printable(one.source), printable(one.value));
    }
  }
  print_hints(answer.hints);
  fmt::print("\n{} entr{} speak{} of it\n", answer.entries, answer.entries == 1 ? "y" : "ies",
             answer.entries == 1 ? "s" : "");
  return kDone;
}

json::object interval_json(const Outage& outage) {
  json::object out{{"id", outage.id},
                   {"scope", to_string(outage.scope)},
                   {"start", model::to_iso(outage.start)}};
  out["end"] = outage.end ? json::value(model::to_iso(*outage.end)) : json::value();
  out["open"] = outage.open;
  return out;
}

json::object measurement_json(const Measurement& one, const OutageAnswer& answer) {
  json::object out{{"source", one.source},
                   {"value", one.value},
                   {"url", one.url},
                   {"basis", to_string(one.basis)},
                   {"record", one.record_id},
                   {"revision", one.record_number},
                   {"scope", to_string(one.scope)},
                   {"differs", differences(one, answer)}};
  if (one.depth) out["depth"] = *one.depth;
  auto found = answer.records.find(one.record_id);
  if (found == answer.records.end()) return out;
  const auto& record = found->second;
  out["start"] = model::to_iso(one.start.value_or(record.start));
  auto end = one.end ? one.end : record.end;
  out["end"] = end ? json::value(model::to_iso(*end)) : json::value();
  out["document"] = record.document_id;
  out["place"] = record.place;
  return out;
}

int print_json(const OutageAnswer& answer) {
  const auto& outage = answer.outage;
  auto out = interval_json(outage);
  out["basis"] = to_string(outage.basis);
  auto set = [&out](const char* name, const std::optional<Seconds>& length) {
    out[name] = length ? json::value(length->count()) : json::value();
  };
  set("start_uncertainty_s", outage.start_uncertainty);
  set("end_uncertainty_s", outage.end_uncertainty);
  if (outage.depth) out["depth"] = *outage.depth;
  if (!outage.cause.empty()) out["cause"] = outage.cause;
  json::array measurements, near, reports;
  for (const auto& one : outage.measurements) measurements.push_back(measurement_json(one, answer));
  for (const auto& other : answer.near) near.push_back(interval_json(other));
  for (const auto& [report, match] : answer.reports) {
    auto one = interval_json(report);
    one["match"] = to_string(match);
    reports.push_back(std::move(one));
  }
  out["measurements"] = std::move(measurements);
  out["near"] = std::move(near);
  out["reported"] = std::move(reports);
  json::array reasons;
  for (const auto& reason : answer.hints.reasons) {
    reasons.push_back(
        json::object{{"feature", reason.feature}, {"bits", reason.bits}, {"text", reason.text}});
  }
  out["hints"] = json::object{{"ordered", answer.hints.ordered},
                              {"reasons", std::move(reasons)},
                              {"caveat", answer.hints.caveat}};
  out["entries"] = answer.entries;
  fmt::print("{}\n", json::serialize(out));
  return kDone;
}

}  // namespace

Result<std::string> outage_named(store::Store& store, const std::string& id) {
  auto fused = store.fused_outage(id);
  if (!fused) return fused.error();
  if (*fused) return id;
  return store.fused_of(id);
}

int why_outage(store::Store& store, const std::string& id, const Context& context) {
  auto answer = look_up_outage(store, id);
  if (!answer) return fail(answer.error());
  if (!*answer) return fail({model::Errc::kNotFound, fmt::format("no outage “{}”", id)});
  return context.json ? print_json(**answer) : print(**answer);
}

}  // namespace app
