#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/model/outage.h"
#include "store/model/scope.h"

// Scopes of outages as a lattice: country ⊃ region ⊃ (AS in a country) ⊃ AS ⊃ prefix.
namespace correlate {

// How two scopes stand to each other: no member of the one contradicts the other where they meet.
enum class Meeting : std::uint8_t {
  kApart,   // "PK Sindh" and "PK Punjab"
  kWithin,  // "PK" and "PK Sindh"; two prefixes of one network, which lie in it side by side
  kEqual
};
Meeting meeting(const model::Scope& a, const model::Scope& b);

// The smallest scope that holds both: a member stays where both have the same.
model::Scope widest_of(const model::Scope& a, const model::Scope& b);

// What is said of place by records that belong together: a member that one names and none
// contradicts stays ("KP" and "AS131279" are "KP AS131279"), one that they differ in goes.
class SaidScope {
 public:
  void add(const model::Scope& scope);
  model::Scope scope() const;

 private:
  model::Scope said_;
  bool regions_ = false;  // differ
  bool networks_ = false;
  bool prefixes_ = false;
  bool countries_ = false;
};

// Which records can be of one place: the country, or for a network or prefix without one the
// country that another record gives it, or else itself.
class Places {
 public:
  explicit Places(const std::vector<model::Outage>& records);
  std::string key(const model::Outage& record) const;

 private:
  std::unordered_map<std::uint32_t, std::string> country_of_;  // "": of several
  std::unordered_map<std::string, std::uint32_t> network_of_;  // of prefixes; 0: of several
};

}  // namespace correlate
