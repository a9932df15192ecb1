#!/usr/bin/env python3
"""How fast PostgreSQL is written: postgres.py BENCH_STORE URL [--entries N] [--rounds R] [--before OTHER_BENCH_STORE]

Each round writes so many made entries and what was found in them into an empty schema (bench_store), then has psql put the very same rows into
empty tables with the same indexes by plain COPY, and writes them into SQLite. With --before the program of an earlier build writes them too. Prints
entries a second and the server's processor time an entry, by median, and how they compare. Needs psql, and for processor time a server on this
machine."""
import argparse, os, pathlib, re, statistics, subprocess, tempfile, time

SCHEMA = "faultline_bench_writing"
TABLES = ("entries", "revisions", "entry_texts", "changes", "extractions", "claims", "marks", "entry_marks")

def sql(url, text):
    done = subprocess.run(["psql", url, "-qAt", "-v", "ON_ERROR_STOP=1"], input="SET client_min_messages = error;\n" + text, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()

def server_time(url):
    """Seconds of processor time of all sessions of this machine's server that have ended."""
    data = pathlib.Path(sql(url, "SHOW data_directory"), "postmaster.pid")
    if not data.exists():
        return 0.0
    time.sleep(0.5)
    fields = pathlib.Path(f"/proc/{data.read_text().split()[0]}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")

def timed(url, act):
    """Seconds as `act` says them, else of the clock, and of the server's processor."""
    before, began = server_time(url), time.monotonic()
    told = act()
    took = time.monotonic() - began
    return told or took, server_time(url) - before

def fresh(url, bench=None):
    sql(url, f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA};")
    if bench:  # makes the tables
        write(bench, url, 0)

def write(bench, url, entries):
    place = url + ("&" if "?" in url else "?") + f"options=-csearch_path%3D{SCHEMA}"
    return told_by(bench, place, entries)

def told_by(bench, place, entries):
    """Seconds of putting, and of putting what was found."""
    said = subprocess.run([bench, place, str(entries), "0"], check=True, capture_output=True, text=True).stdout
    return sum(entries / float(one) for one in re.findall(r"(\d+) entries/s", said)) if entries else 0

def main():
    options = argparse.ArgumentParser()
    options.add_argument("bench", type=os.path.abspath)
    options.add_argument("url")
    options.add_argument("--entries", type=int, default=20_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--before", type=os.path.abspath)
    given = options.parse_args()
    took = {}
    def note(name, both):
        took.setdefault(name, []).append(both)
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        for number in range(given.rounds):
            if given.before:
                fresh(given.url)
                note("before", timed(given.url, lambda: write(given.before, given.url, given.entries)))
            fresh(given.url)
            note("PostgreSQL", timed(given.url, lambda: write(given.bench, given.url, given.entries)))
            sql(given.url, "".join(f"\\copy {SCHEMA}.{table} TO '{folder}/{table}'\n" for table in TABLES))
            fresh(given.url, given.bench)
            note("COPY", timed(given.url, lambda: sql(given.url, "".join(f"\\copy {SCHEMA}.{table} FROM '{folder}/{table}'\n" for table in TABLES)) and 0))
            db = f"{folder}/{number}.db"
            note("SQLite", timed(given.url, lambda: told_by(given.bench, f"sqlite:{db}", given.entries)))
    sql(given.url, f"DROP SCHEMA {SCHEMA} CASCADE;")
    wall, processor = ({name: statistics.median(one[at] for one in all) for name, all in took.items()} for at in (0, 1))
    for name in took:
        print(f"{name:<10} {given.entries / wall[name]:>7.0f} entries/s, {1e6 * processor[name] / given.entries:>5.0f} µs of the server's processor time an entry; "
              f"PostgreSQL is {wall[name] / wall['PostgreSQL']:.2f} × as fast")

if __name__ == "__main__":
    main()
