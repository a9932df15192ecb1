"""Writes MRT (RFC 6396, RFC 8050): the pieces that the generators of samples put together.

Everything made with it is GENERATED: nobody measured it.
"""
import ipaddress, struct

BGP, TABLE_DUMP, TABLE_DUMP_V2, BGP4MP, BGP4MP_ET = 5, 12, 13, 16, 17
SET, SEQUENCE, CONFED_SEQUENCE, CONFED_SET = 1, 2, 3, 4
OPEN, UPDATE, NOTIFICATION, KEEPALIVE, ROUTE_REFRESH = 1, 2, 3, 4, 5
# BGP4MP subtype → (octets of an AS, sent by the collector, with path identifiers)
MESSAGES = {1: (2, False, False), 4: (4, False, False), 6: (2, True, False), 7: (4, True, False),
            8: (2, False, True), 9: (4, False, True), 10: (2, True, True), 11: (4, True, True)}


def address(text):
    return ipaddress.ip_address(text).packed


def asn(number, octets):
    return number.to_bytes(octets, "big")


def record(time, kind, subtype, body, micros=0):
    if kind == BGP4MP_ET:
        body = struct.pack(">I", micros) + body
    return struct.pack(">IHHI", time, kind, subtype, len(body)) + body


def network(text, path_id=None):
    """"192.0.2.0/24" as in a list of networks; host bits stay as they are written."""
    host, bits = text.split("/")
    out = b"" if path_id is None else struct.pack(">I", path_id)
    return out + bytes([int(bits)]) + address(host)[: (int(bits) + 7) // 8]


def networks(texts, add_path=False):
    return b"".join(network(text, n + 1 if add_path else None) for n, text in enumerate(texts))


def attribute(kind, value, flags=0x40, extended=None):
    if extended or (extended is None and len(value) > 255):
        return bytes([flags | 0x10, kind]) + struct.pack(">H", len(value)) + value
    return bytes([flags, kind, len(value)]) + value


def path(segments, octets=4):
    """[(SEQUENCE, [1, 2]), (SET, [3, 4])] → the value of AS_PATH."""
    return b"".join(bytes([kind, len(asns)]) + b"".join(asn(a, octets) for a in asns) for kind, asns in segments)


def origin(code=0):
    return attribute(1, bytes([code]))


def as_path(segments, octets=4):
    return attribute(2, path(segments, octets))


def next_hop(text):
    return attribute(3, address(text))


def number(kind, value):
    """MED (4) or LOCAL_PREF (5)."""
    return attribute(kind, struct.pack(">I", value))


def aggregator(number_, text, octets=4, kind=7):
    return attribute(kind, asn(number_, octets) + address(text), 0xC0)


def communities(values):
    return attribute(8, b"".join(struct.pack(">I", v) for v in values), 0xC0)


def reach(texts, hop, afi=2, safi=1, add_path=False, snpa=b"\0"):
    return attribute(14, struct.pack(">HB", afi, safi) + bytes([len(hop)]) + hop + snpa + networks(texts, add_path), 0x80)


def unreach(texts, afi=2, safi=1, add_path=False):
    return attribute(15, struct.pack(">HB", afi, safi) + networks(texts, add_path), 0x80)


def update(withdrawn=(), attributes=b"", announced=(), add_path=False):
    gone = networks(withdrawn, add_path)
    return struct.pack(">H", len(gone)) + gone + struct.pack(">H", len(attributes)) + attributes + networks(announced, add_path)


def message(body, kind=UPDATE):
    return b"\xff" * 16 + struct.pack(">HB", min(len(body) + 19, 65535), kind) + body


def ends(peer, peer_as, local, local_as, octets):
    packed = address(peer)
    afi = 1 if len(packed) == 4 else 2
    return asn(peer_as, octets) + asn(local_as, octets) + struct.pack(">HH", 0, afi) + packed + address(local)


def bgp4mp(time, peer, peer_as, body, subtype=4, kind=UPDATE, micros=None, local=None, local_as=12654):
    """One BGP4MP record, or BGP4MP_ET where `micros` is given."""
    local = local or ("192.0.2.254" if ":" not in peer else "2001:db8::fffe")
    whole = ends(peer, peer_as, local, local_as, MESSAGES[subtype][0]) + message(body, kind)
    return record(time, BGP4MP if micros is None else BGP4MP_ET, subtype, whole, micros or 0)


def state_change(time, peer, peer_as, old, new, octets=4, micros=None):
    local = "192.0.2.254" if ":" not in peer else "2001:db8::fffe"
    body = ends(peer, peer_as, local, 12654, octets) + struct.pack(">HH", old, new)
    return record(time, BGP4MP if micros is None else BGP4MP_ET, 0 if octets == 2 else 5, body, micros or 0)


def peer_index_table(time, peers, view=b"", octets=4):
    """peers: [(address, AS)]."""
    body = address("198.51.100.1") + struct.pack(">H", len(view)) + view + struct.pack(">H", len(peers))
    for text, number_ in peers:
        packed = address(text)
        kind = (1 if len(packed) == 16 else 0) | (2 if octets == 4 else 0)
        body += bytes([kind]) + address("198.51.100.2") + packed + asn(number_, octets)
    return record(time, TABLE_DUMP_V2, 1, body)


def rib(time, sequence, text, entries, subtype=None, generic=None, path_ids=False):
    """entries: [(index of the peer, attributes)] or, with path_ids, [(index, path id, attributes)]."""
    if subtype is None:
        subtype = 2 if ":" not in text else 4
        subtype += 6 if path_ids else 0
    body = struct.pack(">I", sequence)
    if generic:
        body += struct.pack(">HB", *generic)
    body += network(text) + struct.pack(">H", len(entries))
    for entry in entries:
        index, attributes = entry[0], entry[-1]
        body += struct.pack(">HI", index, time - 3600)
        body += struct.pack(">I", entry[1]) if path_ids else b""
        body += struct.pack(">H", len(attributes)) + attributes
    return record(time, TABLE_DUMP_V2, subtype, body)


def table_route(text, peer, peer_as, attributes, octets=2, originated=0):
    host, bits = text.split("/")
    return (address(host) + bytes([int(bits), 1]) + struct.pack(">I", originated) + address(peer)
            + asn(peer_as, octets) + struct.pack(">H", len(attributes)) + attributes)


def table_dump(time, text, peer, peer_as, attributes, octets=2, sequence=0):
    subtype = (1 if ":" not in text else 2) + (2 if octets == 4 else 0)
    return record(time, TABLE_DUMP, subtype, struct.pack(">HH", 0, sequence)
                  + table_route(text, peer, peer_as, attributes, octets, time - 60))


def bgp_old(time, peer, peer_as, body, subtype=1):
    return record(time, BGP, subtype, asn(peer_as, 2) + address(peer) + asn(12654, 2) + address("192.0.2.254") + body)
