#!/usr/bin/env python3
"""An hour of a newsroom: soak.py FAULTLINE [--minutes 60] [--folder FOLDER]

`faultline run --listen` over SQLite polls 500 local sources (tests/support/newsroom.py) of which half
also push by a hub; one of them publishes a new entry every second. A client with 16 kept connections
asks the API 200 times a second, whatever the answers take: timelines, searches, incidents, entries,
pages, and what it has already (If-None-Match); four streams of changes are open beside it. For each
entry it asks the timeline of a word that only this entry has until the entry is in the answer: the
lag is from when the source first offered it to when that answer was read, to half a second.

What is bounded must be full when it begins, or it looks like growth. Correlation keeps what undoes
the last 20,000 entries, and before them what may still be joined, six weeks. So the database has
30,000 entries, and the news has a clock of its own, twelve minutes from one to the next: 20,000, then
5,000 of six weeks, and 5,000 that were let go; in the hour come another 3,600, of a month.

Every ten seconds: resident memory, what of it the program has asked for, and SQLite with it
(/metrics); open files, processor time. The slope of the memory after the
warm-up is by least squares, its error by Newey and West (1987), since neighbouring samples depend
on each other. At the end the program is stopped and begun again over the same database, under the
same load: what it holds then is what it holds of the entries, not what has leaked. The database is
checked, and every entry must be in it. The last line is the verdict; exit 1 when something is missed.
"""
import argparse, asyncio, collections, json, math, os, pathlib, random, signal, sqlite3, subprocess, sys, tempfile, time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests/support"))
sys.path.insert(0, str(SOURCE / "tests/e2e"))
from mail_server import free_port
from newsroom import Stories, item_of

CODES = "KP IR PK SY IN EG VE CU TR IQ SD MM ET UG YE RU KE NG BR PE UA KZ LY TN DZ MA NP BD VN TH ID DE FR IT ES PT GR RO PL GH".split()
CONNECTIONS, STREAMS, SAMPLE_EVERY, WATCH_EVERY = 16, 4, 10, 0.5
LAG_LIMIT, LAG_LOST = 10, 120  # seconds

# Statistics

def at(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else float("nan")

def slope(xs, ys):
    """Least squares → slope, its standard error by Newey and West with a window of the square root of the number of samples."""
    n = len(xs)
    if n < 8:
        return float("nan"), float("nan")
    mean_x, mean_y = sum(xs) / n, sum(ys) / n
    square = sum((x - mean_x) ** 2 for x in xs)
    b = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / square
    part = [(x - mean_x) * (y - mean_y - b * (x - mean_x)) for x, y in zip(xs, ys)]
    window = int(math.sqrt(n))
    total = sum(one * one for one in part)
    for lag in range(1, window + 1):
        total += 2 * (1 - lag / (window + 1)) * sum(part[i] * part[i - lag] for i in range(lag, n))
    return b, math.sqrt(max(total, 0)) / square

# What a process takes

def sample(pid):
    status = dict(line.split(":", 1) for line in open(f"/proc/{pid}/status"))
    spent = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return {"time": time.time(), "rss_mb": int(status["VmRSS"].split()[0]) / 1024, "files": len(os.listdir(f"/proc/{pid}/fd")),
            "cpu": (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")}

# The client

class Connection:
    """Kept alive; opened again when the server has closed it."""
    def __init__(self, host, port):
        self.host, self.port, self.writer = host, port, None

    async def get(self, path, fields=()):
        for fresh in (self.writer is None, True):
            try:
                if self.writer is None:
                    self.reader, self.writer = await asyncio.open_connection(self.host, self.port, limit=1 << 20)
                lines = [f"GET {path} HTTP/1.1", f"Host: {self.host}:{self.port}", *(f"{name}: {value}" for name, value in fields)]
                self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n")
                return await self.answer()
            except (OSError, asyncio.IncompleteReadError):
                self.close()
                if fresh:
                    raise

    async def answer(self):
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split(" ")[1])
        fields = {name.lower(): value for name, value in (line.split(": ", 1) for line in head[1:] if ": " in line)}
        body = await self.reader.readexactly(int(fields.get("content-length", 0))) if status != 304 else b""
        if fields.get("connection", "").lower() == "close":
            self.close()
        return status, fields, body

    def close(self):
        if self.writer:
            self.writer.close()
        self.writer = None

class Load:
    """200 requests a second, and what is known of their answers."""
    def __init__(self, port, rate, published, token):
        self.port, self.rate, self.published, self.token = port, rate, published, token
        self.random = random.Random(3)
        self.incidents, self.entries, self.etags = collections.deque(maxlen=200), collections.deque(maxlen=200), {}
        self.statuses, self.took, self.broken = collections.Counter(), collections.defaultdict(list), []
        self.watched, self.lags, self.lost = {}, [], []
        self.heard, self.late_ticks = [0] * STREAMS, 0
        self.queue = asyncio.Queue()
        self.ended, self.since = False, time.time()

    def look_for_published(self):
        for line in self.published:
            one = json.loads(line)
            if one["time"] >= self.since:
                self.watched[one["mark"]] = {"since": one["time"], "next": one["time"] + 1, "asked": False}

    def next_request(self, now):
        """→ kind, path, mark"""
        for mark, watch in self.watched.items():
            if not watch["asked"] and watch["next"] <= now:
                watch["asked"] = True
                return "watch", f"/api/v1/timeline?q={mark}", mark
        pick, choice = self.random.random(), self.random.choice
        if pick < 0.2:
            return "timeline", f"/api/v1/timeline?q=country:{choice(CODES)}&days=3", None
        if pick < 0.4:
            words = choice(["outage", "attack", "treaty", "flood", "directors", "outage+attack", "kind:claim"])
            return "search", f"/api/v1/search?q={words}+country:{choice(CODES)}&limit=20&order={choice(['newest', 'relevance'])}", None
        if pick < 0.55 or not self.incidents or not self.entries:
            return "incidents", "/api/v1/incidents?limit=20", None
        if pick < 0.7:
            return "incident", f"/api/v1/incidents/{choice(self.incidents)}", None
        if pick < 0.85:
            return "entry", f"/api/v1/entries/{choice(self.entries)}", None
        if pick < 0.95 and self.etags:
            return "conditional", choice(list(self.etags)), None
        return "page", f"/incidents/{choice(self.incidents)}/", None

    async def ask(self, connection, kind, path, mark, wanted):
        fields = [("If-None-Match", self.etags[path])] if kind == "conditional" and path in self.etags else []
        try:
            status, told, body = await asyncio.wait_for(connection.get(path, fields), 60)
        except (OSError, asyncio.TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as failure:
            connection.close()
            self.broken.append(f"{path}: {failure!r}")
            return
        now = time.time()
        self.statuses[status] += 1
        self.took[kind].append(now - wanted)
        if status >= 500:
            self.broken.append(f"{path}: {status} {body[:200]!r}")
        if status == 200 and "etag" in told:
            if len(self.etags) > 50:
                self.etags.pop(next(iter(self.etags)))
            self.etags[path] = told["etag"]
        if kind == "incidents" and status == 200:
            self.incidents.extend(one["id"] for one in json.loads(body)["items"])
        if kind == "search" and status == 200:
            self.entries.extend(one["id"] for one in json.loads(body)["items"] if one["id"].startswith("ent-"))
        if mark in self.watched:
            watch = self.watched[mark]
            watch["asked"], watch["next"] = False, now + WATCH_EVERY
            if f"/story/{mark}".encode() in body:
                self.lags.append((watch["since"], now - watch["since"]))
                del self.watched[mark]
            elif now - watch["since"] > LAG_LOST:
                self.lost.append(mark)
                del self.watched[mark]

    async def work(self):
        connection = Connection("127.0.0.1", self.port)
        while True:
            job = await self.queue.get()
            if job is None:
                break
            await self.ask(connection, *job)
        connection.close()

    async def pace(self):
        begun, n = time.time(), 0
        while not self.ended:
            n += 1
            wanted = begun + n / self.rate
            pause = wanted - time.time()
            if pause > 0:
                await asyncio.sleep(pause)
            if n % 20 == 0:
                self.look_for_published()
            if self.queue.qsize() > 5 * self.rate:  # five seconds behind: that many are not asked any more
                self.late_ticks += 1
                continue
            self.queue.put_nowait((*self.next_request(time.time()), wanted))

    async def listen(self, n):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(b"GET /api/v1/changes HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n")
        try:
            while line := await reader.readline():
                self.heard[n] += line.startswith(b"event: entry")
            if not self.ended:
                self.broken.append("a stream of changes ended")
        except OSError as failure:
            if not self.ended:
                self.broken.append(f"a stream of changes broke: {failure!r}")
        finally:
            writer.close()

    async def metrics(self, connection):
        """What the program says of its memory, in MB."""
        try:
            status, _, body = await asyncio.wait_for(connection.get("/metrics", [("Authorization", "Bearer " + self.token)]), 60)
        except (OSError, asyncio.TimeoutError, asyncio.IncompleteReadError) as failure:
            self.broken.append(f"/metrics: {failure!r}")
            return {}
        told = dict(line.split(" ", 1) for line in body.decode().splitlines() if line and line[0] != "#")
        return {name: float(told[f"faultline_{name}_bytes"]) / 2**20 for name in ("heap", "sqlite_memory")} if status == 200 else {}

    async def run(self, pid, seconds, samples, ending):
        """Asks for so long, then until all that was published has been seen. `ending` is called in between."""
        streams = [asyncio.ensure_future(self.listen(n)) for n in range(STREAMS)]
        workers = [asyncio.ensure_future(self.work()) for _ in range(CONNECTIONS)]
        pacing = asyncio.ensure_future(self.pace())
        end, watch = time.time() + seconds, Connection("127.0.0.1", self.port)
        while True:
            samples.append({**sample(pid), **await self.metrics(watch), "answers": sum(self.statuses.values()), "waiting": self.queue.qsize(), "unseen": len(self.watched)})
            if time.time() >= end:
                break
            await asyncio.sleep(min(SAMPLE_EVERY, max(0.0, end - time.time())))
        ending()
        self.look_for_published()
        while self.watched and time.time() < end + LAG_LOST + 10:
            await asyncio.sleep(0.2)
        self.ended = True
        watch.close()
        await pacing
        for _ in workers:
            self.queue.put_nowait(None)
        await asyncio.gather(*workers)
        for one in streams:
            one.cancel()
        await asyncio.gather(*streams, return_exceptions=True)

# The sources and the program

class Room:
    def __init__(self, folder, given):
        self.opml, self.published = folder / "list.opml", folder / "published"
        self.process = subprocess.Popen([sys.executable, str(SOURCE / "tests/support/newsroom.py"), "--count", str(given.sources), "--pushing", str(given.pushing),
                                         "--every", str(given.every), "--from", str(begin_of(given) + given.before * given.step), "--step", str(given.step),
                                         "--opml", str(self.opml), "--published", str(self.published)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if not self.process.stdout.readline().startswith("ready"):
            sys.exit("the sources did not start")

    def tell(self, word):
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        self.process.wait(30)

def begin_of(given):
    """When the news begins, to end now."""
    return time.time() - (given.before + given.sources + (60 * given.minutes + given.again) / given.every + 100) * given.step

def archive(folder, many, begin, step):
    """What was published before: feeds of a thousand entries."""
    out, stories = folder / "archive", Stories(9)
    out.mkdir()
    for first in range(0, many, 1000):
        items = []
        for n in range(first, min(first + 1000, many)):
            mark, title, text = stories.entry()
            items.append(item_of(title, f"http://archive.example/old/{mark}", begin + n * step, text))
        (out / f"{first:07}.xml").write_text(f'<?xml version="1.0"?><rss version="2.0"><channel><title>Archive</title><link>http://archive.example/</link>'
                                             f"<description>x</description>{''.join(items)}</channel></rss>")
    return out

def entries_in(folder):
    with sqlite3.connect(f"file:{folder}/faultline.db?mode=ro", uri=True, timeout=30) as db:
        return db.execute("SELECT count(*) FROM entries WHERE identity LIKE '%/story/%'").fetchone()[0]

class Program:
    """`faultline run`, with what it says in files."""
    def __init__(self, faultline, folder, env, poll_every, name, port=None):
        self.port = port or free_port()
        address = f"127.0.0.1:{self.port}"
        self.log = folder / f"{name}.log"
        self.process = subprocess.Popen([faultline, "run", "--log-format", "json", "--listen", address, "--public-url", f"http://{address}/", "--rate", "0",
                                         "--poll-floor", f"{poll_every}s", "--poll-ceiling", f"{poll_every}s"], cwd=folder, env=env,
                                        stdout=open(folder / f"{name}.out", "wb"), stderr=open(self.log, "wb"))
        self.pid = self.process.pid

    def stop(self):
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(120)
        return code, time.monotonic() - begun

    def lines(self):
        levels, bad = collections.Counter(), []
        for line in open(self.log, errors="replace"):
            level = json.loads(line)["level"] if line.startswith("{") else "error"
            levels[level] += 1
            if level in ("error", "critical", "warning"):
                bad.append(line.strip()[:300])
        return levels, bad

def add_sources(faultline, folder, env, opml, lots=8):
    """In lots, a little apart: sources that were added together are polled together."""
    rows = [line for line in open(opml) if line.startswith("<outline")]
    for n in range(lots):
        part = folder / "part.opml"
        part.write_text(f'<?xml version="1.0"?><opml version="2.0"><body>{"".join(rows[n::lots])}</body></opml>')
        subprocess.run([faultline, "sources", "add", str(part), "--no-check"], cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)
        time.sleep(0.5)

def wait_for(what, holds, seconds=120):
    end = time.time() + seconds
    while not holds():
        if time.time() > end:
            sys.exit(f"soak: {what} did not come about in {seconds} s")
        time.sleep(0.5)

# The report

class Verdict:
    def __init__(self):
        self.missed = []
    def row(self, what, holds, figure):
        print(f"{what}: {figure}" + ("" if holds else "   MISSED"))
        if not holds:
            self.missed.append(what)

def report(given, load, samples, again, program, stored, published, stopped, checked, hub):
    verdict = Verdict()
    asked = sum(load.statuses.values())
    seconds = samples[-1]["time"] - samples[0]["time"]
    rate = samples[-1]["answers"] / seconds
    levels, bad = program.lines()
    verdict.row("errors", not load.broken and not levels["error"] and not levels["critical"] and stopped[0] == 0,
                f"{len(load.broken)} of {asked} requests, {levels['error'] + levels['critical']} lines of the log ({levels['warning']} warnings); "
                f"answers {dict(sorted(load.statuses.items()))}; stopped in {stopped[1]:.1f} s with {stopped[0]}")
    for line in (load.broken + bad)[:10]:
        print("   ", line)
    verdict.row("requests", rate > 0.95 * given.rate, f"{rate:.0f} a second, {load.late_ticks} not asked, since it was 5 s behind; in ms " + ", ".join(
        f"{kind} p50 {at(took, 0.5) * 1e3:.0f} p99 {at(took, 0.99) * 1e3:.0f}" for kind, took in sorted(load.took.items())))
    warm = [one for one in samples if one["time"] >= samples[0]["time"] + given.warm_up * seconds]
    hours, rss = [one["time"] / 3600 for one in warm], [one["rss_mb"] for one in warm]
    rise, error = slope([h - hours[0] for h in hours], rss)
    per_entry = rise * 1024 * given.every / 3600
    held = max(one["rss_mb"] for one in again[len(again) // 2:]) if again else float("nan")
    flat, told = rise <= 2 * error, error == error  # else there were too few samples
    verdict.row("memory", flat or not told or at(rss[-10:], 0.5) <= held * 1.05,
                f"{rss[0]:.0f} MB after the warm-up, {rss[-1]:.0f} at the end, most {max(one['rss_mb'] for one in samples):.0f}; slope {rise:+.2f} ± {error:.2f} MB an hour, "
                + ("within noise" if flat else f"{per_entry:.1f} kB an entry" if told else "too short to tell") + f"; begun anew over the same database, under the same load, {held:.0f} MB")
    quarter = max(len(warm) // 4, 1)
    for name, what in (("heap", "asked for by the program"), ("sqlite_memory", "of that by SQLite")):
        known = [(one["time"] / 3600, one[name]) for one in warm if name in one]
        if len(known) >= 8:
            of, of_error = slope([h for h, _ in known], [mb for _, mb in known])
            print(f"    {what}: {known[0][1]:.0f} MB after the warm-up, {known[-1][1]:.0f} at the end; slope {of:+.2f} ± {of_error:.2f} MB an hour, {of * 1024 * given.every / 3600:.1f} kB an entry")
    open_files = [one["files"] for one in warm]
    first, last = at(open_files[:quarter], 0.5), at(open_files[-quarter:], 0.5)
    files, files_error = slope([h - hours[0] for h in hours], open_files)
    verdict.row("open files", last <= first + 10, f"{first} by median in the first quarter, {last} in the last, {max(open_files)} at most (a connection to each source may be open); "
                f"slope {files:+.1f} ± {files_error:.1f} an hour")
    lags = [lag for _, lag in load.lags]
    verdict.row("lag", bool(lags) and at(lags, 0.99) <= LAG_LIMIT and not load.lost,
                f"from publication to timeline, of {len(lags)} entries: median {at(lags, 0.5):.1f} s, p99 {at(lags, 0.99):.1f} s, most {max(lags, default=0):.1f} s; {len(load.lost)} never seen")
    verdict.row("entries", stored == published and checked == 0, f"{stored} of {published} in the store, check {'clean' if checked == 0 else 'NOT CLEAN'}; {hub}")
    cpu = samples[-1]["cpu"] - samples[0]["cpu"]
    print(f"processor: {cpu / seconds:.2f} cores; streams of changes heard {load.heard} entries")
    return verdict

def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("faultline", type=os.path.abspath)
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--sources", type=int, default=500)
    options.add_argument("--pushing", type=int, default=250, help="how many of them have a hub")
    options.add_argument("--every", type=float, default=1, help="seconds from one new entry to the next")
    options.add_argument("--before", type=int, default=30_000, help="entries that are there when it begins")
    options.add_argument("--step", type=float, default=726, help="seconds between two entries by their dates")
    options.add_argument("--rate", type=int, default=200, help="requests a second")
    options.add_argument("--poll-every", type=int, default=4, help="seconds, of each source")
    options.add_argument("--warm-up", type=float, default=1 / 6, help="share of the time that does not count for memory and files")
    options.add_argument("--again", type=float, default=120, help="seconds of a second process over the same database; 0: none")
    options.add_argument("--folder", help="where database, logs and samples stay; a temporary one by default")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(given.folder or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        sys.exit(soak(given, folder))

def soak(given, folder):
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "FAULTLINE_ALLOW_HOSTS": "127.0.0.0/8", "FAULTLINE_CONTACT": "bench@example.org"}
    room = Room(folder, given)
    subprocess.run([given.faultline, "ingest", str(SOURCE / "app/sample")], cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)
    if given.before > 0:
        subprocess.run([given.faultline, "ingest", str(archive(folder, given.before, begin_of(given), given.step))], cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([given.faultline, "correlate"], cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)
    token = subprocess.run([given.faultline, "tokens", "add", "soak", "--role", "reader"], cwd=folder, env=env, check=True, capture_output=True, text=True).stdout.strip()
    program = second = Program(given.faultline, folder, env, given.poll_every, "run")
    try:
        add_sources(given.faultline, folder, env, room.opml)
        wait_for("a first poll of all sources", lambda: entries_in(folder) >= given.sources)
        time.sleep(10)
        samples, again = [], []
        with open(room.published) as published:
            load = Load(program.port, given.rate, published, token)
            hub = {}
            room.tell("go")
            asyncio.run(load.run(program.pid, given.minutes * 60, samples, lambda: hub.update(room.tell("stop"))))
        stopped = program.stop()
        stored, told = entries_in(folder), sum(1 for _ in open(room.published))
        checked = subprocess.run([given.faultline, "check"], cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
        if given.again > 0:
            # The same port: hubs push to where they were asked to.
            second = Program(given.faultline, folder, env, given.poll_every, "again", program.port)
            time.sleep(5)
            with open(room.published) as published:
                load_then = Load(second.port, given.rate, published, token)
                room.tell("go")
                asyncio.run(load_then.run(second.pid, given.again, again, lambda: room.tell("stop")))
            second.stop()
        (folder / "samples.json").write_text(json.dumps({"samples": samples, "again": again, "lags": load.lags}))
    finally:
        for one in (program, second):
            if one.process.poll() is None:
                one.process.kill()
        room.end()
    print(f"{given.sources} sources, {given.pushing} of them with a hub, each polled every {given.poll_every} s, a new entry every {given.every:g} s, dated {given.step:g} s apart, {given.before} before; {given.minutes:g} min")
    verdict = report(given, load, samples, again, program, stored, told, stopped, checked, f"hub: {json.dumps(hub)}")
    print("held" if not verdict.missed else "MISSED: " + ", ".join(verdict.missed))
    return 1 if verdict.missed else 0

if __name__ == "__main__":
    main()
