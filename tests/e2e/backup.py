#!/usr/bin/env python3
"""`faultline backup`: the state of one moment while others write, never a half file, restored byte for byte: backup.py FAULTLINE SOURCE_DIR
Over SQLite, and over PostgreSQL where ctest has started a server (pg_dump and pg_restore; the password is in no command line)."""
import os, pathlib, random, secrets, subprocess, sys, tempfile, threading, time, urllib.parse

import databases

ROUNDS = 30
ENV = {**os.environ, "FAULTLINE_NOW": "2015-02-01T00:00:00Z", "USER": "ed"}
QUERIES = (("timeline", "sony", "--format", "json"), ("timeline", "country:KP", "--format", "html"), ("search", "internet OR 북한", "--json"), ("log",), ("sources",))

def run(faultline, db, *words, code=0, env=ENV):
    done = subprocess.run([faultline, "--db", db, *words], env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == code, (words, done.returncode, done.stdout[-1000:], done.stderr[-1000:])
    if code == 1:
        assert done.stderr.startswith("faultline: ") and done.stderr.count("\n") == 1, done.stderr
    return done.stdout + done.stderr

def told(faultline, db):
    return [run(faultline, db, *words) for words in QUERIES]

def fill(faultline, source, db):
    run(faultline, db, "ingest", str(source / "app/sample"))
    run(faultline, db, "correlate")
    run(faultline, db, "edit", "note", "kp-2014-12-22", "Held against Dyn's own report")

def feed(number, entries=40):
    items = "".join(f"<item><guid>{number}-{n}</guid><title>Item {number} {n}</title><description>{'words of an outage ' * 20}</description></item>" for n in range(entries))
    return f"<rss version='2.0'><channel><title>Feed {number}</title>{items}</channel></rss>"

def files(faultline, source, folder):
    db, copy = f"sqlite:{folder}/faultline.db", f"{folder}/copy.db"
    fill(faultline, source, db)
    before = told(faultline, db)
    assert "checked" in run(faultline, db, "backup", copy)
    assert not list(pathlib.Path(folder).glob("*.part*")) and oct(os.stat(copy).st_mode)[-3:] == "600"
    assert "is there already" in run(faultline, db, "backup", copy, code=1)
    run(faultline, db, "edit", "note", "kp-2014-12-22", "Another thought")
    run(faultline, db, "backup", copy, "--force")
    assert told(faultline, f"sqlite:{copy}") == told(faultline, db) != before
    pathlib.Path(f"{folder}/other.db-wal").write_text("x")
    assert "is in use or was" in run(faultline, db, "backup", f"{folder}/other.db", code=1)
    assert "is a folder" in run(faultline, db, "backup", folder, code=1)
    assert "could not be written" in run(faultline, db, "backup", f"{folder}/nowhere/copy.db", code=1)
    assert "There is no database" in run(faultline, f"sqlite:{folder}/none.db", "backup", f"{folder}/x.db", code=1)
    hurt = pathlib.Path(folder, "hurt.db")
    data = bytearray(pathlib.Path(copy).read_bytes())
    data[8192 * 30:8192 * 31] = bytes(8192)
    hurt.write_bytes(data)
    assert "no backup of it was kept" in run(faultline, f"sqlite:{hurt}", "backup", f"{folder}/x.db", code=1)
    assert not pathlib.Path(folder, "x.db").exists()

def rotated(faultline, folder):
    many = pathlib.Path(folder, "many")
    many.mkdir()
    (many / "mine.db").write_text("not a backup")
    for hour in (1, 2, 3, 0, 4):  # once the clock goes back: the one just made stays
        run(faultline, f"sqlite:{folder}/faultline.db", "backup", str(many), "--keep", "2", env={**ENV, "FAULTLINE_NOW": f"2015-02-01T0{hour}:00:00Z"})
        assert (many / f"faultline-20150201T0{hour}0000Z.db").exists()
    assert sorted(one.name for one in many.iterdir()) == ["faultline-20150201T030000Z.db", "faultline-20150201T040000Z.db", "mine.db"], list(many.iterdir())

def while_written(faultline, folder, rounds, seed):
    """Somebody else puts feed after feed in: each backup holds whole ones, all that were there when it began. Some are killed."""
    chance, db = random.Random(seed), f"sqlite:{folder}/busy.db"
    stop, put = threading.Event(), []
    def write():
        n = 0
        while not stop.is_set():
            pathlib.Path(folder, f"feed{n}.xml").write_text(feed(n))
            run(faultline, db, "ingest", f"{folder}/feed{n}.xml")
            put.append(n)
            n += 1
            time.sleep(0.02)
    writer = threading.Thread(target=write)
    writer.start()
    killed = 0
    try:
        while len(put) < 5:
            time.sleep(0.01)
        for n in range(rounds):
            file = f"{folder}/busy{n}.db"
            if n % 2:
                process = subprocess.Popen([faultline, "--db", db, "backup", file], env=ENV, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(chance.uniform(0, 0.06))
                process.kill()
                killed += process.wait() != 0
                if not os.path.exists(file):
                    continue
                at_least = 0
            else:
                at_least = len(put)
                run(faultline, db, "backup", file)
            run(faultline, f"sqlite:{file}", "check")
            count = int(subprocess.run(["sqlite3", file, "SELECT count(*) FROM entries"], capture_output=True, check=True).stdout)
            assert count % 40 == 0 and count >= 40 * at_least, (count, at_least)
            os.unlink(file)
    finally:
        stop.set()
        writer.join()
    return len(put), killed

def postgres(faultline, source, folder):
    if len(databases.servers()) < 2:
        return "PostgreSQL skipped: no server"
    url, guarded = databases.servers()
    database = "faultline_restore_" + secrets.token_hex(4)
    databases.psql(url, f"CREATE DATABASE {database}")
    try:
        with databases.schema(url) as schema:
            dumped_and_restored(faultline, source, folder, url, guarded, schema, database)
    finally:
        databases.psql(url, f"DROP DATABASE {database}")
    return "dumped and restored over PostgreSQL"

def dumped_and_restored(faultline, source, folder, url, guarded, schema, database):
    place = databases.within(guarded, schema)
    fill(faultline, source, place)
    before, dump = told(faultline, place), f"{folder}/copy.dump"
    # A pg_dump that notes how it was called.
    tools = pathlib.Path(folder, "tools")
    tools.mkdir()
    real = subprocess.run(["sh", "-c", "command -v pg_dump"], capture_output=True, text=True, check=True).stdout.strip()
    (tools / "pg_dump").write_text(f"#!/bin/sh\necho \"$@\" > {folder}/called; env > {folder}/environment; exec {real} \"$@\"\n")
    (tools / "pg_dump").chmod(0o755)
    run(faultline, place, "backup", dump, env={**ENV, "PATH": f"{tools}:{os.environ['PATH']}"})
    password = urllib.parse.urlsplit(guarded).password
    assert password not in pathlib.Path(folder, "called").read_text() and f"PGPASSWORD={password}" in pathlib.Path(folder, "environment").read_text()
    assert "is there already" in run(faultline, place, "backup", dump, code=1)
    wrong = run(faultline, place, "backup", f"{folder}/x.dump", code=1, env={**ENV, "PATH": "/nowhere"})
    assert "postgresql-client" in wrong and not os.path.exists(f"{folder}/x.dump"), wrong
    # As docs/backup.md says.
    there = url.replace("/postgres?", f"/{database}?", 1)
    subprocess.run(["pg_restore", "--no-owner", f"--dbname={there}", dump], check=True, capture_output=True)
    restored = databases.within(there, schema)
    assert "nothing is wrong" in run(faultline, restored, "check")
    assert told(faultline, restored) == before

def main():
    faultline, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        files(faultline, source, folder)
        rotated(faultline, folder)
        put, killed = while_written(faultline, folder, ROUNDS, 1)
        beside = postgres(faultline, source, folder)
    print(f"backup: byte for byte; {ROUNDS} taken beside a writer of {put} feeds, {killed} of them killed, each one whole or not there; {beside}")

if __name__ == "__main__":
    main()
