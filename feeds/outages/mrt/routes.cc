#include "feeds/outages/mrt/routes.h"

#include "feeds/outages/mrt/path.h"

namespace feeds::outages::mrt {
namespace {

using model::RouteKind;

constexpr model::Micros kSecond = 1000000;
constexpr unsigned kV4Bits = 32;

model::Micros time_of(const Record& record) {
  return model::Micros{record.seconds} * kSecond + record.micros;
}

bool fits(const Network& network, bool v6) {
  return network.whole && (v6 || network.bits <= kV4Bits);
}

bool can_be_read(Bytes networks, bool add_path, bool v6) {
  Network network;
  while (next_network(networks, add_path, network)) {
    if (!fits(network, v6)) return false;
  }
  return networks.left() == 0;
}

bool can_be_read(const Update& update, bool add_path) {
  const auto& attributes = update.attributes;
  const auto* reached = attributes.reaches(kAfiV6, kUnicast);
  const auto* unreached = attributes.unreaches(kAfiV6, kUnicast);
  const auto* reached4 = attributes.reaches(kAfiV4, kUnicast);
  const auto* unreached4 = attributes.unreaches(kAfiV4, kUnicast);
  return can_be_read(update.withdrawn, add_path, false) &&
         can_be_read(update.announced, add_path, false) &&
         (reached == nullptr || can_be_read(reached->nlri, add_path, true)) &&
         (unreached == nullptr || can_be_read(unreached->nlri, add_path, true)) &&
         (reached4 == nullptr || can_be_read(reached4->nlri, add_path, false)) &&
         (unreached4 == nullptr || can_be_read(unreached4->nlri, add_path, false));
}

// RFC 4724 section 2: an UPDATE without anything, or with an empty MP_UNREACH_NLRI and no more.
bool is_end_of_table(const Update& update) {
  const auto& attributes = update.attributes;
  bool lists = update.withdrawn.left() > 0 || update.announced.left() > 0;
  if (lists || attributes.reach_count > 0) return false;
  if (attributes.present == 0) return true;
  return attributes.present == 1U << (kMpUnreach - 1U) && attributes.unreach_count == 1 &&
         attributes.unreach[0].nlri.left() == 0;
}

}  // namespace

RouteReader::RouteReader(std::string collector, Notes& notes) : notes_(notes) {
  change_.collector = std::move(collector);
}

void RouteReader::read(const Record& record, const Take& take) {
  change_.at = time_of(record);
  change_.path_id.reset();
  switch (record.type) {
    case kBgp:
    case kBgp4mp:
    case kBgp4mpEt: {
      bool state =
          record.type == kBgp ? record.subtype == 3 : record.subtype == 0 || record.subtype == 5;
      return state ? state_change(record, take) : message(record, take);
    }
    case kTableDump:
      return table(record, take);
    case kTableDumpV2:
      if (record.subtype == 1) return peer_table(record, take);
      return rib(record, take);
    default:
      notes_.add(record.offset,
                 "is of MRT type " + std::to_string(record.type) + ", which is not BGP");
  }
}

void RouteReader::message(const Record& record, const Take& take) {
  Message message;
  if (!read_message(record, notes_, message) || message.local) return;
  change_.peer = {message.peer, message.v6};
  change_.peer_as = message.peer_as;
  if (message.type == kUpdate) return update(record, message, take);
  if (message.type == kKeepalive) return;
  change_.kind = message.type == kOpen ? RouteKind::kPeerUp : RouteKind::kPeerDown;
  take(change_);
}

void RouteReader::update(const Record& record, const Message& message, const Take& take) {
  read_update(record, message, notes_, update_);
  const auto& attributes = update_.attributes;
  if (!can_be_read(update_, message.add_path)) {
    notes_.add(record.offset, "holds an UPDATE whose networks cannot be read; it is left out");
    return;
  }
  if (is_end_of_table(update_)) {
    change_.kind = RouteKind::kTableEnd;
    return take(change_);
  }
  change_.origins.clear();
  change_.path_length = 0;
  list(message, update_.withdrawn, false, RouteKind::kWithdraw, take);
  for (auto afi : {kAfiV4, kAfiV6}) {
    if (const auto* family = attributes.unreaches(afi, kUnicast)) {
      list(message, family->nlri, afi == kAfiV6, RouteKind::kWithdraw, take);
    }
  }
  set_path(attributes);
  list(message, update_.announced, false, RouteKind::kAnnounce, take);
  for (auto afi : {kAfiV4, kAfiV6}) {
    if (const auto* family = attributes.reaches(afi, kUnicast)) {
      list(message, family->nlri, afi == kAfiV6, RouteKind::kAnnounce, take);
    }
  }
}

void RouteReader::list(const Message& message, Bytes networks, bool v6, RouteKind kind,
                       const Take& take) {
  change_.kind = kind;
  Network network;
  while (next_network(networks, message.add_path, network)) {
    change_.prefix = model::cleared({v6, network.octets, network.bits});
    if (message.add_path) change_.path_id = network.path_id;
    take(change_);
  }
}

void RouteReader::set_path(const Attributes& attributes) {
  origins_of(attributes, change_.origins);
  change_.path_length = length_of(attributes);
}

void RouteReader::state_change(const Record& record, const Take& take) {
  StateChange change;
  if (!read_state_change(record, notes_, change)) return;
  bool up = change.to == kEstablished;
  if (!up && change.from != kEstablished) return;  // a session that is only tried
  change_.peer = {change.peer, change.v6};
  change_.peer_as = change.peer_as;
  change_.kind = up ? RouteKind::kPeerUp : RouteKind::kPeerDown;
  take(change_);
}

void RouteReader::table(const Record& record, const Take& take) {
  read_table(record, notes_, entry_, [&](const TableEntry& entry) {
    if (entry.bits > (entry.v6 ? 128 : kV4Bits)) {
      notes_.add(record.offset, "holds a network of more bits than an address has");
      return;
    }
    change_.peer = {entry.peer, entry.v6};
    change_.peer_as = entry.peer_as;
    if (begun_.emplace(change_.peer, change_.peer_as).second) {
      change_.kind = RouteKind::kTableBegin;
      take(change_);
    }
    change_.kind = RouteKind::kRibEntry;
    change_.prefix = model::cleared({entry.v6, entry.prefix, entry.bits});
    set_path(entry.attributes);
    take(change_);
  });
}

void RouteReader::peer_table(const Record& record, const Take& take) {
  read_peer_table(record, notes_, peers_);
  change_.kind = RouteKind::kTableBegin;
  for (const auto& peer : peers_.peers) {
    change_.peer = {peer.address, peer.v6};
    change_.peer_as = peer.as;
    take(change_);
  }
}

void RouteReader::rib(const Record& record, const Take& take) {
  constexpr std::uint16_t kGeoPeerTable = 7;  // RFC 6397
  if (record.subtype == kGeoPeerTable) return;
  Rib rib;
  if (!read_rib(record, notes_, rib)) return;
  if (rib.safi != kUnicast) return;
  if (!rib.v6 && rib.bits > kV4Bits) {
    notes_.add(record.offset, "holds a network of more bits than an address has");
    return;
  }
  change_.kind = RouteKind::kRibEntry;
  change_.prefix = model::cleared({rib.v6, rib.prefix, rib.bits});
  for (unsigned i = 0; i < rib.count && rib.entries.left() > 0; ++i) {
    if (!read_rib_entry(record, rib, peers_, notes_, rib_entry_)) continue;
    const auto& peer = peers_.peers[rib_entry_.peer_index];
    change_.peer = {peer.address, peer.v6};
    change_.peer_as = peer.as;
    change_.path_id.reset();
    if (rib.add_path) change_.path_id = rib_entry_.path_id;
    set_path(rib_entry_.attributes);
    take(change_);
  }
}

}  // namespace feeds::outages::mrt
