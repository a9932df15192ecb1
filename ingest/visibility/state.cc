#include "ingest/visibility/state.h"

#include <algorithm>
#include <utility>

namespace ingest::visibility {
namespace {

using model::RouteKind;

constexpr model::Micros kSecond = 1'000'000;
constexpr model::Micros kDay = 86'400 * kSecond;

// More than a day of every AS; a clock that jumps shall not fill the memory with what nobody saw.
constexpr std::uint64_t kMostValues = 60'000'000;
constexpr std::uint64_t kMostSamples = 1'000'000;

model::Micros micros(model::Seconds seconds) { return seconds.count() * kSecond; }

std::vector<std::uint64_t> only(std::size_t peer, std::size_t words) {
  std::vector<std::uint64_t> mask(words, 0);
  mask[peer / 64] = std::uint64_t{1} << (peer % 64);
  return mask;
}

}  // namespace

Visibility::State::State(Options options, Countries countries)
    : options_(std::move(options)),
      countries_(std::move(countries)),
      groups_(options_, countries_) {
  options_.step = std::max(options_.step, model::Seconds{1});
}

// A damaged header can give any time. What is more than a day ahead is believed when a second
// change says the same, and what would take more memory than there is for it never.
bool Visibility::State::believe(model::Micros at) {
  if (started_ && at > next_) {
    auto ahead = static_cast<std::uint64_t>((at - next_) / micros(options_.step));
    auto samples = groups_.samples() + ahead;
    if (samples > kMostSamples || samples * groups_.count() > kMostValues) return false;
  }
  if (!started_ || at - now_ <= kDay) {
    strange_ = 0;
    return true;
  }
  auto apart = at > strange_ ? at - strange_ : strange_ - at;
  bool again = strange_ != 0 && apart > 0 && apart <= kDay;  // one message has one time
  strange_ = again ? 0 : at;
  return again;
}

void Visibility::State::add(const model::RouteChange& change) {
  ++counts_.changes;
  if (!believe(change.at)) {
    ++counts_.strange;
    return;
  }
  if (change.kind == RouteKind::kHeard) return advance(change.at);
  auto peer = peers_.number(change);
  if (peer == Peers::kNone) {
    ++counts_.dropped;
    return;
  }
  rib_.set_peers(peers_.size());
  bool of_table = change.kind == RouteKind::kTableBegin || change.kind == RouteKind::kRibEntry;
  if (loading_ && !of_table) end_table();
  if (!loading_) {
    auto silence = micros(options_.longest_silence);
    bool silent = started_ && silence > 0 && change.at - now_ > silence;
    if (silent || change.kind == RouteKind::kGap) ++counts_.gaps;
    if (silent) {
      advance(now_ + 1);  // what was seen up to then, was seen
      not_heard({}, true);
    }
    advance(change.at);
  }
  apply(change, peer);
}

void Visibility::State::advance(model::Micros at) {
  auto step = micros(options_.step);
  if (!started_) {
    started_ = true;
    now_ = at;
    next_ = (at + step - 1) / step * step;
    first_ = next_;
  }
  if (at < now_) {
    ++counts_.late;
    return;
  }
  for (; next_ < at; next_ += step) {
    now_ = next_;
    sample();
  }
  now_ = at;
}

void Visibility::State::sample() {
  peers_.settle(now_);
  auto& full = full_feeds_;
  full.v4_count = peers_.full_feeds(false, rib_.words(), full.v4_mask);
  full.v6_count = peers_.full_feeds(true, rib_.words(), full.v6_mask);
  if (full.v4_count < options_.least_peers) full.v4_count = 0;
  if (full.v6_count < options_.least_peers) full.v6_count = 0;
  if (full.v4_count == 0 && full.v6_count == 0) {
    groups_.blind();
  } else {
    groups_.sample(rib_, full);
  }
}

void Visibility::State::apply(const model::RouteChange& change, std::size_t peer) {
  auto& state = peers_[peer];
  switch (change.kind) {
    case RouteKind::kAnnounce:
      return route(change, peer, true);
    case RouteKind::kWithdraw:
      return route(change, peer, false);
    case RouteKind::kTableBegin:
      return table_begin(peer);
    case RouteKind::kRibEntry:
      return table_entry(change, peer);
    case RouteKind::kPeerUp:
      // OPEN, then the state: one session. Nothing has come of it in between.
      if (state.standing == Standing::kTransferring && state.networks() == 0) return;
      lose(peer, Standing::kTransferring);
      state.grew_at = now_;
      return;
    case RouteKind::kPeerDown:
      if (state.standing != Standing::kUnknown) ++counts_.sessions_lost;
      return lose(peer, Standing::kUnknown);
    case RouteKind::kTableEnd:
      state.ended = true;
      return;
    case RouteKind::kGap:
      if (change.peer_as != 0) {
        state.standing = Standing::kUnknown;
      } else {
        not_heard(change.collector, change.collector.empty());
      }
      return;
    case RouteKind::kHeard:
      return;  // add() let the time pass
  }
}

void Visibility::State::table_begin(std::size_t peer) {
  if (!loading_) {
    in_table_.clear();
    cleared_ = false;
  }
  loading_ = true;
  in_table_.resize(std::max(in_table_.size(), peer / 64 + 1), 0);
  in_table_[peer / 64] |= std::uint64_t{1} << (peer % 64);
  auto& state = peers_[peer];
  state.standing = Standing::kUnknown;
  state.before = std::max(state.before, state.networks());
  // A peer that begins behind the first entries (TABLE_DUMP) is new, or has routes to be replaced.
  if (cleared_ && state.networks() > 0) {
    forget(only(peer, rib_.words()));
  }
  state.v4 = state.v6 = 0;
}

void Visibility::State::table_entry(const model::RouteChange& change, std::size_t peer) {
  if (!cleared_) {  // one pass over the table for all its peers
    in_table_.resize(rib_.words(), 0);
    forget(in_table_);
    cleared_ = true;
  }
  peers_[peer].standing = Standing::kKnown;
  route(change, peer, true);
}

void Visibility::State::end_table() {
  loading_ = false;
  if (cleared_) return;  // else it held no entry at all, and its peers are down
  in_table_.resize(rib_.words(), 0);
  forget(in_table_);
  cleared_ = true;
}

bool Visibility::State::path_left(const model::RouteChange& change, std::uint32_t network,
                                  std::size_t peer, bool carries) {
  auto key = std::uint64_t{network} * Peers::kMostPeers + peer;
  auto& paths = paths_[key];
  auto at = std::find(paths.begin(), paths.end(), *change.path_id);
  if (carries && at == paths.end()) paths.push_back(*change.path_id);
  if (!carries && at != paths.end()) paths.erase(at);
  bool left = !paths.empty();
  if (!left) paths_.erase(key);
  return left;
}

void Visibility::State::route(const model::RouteChange& change, std::size_t peer, bool carries) {
  auto network = carries ? rib_.insert(change.prefix) : rib_.find(change.prefix);
  if (network == Rib::kNone) {
    if (carries) ++counts_.dropped;
    return;
  }
  if (carries) {
    groups_.heard(network, change.prefix, change.origins.empty() ? 0 : change.origins.back());
  }
  if (change.path_id) carries = path_left(change, network, peer, carries);
  if (!rib_.set(network, peer, carries)) return;
  auto& count = change.prefix.v6 ? peers_[peer].v6 : peers_[peer].v4;
  count = carries ? count + 1 : count - 1;
}

void Visibility::State::lose(std::size_t peer, Standing standing) {
  auto& state = peers_[peer];
  if (state.standing == Standing::kKnown) state.before = state.networks();
  state.standing = standing;
  state.ended = false;
  state.grown_to = 0;
  if (state.networks() == 0) return;
  forget(only(peer, rib_.words()));
  state.v4 = state.v6 = 0;
}

void Visibility::State::forget(const std::vector<std::uint64_t>& peers) {
  rib_.clear(peers);
  std::erase_if(paths_, [&peers](const auto& entry) {
    auto peer = entry.first % Peers::kMostPeers;
    return peer / 64 < peers.size() && (peers[peer / 64] >> (peer % 64) & 1U) != 0;
  });
}

void Visibility::State::not_heard(const std::string& collector, bool all) {
  for (std::size_t i = 0; i < peers_.size(); ++i) {
    auto& peer = peers_[i];
    if (all || peer.collector == collector) peer.standing = Standing::kUnknown;
  }
}

std::vector<model::Signal> Visibility::State::finish() {
  if (loading_) end_table();
  if (!started_) return {};
  advance(now_ + 1);  // a change at the very moment of a sample belongs to it
  model::Instant from{model::Seconds{first_ / kSecond}};
  return groups_.samples() > 0 ? groups_.signals(from) : std::vector<model::Signal>();
}

Visibility::Visibility(Options options, Countries countries)
    : state_(std::make_unique<State>(std::move(options), std::move(countries))) {}
Visibility::~Visibility() = default;

void Visibility::add(const model::RouteChange& change) { state_->add(change); }
std::vector<model::Signal> Visibility::finish() { return state_->finish(); }
Counts Visibility::counts() const { return state_->counts_; }
std::size_t Visibility::networks() const { return state_->rib_.size(); }
std::size_t Visibility::peers() const { return state_->peers_.size(); }

}  // namespace ingest::visibility
