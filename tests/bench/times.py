#!/usr/bin/env python3
"""Times how many MB of news Faultline's extraction reads in a second, beside chrono-node, which finds
times only, in one run.

usage: tests/bench/times.py [--bench build/release/tests/bench/bench_extract] [--data DATA]

The same 64 made articles of 4 kB for both, in memory before the clock starts; with --data the texts of the shared
data: articles of web pages, whole documents and English reports of outages. chrono-node is left out where it is not:
(cd tests/bench/peers && npm ci).
"""
import argparse, json, pathlib, subprocess, tempfile

HERE = pathlib.Path(__file__).parent


def real_texts(data):
    data = pathlib.Path(data)
    def lines(name):
        return map(json.loads, open(data / name, encoding="utf-8"))
    pages = json.load(open(data / "pages/ground-truth.json", encoding="utf-8"))
    yield from (page["articleBody"] for page in pages.values())
    yield from (one["text"] for one in lines("times/documents.jsonl"))
    yield from (one["title"] + "\n\n" + one["text"] for one in lines("links/items.jsonl") if one["lang"] == "en")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bench", default="build/release/tests/bench/bench_extract")
    options.add_argument("--data")
    given = options.parse_args()
    bench = given.bench
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        if given.data:
            file.writelines(json.dumps(text) + "\n" for text in real_texts(given.data))
        else:
            file.write(subprocess.run([bench, "--articles"], check=True, capture_output=True, text=True).stdout)
        file.flush()
        measure(bench, file.name)


def measure(bench, texts):
    out = subprocess.run([bench, "--texts", texts, "--benchmark_filter=^(extract|cut)", "--benchmark_repetitions=5", "--benchmark_report_aggregates_only=true",
                          "--benchmark_format=json"], check=True, capture_output=True, text=True).stdout
    # By the clock, as the peer's is: the library counts bytes a second of processor time.
    rows = {run["run_name"]: run["bytes_per_second"] * run["cpu_time"] / run["real_time"] / 1e6 for run in json.loads(out)["benchmarks"] if run["aggregate_name"] == "median"}
    if (HERE / "peers/node_modules/chrono-node").is_dir():
        size, _, seconds = subprocess.run(["node", HERE / "peers/chrono.mjs", texts], check=True, capture_output=True, text=True).stdout.split()
        rows["chrono-node"] = int(size) / float(seconds) / 1e6
    print("| contestant | MB/s |\n|---|---|")
    for name, rate in rows.items():
        print(f"| {name} | {rate:.1f} |")
    if "chrono-node" in rows:
        print(f"whole extraction {rows['extract_news'] / rows['chrono-node']:.2f} x chrono-node, times alone {rows['extract_times'] / rows['chrono-node']:.2f} x")


main()
