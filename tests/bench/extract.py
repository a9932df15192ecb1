#!/usr/bin/env python3
"""Figures of the pass extract: places, kinds of happenings, speed.

usage: extract.py FAULTLINE DATA [--show N]

DATA is a folder with links/items.jsonl, links/links.jsonl, links/outages.jsonl and
gold/sony-2014.jsonl. Prints the recall of the countries of the outages that items are linked to,
how often the kind of happening is right (headline and facts as one text), and MB of text a second
on one core.
"""
import argparse
import collections
import json
import pathlib
import resource
import subprocess

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("faultline")
options.add_argument("data", type=pathlib.Path)
options.add_argument("--show", type=int, default=0, help="print so many misses of each")
given = options.parse_args()

# The gold's finer kinds, in the words of the list of kinds. What is none of the list may be told
# as what it is made of.
FOLD = {
    "denial": {"denial"},
    "release": {"release"},
    "outage_start": {"outage-start", "relapse"},
    "outage_end": {"outage-end"},
    "ddos": {"attack", "other"},
    "warning": {"warning", "other", "statement"},
    "skeptic": {"skeptic", "other", "statement"},
    "investigation": {"investigation", "other", "statement", "attribution"},
    "analysis": {"analysis", "other", "statement"},
    "instability": {"instability", "other", "attack"},
}


def read(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def extract(articles):
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in articles)
    done = subprocess.run([given.faultline, "extract"], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def places():
    outages = {one["id"]: one for one in read(given.data / "links/outages.jsonl")}
    wanted = collections.defaultdict(set)
    for link in read(given.data / "links/links.jsonl"):
        if link["outage"] is not None:
            wanted[link["item"]].add(outages[link["outage"]]["scope"].get("country"))
    items = [one for one in read(given.data / "links/items.jsonl") if one["id"] in wanted]
    found = extract({"id": one["id"], "title": one["title"], "text": one["text"],
                     "anchor": one["published"], "lang": one.get("lang", "")} for one in items)
    hits = total = shown = 0
    for item, out in zip(items, found):
        # An operator is of a country too.
        named = {m.get("country") for m in out["places"] + out["networks"]}
        for country in wanted[item["id"]] - {None, ""}:
            total += 1
            hits += country in named
            if country not in named and shown < given.show:
                shown += 1
                print("  no", country, "in", item["lang"], item["title"], "|", item["text"][:300])
    print(f"places: recall of the outages' countries {hits / max(total, 1):.4f} ({hits} of {total})")


def happenings():
    rows = read(given.data / "gold/sony-2014.jsonl")
    found = extract({"id": one["id"], "title": one["headline"], "text": " ".join(one["facts"]),
                     "anchor": one["published"] or one["event_date"] or "",
                     "lang": ""} for one in rows)
    right = shown = 0
    confusion = collections.Counter()
    for row, out in zip(rows, found):
        gold = row["event_type"]
        ok = out["happening"] in FOLD.get(gold, {gold})
        right += ok
        if not ok:
            confusion[gold, out["happening"]] += 1
            if shown < given.show:
                shown += 1
                print("  want", gold, "got", out["happening"], out.get("event"), "|", row["headline"], "|", " ".join(row["facts"])[:200])
    print("happenings confused:", ", ".join(f"{g} as {s} {n}" for (g, s), n in confusion.most_common()))
    print(f"happenings: right {right / max(len(rows), 1):.4f} ({right} of {len(rows)})")


def speed():
    items = read(given.data / "links/items.jsonl")
    texts = [one["title"] + ".\n\n" + one["text"] for one in items if one.get("lang") == "en"]
    body = "\n\n".join(texts * 4)
    articles = [{"id": str(i), "text": body, "anchor": "2020-01-01T00:00:00Z", "lang": "en"} for i in range(8)]
    size = sum(len(one["text"].encode()) for one in articles) / 1e6
    spent = lambda: resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    empty = spent()
    extract([{"id": "0", "text": "", "lang": "en"}])
    begun = spent()
    extract(articles)
    took = (spent() - begun) - (begun - empty)
    print(f"speed: {size / took:.1f} MB of text a second of CPU ({size:.1f} MB, reading and printing JSON included)")


places()
happenings()
speed()
