#include "feeds/outages/mrt/print.h"

#include <string>

#include "feeds/outages/mrt/communities.h"
#include "feeds/outages/mrt/path.h"

namespace feeds::outages::mrt {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;

std::string_view name_of(const Record& record, const Message& message) {
  // Of messages with path identifiers, bgpdump does not tell those that the collector sent.
  if (record.type == kBgp4mpEt) {
    if (message.add_path) return "BGP4MP_ET_AP|";
    return message.local ? "BGP4MP_ET_LOCAL|" : "BGP4MP_ET|";
  }
  if (message.add_path) return "BGP4MP_AP|";
  return message.local ? "BGP4MP_LOCAL|" : "BGP4MP|";
}

std::string_view origin_name(std::uint8_t origin) {
  return origin == 0 ? "IGP|" : origin == 1 ? "EGP|" : "INCOMPLETE|";
}

void put_time(const Record& record, Text& out) {
  out.number(record.seconds);
  if (record.type != kBgp4mpEt) return;
  out.put('.');
  out.padded(record.micros, 6);
}

void put_address(const Octets& octets, bool v6, Text& out) {
  if (v6) {
    out.v6(octets.data());
  } else {
    out.v4(octets.data());
  }
}

void put_peer(const Octets& peer, bool v6, std::uint32_t as, Text& out) {
  put_address(peer, v6, out);
  out.put('|');
  out.number(as);
  out.put('|');
}

void clear_host_bits(Network& network) {
  for (std::size_t i = 0; i < network.octets.size(); ++i) {
    unsigned kept = network.bits <= 8 * i ? 0 : network.bits - static_cast<unsigned>(8 * i);
    if (kept < 8)
      network.octets[i] = static_cast<std::uint8_t>(network.octets[i] & ~(0xFFU >> kept));
  }
}

// Of a message that the collector sent bgpdump prints the receiver; of one with path identifiers it
// takes the sender, which is the collector itself.
void put_peer(const Message& message, Text& out) {
  bool sender = message.local && message.add_path;
  put_peer(sender ? message.collector : message.peer, message.v6,
           sender ? message.collector_as : message.peer_as, out);
}

// False where it is of a length that is not read: bgpdump leaves the whole field out then.
bool put_next_hop(const Networks& family, Text& out) {
  bool known =
      family.next_hop_size == 4 || family.next_hop_size == 16 || family.next_hop_size == 32;
  if (known) put_address(family.next_hop, family.next_hop_size != 4, out);
  return known;
}

}  // namespace

void Printer::begin_tail(const Attributes& attributes) {
  tail_.clear();
  print_path(attributes, tail_);
  tail_.put('|');
  tail_.put(origin_name(attributes.origin));
}

void Printer::preference(const Attributes& attributes, bool as_signed) {
  tail_.put('|');
  for (auto value : {attributes.local_pref, attributes.med}) {
    if (as_signed) {
      tail_.signed_number(value);
    } else {
      tail_.number(value);
    }
    tail_.put('|');
  }
}

void Printer::end_tail(const Attributes& attributes) {
  print_communities(attributes.communities, tail_);
  tail_.put(attributes.has(kAtomicAggregate) ? "|AG|" : "|NAG|");
  if (attributes.aggregator != kNone) {
    tail_.number(attributes.aggregator_as);
    tail_.put(' ');
    tail_.v4(attributes.aggregator);
  }
  tail_.put("|\n");
}

void Printer::print(const Record& record, Text& out) {
  switch (record.type) {
    case kBgp:
    case kBgp4mp:
    case kBgp4mpEt: {
      bool state =
          record.type == kBgp ? record.subtype == 3 : record.subtype == 0 || record.subtype == 5;
      return state ? state_change(record, out) : message(record, out);
    }
    case kTableDump:
      return table(record, out);
    case kTableDumpV2:
      return table_v2(record, out);
    default:
      notes_.add(record.offset,
                 "is of MRT type " + std::to_string(record.type) + ", which is not BGP");
  }
}

void Printer::message(const Record& record, Text& out) {
  Message message;
  if (!read_message(record, notes_, message) || message.type != kUpdate) return;
  read_update(record, message, notes_, update_);
  if (record.type == kBgp) return old_update(record, message, out);
  update(record, message, out);
}

void Printer::old_update(const Record& record, const Message& message, Text& out) {
  Network network;
  // bgpdump prints the peer's address where the withdrawn network should stand.
  for (auto list = update_.withdrawn; next_network(list, false, network);) {
    out.put("BGP|");
    put_time(record, out);
    out.put("|W|");
    put_peer(message.peer, false, message.peer_as, out);
    out.v4(message.peer.data());
    out.put('/');
    out.number(network.bits);
    out.put('\n');
  }
  const auto& attributes = update_.attributes;
  begin_tail(attributes);
  tail_.v4(attributes.next_hop);
  preference(attributes, false);
  // The field of the communities is not set apart from the one before it.
  tail_.cut(tail_.size() - 1);
  end_tail(attributes);
  head_.clear();
  head_.put("BGP|");
  put_time(record, head_);
  head_.put("|A|");
  put_peer(message.peer, false, message.peer_as, head_);
  announce(message, update_.announced, false, out);
}

void Printer::update(const Record& record, const Message& message, Text& out) {
  const auto& attributes = update_.attributes;
  head_.clear();
  head_.put(name_of(record, message));
  put_time(record, head_);
  auto time = head_.size();
  withdraw_all(message, out);
  head_.cut(time);
  head_.put("|A|");
  put_peer(message, head_);
  if (update_.announced.left() > 0) {
    begin_tail(attributes);
    tail_.v4(attributes.next_hop);
    preference(attributes, false);
    end_tail(attributes);
    announce(message, update_.announced, false, out);
  }
  for (std::uint16_t afi = kAfiV4; afi <= kAfiV6; ++afi) {
    for (std::uint8_t safi = 1; safi <= 3; ++safi) {
      if (const auto* family = attributes.reaches(afi, safi)) reached(message, *family, out);
    }
  }
}

void Printer::withdraw_all(const Message& message, Text& out) {
  const auto& attributes = update_.attributes;
  if (update_.withdrawn.left() == 0 && attributes.unreach_count == 0) return;
  auto time = head_.size();
  head_.put("|W|");
  put_peer(message, head_);
  withdraw(message, update_.withdrawn, false, out);
  for (std::uint8_t safi = 1; safi <= 3; ++safi) {
    if (const auto* family = attributes.unreaches(kAfiV4, safi)) {
      withdraw(message, family->nlri, false, out);
    }
  }
  if (message.local && !message.add_path && !message.v6) {
    // Here bgpdump takes the receiver's IPv4 address for an IPv6 address.
    head_.cut(time);
    head_.put("|W|");
    put_peer(message.peer, true, message.peer_as, head_);
  }
  for (std::uint8_t safi = 1; safi <= 3; ++safi) {
    if (const auto* family = attributes.unreaches(kAfiV6, safi)) {
      withdraw(message, family->nlri, true, out);
    }
  }
}

void Printer::reached(const Message& message, const Networks& family, Text& out) {
  if (family.nlri.left() == 0) return;
  const auto& attributes = update_.attributes;
  bool v6 = family.afi == kAfiV6;
  begin_tail(attributes);
  if (put_next_hop(family, tail_)) {
    preference(attributes, !v6);
  } else if (v6) {
    tail_.clear();
  }
  end_tail(attributes);
  announce(message, family.nlri, v6, out);
}

void Printer::withdraw(const Message& message, Bytes list, bool v6, Text& out) {
  Network network;
  while (next_network(list, message.add_path, network)) {
    out.put(head_.view());
    if (!host_bits_) clear_host_bits(network);
    put_address(network.octets, v6, out);
    out.put('/');
    out.number(network.bits);
    if (message.add_path) {
      out.put('|');
      out.number(network.path_id);
    }
    out.put('\n');
  }
}

void Printer::announce(const Message& message, Bytes list, bool v6, Text& out) {
  Network network;
  while (next_network(list, message.add_path, network)) {
    out.put(head_.view());
    if (!host_bits_) clear_host_bits(network);
    put_address(network.octets, v6, out);
    out.put('/');
    out.number(network.bits);
    out.put('|');
    if (message.add_path) {
      out.number(network.path_id);
      out.put('|');
    }
    out.put(tail_.view());
  }
}

void Printer::state_change(const Record& record, Text& out) {
  StateChange change;
  if (!read_state_change(record, notes_, change)) return;
  out.put(record.type == kBgp ? "BGP|" : record.type == kBgp4mp ? "BGP4MP|" : "BGP4MP_ET|");
  put_time(record, out);
  out.put("|STATE|");
  put_peer(change.peer, change.v6, change.peer_as, out);
  out.number(change.from);
  out.put('|');
  out.number(change.to);
  out.put('\n');
}

}  // namespace feeds::outages::mrt
