#!/usr/bin/env python3
"""Writing into both stores and asking them, in one run: stores.py BENCH_STORE [ENTRIES]. The same made entries into SQLite and, where it is installed, into PostgreSQL
(tests/support/postgres.py, which does not force anything to the disk). Times of what is asked are by the clock."""
import pathlib, re, subprocess, sys, tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]

def measured(bench, url, entries):
    said = subprocess.run([bench, url, entries], capture_output=True, text=True, check=True).stdout
    rows = {name: f"{rate} entries/s" for name, rate in re.findall(r"^(\S.*?) +([\d.]+) entries/s", said, re.M)}
    rows.update({name: f"{p50} ms, p99 {p99} ms" for name, p50, p99 in re.findall(r"^(.+?) +p50 ([\d.]+) ms, p99 ([\d.]+) ms", said, re.M)})
    return rows

def main():
    bench, entries = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "20000"
    with tempfile.TemporaryDirectory() as folder:
        stores = {"SQLite": measured(bench, f"sqlite:{folder}/store.db", entries)}
        server, url = [sys.executable, str(SOURCE / "tests/support/postgres.py")], pathlib.Path(folder, "url")
        subprocess.run([*server, "start", str(url)], check=True, stdout=subprocess.DEVNULL)
        try:
            if url.exists():
                stores["PostgreSQL"] = measured(bench, url.read_text().splitlines()[0], entries)
        finally:
            subprocess.run([*server, "stop", str(url)], check=True, stdout=subprocess.DEVNULL)
    for store, rows in stores.items():
        for name, figure in rows.items():
            print(f"{store}, {name}: {figure}")

main()
