#!/usr/bin/env python3
"""One process after the other, killed at random moments and begun again until it is done: kills.py FAULTLINE SOURCE_DIR [--kills N] [--seed S] [--store sqlite|postgres]

The sample is ingested a document at a time, correlated in between and at the end, and something is decided. In the end nothing is lost and
nothing is there twice: `faultline check` finds nothing, the timelines are those of an undisturbed run byte for byte, and so is everything
else (the digests of `faultline copy`). PostgreSQL: the server that ctest has started; without one the test is skipped (77)."""
import argparse, contextlib, json, os, pathlib, random, subprocess, sys, tempfile, time

import databases

ENV = {**os.environ, "FAULTLINE_NOW": "2015-02-01T00:00:00Z", "USER": "ed"}

def run(faultline, db, *words):
    done = subprocess.run([faultline, "--db", db, *words], env=ENV, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, (words, done.returncode, done.stdout[-1000:], done.stderr[-1000:])
    return done.stdout

def steps(source):
    out = []
    for number, one in enumerate(sorted((source / "app/sample").iterdir())):
        if one.name != "README.md":
            out.append(("ingest", str(one)))
        if number % 4 == 3:
            out.append(("correlate",))
    return [*out, ("correlate",)]

def decision(faultline, db):
    """What a person decides in the end. Ids follow from where the files are."""
    entry = json.loads(run(faultline, db, "search", "sony", "--json").splitlines()[0])["id"]
    return [("edit", "delete", entry, "--reason", "twice"), ("correlate",)]

def content(faultline, db, folder):
    """All of it: what check, timelines and the log say, and how many records of each kind there are with their digests."""
    copy = pathlib.Path(folder, "content.db")
    for ending in ("", "-wal", "-shm"):
        pathlib.Path(f"{copy}{ending}").unlink(missing_ok=True)
    assert "nothing is wrong" in run(faultline, db, "check")
    asked = (("timeline", "sony", "--format", "json"), ("timeline", "country:KP", "--format", "json"), ("log", "--json"), ("sources", "--json"))
    return [run(faultline, db, *words) for words in asked] + [run(faultline, db, "copy", "--from", db, "--to", f"sqlite:{copy}", "--json")]

@contextlib.contextmanager
def place(store, folder):
    """The URL of an empty database, which is gone afterwards."""
    if store == "sqlite":
        with tempfile.TemporaryDirectory(dir=folder) as own:
            yield f"sqlite:{own}/t.db"
        return
    with databases.schema(databases.server()) as name:
        yield databases.within(databases.server(), name)

def undisturbed(faultline, db, plan, lengths):
    for words in plan:
        at = time.monotonic()
        run(faultline, db, *words)
        lengths[words] = max(lengths.get(words, 0), time.monotonic() - at)

def killed_run(faultline, db, plan, lengths, chance, left):
    """Goes through the plan; each step is killed at a random moment and begun again, at most thrice. How many were killed."""
    killed = 0
    for words in plan:
        for _ in range(3):
            if killed >= left:
                break
            process = subprocess.Popen([faultline, "--db", db, *words], env=ENV, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            try:
                said = process.communicate(timeout=chance.uniform(0.002, lengths[words] * 1.05))[1]
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                killed += process.returncode == -9
                continue
            assert process.returncode == 0, (words, said)
            break
        else:
            run(faultline, db, *words)
            continue
        if killed >= left:
            run(faultline, db, *words)
    return killed

def main():
    options = argparse.ArgumentParser()
    options.add_argument("faultline", type=os.path.abspath)
    options.add_argument("source", type=lambda name: pathlib.Path(name).resolve())
    options.add_argument("--kills", type=int, default=40)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    given = options.parse_args()
    if given.store == "postgres" and databases.server() is None:
        print("skipped: no PostgreSQL server")
        return 77
    chance, plan, killed, rounds, lengths = random.Random(given.seed), steps(given.source), 0, 0, {}
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        with place(given.store, folder) as calm:
            undisturbed(given.faultline, calm, plan, lengths)
            last = decision(given.faultline, calm)
            undisturbed(given.faultline, calm, last, lengths)
            plan += last
            expected = content(given.faultline, calm, folder)
        while killed < given.kills:
            with place(given.store, folder) as rough:
                killed += killed_run(given.faultline, rough, plan, lengths, chance, given.kills - killed)
                got = content(given.faultline, rough, folder)
                assert got == expected, [(a, b) for a, b in zip(got, expected) if a != b]
                rounds += 1
    print(f"kills: {killed} over {given.store} in {rounds} runs of {len(plan)} commands: nothing lost, nothing twice, the same in the end ({time.monotonic() - began:.0f} s, seed {given.seed})")
    return 0

if __name__ == "__main__":
    sys.exit(main())
