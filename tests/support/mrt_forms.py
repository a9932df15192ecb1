#!/usr/bin/env python3
"""Writes generated MRT files that hold every type, subtype and attribute that is read, in their
ordinary and odd forms: mrt_forms.py FOLDER. What bgpdump makes of each is what we must make of it.
Seeded: the same files each time.
"""
import pathlib, random, struct, sys
from mrt import *

T = 1419264900  # 2014-12-22T16:15:00Z
V4, V6 = "192.0.2.1", "2001:db8::1"
NETS4 = ["203.0.113.0/24", "10.0.0.0/8", "198.51.100.128/25", "0.0.0.0/0", "192.0.2.255/32"]
NETS6 = ["2001:db8::/32", "2001:db8:0:1::/64", "::/0", "2001:db8::1/128", "fe80::/10", "::ffff:192.0.2.0/120", "2001:0:1::/48"]
HOP6 = address("2001:db8::9")


def common(octets=4):
    return origin() + as_path([(SEQUENCE, [64500, 64501, 64502])], octets) + next_hop("192.0.2.9")


def sessions():
    """Every message subtype × family × what it carries, with and without microseconds."""
    for subtype, (octets, _, add) in MESSAGES.items():
        for peer in (V4, V6):
            for micros in (None, 0, 7, 999999):
                both = common(octets) + reach(NETS6, HOP6, add_path=add)
                yield bgp4mp(T, peer, 64500, update(NETS4, both, NETS4, add), subtype, micros=micros)
                yield bgp4mp(T, peer, 64500, update((), unreach(NETS6, add_path=add), (), add), subtype, micros=micros)
                yield bgp4mp(T, peer, 64500, b"\x04" + struct.pack(">HHI", 64500, 180, 1) + b"\0", subtype, OPEN, micros)
                yield bgp4mp(T, peer, 64500, b"\x06\x02", subtype, NOTIFICATION, micros)
                yield bgp4mp(T, peer, 64500, b"", subtype, KEEPALIVE, micros)
    for octets in (2, 4):
        for peer in (V4, V6):
            for micros in (None, 123456):
                for old, new in ((1, 2), (6, 1), (4, 8), (7, 65535)):
                    yield state_change(T, peer, 64500, old, new, octets, micros)
    yield record(T, BGP4MP, 0, asn(64500, 2) + asn(12654, 2) + struct.pack(">HH", 1, 2))  # zebra's 8 octets


def families():
    """MP_REACH_NLRI and MP_UNREACH_NLRI of each family, with next hops of each length."""
    for afi, nets in ((1, NETS4), (2, NETS6)):
        for safi in (1, 2, 3):
            for hop in (address("192.0.2.7"), HOP6, HOP6 + address("fe80::1")):
                yield bgp4mp(T, V4, 64500, update((), common() + reach(nets, hop, afi, safi)))
            yield bgp4mp(T, V6, 64500, update((), unreach(nets, afi, safi)))
    yield bgp4mp(T, V4, 64500, update((), common() + reach([], HOP6)))
    yield bgp4mp(T, V4, 64500, update((), unreach([])))  # End-of-RIB, RFC 4724
    yield bgp4mp(T, V4, 64500, update())
    yield bgp4mp(T, V4, 64500, update((), common() + reach(NETS4, HOP6, 1) + reach(NETS6, HOP6) + unreach(NETS6, 2, 2), NETS4))
    yield bgp4mp(T, V4, 64500, update((), common() + reach(NETS6, HOP6, snpa=b"\x01\x02\xaa\xbb")))
    yield bgp4mp(T, V4, 64500, update((), common() + number(4, 2**32 - 2) + number(5, 2**31) + reach(NETS6, HOP6) + reach(NETS4, address(V4), 1), NETS4))


def paths():
    long = [(SEQUENCE, list(range(4200000000, 4200000255)))] * 5
    for segments in ([], [(SEQUENCE, [1])], [(SET, [1, 2])], [(SEQUENCE, [1, 2]), (SET, [3, 4])], [(SET, [3]), (SEQUENCE, [1])],
                     [(CONFED_SEQUENCE, [65001, 65002]), (SEQUENCE, [1])], [(CONFED_SET, [65001, 65002]), (SEQUENCE, [1, 2])],
                     [(SEQUENCE, [1]), (SEQUENCE, [2])], [(SEQUENCE, []), (SEQUENCE, [2])], [(SET, []), (SET, [1])],
                     [(SEQUENCE, [1]), (SET, [])], [(SET, [1]), (SET, [2]), (SET, [3, 4])], long, [(5, [1])]):
        yield bgp4mp(T, V4, 64500, update((), origin() + as_path(segments) + next_hop(V4), NETS4[:1]))
    yield bgp4mp(T, V4, 64500, update((), origin() + attribute(2, b"\x02\x03\0\0\0\x01") + next_hop(V4), NETS4[:1]))
    yield bgp4mp(T, V4, 64500, update((), origin() + attribute(2, b"\x02") + next_hop(V4), NETS4[:1]))
    two = [(SEQUENCE, [64500, 23456, 23456])]
    for old, new in ((two, [(SEQUENCE, [200000, 200001])]), (two, [(SEQUENCE, [1, 2, 200000, 200001])]), (two, []),
                     (two, [(SEQUENCE, [64500, 200000, 200001])]), (two, [(SET, [200000, 200001])]),
                     ([(SEQUENCE, [64500, 23456]), (SET, [1, 2])], [(SEQUENCE, [200000]), (SET, [1, 2])]),
                     ([(SEQUENCE, [64500, 64501, 64502]), (SEQUENCE, [23456])], [(SEQUENCE, [200000])]),
                     ([(CONFED_SEQUENCE, [65001]), (SEQUENCE, [64500, 23456])], [(SEQUENCE, [200000])]),
                     ([(SET, [64500, 64501]), (SEQUENCE, [23456])], [(SEQUENCE, [200000])])):
        for gone in (23456, 64999):
            extra = aggregator(gone, "192.0.2.3", 2) + aggregator(200009, "192.0.2.4", 4, 18) if gone == 23456 or old is two else b""
            yield bgp4mp(T, V4, 64500, update((), origin() + as_path(old, 2) + next_hop(V4) + attribute(17, path(new), 0xC0) + extra, NETS4[:1]), 1)
    yield bgp4mp(T, V4, 64500, update((), common(2) + attribute(17, b"\x09\x01\0\0\0\x01", 0xC0), NETS4[:1]), 1)
    yield bgp4mp(T, V4, 64500, update((), common(2) + aggregator(200009, "192.0.2.4", 4, 18), NETS4[:1]), 1)
    yield bgp4mp(T, V4, 64500, update((), common() + attribute(17, path([(SEQUENCE, [7])]), 0xC0), NETS4[:1]))


def attributes():
    for extra in (b"", origin(1)[0:0], number(4, 0), number(4, 2**32 - 1), number(5, 2**31), attribute(6, b""), aggregator(64500, "192.0.2.3"),
                  aggregator(64500, "255.255.255.255"), attribute(7, asn(64500, 2) + address("192.0.2.3"), 0xC0),
                  communities([]), communities([0xFFFFFF01]), communities([0xFFFFFF02, 0xFFFFFF03, 0xFFFFFF04, 65000 << 16 | 100]),
                  communities([0xFFFF0000 + i for i in range(300)]), communities([0xFFFF0000 + i for i in range(700)] + [0xFFFFFF01] * 3 + [1] * 9),
                  attribute(8, b"\0\1\0\2\0", 0xC0), attribute(9, address(V4), 0x80), attribute(10, address(V4) * 3, 0x80),
                  attribute(16, b"\0" * 8, 0xC0), attribute(32, struct.pack(">III", 64500, 1, 2) * 2, 0xC0), attribute(35, b"\0\1\2\3", 0xC0),
                  attribute(128, b"\1\2\3", 0xC0), attribute(255, b"", 0xC0), attribute(20, b"x" * 300, 0xC0)):
        if extra == communities([]):
            continue  # bgpdump prints what stands behind an empty string
        yield bgp4mp(T, V4, 64500, update((), common() + extra + reach(NETS6[:1], HOP6), NETS4[:2]))
    for code in (0, 1, 2, 3, 255):
        yield bgp4mp(T, V4, 64500, update((), attribute(1, bytes([code])) + as_path([(SEQUENCE, [1])]), NETS4[:1]))
    yield bgp4mp(T, V4, 64500, update((), b"", NETS4[:1]))
    yield bgp4mp(T, V4, 64500, update((), attribute(1, b"\1", extended=True) + attribute(2, path([(SEQUENCE, [9])]), extended=True), NETS4[:1]))
    yield bgp4mp(T, V4, 64500, update(["10.1.2.3/8", "10.255.255.255/9"], common(), ["10.1.2.3/8", "10.20.30.40/28"]))  # host bits


def cut_off():
    """BGP messages that a collector did not write to their end; the record's own length is right."""
    whole = ends(V4, 64500, "192.0.2.254", 12654, 4) + message(update(NETS4, common() + reach(NETS6, HOP6), NETS4))
    for length in range(44, len(whole)):
        yield record(T, BGP4MP, 4, whole[:length])


def old_messages():
    for subtype in (0, 2, 4, 5, 6):
        yield bgp_old(T, V4, 64500, b"", subtype)
    yield bgp_old(T, V4, 64500, update(NETS4, common(2), NETS4))
    yield bgp_old(T, V4, 64500, update((), common(2) + communities([65000 << 16 | 100, 0xFFFFFF01]) + number(4, 2**31) + attribute(6, b"") + aggregator(64500, V4, 2), NETS4))
    yield bgp_old(T, V4, 64500, update(), 7)
    yield record(T, BGP, 3, asn(64500, 2) + address(V4) + struct.pack(">HH", 6, 1))


def tables():
    for octets in (2, 4):
        for n, text in enumerate(NETS4):
            yield table_dump(T, text, V4, 64500, common(octets) + number(4, 7), octets, n)
        for n, text in enumerate(NETS6):
            hop = [address("192.0.2.8"), HOP6, HOP6 * 2][n % 3]
            cut = attribute(14, bytes([len(hop)]) + hop, 0x80)
            yield table_dump(T, text, V6, 64500, common(octets) + (cut if n % 2 else reach([], hop)), octets, n)


def tables_v2():
    peers = [(V4, 64500), (V6, 64501), ("192.0.2.2", 4200000000), ("198.51.100.7", 0)]
    for octets in (2, 4):
        listed = [(a, n % 65536 if octets == 2 else n) for a, n in peers]
        yield peer_index_table(T, listed, b"view" if octets == 2 else b"", octets)
        for n, text in enumerate(NETS4 + NETS6):
            hops = [b"", reach([], HOP6), attribute(14, bytes([16]) + HOP6, 0x80), attribute(14, bytes([32]) + HOP6 * 2, 0x80),
                    attribute(14, bytes([4]) + address(V4), 0x80), reach([], address(V4), 1), reach([], HOP6, 1), reach([], HOP6, 2, 2)]
            routes = [(i % 4, i + 1, common() + hop + (communities([i]) if i % 2 else b"")) for i, hop in enumerate(hops)]
            yield rib(T, n, text, [(i, a) for i, _, a in routes])
            yield rib(T, n, text, routes, path_ids=True)
            yield rib(T, n, text, [])
        yield rib(T, 0, NETS4[0], [(0, common())], 3)  # multicast
        yield rib(T, 0, NETS6[0], [(0, common())], 5)
        yield rib(T, 0, NETS4[0], [(0, common())], 6, (1, 1))  # generic
        yield rib(T, 0, NETS6[0], [(1, 9, common())], 12, (2, 1), True)


def mixed(count=2000, seed=2014):
    """A stream as a collector writes it."""
    rng = random.Random(seed)
    for n in range(count):
        subtype = rng.choice(list(MESSAGES))
        octets, _, add = MESSAGES[subtype]
        asns = [rng.randrange(1, 2 ** (8 * octets)) for _ in range(rng.randrange(1, 9))]
        nets4 = [f"{rng.randrange(1, 224)}.{rng.randrange(256)}.{rng.randrange(256)}.0/24" for _ in range(rng.randrange(4))]
        nets6 = [f"2001:{rng.randrange(65536):x}:{rng.choice(['', '0:1', 'db8:0:0'])}::/48".replace(":::", "::") for _ in range(rng.randrange(4))]
        some = origin(rng.randrange(3)) + as_path([(SEQUENCE, asns)], octets) + next_hop(V4) + communities([rng.randrange(2**32) for _ in range(rng.randrange(1, 6))])
        some += reach(nets6, HOP6, add_path=add) if nets6 else b""
        yield bgp4mp(T + n // 10, rng.choice([V4, V6, "198.51.100.77"]), rng.randrange(1, 65536), update(nets4[:1], some, nets4, add), subtype,
                     micros=rng.choice([None, rng.randrange(10**6)]))


FORMS = {"sessions": sessions, "families": families, "paths": paths, "attributes": attributes, "cut-off": cut_off,
         "old-messages": old_messages, "tables": tables, "tables-v2": tables_v2, "mixed": mixed}


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in FORMS.items():
        (folder / f"{name}.mrt").write_bytes(b"".join(make()))


if __name__ == "__main__":
    main()
