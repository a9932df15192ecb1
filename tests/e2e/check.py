#!/usr/bin/env python3
"""`faultline check` finds what is wrong, says it in one line, and changes nothing: check.py FAULTLINE SOURCE_DIR [--pages N] [--seed S]

A whole database, with edits in it, is clean, and its files are byte for byte the same after it, also beside a log that a killed writer left.
Each rule is broken once (SQLite; PostgreSQL too where ctest has started one). Pages of every table and index are written over, N of each,
and bytes in the middle of texts and documents are flipped."""
import argparse, functools, hashlib, json, os, pathlib, random, shutil, sqlite3, subprocess, sys, tempfile

import databases

ENV = {**os.environ, "FAULTLINE_NOW": "2015-02-01T00:00:00Z", "USER": "ed"}
ENTRY = "(SELECT id FROM entries ORDER BY id LIMIT 1)"
# What is broken, what is done for it, and what must be told of it.
BROKEN = (
    ("a document without a source", "DELETE FROM sources WHERE id = (SELECT source_id FROM documents ORDER BY id LIMIT 1)", "is of no source"),
    ("bytes are missing", "DELETE FROM document_bytes WHERE id = (SELECT min(id) FROM document_bytes)", "the bytes of document"),
    ("bytes of no document", "DELETE FROM documents WHERE id = (SELECT min(id) FROM documents)", "are of no document"),
    ("bytes of another document", "UPDATE document_bytes SET bytes = (SELECT bytes FROM document_bytes ORDER BY id DESC LIMIT 1) WHERE id = (SELECT min(id) FROM document_bytes)",
     "are not those that were read"),
    ("an entry without revisions", f"DELETE FROM revisions WHERE entry = (SELECT n FROM entries WHERE id = {ENTRY})", "has no revision"),
    ("revisions without an entry", f"DELETE FROM entries WHERE id = {ENTRY}", "have no entry"),
    ("a number is missing", "UPDATE revisions SET number = number + 1 WHERE entry = (SELECT max(n) FROM entries)", "numbers of the revisions of entry number"),
    ("a text is another", "UPDATE revisions SET title = 'Nothing' WHERE entry = (SELECT max(n) FROM entries)", "is not the text that was written"),
    ("a text is searched as another", "UPDATE revisions SET title = 'Nothing' WHERE entry = (SELECT max(n) FROM entries)", "searches look into another text"),
    ("nothing is the newest", "UPDATE outages SET newest = FALSE WHERE id = (SELECT min(id) FROM outages)", "marked the newest"),
    ("an outage is another", "UPDATE outages SET cause = 'somebody' WHERE id = (SELECT min(id) FROM outages)", "is not what was written"),
    ("a block is missing", "UPDATE signal_blocks SET block = block + 1", "blocks of samples of signal"),
    ("a block cannot be read", "UPDATE signal_blocks SET samples = substr(samples, 2)", "of the samples of signal"),
    ("samples of no signal", "DELETE FROM signals", "are of no signal"),
    ("an edit is missing", "DELETE FROM edits WHERE seq = 1", "numbers of edits are missing before"),
    ("an undo of nothing", "UPDATE edits SET target = '77' WHERE kind = 6", "undoes one that is not there"),
    ("an edit of nothing", "UPDATE edits SET entries = '[\"ent-none\"]' WHERE seq = 1", "about entry ent-none"),
    ("a change is missing", "DELETE FROM changes WHERE seq = 3", "numbers of changes are missing before"),
    ("a change of nothing", "UPDATE changes SET id = 'none' WHERE seq = 3", "that is not there"),
    ("a finding of nothing", f"UPDATE extractions SET revision = 9 WHERE entry_id = {ENTRY}", "was found in a revision that is not there"),
    ("words that are not there", "UPDATE extractions SET found = replace(found, 'North Korea', 'South Korea')", "has words at"),
    ("a link to nothing", "UPDATE links SET outage_id = 'none' WHERE id = (SELECT min(id) FROM links)", "is to an outage that is not there"),
    ("a link that cannot be read", "UPDATE links SET hypotheses = '[' WHERE id = (SELECT min(id) FROM links)", "cannot be read"),
    ("a verdict on nothing", "UPDATE verdicts SET claim_id = 'none' WHERE id = (SELECT min(id) FROM verdicts)", "is on a claim that is not there"),
    ("a fused outage that rests on nothing", "UPDATE fused_records SET record_id = 'none' WHERE record_id = (SELECT min(record_id) FROM fused_records)", "which is not there"),
    ("a story with an entry of nowhere", "UPDATE story_entries SET entry_id = 'none' WHERE story_id = (SELECT min(id) FROM stories)", "has an entry that is not there"),
    ("an incident with a story of nowhere", "UPDATE incident_members SET member_id = 'none' WHERE is_outage = 0 AND incident_id = (SELECT min(id) FROM incidents)", "has a story that is not there"),
    ("an incident that cannot be read", "UPDATE incidents SET detail = '{' WHERE id = (SELECT min(id) FROM incidents)", "cannot be read"),
    ("marks of nothing", "UPDATE entry_marks SET entry = 99999 WHERE entry = (SELECT min(entry) FROM entry_marks)", "of none that is there"),
    ("correlation from the future", "UPDATE meta SET value = '99999' WHERE key = 'correlate.seq'", "which is not there yet"),
)
# Of SQLite alone.
BROKEN_INDEX = (
    ("words of an entry of nowhere", "INSERT INTO entry_words (rowid, title) VALUES (99999, 'x')", "which is not there"),
    ("words are missing", "DELETE FROM entry_grams WHERE rowid = (SELECT min(id) FROM entry_grams_content)", "searches look into another text"),
    ("the index knows other words", "CREATE TEMP TABLE k AS SELECT * FROM entry_words_content WHERE id = 3; DELETE FROM entry_words WHERE rowid = 3; INSERT INTO entry_words_content SELECT * FROM k",
     "the index of words is not that"),
    ("a claim of no finding", "PRAGMA foreign_keys = OFF; UPDATE claims SET revision = 8 WHERE rowid = 1", "hangs on a row of extractions"),
    ("tables of an older program", "PRAGMA user_version = 3", "tables of version 3"),
    ("tables of a newer program", "PRAGMA user_version = 99", "use the newer program"),
)

def run(faultline, db, *words, code=0):
    done = subprocess.run([faultline, "--db", db, *words], env=ENV, capture_output=True, text=True, timeout=120)
    assert code is None or done.returncode == code, (words, done.returncode, done.stdout[-2000:], done.stderr[-2000:])
    return done

def make(faultline, source, db):
    """The sample, correlated, with decisions of a person."""
    run(faultline, db, "ingest", str(source / "app/sample"))
    run(faultline, db, "correlate")
    entries = [json.loads(line)["id"] for line in run(faultline, db, "search", "sony", "--json").stdout.splitlines() if '"ent-' in line][:2]
    run(faultline, db, "edit", "note", entries[0], "Read again")
    run(faultline, db, "edit", "delete", entries[1], "--reason", "twice")
    run(faultline, db, "edit", "undo", "2")
    run(faultline, db, "correlate")

def told(done):
    """Whether one line each says what is wrong and what is to be done."""
    lines = done.stdout.splitlines() or done.stderr.splitlines()
    assert done.returncode == 1 and lines, (done.returncode, done.stdout, done.stderr)
    for line in lines:
        assert (line.startswith("WRONG  ") or line.startswith("faultline: ")) and "; " in line and len(line) < 600, line
    return lines

def digest(folder):
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in pathlib.Path(folder).iterdir() if not one.name.endswith("-shm")}

def unchanged(faultline, folder):
    path = pathlib.Path(folder, "whole.db")
    before = digest(folder)
    for words in (("check",), ("check", "--quick"), ("check", "--json")):
        run(faultline, f"sqlite:{path}", *words)
    assert digest(folder) == before, "a check changed the files"
    # A log that a writer left who was killed: it is looked into, and stays.
    with tempfile.TemporaryDirectory() as other:
        copy = pathlib.Path(other, "killed.db")
        shutil.copy(path, copy)
        script = f"import os, sqlite3; db = sqlite3.connect({str(copy)!r}); db.execute(\"INSERT INTO meta VALUES ('x', 'y')\"); db.commit(); os._exit(0)"
        subprocess.run([sys.executable, "-c", script], check=True)
        before = digest(other)
        assert os.path.getsize(f"{copy}-wal") > 0
        run(faultline, f"sqlite:{copy}", "check")
        assert digest(other) == before, "a check put a log of others into the file"

def broken(faultline, folder):
    whole, hurt = pathlib.Path(folder, "whole.db"), pathlib.Path(folder, "hurt.db")
    for name, sql, expected in BROKEN + BROKEN_INDEX:
        shutil.copy(whole, hurt)
        subprocess.run(["sqlite3", hurt, ".dbconfig defensive off", sql], check=True, capture_output=True)
        lines = told(run(faultline, f"sqlite:{hurt}", "check", code=None))
        assert any(expected in line for line in lines), (name, expected, lines)
        for suffix in ("", "-wal", "-shm"):
            pathlib.Path(f"{hurt}{suffix}").unlink(missing_ok=True)
    return len(BROKEN + BROKEN_INDEX)

def pages(faultline, folder, count, seed):
    """Every table and index, some pages of each: what stands at their beginning is written over; then single bytes where only we can tell."""
    chance = random.Random(seed)
    whole, hurt = pathlib.Path(folder, "whole.db"), pathlib.Path(folder, "hurt.db")
    rows = subprocess.run(["sqlite3", whole, "SELECT name, pageno FROM dbstat"], capture_output=True, text=True, check=True).stdout
    by_name = {}
    for row in rows.splitlines():
        name, page = row.split("|")
        by_name.setdefault(name, []).append(int(page))
    assert len(by_name) > 50, by_name
    bytes_of, size, found = whole.read_bytes(), 8192, 0
    def check(bytes_now, name):
        hurt.write_bytes(bytes_now)
        for words in (("check",), ("check", "--quick")):
            done = run(faultline, f"sqlite:{hurt}", *words, code=None)
            assert done.returncode in (0, 1), (name, words, done.returncode, done.stderr)
            assert words[1:] or done.returncode == 1, f"{name}: not found"
            if done.returncode == 1:
                told(done)
    for name, numbers in sorted(by_name.items()):
        for page in chance.sample(numbers, min(count, len(numbers))):
            at = (page - 1) * size + (100 if page == 1 else 0)
            broken_bytes = bytearray(bytes_of)
            broken_bytes[at:at + 64] = chance.randbytes(64)
            check(broken_bytes, f"{name}, page {page}")
            found += 1
    for table in ("revisions", "document_bytes", "entry_words_content", "entry_grams_content"):
        db = sqlite3.connect(whole)
        column = {"revisions": "body", "document_bytes": "bytes"}.get(table, "c1")
        longest, = db.execute(f"SELECT {column} FROM {table} ORDER BY length({column}) DESC LIMIT 1").fetchone()
        db.close()
        piece = (longest if isinstance(longest, bytes) else longest.encode())[:60]
        at = bytes_of.index(piece)
        assert at > 0
        broken_bytes = bytearray(bytes_of)
        place = at + chance.randrange(len(piece))
        broken_bytes[place] ^= 1
        hurt.write_bytes(broken_bytes)
        told(run(faultline, f"sqlite:{hurt}", "check", code=None))
        found += 1
    hurt.unlink()
    return found, len(by_name)

def postgres(faultline, source):
    """The same over PostgreSQL, each breakage in a schema that is rolled back to by a copy of its tables."""
    url = databases.server()
    if url is None:
        return "PostgreSQL skipped: no server"
    psql = functools.partial(databases.psql, url)
    with databases.schema(url) as schema:
        place = databases.within(url, schema)
        make(faultline, source, place)
        assert "nothing is wrong" in run(faultline, place, "check").stdout
        tables = psql(f"SELECT relname FROM pg_class WHERE relnamespace = '{schema}'::regnamespace AND relkind = 'r'").split()
        for table in tables:
            psql(f"SET search_path = {schema}; CREATE UNLOGGED TABLE kept_{table} AS TABLE {table}")
        for name, sql, expected in BROKEN:
            psql(f"SET search_path = {schema}; SET session_replication_role = replica; {sql}")
            lines = told(run(faultline, place, "check", code=None))
            assert any(expected in line for line in lines), (name, expected, lines)
            back = "; ".join(f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM kept_{table}" for table in
                             sorted(tables, key=lambda one: one in ("claims", "link_reasons", "story_entries", "incident_members")))
            psql(f"SET search_path = {schema}; BEGIN; TRUNCATE {', '.join(tables)}; {back}; COMMIT")
        run(faultline, place, "check")
    return f"{len(BROKEN)} breakages found over PostgreSQL"

def main():
    options = argparse.ArgumentParser()
    options.add_argument("faultline", type=os.path.abspath)
    options.add_argument("source", type=lambda name: pathlib.Path(name).resolve())
    options.add_argument("--pages", type=int, default=2)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        whole = f"{folder}/whole.db"
        make(given.faultline, given.source, f"sqlite:{whole}")
        assert "nothing is wrong" in run(given.faultline, f"sqlite:{whole}", "check").stdout
        unchanged(given.faultline, folder)
        rules = broken(given.faultline, folder)
        found, names = pages(given.faultline, folder, given.pages, given.seed)
    beside = postgres(given.faultline, given.source)
    print(f"check: clean and unchanged; {rules} breakages found over SQLite; {found} broken pages of {names} tables and indexes found (seed {given.seed}); {beside}")

if __name__ == "__main__":
    main()
