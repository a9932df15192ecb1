#include "app/commands/why_outage.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "correlate/fuse_scope.h"
#include "correlate/link.h"
#include "correlate/reported.h"
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
using model::Status;

// Outages of the same place this long before or after are shown beside it.
constexpr Seconds kNear{14 * 86400};
constexpr std::size_t kMostNear = 10;

struct Answer {
  Outage outage;
  std::map<std::string, Outage> records;  // newest revisions, by id
  std::vector<Outage> near;               // other outages of the place, by how near in time
  std::vector<std::pair<Outage, correlate::ReportedMatch>> reports;
  std::size_t entries = 0;  // that are linked to it
};

// What its measurements rest on. Those that were found in signals are no records of a source.
Status look_up_records(store::Store& store, Answer& out) {
  bool derived = false;
  for (const auto& one : out.outage.measurements) {
    auto revisions = store.outage_revisions(one.record_id);
    if (!revisions) return revisions.error();
    for (auto& record : *revisions) {
      if (record.number == one.record_number) out.records[record.id] = std::move(record);
    }
    derived = derived || one.basis == model::Basis::kDerived;
  }
  if (!derived) return {};
  auto detections = store.detections("");
  if (!detections) return detections.error();
  for (auto& found : *detections) {
    for (const auto& one : out.outage.measurements) {
      if (one.record_id == found.id) out.records[found.id] = found;
    }
  }
  return {};
}

Status look_around(store::Store& store, Answer& out) {
  const auto& outage = out.outage;
  auto end = outage.end.value_or(outage.start);
  store::OutageFilter filter{outage.scope.country,
                             model::Interval{outage.start - kNear, end + kNear}};
  auto fused = store.fused(filter);
  if (!fused) return fused.error();
  for (auto& other : *fused) {
    bool its_place = correlate::meeting(outage.scope, other.scope) != correlate::Meeting::kApart;
    if (other.id != outage.id && its_place) out.near.push_back(std::move(other));
  }
  auto off = [&](const Outage& other) {
    return other.start > outage.start ? other.start - outage.start : outage.start - other.start;
  };
  std::stable_sort(out.near.begin(), out.near.end(),
                   [&](const auto& a, const auto& b) { return off(a) < off(b); });
  if (out.near.size() > kMostNear) out.near.resize(kMostNear);
  std::sort(out.near.begin(), out.near.end(),
            [](const auto& a, const auto& b) { return a.start < b.start; });
  if (outage.scope.country.empty()) return {};
  auto records = store.outages({outage.scope.country, std::nullopt});
  if (!records) return records.error();
  std::erase_if(*records,
                [](const auto& record) { return record.basis != model::Basis::kReported; });
  for (const auto& pair : correlate::join_reported(*records, {outage})) {
    out.reports.emplace_back((*records)[pair.report], pair.match);
  }
  return {};
}

Result<std::optional<Answer>> look_up(store::Store& store, const std::string& id) {
  auto outage = store.fused_outage(id);
  if (!outage) return outage.error();
  if (!*outage) return std::optional<Answer>();
  Answer out{**std::move(outage), {}, {}, {}};
  if (auto done = look_up_records(store, out); !done) return done.error();
  if (auto done = look_around(store, out); !done) return done.error();
  auto links = store.links_of_outage(id);
  if (!links) return links.error();
  out.entries =
      static_cast<std::size_t>(std::count_if(links->begin(), links->end(), [](const auto& link) {
        return link.probability >= correlate::kSaidFrom;
      }));
  return std::optional(std::move(out));
}

// "5 min later", "20 s earlier"; empty where both are the same.
std::string shift(Instant said, Instant ours) {
  if (said == ours) return {};
  auto by = said > ours ? said - ours : ours - said;
  return model::human_duration(by) + (said > ours ? " later" : " earlier");
}

// In what a measurement differs from the outage's own times.
std::string differences(const Measurement& one, const Answer& answer) {
  std::string out;
  auto add = [&out](std::string part) { out += (out.empty() ? "" : ", ") + part; };
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

void print_measurement(const Measurement& one, const Answer& answer) {
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

int print(const Answer& answer) {
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

json::object measurement_json(const Measurement& one, const Answer& answer) {
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

int print_json(const Answer& answer) {
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
  auto answer = look_up(store, id);
  if (!answer) return fail(answer.error());
  if (!*answer) return fail({model::Errc::kNotFound, fmt::format("no outage “{}”", id)});
  return context.json ? print_json(**answer) : print(**answer);
}

}  // namespace app
