#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "store/model/claim.h"
#include "store/model/entry.h"
#include "store/model/hash.h"
#include "store/model/join.h"
#include "store/model/outage.h"

namespace model {
namespace {

// Length before content, so that no two lists of parts make the same bytes.
void add(std::string& out, std::string_view part) {
  out += std::to_string(part.size());
  out += ':';
  out += part;
}

std::string stamp(const std::optional<Timestamp>& time) {
  return time ? to_iso(time->at, time->precision) + time->zone : "";
}

template <typename Duration>
std::string count_of(const std::optional<Duration>& length) {
  return length ? std::to_string(length->count()) : "";
}

std::string iso_of(const std::optional<Instant>& at) { return at ? to_iso(*at) : ""; }

}  // namespace

std::string Revision::text() const { return body.empty() ? title : title + "\n\n" + body; }

std::string revision_hash(const Revision& r) {
  std::string parts;
  for (std::string_view part :
       {std::string_view(r.title), std::string_view(r.body), std::string_view(r.html),
        std::string_view(r.url), std::string_view(r.publisher), std::string_view(r.in_reply_to)}) {
    add(parts, part);
  }
  for (const auto& author : r.authors) add(parts, author);
  add(parts, "|");
  for (const auto& tag : r.tags) add(parts, tag);
  add(parts, stamp(r.published));
  return sha256_hex(parts);
}

Instant known_at(const Revision& r) {
  const auto& stated = r.number > 1 && r.updated ? r.updated
                       : r.published             ? r.published
                                                 : r.updated;
  // A change that states no time of its own was not out before we saw it.
  bool silent = r.number > 1 && !r.updated;
  if (!stated || silent) return r.seen_at;
  return std::min(r.seen_at, stated->interval().to - Seconds{1});
}

Timestamp anchor_of(const Revision& r) {
  if (r.published) return *r.published;
  if (r.updated) return *r.updated;
  return {r.seen_at, Precision::kSecond, "Z"};
}

std::optional<Seconds> Outage::duration() const {
  if (!end) return std::nullopt;
  return *end - start;
}

std::string outage_hash(const Outage& o) {
  std::string parts;
  add(parts, to_string(o.scope));
  add(parts, to_iso(o.start));
  add(parts, iso_of(o.end));
  add(parts, count_of(o.start_uncertainty));
  add(parts, count_of(o.end_uncertainty));
  add(parts, o.open ? "open" : "");
  add(parts, o.depth ? fmt::format("{:.6f}", *o.depth) : "");
  add(parts, o.cause);
  for (const auto& m : o.measurements) {
    for (const auto& part : {m.source, m.value, m.url, iso_of(m.start), iso_of(m.end)}) {
      add(parts, part);
    }
    if (!m.record_id.empty()) {
      add(parts, m.record_id + "#" + std::to_string(m.record_number));
    }
  }
  // What an ordinary record says nothing of adds nothing: its hash stays what it was.
  if (o.kind != OutageKind::kOutage) add(parts, to_string(o.kind));
  if (o.basis != Basis::kMeasured) add(parts, to_string(o.basis));
  if (o.start_censored) add(parts, "censored");
  if (!o.extra.empty()) add(parts, o.extra);
  return sha256_hex(parts);
}

namespace {

constexpr std::array kOutageKinds = {
    std::pair{OutageKind::kOutage, std::string_view("outage")},
    std::pair{OutageKind::kHijack, std::string_view("hijack")},
    std::pair{OutageKind::kLeak, std::string_view("leak")},
    std::pair{OutageKind::kInterference, std::string_view("interference")}};
constexpr std::array kBases = {std::pair{Basis::kMeasured, std::string_view("measured")},
                               std::pair{Basis::kReported, std::string_view("reported")},
                               std::pair{Basis::kDerived, std::string_view("derived")}};

template <typename Table, typename Value>
std::string_view name_in(const Table& table, Value value) {
  for (const auto& [known, name] : table) {
    if (known == value) return name;
  }
  return table.front().second;
}

template <typename Value, std::size_t kSize>
std::optional<Value> named_in(const std::array<std::pair<Value, std::string_view>, kSize>& table,
                              std::string_view name) {
  for (const auto& [value, known] : table) {
    if (known == name) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(OutageKind kind) { return name_in(kOutageKinds, kind); }
std::optional<OutageKind> outage_kind_named(std::string_view name) {
  return named_in(kOutageKinds, name);
}
std::string_view to_string(Basis basis) { return name_in(kBases, basis); }
std::optional<Basis> basis_named(std::string_view name) { return named_in(kBases, name); }

std::string_view to_string(LinkRelation relation) {
  return relation == LinkRelation::kReports ? "reports" : "compatible";
}

std::string_view to_string(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::kAgrees:
      return "agrees";
    case VerdictKind::kRounds:
      return "rounds";
    case VerdictKind::kDisagrees:
      return "disagrees";
    case VerdictKind::kUndecided:
      return "undecided";
    case VerdictKind::kNotMeasured:
      return "not measured";
    case VerdictKind::kNotMeasurable:
      return "not measurable";
  }
  return "undecided";
}

}  // namespace model
