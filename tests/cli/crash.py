#!/usr/bin/env python3
"""Kills `faultline ingest` in the middle, again and again, then lets it finish: crash.py FAULTLINE SAMPLE

The database must hold the same as one whose ingest was never disturbed. Prints how many runs were killed.
"""
import os, signal, subprocess, sys, tempfile, time

faultline, sample = map(os.path.abspath, sys.argv[1:3])
env = {**os.environ, "FAULTLINE_NOW": "2015-02-01T00:00:00Z"}

def ingest(db):
    return [faultline, "--db", "sqlite:" + db, "ingest", sample]

def dump(db):
    check = subprocess.run(["sqlite3", db, "pragma integrity_check"], capture_output=True, text=True, check=True).stdout
    assert check.strip() == "ok", check
    return subprocess.run(["sqlite3", db, ".dump"], capture_output=True, check=True).stdout

with tempfile.TemporaryDirectory() as folder:
    calm, rough = os.path.join(folder, "calm.db"), os.path.join(folder, "rough.db")
    began = time.monotonic()
    subprocess.run(ingest(calm), env=env, check=True, capture_output=True)
    length = time.monotonic() - began
    killed = 0
    for i in range(40):
        process = subprocess.Popen(ingest(rough), env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=length * (i % 20 + 1) / 20)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
        if i % 20 == 19 and os.path.exists(rough) and i < 39:
            for suffix in ("", "-wal", "-shm", "-journal"):
                if os.path.exists(rough + suffix):
                    os.unlink(rough + suffix)
    subprocess.run(ingest(rough), env=env, check=True, capture_output=True)
    assert dump(calm) == dump(rough), "the databases differ"
    assert killed > 0, "no run was killed: make them start earlier"
    print(f"killed {killed} of 40 runs; the database is the same as without")
