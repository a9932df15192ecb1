#!/usr/bin/env python3
"""Holds the incidents that Faultline makes of the founding case's items against a person's: BCubed precision, recall
and F1 (Amigo et al. 2009). usage: tests/bench/founding.py FAULTLINE DATA [--without-outages]

DATA is the folder of shared data: gold/sony-2014.jsonl, of which headline and facts are the text, and links/outages.jsonl.
"""
import collections, json, pathlib, subprocess, sys


def main():
    faultline, data = sys.argv[1], pathlib.Path(sys.argv[2])
    gold = [json.loads(line) for line in open(data / "gold/sony-2014.jsonl", encoding="utf-8")]
    items = "".join(json.dumps({"id": one["id"], "lang": one.get("language"), "title": one["headline"], "text": " ".join(one["facts"]),
                                "date": one.get("published") or one.get("event_time_utc") or one.get("event_date")}) + "\n" for one in gold)
    options = [] if "--without-outages" in sys.argv else ["--outages", str(data / "links/outages.jsonl")]
    said = subprocess.run([faultline, "cluster", "--incidents", *options], input=items, check=True, capture_output=True, text=True).stdout
    system = {one["id"]: one["cluster"] for one in map(json.loads, said.splitlines())}
    truth = {one["id"]: one["gold_incident"] for one in gold}
    of_truth, of_system = collections.Counter(truth.values()), collections.Counter(system[i] for i in truth)
    both = collections.Counter((truth[i], system[i]) for i in truth)
    precision = sum(n * n / of_system[s] for (_, s), n in both.items()) / len(truth)
    recall = sum(n * n / of_truth[t] for (t, _), n in both.items()) / len(truth)
    print(f"items {len(truth)}, gold incidents {len(of_truth)}, system {len(of_system)}")
    print(f"BCubed: P {precision:.4f} R {recall:.4f} F1 {2 * precision * recall / (precision + recall):.4f}")


main()
