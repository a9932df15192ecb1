#!/usr/bin/env python3
"""`faultline run --once` over hosts of which a fifth are odd: every entry of every sound one is in the store,
every bad one is told with its reason, and nobody was asked more than politeness allows. run_once.py FAULTLINE"""
import collections, json, os, sqlite3, subprocess, sys, tempfile

from hosts import COUNT, ENTRIES, SAYS, Checks, Hosts, feed_hosts

def number_of(url):
    _, _, x, y = url.split("/")[2].split(":")[0].split(".")
    return int(x) * 250 + int(y) - 1

def main():
    faultline, checks = os.path.abspath(sys.argv[1]), Checks()
    with tempfile.TemporaryDirectory() as folder, Hosts(folder) as hosts:
        env = {"PATH": os.environ["PATH"], "FAULTLINE_ALLOW_HOSTS": "127.0.0.0/8", "FAULTLINE_CONTACT": "test@example.org"}
        def run(*words):
            done = subprocess.run([faultline, *words], cwd=folder, env=env, capture_output=True, text=True, timeout=300)
            checks.that(done.returncode == 0, done)
            return done.stdout
        run("sources", "add", hosts.opml, "--no-check")
        run("run", "--once")
        polls = {number_of(poll["url"]): poll for poll in map(json.loads, run("sources", "--json").splitlines()) if poll["polled"]}
        checks.that(len(polls) == COUNT, f"{len(polls)} sources of {COUNT}")
        with sqlite3.connect(os.path.join(folder, "faultline.db")) as db:
            kept = dict(db.execute("SELECT source_id, count(*) FROM entries GROUP BY source_id"))
        for n, poll in polls.items():
            if feed_hosts.is_readable(n):
                checks.that(poll["failures"] == 0 and kept.get(poll["source"]) == ENTRIES, (feed_hosts.kind_of(n), poll))
            else:
                says = SAYS[feed_hosts.kind_of(n)]
                checks.that(poll["failures"] == 1 and says in poll["last_error"], (feed_hosts.kind_of(n), says, poll))
                checks.that(poll["health"] in ("failing", "gone") and poll["failing_since"], poll)
        checks.that(len(kept) == sum(map(feed_hosts.is_readable, range(COUNT))), f"{len(kept)} sources with entries")
        asked = collections.Counter(json.loads(line)["host"] for line in open(hosts.log))
        most = {"redirect": 2, "moved": 2, "loop": 11}
        for n, times in asked.items():
            checks.that(times <= most.get(feed_hosts.kind_of(n), 1), f"{feed_hosts.kind_of(n)} was asked {times} times")
        # Nothing is due now.
        checks.that(run("run", "--once").startswith("0 polled"), "a second run polls nothing")
    checks.end()

main()
