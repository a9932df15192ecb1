#include "ingest/visibility/told.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "ingest/visibility/groups.h"
#include "ingest/visibility/peers.h"
#include "ingest/visibility/rib.h"

namespace ingest::visibility {
namespace {

using model::RouteChange;
using model::RouteKind;

constexpr model::Micros kSecond = 1'000'000;
constexpr model::Micros kMostSamples = 1'000'000;

// A withdrawal does not always name the peer's AS, so it is no part of the peer here.
RouteChange of_address(RouteChange change) {
  change.peer_as = 0;
  return change;
}

// What peers told, and of whom it is known.
class Tellings : public View {
 public:
  explicit Tellings(std::size_t least_peers) : least_peers_(least_peers) {}

  std::size_t peer_of(const RouteChange& change) {
    auto peer = peers_.number(of_address(change));
    told_.set_peers(peers_.size());
    carries_.set_peers(peers_.size());
    return peer;
  }
  std::uint32_t network_of(const model::Prefix& prefix) {
    auto network = told_.insert(prefix);
    carries_.insert(prefix);
    return network;
  }
  void tell(std::uint32_t network, std::size_t peer, bool carries) {
    told_.set(network, peer, true);
    carries_.set(network, peer, carries);
    everyone_.assign(told_.words(), ~std::uint64_t{0});
  }
  void forget(std::size_t peer) {
    std::vector<std::uint64_t> mask(told_.words(), 0);
    mask[peer / 64] = std::uint64_t{1} << (peer % 64);
    told_.clear(mask);
    carries_.clear(mask);
  }
  // All peers of a collector; of all where it is empty.
  void forget(const std::string& collector) {
    for (std::size_t peer = 0; peer < peers_.size(); ++peer) {
      if (collector.empty() || peers_[peer].collector == collector) forget(peer);
    }
  }

  Carried carried(std::uint32_t network, bool /*v6*/) const override {
    if (everyone_.size() != told_.words()) return {};
    auto all = told_.carriers(network, everyone_);
    if (all < least_peers_) return {};
    return {carries_.carriers(network, everyone_), all};
  }
  bool is_whole() const override { return false; }
  bool sees(bool v6) const override {
    for (std::uint32_t i = 0; i < told_.size(); ++i) {
      if (told_.prefix(i).v6 == v6 && carried(i, v6).all > 0) return true;
    }
    return false;
  }
  const Rib& rib() const { return told_; }
  const std::string& collector_of(std::size_t peer) const { return peers_[peer].collector; }

 private:
  std::size_t least_peers_;
  Peers peers_;
  Rib told_;  // and what it told: the same networks under the same numbers
  Rib carries_;
  std::vector<std::uint64_t> everyone_;
};

// Since when each peer is heard without a break.
class Listening {
 public:
  explicit Listening(model::Micros first) : all_(first) {}
  model::Micros since(std::size_t peer, const std::string& collector) const {
    auto out = all_;
    if (auto found = collectors_.find(collector); found != collectors_.end()) {
      out = std::max(out, found->second);
    }
    if (auto found = peers_.find(peer); found != peers_.end()) out = std::max(out, found->second);
    return out;
  }
  void begin(std::size_t peer, model::Micros at) { peers_[peer] = at; }
  void begin(const std::string& collector, model::Micros at) {
    (collector.empty() ? all_ : collectors_[collector]) = at;
  }

 private:
  model::Micros all_;
  std::map<std::string, model::Micros> collectors_;
  std::map<std::size_t, model::Micros> peers_;
};

// From when on there was somebody who listened.
model::Micros begin_of(const std::vector<RouteChange>& changes) {
  auto heard = std::find_if(changes.begin(), changes.end(),
                            [](const auto& change) { return change.kind == RouteKind::kHeard; });
  auto first = changes.front().at;
  return heard == changes.end() || heard->since == 0 ? first : std::min(first, heard->since);
}

bool is_session(RouteKind kind) {
  return kind == RouteKind::kPeerUp || kind == RouteKind::kPeerDown;
}

// The announcements that were never heard but must have been made, as of when listening began.
std::vector<RouteChange> implied(const std::vector<RouteChange>& changes) {
  std::vector<RouteChange> out;
  Tellings known(1);
  Listening listening(begin_of(changes));
  std::set<std::pair<std::uint32_t, std::size_t>> told;
  auto forget = [&told](auto is_gone) {
    std::erase_if(told, [&](const auto& one) { return is_gone(one.second); });
  };
  for (const auto& change : changes) {
    if (change.kind == RouteKind::kHeard) continue;
    if (change.kind == RouteKind::kGap && change.peer_as == 0) {
      listening.begin(change.collector, change.at);
      forget([&](std::size_t peer) {
        return change.collector.empty() || known.collector_of(peer) == change.collector;
      });
      continue;
    }
    auto peer = known.peer_of(change);
    if (peer == Peers::kNone) continue;
    if (is_session(change.kind) || change.kind == RouteKind::kGap) {
      listening.begin(peer, change.at);
      forget([peer](std::size_t one) { return one == peer; });
      continue;
    }
    bool withdrawn = change.kind == RouteKind::kWithdraw;
    if (!withdrawn && change.kind != RouteKind::kAnnounce && change.kind != RouteKind::kRibEntry) {
      continue;
    }
    auto network = known.network_of(change.prefix);
    if (network == Rib::kNone || !told.emplace(network, peer).second || !withdrawn) continue;
    auto announced = change;
    announced.kind = RouteKind::kAnnounce;
    announced.at =
        std::max(listening.since(peer, change.collector), change.at - kImplied.count() * kSecond);
    if (announced.at < change.at) out.push_back(std::move(announced));
  }
  return out;
}

void apply(const RouteChange& change, Tellings& tellings, Groups& groups) {
  if (change.kind == RouteKind::kHeard) return;
  if (change.kind == RouteKind::kGap && change.peer_as == 0) {
    return tellings.forget(change.collector);
  }
  auto peer = tellings.peer_of(change);
  if (peer == Peers::kNone) return;
  switch (change.kind) {
    case RouteKind::kAnnounce:
    case RouteKind::kRibEntry:
    case RouteKind::kWithdraw: {
      auto network = tellings.network_of(change.prefix);
      if (network == Rib::kNone) return;
      groups.heard(network, change.prefix, change.origins.empty() ? 0 : change.origins.back());
      return tellings.tell(network, peer, change.kind != RouteKind::kWithdraw);
    }
    case RouteKind::kPeerUp:
    case RouteKind::kPeerDown:
    case RouteKind::kGap:
    case RouteKind::kTableBegin:
      return tellings.forget(peer);
    case RouteKind::kTableEnd:
    case RouteKind::kHeard:
      return;
  }
}

}  // namespace

std::vector<model::Signal> told(const std::vector<RouteChange>& changes, model::Micros from,
                                const Options& options, const Countries& countries) {
  if (changes.empty()) return {};
  auto inferred = implied(changes);
  auto by_time = [](const auto& a, const auto& b) { return a.at < b.at; };
  std::stable_sort(inferred.begin(), inferred.end(), by_time);
  auto step = std::max<model::Micros>(options.step.count(), 1) * kSecond;
  auto begin = std::max(from, begin_of(changes));
  auto first = (begin + step - 1) / step * step;
  if (changes.back().at - first > kMostSamples * step) return {};
  Tellings tellings(std::max<std::size_t>(options.least_peers, 1));
  Groups groups(options, countries);
  // What is implied comes behind what was heard at that moment: a gap ends, then it was there.
  auto next_implied = inferred.begin();
  auto next = first;
  auto sample_before = [&](model::Micros at) {
    for (; next < at; next += step) groups.sample(tellings.rib(), tellings);
  };
  auto imply_before = [&](model::Micros at) {
    for (; next_implied != inferred.end() && next_implied->at < at; ++next_implied) {
      sample_before(next_implied->at);
      apply(*next_implied, tellings, groups);
    }
  };
  for (const auto& change : changes) {
    imply_before(change.at);
    sample_before(change.at);
    apply(change, tellings, groups);
  }
  imply_before(changes.back().at + 1);
  sample_before(changes.back().at + 1);
  if (groups.samples() == 0) return {};
  return groups.signals(model::Instant{model::Seconds{first / kSecond}});
}

}  // namespace ingest::visibility
