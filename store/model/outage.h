#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/model/instant.h"
#include "store/model/scope.h"

namespace model {

// What one system measured of an outage.
struct Measurement {
  std::string source;  // "Dyn Research", "IODA bgp.median"
  std::string value;   // as stated: "4 of 4 networks withdrawn"
  std::string url;
  std::optional<Instant> start;  // where it differs from the outage's own
  std::optional<Instant> end;

  friend bool operator==(const Measurement&, const Measurement&) = default;
};

// A measured interval in which a signal of one scope was down.
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
