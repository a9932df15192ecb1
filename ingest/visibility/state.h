#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "ingest/visibility/groups.h"
#include "ingest/visibility/peers.h"
#include "ingest/visibility/rib.h"
#include "ingest/visibility/visibility.h"

namespace ingest::visibility {

// The full-feed peers at one moment, as those of whom a network's carriers are counted.
struct FullFeeds : View {
  explicit FullFeeds(const Rib& rib) : rib_(rib) {}
  Carried carried(std::uint32_t network, bool v6) const override {
    auto all = v6 ? v6_count : v4_count;
    return all == 0 ? Carried{} : Carried{rib_.carriers(network, v6 ? v6_mask : v4_mask), all};
  }
  bool is_whole() const override { return true; }
  bool sees(bool v6) const override { return (v6 ? v6_count : v4_count) > 0; }

  std::vector<std::uint64_t> v4_mask;
  std::vector<std::uint64_t> v6_mask;
  std::size_t v4_count = 0;
  std::size_t v6_count = 0;

 private:
  const Rib& rib_;
};

// The clock, the tables and what one change does to them.
class Visibility::State {
 public:
  State(Options options, Countries countries);
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void add(const model::RouteChange& change);
  std::vector<model::Signal> finish();

  Counts counts_;
  Rib rib_;
  Peers peers_;

 private:
  bool believe(model::Micros at);  // false: of a time that cannot be
  void advance(model::Micros at);  // samples up to `at`, which is not one of them
  void sample();
  void apply(const model::RouteChange& change, std::size_t peer);
  void table_begin(std::size_t peer);
  void table_entry(const model::RouteChange& change, std::size_t peer);
  void end_table();
  void route(const model::RouteChange& change, std::size_t peer, bool carries);
  // Of several routes of a peer to a network (RFC 7911): whether one is left.
  bool path_left(const model::RouteChange& change, std::uint32_t network, std::size_t peer,
                 bool carries);
  void lose(std::size_t peer, Standing standing);
  void forget(const std::vector<std::uint64_t>& peers);  // all their routes
  void not_heard(const std::string& collector, bool all);

  Options options_;
  Countries countries_;
  Groups groups_;
  bool started_ = false;
  model::Micros now_ = 0;
  model::Micros next_ = 0;  // the next sample
  model::Micros first_ = 0;
  model::Micros strange_ = 0;  // a time far ahead that one change had; 0: none
  bool loading_ = false;       // a table is read: no time passes
  bool cleared_ = true;
  std::vector<std::uint64_t> in_table_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> paths_;  // never walked
  FullFeeds full_feeds_{rib_};
};

}  // namespace ingest::visibility
