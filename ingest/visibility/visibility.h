#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/outage.h"
#include "store/model/result.h"
#include "store/model/route.h"

// From changes of routes to what share of the world sees a network, an AS, a country. README.md
// tells the rules, where they come from and what they cost.
namespace ingest::visibility {

// What is measured. At least one of the scopes must be asked for.
struct Options {
  std::vector<model::Prefix> prefixes;  // each with all networks inside it
  std::vector<std::uint32_t> ases;
  std::vector<std::string> countries;  // ISO 3166-1 alpha-2
  bool every_country = false;
  bool every_as = false;

  // Samples are taken at its multiples. A change is placed no more exactly than this.
  model::Seconds step{300};
  // A collector that is silent for longer was not heard: real ones hear something each second. 0:
  // however long.
  model::Seconds longest_silence{1800};
  // Fewer full tables than this are no consensus: no sample.
  std::size_t least_peers = 2;
  std::string source = "BGP";
};

// Where an AS and an address were given out; empty where nothing says it.
struct Countries {
  std::function<std::string_view(std::uint32_t as)> of_as;
  std::function<std::string_view(const model::Prefix& prefix)> of_prefix;
};

// What was left out, and why.
struct Counts {
  std::uint64_t changes = 0;
  std::uint64_t late = 0;     // older than a sample that was taken: applied when they came
  std::uint64_t strange = 0;  // of a time days ahead of all others: left out
  std::uint64_t dropped = 0;  // of more peers or networks than are kept
  std::uint64_t sessions_lost = 0;
  std::uint64_t gaps = 0;
};

class Visibility {
 public:
  Visibility(Options options, Countries countries);
  ~Visibility();

  // In the order of their time; those of several collectors may be mixed.
  void add(const model::RouteChange& change);
  // Ends the last step and gives the signals, by scope; nothing can be added behind it. Kinds:
  // "bgp-peer-share" (unit "share of peers"): of the full-feed peers, how many carry a route, the
  // mean over the scope's networks. "bgp-visible-slash24s" (unit "/24s"; of an AS or a country):
  // how many IPv4 /24s lie in networks to which more than half of these peers carry a route.
  std::vector<model::Signal> finish();

  Counts counts() const;
  std::size_t networks() const;
  std::size_t peers() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace ingest::visibility
