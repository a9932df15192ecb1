#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/model/outage.h"

namespace correlate::evidence {

// Whose outage it is.
enum class Own : std::uint8_t {
  kCountry,    // a country's or region's
  kOperators,  // … of which the measurers name operators
  kOperator,   // measured by the operator that was down, no network given
  kNetwork     // of one AS
};

// An outage as the linker sees it, worked out once.
struct Facts {
  const model::Outage* outage = nullptr;
  Own own = Own::kCountry;
  // Folded words of the operators and cables that its measurers name ("operator Star Joint
  // Venture"), without those that many operators share ("telecom").
  std::vector<std::string> operators;
  std::string cause;    // "government", "cable", … as claims name causes; empty: unknown
  model::Instant over;  // its end, or until when one without an end is taken to have lasted
};

Facts facts_of(const model::Outage& outage);

// What is known of all outages of one country.
struct Country {
  std::vector<double> lengths;     // seconds, ascending, of those that ended
  std::vector<std::string> zones;  // of its clocks; none where they are too many to mean anything

  // Share of them that lasted from `least` to `most` seconds, drawn towards what would be if
  // lengths were spread evenly over orders of magnitude from a minute to a year (worth four).
  double share(double least, double most) const;
};

}  // namespace correlate::evidence
