#!/usr/bin/env python3
"""`faultline retain`: bytes of old documents that nothing published rests on go, into an archive that gives them back; timelines stay byte for byte:
retain.py FAULTLINE SOURCE_DIR. Over SQLite, and over PostgreSQL where ctest has started a server."""
import json, os, pathlib, random, subprocess, sys, tempfile, time

import databases

NOW, OLD = "2015-02-01T00:00:00Z", "2014-12-31T00:00:00Z"

def feed(name, words, build):
    items = "".join(f"<item><guid>{name}-{n}</guid><title>{word}</title><description>About {word} in a town near the lake.</description><pubDate>Mon, 29 Dec 2014 0{n}:00:00 GMT</pubDate></item>" for n, word in enumerate(words))
    return f"<rss version='2.0'><channel><title>{name}</title><link>https://{name}.example/</link><lastBuildDate>{build}</lastBuildDate>{items}</channel></rss>"

class Desk:
    def __init__(self, faultline, folder, db):
        self.faultline, self.folder, self.db = faultline, pathlib.Path(folder), db
    def run(self, *words, now=NOW, code=0, db=None):
        done = subprocess.run([self.faultline, "--db", db or self.db, *map(str, words)], env={**os.environ, "FAULTLINE_NOW": now, "USER": "ed"}, capture_output=True, timeout=120)
        assert done.returncode == code, (words, done.returncode, done.stdout[-800:], done.stderr[-800:])
        if code == 1:
            assert done.stderr.startswith(b"faultline: ") and done.stderr.count(b"\n") == 1, done.stderr
        return done.stdout + (done.stderr if code else b"")
    def put(self, name, words, build, now):
        path = self.folder / f"{name}.xml"
        path.write_text(feed(name, words, build))
        self.run("ingest", path, now=now)
    def told(self, db=None):
        return [self.run(*words, db=db) for words in (("timeline", "sony", "--format", "json"), ("timeline", "country:KP", "--format", "html"), ("search", "town OR sony", "--json"), ("log",))]
    def documents(self, db=None):
        """Every document that an entry or an outage was read from, and all others, by id."""
        out = {}
        with tempfile.TemporaryDirectory() as folder:
            self.run("copy", "--from", db or self.db, "--to", f"sqlite:{folder}/c.db")
            rows = subprocess.run(["sqlite3", f"{folder}/c.db", "SELECT id, codec FROM document_bytes"], capture_output=True, text=True, check=True).stdout
        for row in rows.splitlines():
            name, codec = row.split("|")
            out[name] = codec
        return out

def whole_way(desk, source, archive, kills):
    desk.run("ingest", source / "app/sample", now=OLD)
    for name, words in (("lake", ("Regatta", "Fair")), ("hill", ("Picnic", "Market"))):
        desk.put(name, words, "1", OLD)
        desk.put(name, words, "2", OLD)  # read again, and nothing was new in it
    desk.put("lake", ("Regatta", "Fair"), "3", NOW)  # that too, and it is not old
    assert b"run faultline correlate first" in desk.run("retain", "--keep", "30d", code=1)
    desk.run("correlate")
    hits = [json.loads(line) for line in desk.run("search", "picnic", "--json").splitlines()]
    desk.run("edit", "note", next(hit["id"] for hit in hits if hit["kind"] == "entry"), "Was it the same day?")
    desk.run("correlate")
    before, all_of = desk.told(), desk.documents()
    bytes_of = {name: desk.run("document", name) for name in all_of}
    told = json.loads(desk.run("retain", "--keep", "30d", "--dry-run", "--json"))
    assert told["documents"] == 2 and told["dry_run"] and desk.documents() == all_of, told
    # Killed again and again: what is removed is in the archive, always.
    chance = random.Random(3)
    killed = 0
    for _ in range(kills):
        process = subprocess.Popen([desk.faultline, "--db", desk.db, "retain", "--keep", "30d", "--archive", archive], env={**os.environ, "FAULTLINE_NOW": NOW}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        killed += process.wait() != 0
        desk.run("check")
        for name, codec in desk.documents().items():
            if codec == "removed":
                assert desk.run("document", name, db=f"sqlite:{archive}") == bytes_of[name]
    desk.run("retain", "--keep", "30d", "--archive", archive)
    assert json.loads(desk.run("retain", "--keep", "30d", "--archive", archive, "--json"))["documents"] == 0
    gone = [name for name, codec in desk.documents().items() if codec == "removed"]
    assert len(gone) == 2, gone
    assert desk.told() == before, "a timeline is another"
    for name in all_of:
        if name in gone:
            said = desk.run("document", name, code=1)
            assert b"were given away at 2015-02-01T00:00:00Z; --db sqlite:" in said, said
            assert desk.run("document", name, db=f"sqlite:{archive}") == bytes_of[name], "the archive has other bytes"
        else:
            assert desk.run("document", name) == bytes_of[name]
    assert b"nothing is wrong" in desk.run("check") and b"nothing is wrong" in desk.run("check", db=f"sqlite:{archive}")
    desk.run("correlate", "--rebuild")
    assert desk.told() == before, "what is made anew is another"
    # Bytes that come again are kept again.
    other = desk.folder / "again.xml"
    other.write_bytes(bytes_of[gone[0]])
    desk.run("ingest", other)
    assert desk.run("document", gone[0]) == bytes_of[gone[0]]
    assert b"name another store" in desk.run("retain", "--keep", "30d", "--archive", desk.db, code=2)
    return killed

def main():
    faultline, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        killed = whole_way(Desk(faultline, folder, f"sqlite:{folder}/t.db"), source, f"{folder}/archive.db", 12)
    beside = "PostgreSQL skipped: no server"
    if url := databases.server():
        with tempfile.TemporaryDirectory() as folder, databases.schema(url) as name:
            killed += whole_way(Desk(faultline, folder, databases.within(url, name)), source, f"{folder}/archive.db", 6)
        beside = "over PostgreSQL too"
    print(f"retain: bytes of two of the documents went into the archive and come back from it, {killed} runs killed; timelines as before, also made anew; {beside}")

if __name__ == "__main__":
    main()
