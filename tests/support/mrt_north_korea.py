#!/usr/bin/env python3
"""Writes GENERATED BGP dumps to the times that Dyn Research published for North Korea, 22 to 24
December 2014: mrt_north_korea.py FOLDER [--seed N]. Nobody recorded these messages; the times of the
outages are Dyn's, as app/sample/outages-dyn.csv has them, and all else is made up.

rib.20141222.0000.gz    a TABLE_DUMP_V2: eight peers, six of them with a full table of 600 networks
updates.20141222.gz     48 hours of BGP4MP messages from then on

The four networks of AS131279 are withdrawn by each peer within 20 s of 16:15 UTC on the 22nd, are
back at 01:46 on the 23rd, gone again from 07:55 to 08:02 (its end was not published; made up) and
from 15:41 to 16:12. Beside that: noise from networks that come and go; at 20:00 on the 22nd one peer loses
its session, comes back at 20:04 and sends its table again in 80 s, without North Korea; at 22:30 another
withdraws half of what it has and announces it again ten minutes later (a feeder's own loss).
"""
import argparse, gzip, pathlib, random
from mrt import *

DAY = 1419206400  # 2014-12-22T00:00:00Z
NORTH_KOREA = [f"175.45.{n}.0/24" for n in range(176, 180)]
ORIGIN, TRANSIT = 131279, 4837


def at(day, clock):
    hours, minutes = clock.split(":")
    return DAY + (day - 22) * 86400 + int(hours) * 3600 + int(minutes) * 60


# From, to: when the first peer withdraws, and when the last has a route again.
OUTAGES = [(at(22, "16:15"), at(23, "1:46")), (at(23, "7:55"), at(23, "8:02")), (at(23, "15:41"), at(23, "16:12"))]
RESET = (at(22, "20:00"), at(22, "20:04"))
FEEDER_LOSS = (at(22, "22:30"), at(22, "22:40"))
END = DAY + 48 * 3600

# (address, AS, share of the table that it carries)
PEERS = [(f"192.0.2.{n}", 64500 + n, 1.0) for n in range(1, 7)] + [("192.0.2.7", 64507, 0.2), ("192.0.2.8", 64508, 0.05)]
NOISE = [(f"{100 + n // 200}.{n % 200}.{n % 7}.0/24", 65000 + n % 90) for n in range(600)]


def route(peer, origin_as):
    return origin() + as_path([(SEQUENCE, [peer[1], TRANSIT, origin_as])]) + next_hop(peer[0])


def down_at(time):
    return any(begin <= time < end for begin, end in OUTAGES)


class World:
    """Makes messages in any order; they are sorted by time in the end."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.sent = []
        self.carried = [[n for n in NOISE if self.rng.random() < peer[2]] for peer in PEERS]

    def send(self, time, index, withdrawn=(), announced=(), origin_as=0):
        peer = PEERS[index]
        body = update(withdrawn, route(peer, origin_as) if announced else b"", announced)
        self.sent.append((time, len(self.sent), bgp4mp(int(time), peer[0], peer[1], body, 4, micros=int(time % 1 * 1e6))))

    def up(self, index, time):
        """Whether the session is there."""
        return not (index == 2 and RESET[0] <= time < RESET[1] + 90)

    def north_korea(self):
        for begin, end in OUTAGES:
            for index, peer in enumerate(PEERS):
                if peer[2] < 1:
                    continue
                self.send(begin + self.rng.uniform(0, 20), index, NORTH_KOREA)
                self.send(end - self.rng.uniform(0, 20), index, (), NORTH_KOREA, ORIGIN)

    def noise(self):
        time = DAY + 1.0
        while time < END:
            time += self.rng.expovariate(1 / 15)
            text, origin_as = self.rng.choice(NOISE)
            gone = self.rng.random() < 0.3
            back = time + self.rng.uniform(20, 200)
            for index in range(len(PEERS)):
                if (text, origin_as) not in self.carried[index] or not (self.up(index, time) and self.up(index, back)):
                    continue
                lag = self.rng.uniform(0, 5)
                if gone:
                    self.send(time + lag, index, [text])
                self.send((back if gone else time) + lag, index, (), [text], origin_as)

    def reset(self):
        peer, (begin, end) = PEERS[2], RESET
        self.sent.append((begin, 0, state_change(begin, peer[0], peer[1], 6, 1)))
        for old, new in ((1, 3), (3, 4), (4, 5), (5, 6)):
            self.sent.append((end, 0, state_change(end, peer[0], peer[1], old, new)))
        table = self.carried[2]
        for n, (text, origin_as) in enumerate(table):
            self.send(end + 1 + 80 * n / len(table), 2, (), [text], origin_as)
        self.send(end + 82, 2)  # End-of-RIB

    def feeder_loss(self):
        half = self.carried[4][::2] + [n for n in self.carried[4][1::2] if self.rng.random() < 0.3]
        for text, origin_as in half:
            self.send(FEEDER_LOSS[0] + self.rng.uniform(0, 10), 4, [text])
            self.send(FEEDER_LOSS[1] + self.rng.uniform(0, 10), 4, (), [text], origin_as)

    def updates(self):
        self.north_korea()
        self.noise()
        self.reset()
        self.feeder_loss()
        return b"".join(record for _, _, record in sorted(self.sent))

    def rib(self):
        out = peer_index_table(DAY, [(p[0], p[1]) for p in PEERS], b"generated")
        networks = [(text, ORIGIN) for text in NORTH_KOREA] + NOISE
        for n, (text, origin_as) in enumerate(networks):
            entries = [(i, route(p, origin_as)) for i, p in enumerate(PEERS)
                       if (p[2] == 1 if origin_as == ORIGIN else (text, origin_as) in self.carried[i])]
            out += rib(DAY, n, text, entries)
        return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=2014)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    world = World(given.seed)
    (given.folder / "rib.20141222.0000.gz").write_bytes(gzip.compress(world.rib(), mtime=0))
    (given.folder / "updates.20141222.gz").write_bytes(gzip.compress(world.updates(), mtime=0))
    # As the registry APNIC has them; the date is that of the allocation.
    (given.folder / "delegated-kp").write_text("2|generated|20141222|2|19700101|20141222|+0000\n"
        "generated|*|asn|*|1|summary\ngenerated|KP|asn|131279|1|20091221|allocated\ngenerated|KP|ipv4|175.45.176.0|1024|20091221|allocated\n")


if __name__ == "__main__":
    main()
