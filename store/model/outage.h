#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/instant.h"
#include "store/model/scope.h"

namespace model {

// What was seen. Only kOutage is a loss of connection; the others are kept and shown beside it, and
// never joined with it.
enum class OutageKind : std::uint8_t {
  kOutage,
  kHijack,       // routes of others announced
  kLeak,         // routes handed on against policy (RFC 7908)
  kInterference  // services blocked or slowed while the network was up
};
std::string_view to_string(OutageKind kind);  // "outage", "hijack", "leak", "interference"
std::optional<OutageKind> outage_kind_named(std::string_view name);

// How it came to be known. The three are never mixed: only what was measured confirms a claim.
enum class Basis : std::uint8_t {
  kMeasured,  // by the system that publishes it
  kReported,  // people collected it from news and witnesses (Access Now STOP)
  kDerived    // worked out here from a measured signal
};
std::string_view to_string(Basis basis);  // "measured", "reported", "derived"
std::optional<Basis> basis_named(std::string_view name);

// What one system measured of an outage.
struct Measurement {
  std::string source;  // "Dyn Research", "IODA bgp.median"
  std::string value;   // as stated: "4 of 4 networks withdrawn"
  std::string url;
  std::optional<Instant> start;  // where it differs from the outage's own
  std::optional<Instant> end;
  // In an outage that was fused from records: the record that this rests on, and what that says of
  // place and depth. Empty in a record itself.
  std::string record_id{};
  int record_number = 0;
  Scope scope{};
  std::optional<double> depth{};
  Basis basis = Basis::kMeasured;

  friend bool operator==(const Measurement&, const Measurement&) = default;
};

// An interval in which a signal of one scope was down: a record, as one system tells it, or what
// several records of the same outage say together (correlate/fuse.h).
struct Outage {
  std::string id;
  int number = 0;  // revision of this record: 1, 2, …; given by the store
  Scope scope;
  Instant start{};
  std::optional<Instant> end;  // none: still open, or it ended at a time nobody measured
  std::optional<Seconds> start_uncertainty;  // ±; none: not stated
  std::optional<Seconds> end_uncertainty;
  bool open = false;            // true: was down when last measured
  std::optional<double> depth;  // share of the signal that was lost, 0 … 1
  std::string cause;            // as stated by the measurer
  std::vector<Measurement> measurements;
  std::string document_id;
  std::string place;  // where in the document: "line 3", "data[7]"
  Instant seen_at{};  // our clock
  OutageKind kind = OutageKind::kOutage;
  Basis basis = Basis::kMeasured;
  bool start_censored = false;  // the start is only where watching began
  std::string extra;        // a JSON object: what the source says beyond all this, as it says it
  Instant first_seen_at{};  // seen_at of revision 1; given by the store

  std::optional<Seconds> duration() const;
  friend bool operator==(const Outage&, const Outage&) = default;
};

// Equal for records that say the same; our clock and the document do not count.
std::string outage_hash(const Outage& outage);

// A measured series of one scope. No sample (nothing) is not zero.
struct Signal {
  std::string id;  // make_id("sig", …) of scope, source, kind and from
  Scope scope;
  std::string source;  // "reconstructed from Dyn's published times", "IODA bgp"
  std::string kind;    // "visible-prefixes", "bgp", "ping-slash24"
  std::string unit;
  Instant from{};
  Seconds step{300};
  std::vector<std::optional<double>> values;
  std::string document_id;
  std::string place;

  friend bool operator==(const Signal&, const Signal&) = default;
};

}  // namespace model
