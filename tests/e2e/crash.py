#!/usr/bin/env python3
"""Kills and failures of the disk at every write, and power cuts, over SQLite: crash.py FAULTLINE SOURCE_DIR FAULTS [--all] [--seed S] [--kinds k,…] [--of c,…]

An ingest of the sample, a correlation and a decision are run under FAULTS (tests/support/faults.cc), which at the Nth thing that they do to
their files kills them, fails or writes half. After each: `faultline check` finds nothing, what is there is what one of the committed
transactions of an undisturbed run left, in their order, exit code and sentence are as documented, and the same commands again end with the
same database, byte for byte of its contents. Power cuts: of all that was written and not yet forced to the disk any part may be missing."""
import argparse, json, os, pathlib, random, re, shutil, subprocess, sys, tempfile, time

ENV = {**os.environ, "FAULTLINE_NOW": "2015-02-01T00:00:00Z", "USER": "ed"}
KINDS = ("kill", "enospc", "eio", "short", "erofs")
ENDINGS = ("", "-wal", "-shm", "-journal")

def dump(db):
    """All that is in it, as one text; None where there are no tables yet."""
    done = subprocess.run(["sqlite3", db, "PRAGMA user_version", "SELECT count(*) FROM sqlite_schema", ".dump"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    version, tables, rest = done.stdout.split("\n", 2)
    return None if tables == "0" else (int(version), rest)

class Trial:
    def __init__(self, faultline, source, faults, folder):
        self.faultline, self.faults, self.folder = faultline, faults, pathlib.Path(folder)
        self.sample = sorted(str(one) for one in (source / "app/sample").iterdir() if one.name != "README.md")
        self.place = self.folder / "work"
        self.place.mkdir()
        # Ids follow from where the files are.
        self.run(["ingest", *self.sample], db=self.folder / "ids.db")
        self.entry = json.loads(self.run(["search", "sony", "--json"], db=self.folder / "ids.db").stdout.splitlines()[0])["id"]
        self.commands = (["ingest", *self.sample], ["correlate"], ["edit", "delete", self.entry, "--reason", "twice"])
        self.db = str(self.place / "t.db")
        self.starts, self.ends, self.counts = [], [], []
        self.undisturbed()
    def run(self, words, kind=None, at=0, log=None, db=None):
        env = dict(ENV)
        if kind:
            env |= {"LD_PRELOAD": self.faults, "FAULTS_FOLDER": str(self.place), "FAULTS_KIND": kind, "FAULTS_AT": str(at), "FAULTS_LOG": str(log or "")}
        return subprocess.run([self.faultline, "--db", f"sqlite:{db or self.db}", *words], env=env, capture_output=True, text=True, timeout=120)
    def clear(self):
        for ending in ENDINGS:
            pathlib.Path(self.db + ending).unlink(missing_ok=True)
    def start_from(self, number):
        self.clear()
        if number > 0:
            shutil.copy(self.starts[number], self.db)
    def undisturbed(self):
        """What is there after each transaction, and how much each command does to its files."""
        states = [None]
        for one in self.sample:
            assert self.run(["ingest", one]).returncode == 0
            states.append(dump(self.db))
        self.clear()
        for number, words in enumerate(self.commands):
            self.starts.append(self.folder / f"start{number}.db")
            if number > 0:
                shutil.copy(self.db, self.starts[-1])
            log = self.folder / f"count{number}"
            done = self.run(words, "count", log=log)
            assert done.returncode == 0, done.stderr
            self.counts.append(int(log.read_text()))
            before = dump(self.starts[-1]) if number > 0 else None
            self.ends.append(states if number == 0 else [before, dump(self.db)])
        assert self.ends[0][-1] == dump(self.starts[1]), "a file at a time or all at once: the same"
        self.final = self.ends[-1][-1]
        self.newest = self.final[0]
    def state(self, number):
        """Which of the states of a command this is, all checked."""
        if not os.path.exists(self.db):
            return 0
        now = dump(self.db)
        if now is None or now[0] < self.newest:  # while the tables were made
            assert number == 0 and (now is None or "INSERT INTO entries" not in now[1]), now
            return 0
        done = self.run(["check"])
        assert done.returncode == 0, done.stdout + done.stderr
        if now not in self.ends[number]:
            assert number == 0 and "INSERT INTO sources" not in now[1], "a state that no transaction left"
            return 0
        return self.ends[number].index(now)
    def go_on(self, number):
        for words in self.commands[number:]:
            done = self.run(words)
            assert done.returncode == 0, (words, done.stderr)
        assert dump(self.db) == self.final, "the same commands again end otherwise"
    def one(self, number, kind, at):
        self.start_from(number)
        done = self.run(self.commands[number], kind, at)
        where = f"{self.commands[number][0]}, {kind} at {at}"
        try:
            state = self.state(number)
            if kind == "kill":
                assert done.returncode == -9, (done.returncode, done.stderr)
            elif done.returncode == 0:
                assert state == len(self.ends[number]) - 1, "done, it said, and not all is there"
            else:
                said = done.stderr.splitlines()
                assert done.returncode == 1 and len(said) == 1 and re.match(r"faultline: The database .*[;(].*\.$", said[0]), (done.returncode, done.stderr)
            self.go_on(number)
        except AssertionError as failure:
            raise AssertionError(f"{where}: {failure}") from failure
        return done.returncode

# Power cuts: what was done to files is told in a log, and played again up to a moment, where of each file what came after its last sync may be missing.

def read_log(path):
    data, at, out = path.read_bytes(), 0, []
    while at < len(data):
        end = data.index(b"\n", at)
        doing, offset, size, name = data[at:end].decode().split(" ", 3)
        out.append((doing, name, int(offset), data[end + 1:end + 1 + int(size)]))
        at = end + 1 + int(size)
    return out

def apply(file, done):
    doing, _, offset, data = done
    if doing == "t":
        del file[offset:]
        file.extend(bytes(offset - len(file)))
    elif doing == "w":
        file.extend(bytes(max(0, offset - len(file))))
        file[offset:offset + len(data)] = data

def cut(trial, start, doings, upto, keep):
    """Files as a disk holds them whose power goes before doing number `upto`. `keep` says of each that is not yet forced whether it came through: all, half of it, or nothing."""
    whole, waiting = {}, {}
    if start.exists():
        whole["t.db"] = bytearray(start.read_bytes())
    for done in doings[:upto]:
        doing, name = done[:2]
        if name.endswith("-shm"):
            continue  # is never forced, and made anew
        if doing == "u":
            whole.pop(name, None)
            waiting.pop(name, None)
        elif doing == "s":
            for earlier in waiting.pop(name, []):
                apply(whole.setdefault(name, bytearray()), earlier)
        else:
            whole.setdefault(name, bytearray())
            waiting.setdefault(name, []).append(done)
    trial.clear()
    for name, rest in waiting.items():
        for done in rest:
            how = keep()
            if how == "half":
                done = (*done[:3], done[3][:len(done[3]) // 2 // 512 * 512])
            if how != "lost":
                apply(whole[name], done)
    for name, data in whole.items():
        (trial.place / name).write_bytes(data)

def power_cuts(trial, number, step, chance):
    trial.start_from(number)
    log = trial.folder / f"log{number}"
    assert trial.run(trial.commands[number], "record", log=log).returncode == 0
    doings = read_log(log)
    assert len(doings) == trial.counts[number] and any(one[0] == "s" for one in doings)
    made = 0
    for upto in range(1 + chance.randrange(step), len(doings) + 1, step):
        for keep in (lambda: "lost", lambda: "kept", lambda: chance.choice(("lost", "half", "kept", "kept"))):
            cut(trial, trial.starts[number], doings, upto, keep)
            trial.state(number)
            made += 1
        trial.go_on(number)
    if number == 2:  # a decision that was told of as made is on the disk, whatever else is not
        cut(trial, trial.starts[number], [one for one in doings if one[0] != "u"], len(doings), lambda: "lost")
        assert trial.state(number) == 1, "a decision is lost"
    return made

def decided_beside_a_reader(trial):
    """Somebody reads an older state all the while, so that nothing can be put from the log into the file: the log itself is forced."""
    trial.start_from(2)
    script = f"import sqlite3, sys; db = sqlite3.connect({trial.db!r}); db.execute('BEGIN'); db.execute('SELECT count(*) FROM entries').fetchone(); print('reads', flush=True); sys.stdin.read()"
    reader = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert reader.stdout.readline() == "reads\n"
        log = trial.folder / "beside"
        assert trial.run(trial.commands[2], "record", log=log).returncode == 0
    finally:
        reader.communicate()
    cut(trial, trial.starts[2], read_log(log), 10**9, lambda: "lost")
    assert trial.state(2) == 1, "a decision beside a reader is lost"

def old_database(trial, source, version):
    """As the first migrations left it, with an entry in it."""
    trial.clear()
    steps = sorted((source / "store/sqlite/migrations").glob("*.sql"))[:version]
    sql = "PRAGMA journal_mode = WAL;" + "".join(one.read_text() for one in steps) + (f"PRAGMA application_id = {0x464C544E}; PRAGMA user_version = {version};"
        "INSERT INTO sources VALUES ('s', 'u', 0, 't', '', 'en', 1); INSERT INTO documents VALUES ('s', 'd', 'u', 'rss20', 1, 1, '');"
        "INSERT INTO entries (n, id, source_id, identity, identity_kind, first_seen) VALUES (7, 'ent-old', 's', 'guid', 0, 8);"
        "INSERT INTO revisions VALUES ('ent-old', 1, '', 'd', 'p', 'First', 'b', '', 'u', 'c', 'en', '', '[]', '[]', '', '', NULL, NULL, NULL, NULL, NULL, NULL, 8, 8);"
        "INSERT INTO entry_words (rowid, title, body, publisher, tags) VALUES (7, 'first ', 'b ', '', '')")
    subprocess.run(["sqlite3", trial.db], input=sql, text=True, check=True, capture_output=True)

def migrations(trial, source, chance, step):
    """The disk fills, or the program is killed, while an old database is brought up to date: it is left at one of the steps, with all that was in it."""
    version = 4
    old_database(trial, source, version)
    log = trial.folder / "migrated"
    assert trial.run(["sources"]).returncode == 1, "who only reads changes nothing"
    assert trial.run(["correlate"], "count", log=log).returncode == 0
    final, count, made, stopped = dump(trial.db), int(log.read_text()), 0, set()
    for kind in ("enospc", "kill", "erofs"):
        for at in range(1 + chance.randrange(step), count + 1, step):
            old_database(trial, source, version)
            done = trial.run(["correlate"], kind, at)
            said = done.stderr.splitlines()
            assert done.returncode in (0, 1, -9) and (done.returncode != 1 or len(said) == 1 and said[0].startswith("faultline: The database")), (kind, at, done)
            now = dump(trial.db)
            assert "'ent-old'" in now[1] and "'First'" in now[1], (kind, at, "an entry is lost")
            stopped.add(now[0])
            done = trial.run(["correlate"])
            assert done.returncode == 0 and dump(trial.db)[1] == final[1], (kind, at, done.stderr)
            made += 1
    assert len(stopped) > 2, stopped
    return made

def newer(trial):
    """A database of a newer Faultline is left as it is, in one sentence."""
    trial.start_from(2)
    subprocess.run(["sqlite3", trial.db, "PRAGMA user_version = 99"], check=True)
    before = pathlib.Path(trial.db).read_bytes()
    for words in (*trial.commands, ["timeline", "sony"]):
        done = trial.run(words)
        assert done.returncode == 1 and done.stderr.count("\n") == 1 and "newer Faultline" in done.stderr, (words, done)
    assert pathlib.Path(trial.db).read_bytes() == before

def together(trial, count=4):
    """Several write at a time: all is there, once."""
    trial.clear()
    parts = [trial.sample[n::count] for n in range(count)]
    at_once = [subprocess.Popen([trial.faultline, "--db", f"sqlite:{trial.db}", "ingest", *(part * 3)], env=ENV, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for part in parts]
    for process in at_once:
        said = process.communicate(timeout=120)[1]
        assert process.returncode == 0 and not said, said
    ids = "SELECT count(*), count(DISTINCT id), (SELECT count(*) FROM documents), (SELECT count(*) FROM outages WHERE newest) FROM entries"
    ask = lambda db: subprocess.run(["sqlite3", db, ids], capture_output=True, text=True, check=True).stdout
    assert ask(trial.db) == ask(trial.starts[1])
    at_once = [subprocess.Popen([trial.faultline, "--db", f"sqlite:{trial.db}", "correlate"], env=ENV, stdout=subprocess.DEVNULL) for _ in range(count)]
    assert [process.wait(120) for process in at_once] == [0] * count
    assert trial.run(["check"]).returncode == 0
    # One who does not let go is waited for, and then told of.
    holder = subprocess.Popen([sys.executable, "-c", f"import sqlite3, sys; db = sqlite3.connect({trial.db!r}, isolation_level=None); db.execute('BEGIN IMMEDIATE'); print('holds', flush=True); sys.stdin.read()"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "holds\n"
    done = trial.run(["edit", "delete", trial.entry])
    assert done.returncode == 1 and "is locked by another program" in done.stderr and done.stderr.count("\n") == 1, done
    holder.communicate()

def clock_goes_back(trial):
    """Two months earlier than before: nothing is lost, numbers go on rising, and a backup keeps the newest."""
    trial.start_from(2)
    back = {**ENV, "FAULTLINE_NOW": "2014-12-01T00:00:00Z"}
    text = pathlib.Path(trial.sample[0]).read_text().replace("</title>", " again</title>", 3)
    feed = trial.folder / "01-again.rss.xml"
    feed.write_text(text)
    before = subprocess.run(["sqlite3", trial.db, "SELECT entry, number, content_hash FROM revisions"], capture_output=True, text=True, check=True).stdout.splitlines()
    for words in (["ingest", str(feed)], ["edit", "delete", trial.entry], ["correlate"], ["check"], ["timeline", "sony"]):
        done = subprocess.run([trial.faultline, "--db", f"sqlite:{trial.db}", *words], env=back, capture_output=True, text=True)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
    after = subprocess.run(["sqlite3", trial.db, "SELECT entry, number, content_hash FROM revisions"], capture_output=True, text=True, check=True).stdout.splitlines()
    assert set(before) < set(after), "a revision is lost"

def main():
    options = argparse.ArgumentParser()
    options.add_argument("faultline", type=os.path.abspath)
    options.add_argument("source", type=lambda name: pathlib.Path(name).resolve())
    options.add_argument("faults", type=os.path.abspath)
    options.add_argument("--all", action="store_true")
    options.add_argument("--per", type=int, default=6, help="trials of each kind and command")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--kinds", default=",".join((*KINDS, "cut")))
    options.add_argument("--of", default="ingest,correlate,edit,rest", help="commands that are disturbed; rest: migrations, several at once, a clock that goes back")
    given = options.parse_args()
    of, kinds = given.of.split(","), given.kinds.split(",")
    if wrong := [name for name in of if name not in ("ingest", "correlate", "edit", "rest")] + [name for name in kinds if name not in (*KINDS, "cut")]:
        options.error(f"there is no {', '.join(wrong)}")
    chance, tried, failed = random.Random(given.seed), {}, 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(given.faultline, given.source, given.faults, folder)
        for number, count in enumerate(trial.counts):
            if trial.commands[number][0] not in of:
                continue
            step = 1 if given.all else max(1, count // given.per)
            for kind in kinds:
                if given.all:  # which takes hours
                    print(f"crash: {kind} at each of {count} writes of {trial.commands[number][0]} ({time.monotonic() - began:.0f} s)", file=sys.stderr, flush=True)
                if kind == "cut":
                    tried[kind] = tried.get(kind, 0) + power_cuts(trial, number, step, chance)
                    continue
                for at in range(1 if given.all else 1 + chance.randrange(step), count + 1, step):
                    failed += trial.one(number, kind, at) == 1
                    tried[kind] = tried.get(kind, 0) + 1
        if "rest" in of:
            decided_beside_a_reader(trial)
            tried["while migrating"] = migrations(trial, given.source, chance, 1 if given.all else 60)
            newer(trial)
            together(trial)
            clock_goes_back(trial)
    told = ", ".join(f"{count} {kind}" for kind, count in tried.items())
    print(f"crash: {trial.counts} writes; {told}; {failed} told of as failed; each whole, a prefix, and the same in the end ({time.monotonic() - began:.0f} s, seed {given.seed})")

if __name__ == "__main__":
    main()
