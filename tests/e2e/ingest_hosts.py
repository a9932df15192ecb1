#!/usr/bin/env python3
"""`faultline ingest URL` before every kind of host: what is said, the exit code, what is kept. ingest_hosts.py FAULTLINE"""
import concurrent.futures, os, subprocess, sys, tempfile

from hosts import COUNT, SAYS, Checks, Hosts, feed_hosts

def main():
    faultline, checks = os.path.abspath(sys.argv[1]), Checks()
    with tempfile.TemporaryDirectory() as folder, Hosts(folder) as hosts:
        def ingest(n):
            command = [faultline, "ingest", "--db", f"sqlite:{folder}/{n}.db", hosts.url(n)]
            return subprocess.run(command, capture_output=True, text=True, timeout=100, env={"PATH": os.environ["PATH"]})
        odd = [n for n in range(COUNT) if feed_hosts.kind_of(n)]
        with concurrent.futures.ThreadPoolExecutor(len(odd)) as pool:
            for n, done in zip(odd, pool.map(ingest, odd)):
                kind = feed_hosts.kind_of(n)
                if feed_hosts.is_readable(n):
                    checks.that(done.returncode == 0 and "15 entries new" in done.stdout, f"{kind}: {done}")
                else:
                    checks.that(done.returncode == 1 and SAYS[kind] in done.stderr, f"{kind}: {done}")
                    checks.that(len(done.stderr) < 2000 and done.stderr.isprintable() or "\n" in done.stderr, f"{kind}: {done}")
    checks.end()

main()
