#!/usr/bin/env python3
"""Prints a GENERATED stream of RIS Live, asked for 175.45.176.0/22, to the times that Dyn Research
published for North Korea, 22 and 23 December 2014: nobody recorded these messages, and in 2014 there
was no RIS Live. Sixty peers of two collectors withdraw the four networks within 20 s of 16:15 UTC on the 22nd
and announce them again within 20 s of 01:46 on the 23rd. At 20:00 one peer loses its session, which
says nothing of the routes; at 03:00 three peers change their path.
"""
import json, random

DAY = 1419206400  # 2014-12-22T00:00:00Z
DOWN, UP = DAY + 16 * 3600 + 15 * 60, DAY + 25 * 3600 + 46 * 60
RESET = DAY + 20 * 3600
NETWORKS = [f"175.45.{n}.0/24" for n in range(176, 180)]


def message(time, peer, **what):
    host = "rrc00.ripe.net" if peer < 30 else "rrc01.ripe.net"
    data = {"timestamp": round(time, 2), "peer": f"192.0.2.{peer + 1}", "peer_asn": str(64500 + peer), "host": host, "type": "UPDATE"}
    return time, json.dumps({"type": "ris_message", "data": {**data, **what}})


def announced(time, peer):
    return message(time, peer, path=[64500 + peer, 4837, 131279], announcements=[{"next_hop": "192.0.2.1", "prefixes": NETWORKS}])


def main():
    rng = random.Random(20141222)
    lines = [(DAY, json.dumps({"type": "ris_subscribe_ok", "data": {"subscription": {"prefix": "175.45.176.0/22"}}}))]
    for hour in range(12, 36):
        since = DAY + hour * 3600
        lines.append((since + 3600, json.dumps({"type": "faultline_heard", "data": {"since": since, "until": since + 3600}})))
    for peer in range(60):
        lines.append(message(DOWN + rng.random() * 20, peer, withdrawals=NETWORKS))
        lines.append(announced(UP + rng.random() * 20, peer))
    lines.append(message(RESET, 5, type="RIS_PEER_STATE", state="down"))
    lines.append(message(RESET + 60, 5, type="RIS_PEER_STATE", state="connected"))
    lines += [announced(DAY + 27 * 3600 + peer, peer) for peer in (3, 31, 40)]
    lines.sort(key=lambda line: line[0])
    print("\n".join(line for _, line in lines))


main()
