#!/usr/bin/env python3
"""Fuzzes every target for so long: run.py [--minutes 15] [--only NAME,…] [--build build/fuzz] [--keep build/corpus] [--merge] [--record]

Each target runs for MINUTES of processor time, one after the other, from its seeds and from what
earlier runs have found (in --keep). What crashes stays in that folder, and is told: it is mended at
its cause, and the input goes into corpus/NAME with a name that says what it was. With --merge what
adds coverage comes into the corpus too, smallest inputs first: at most 20 of at most 2 kB each a
time, by libFuzzer's own merge. With --record the table in README.md is written.
"""
import argparse, datetime, hashlib, os, pathlib, re, resource, shutil, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
MOST_BYTES, MOST_FILES, LONGEST = 2048, 20, 65536
BEGIN, END = "<!-- written by run.py --record -->", "<!-- until here -->"
ENV = {**os.environ, "ASAN_OPTIONS": "detect_leaks=1:allocator_may_return_null=1", "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1"}

def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime

def covered(said):
    """The last line of libFuzzer's that tells coverage → edges, features."""
    rows = re.findall(r"cov: (\d+) ft: (\d+)", said)
    return tuple(map(int, rows[-1])) if rows else (0, 0)

def fuzz(program, name, minutes, kept, seeds):
    """One target until its processor time is spent. libFuzzer counts time by the clock, so it is begun again until it has had enough."""
    made = {"name": name, "runs": 0, "seconds": 0.0, "edges": 0, "features": 0, "crashes": []}
    kept.mkdir(parents=True, exist_ok=True)
    found = kept.parent / "found"
    found.mkdir(exist_ok=True)
    while made["seconds"] < minutes * 60 - 1 and not made["crashes"]:
        before = processor_seconds()
        left = max(int(minutes * 60 - made["seconds"]), 1)
        done = subprocess.run([program, f"-max_len={LONGEST}", f"-max_total_time={left}", "-print_final_stats=1", "-rss_limit_mb=2048", "-timeout=25", f"-artifact_prefix={found}/{name}-",
                               str(kept), str(seeds)], env=ENV, capture_output=True, text=True, errors="replace")
        made["seconds"] += processor_seconds() - before
        made["runs"] += int((re.findall(r"stat::number_of_executed_units: (\d+)", done.stderr) or [0])[-1])
        made["edges"], made["features"] = covered(done.stderr)
        if done.returncode != 0:
            made["crashes"] = re.findall(r"Test unit written to (\S+)", done.stderr) or [done.stderr[-500:]]
    return made

def merge(program, name, kept, seeds):
    """What of the kept inputs adds coverage to the seeds, into the seeds. → how many."""
    with tempfile.TemporaryDirectory() as folder:
        small, grown = pathlib.Path(folder, "small"), pathlib.Path(folder, "grown")
        small.mkdir()
        shutil.copytree(seeds, grown)
        for file in kept.iterdir():
            if file.stat().st_size <= MOST_BYTES:
                shutil.copy(file, small)
        subprocess.run([program, "-merge=1", str(grown), str(small)], env=ENV, capture_output=True, check=True)
        there = {hashlib.sha1(file.read_bytes()).hexdigest() for file in seeds.iterdir()}
        new = sorted((file for file in grown.iterdir() if hashlib.sha1(file.read_bytes()).hexdigest() not in there), key=lambda file: file.stat().st_size)
        for file in new[:MOST_FILES]:
            shutil.copy(file, seeds / f"grown-{hashlib.sha1(file.read_bytes()).hexdigest()[:12]}")
        return min(len(new), MOST_FILES)

def rows_of(text):
    """The rows of the table that was written before, by target."""
    return {cells[1].strip(" `"): line for line in text.splitlines() if (cells := line.split("|")) and len(cells) > 5 and cells[1].strip().startswith("`")}

def record(results):
    """The table, with the rows of targets that were not run as they were."""
    path = HERE / "README.md"
    text = path.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    old, after = rest.split(END)
    rows, date = rows_of(old), datetime.date.today().isoformat()
    for one in results:
        rows[one["name"]] = f"| `{one['name']}` | {date} | {one['seconds']:,.0f} | {one['runs']:,} | {one['edges']:,} | {one['features']:,} | {one['corpus']:,} | {len(one['crashes']) or '–'} |"
    table = "\n".join(["| target | date | s of processor | runs | edges | features | seeds | crashes |", "|---|---|---|---|---|---|---|---|", *(rows[name] for name in sorted(rows))])
    path.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")

def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=15)
    options.add_argument("--only", default="")
    options.add_argument("--build", default=str(SOURCE / "build/fuzz"))
    options.add_argument("--keep", default=str(SOURCE / "build/corpus"))
    options.add_argument("--merge", action="store_true")
    options.add_argument("--record", action="store_true")
    given = options.parse_args()
    programs = {path.name.removeprefix("fuzz_"): path for path in sorted(pathlib.Path(given.build, "tests/fuzz").glob("fuzz_*")) if os.access(path, os.X_OK) and path.is_file()}
    wanted = list(filter(None, given.only.split(","))) or list(programs)
    if missing := [name for name in wanted if name not in programs]:
        sys.exit(f"run.py: not built: {', '.join(missing)}; cmake --preset fuzz && cmake --build --preset fuzz --target " + " ".join(f"fuzz_{name}" for name in missing))
    if not wanted:
        sys.exit("run.py: no target is built; cmake --preset fuzz && cmake --build --preset fuzz")
    results = []
    for name in wanted:
        seeds, kept = HERE / "corpus" / name, pathlib.Path(given.keep) / name
        one = fuzz(programs[name], name, given.minutes, kept, seeds)
        grown = merge(programs[name], name, kept, seeds) if given.merge and not one["crashes"] else 0
        one["corpus"] = sum(1 for _ in seeds.iterdir())
        results.append(one)
        print(f"{name}: {one['runs']:,} runs in {one['seconds']:.0f} s of processor, {one['edges']:,} edges, {one['features']:,} features, {grown} inputs into the corpus"
              + (f"; CRASHED: {one['crashes']}" if one["crashes"] else ""), flush=True)
        if given.record:
            record(results)
    sys.exit(1 if any(one["crashes"] for one in results) else 0)

if __name__ == "__main__":
    main()
