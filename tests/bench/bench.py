#!/usr/bin/env python3
"""Runs the benchmarks and writes what they give: bench.py [--quick] [--only NAME,…] [--build build/release] [--data DATA] [--soak MINUTES] [--out FILE]

What `./bench` calls when the program and the benchmarks are built. Each row of BENCHES (benches.py)
is a command that can be run by hand, how often, and how its figures are read; peers that are not
installed are named as missing. The document is docs/benchmarks.md, with docs/growth.svg beside it;
with --quick, which takes sizes so small that the figures say little, it is build/bench/benchmarks.md.
With --only the other benchmarks' parts of the document stay as they are.
"""
import argparse, collections, datetime, json, os, pathlib, platform, re, subprocess, sys, tempfile, time

import benches, curves, document

SOURCE = pathlib.Path(__file__).resolve().parents[2]

def built(folder):
    """How a build folder compiles, in the words of its cache: "Release", "-O1 -g1"."""
    cache = folder / "CMakeCache.txt"
    found = dict(re.findall(r"^(CMAKE_BUILD_TYPE|CMAKE_CXX_FLAGS):STRING=(.*)$", cache.read_text(), re.M)) if cache.is_file() else {}
    return " ".join(filter(None, (found.get("CMAKE_BUILD_TYPE"), found.get("CMAKE_CXX_FLAGS")))) or "not known"

class Place:
    """Where things are, for commands and for what is looked up beforehand."""
    def __init__(self, given, folder):
        self.quick, self.folder = given.quick, pathlib.Path(folder)
        self.build = pathlib.Path(given.build)
        self.data = pathlib.Path(given.data)
        self.soak = given.soak
        self.program = self.build / "app/faultline"
        self.bench = self.build / "tests/bench"
        self.built = built(self.build)

Ran = collections.namedtuple("Ran", "out err seconds processor code")

def run(command):
    """Runs a command from the top of the checkout; what a script started and waited for counts as its processor time."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.monotonic()
        words = [sys.executable] if str(command[0]).endswith(".py") else []
        process = subprocess.Popen([*words, *map(str, command)], stdout=out, stderr=err, cwd=SOURCE, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begun
        out.seek(0), err.seek(0)
        return Ran(out.read().decode(), err.read().decode(errors="replace"), seconds, usage.ru_utime + usage.ru_stime, os.waitstatus_to_exitcode(status))

def measure(bench, place):
    """All rounds of one benchmark → {"figures": {label: [values]}, …}, or {"missing": why}."""
    made = {"name": bench.name, "title": bench.title, "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d"), "built": place.built, "figures": {}, "seconds": [], "processor": [],
            "failed": ""}
    if why := bench.lacks(place):
        return {**made, "missing": why}
    rounds = 1 if place.quick else bench.rounds
    for _ in range(rounds):
        if bench.before:
            bench.before(place)
        command = bench.command(place)
        made["command"] = document.shown(command, place)
        ran = run(command)
        made["seconds"].append(ran.seconds)
        made["processor"].append(ran.processor)
        if ran.code != 0:
            made["failed"] = (ran.err.strip().splitlines() or ran.out.strip().splitlines() or [f"exit code {ran.code}"])[-1]
        try:
            figures = bench.read(ran.out) if ran.code == 0 or bench.reads_failures else {}
        except (IndexError, TypeError, AttributeError, ValueError):
            figures = {}
        for label, value in figures.items():
            made["figures"].setdefault(label, []).append(value)
        if not figures:
            made["failed"] = made["failed"] or "its output could not be read"
            break
    return made

def version_of(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout + done.stderr).strip().splitlines()[0] if done.returncode == 0 or done.stdout + done.stderr else ""

def packaged(name):
    done = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status} ${Version}", name], capture_output=True, text=True)
    status, _, version = done.stdout.partition(" ")
    return version if status == "installed" else ""

def from_npm(name):
    file = SOURCE / "tests/bench/peers/node_modules" / name / "package.json"
    return json.loads(file.read_text())["version"] if file.is_file() else ""

def peers():
    """Name → version; empty: it is not here."""
    out = {name: packaged(name) for name in ("sfeed", "newsboat", "python3-feedparser", "bgpdump", "nginx-light", "wrk", "postgresql-15")}
    out.update({f"{name} (npm)": from_npm(name) for name in ("feedsmith", "chrono-node")})
    return out

def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    memory = next(int(line.split()[1]) for line in open("/proc/meminfo") if line.startswith("MemTotal")) / 1e6
    system = next((line.split("=", 1)[1].strip().strip('"') for line in open("/etc/os-release") if line.startswith("PRETTY_NAME")), "")
    commit = subprocess.run(["git", "log", "-1", "--format=%h of %cs"], cwd=SOURCE, capture_output=True, text=True).stdout.strip()
    return {"processor": f"{os.cpu_count()} × {model}", "memory": f"{memory:.0f} GB", "system": f"{system}, Linux {platform.release()}", "compiler": version_of(["g++", "--version"]),
            "commit": commit}

def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="small sizes, one round; the figures say little")
    options.add_argument("--only", default="", help="names of benchmarks, with commas; also 'growth'")
    options.add_argument("--build", default="build/release")
    options.add_argument("--data", default=os.environ.get("FAULTLINE_SHARED_DATA", str(SOURCE.parent / "shared/data")), help="folder of labelled data, which some need")
    options.add_argument("--soak", type=float, default=0, help="also soak for so many minutes")
    options.add_argument("--most", type=int, default=1_000_000, help="entries that the growth goes to")
    options.add_argument("--out", help="the document; docs/benchmarks.md, or build/bench/benchmarks.md with --quick")
    options.add_argument("--list", action="store_true", help="the benchmarks with what each measures, and what it lacks here")
    given = options.parse_args()
    os.chdir(SOURCE)
    out = pathlib.Path(given.out or ("build/bench/benchmarks.md" if given.quick else "docs/benchmarks.md"))
    only = set(filter(None, given.only.split(",")))
    known = {bench.name for bench in benches.BENCHES} | {"growth"}
    if only - known:
        options.error(f"no such benchmark: {', '.join(sorted(only - known))}; there are {', '.join(sorted(known))}")
    with tempfile.TemporaryDirectory(prefix="faultline-bench-") as folder:
        place = Place(given, folder)
        if given.list:
            for bench in benches.BENCHES:
                print(f"{bench.name:<12} {bench.title}" + (f" [not here: {why}]" if (why := bench.lacks(place)) else ""))
            return 0
        load = os.getloadavg()[0]
        results = []
        for bench in benches.BENCHES:
            if only and bench.name not in only:
                continue
            print(f"== {bench.name}: {bench.title}", file=sys.stderr, flush=True)
            results.append(measure(bench, place))
            document.say(results[-1])
        growth = curves.measure(place, 10_000 if given.quick else given.most, run) if not only or "growth" in only else None
        out.parent.mkdir(parents=True, exist_ok=True)
        document.write(out, machine(), peers(), results, growth, (load, os.getloadavg()[0]), given.quick, bool(only))
    print(f"written: {out}", file=sys.stderr)
    return 1 if any(one.get("failed") for one in results) else 0

if __name__ == "__main__":
    sys.exit(main())
