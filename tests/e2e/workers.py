#!/usr/bin/env python3
"""Workers over NATS JetStream and PostgreSQL: workers.py FAULTLINE ROOT [--kills N] [--seed S] [--cut SECONDS] [--only PART]

A server of each kind is started; feeds and measurements of the sample are served over HTTP. What several
workers leave, also when they are killed and stopped at random and when the servers go away meanwhile, is
held against what one process (run --once) leaves on the same input, table by table; so is what three
hosts leave, each a network namespace, two of which are cut off for a while (as root and with --only hosts).
Exit 77: no NATS server or no PostgreSQL here, or no networks of one's own for the hosts."""
import argparse, contextlib, functools, http.server, json, os, pathlib, random, re, shutil, signal, socket, subprocess, sys, tempfile, threading, time

from hosts import SUPPORT, Checks
import postgres as support  # tests/support, which hosts put first in the path
from measured_hosts import MeasuredHosts

NOW = "2015-02-01T00:00:00Z"
KILLS = 20  # over one database, until there is no more to do in it
# What is compared, without numbers that only say in which order rows were written.
TABLES = {
    "sources": "SELECT id, url, title FROM {s}.sources ORDER BY id",
    "entries": "SELECT id, source_id FROM {s}.entries ORDER BY id",
    "revisions": "SELECT e.id, r.number, r.title, r.body, r.published_at, r.seen_at FROM {s}.revisions r JOIN {s}.entries e ON e.n = r.entry ORDER BY 1, 2",
    "outages": "SELECT id, number, start_at, end_at FROM {s}.outages ORDER BY 1, 2",
    "polls": "SELECT url, next_poll, failures FROM {s}.polls ORDER BY url",
    "extractions": "SELECT entry_id, revision, found FROM {s}.extractions ORDER BY 1, 2",
    **{table: f"SELECT * FROM {{s}}.{table} ORDER BY {order}" for table, order in {
        "claims": "1, 2, 3", "links": "1", "link_reasons": "1, 2", "verdicts": "1", "stories": "1",
        "story_entries": "1, 2, 3", "incidents": "1", "incident_members": "1, 2, 3, 4"}.items()},
}

def free_port():
    return support.free_port()

class Postgres:
    """A server of this test's own, which can be stopped."""
    def __init__(self, folder):
        self.file = pathlib.Path(folder) / "postgres.url"
        support.start(self.file)
        self.url, _, self.folder = self.file.read_text().splitlines()
        self.data = str(pathlib.Path(self.folder) / "data")
    def ctl(self, *words):
        support.run(support.program("pg_ctl"), "-D", self.data, "-w", "-l", self.folder + "/log", *words)
    def sql(self, text):
        return subprocess.run(["psql", self.url, "-qAt", "-v", "ON_ERROR_STOP=1", "-c", text], check=True, capture_output=True, text=True).stdout
    def schema(self, name):
        self.sql(f"CREATE SCHEMA {name}")
        return f"{self.url}&options=-csearch_path%3D{name}"

class NatsServer:
    def __init__(self, folder, *more, address="127.0.0.1"):
        self.port, self.address = free_port(), address
        self.command = ["nats-server", "-a", address, "-p", str(self.port), *more]
        if "-js" in more:
            self.command += ["-sd", tempfile.mkdtemp(dir=folder)]
        self.url = f"nats://{address}:{self.port}"
        self.start()
    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                return socket.create_connection((self.address, self.port), 1).close()
            except OSError:
                time.sleep(0.05)
        raise AssertionError("nats-server does not start")
    def stop(self):
        self.process.terminate()
        self.process.wait()
    def publish(self, subject, text):
        """By the protocol's own words: a message that no Faultline wrote."""
        with socket.create_connection((self.address, self.port)) as talk:
            talk.sendall(b'CONNECT {"verbose":false}\r\nPUB %s %d\r\n%s\r\nPING\r\n' % (subject.encode(), len(text), text))
            while b"PONG" not in talk.recv(4096):
                pass

class Feeds:
    """The sample's files over HTTP, slowly: a poll takes a moment, in which something can happen."""
    def __init__(self, folder, delay=0.0, addresses=("127.0.0.1",)):
        outer = self
        class Handler(http.server.SimpleHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append(self.path)
                time.sleep(outer.delay)
                super().do_GET()
            def log_message(self, *_):
                pass
        self.asked, self.delay, self.folder = [], delay, folder
        self.server = http.server.ThreadingHTTPServer((addresses[0] if len(addresses) == 1 else "", 0), functools.partial(Handler, directory=folder))
        self.server.handle_error = lambda *_: None  # who asked was killed
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        # Not two states of one feed: which of them is the newer one is said by which came later, to one process too.
        self.names = sorted(p.name for p in pathlib.Path(folder).iterdir() if p.suffix in (".xml", ".rdf", ".json", ".jsonl", ".csv") and "T0200Z" not in p.name)
        self.urls = [f"http://{addresses[n % len(addresses)]}:{self.server.server_address[1]}/{name}" for n, name in enumerate(self.names)]

class Network:
    """A bridge with addresses, and hosts on it, each a network namespace that can be cut off."""
    def __init__(self, hosts):
        self.name, self.hosts = f"flt{os.getpid() % 100000}", hosts
        self.address, self.sources = "10.213.0.1", ["10.213.0.101", "10.213.0.102", "10.213.0.103"]
    def __enter__(self):
        self.ip("link", "add", self.name, "type", "bridge")
        for address in (self.address, *self.sources):
            self.ip("addr", "add", address + "/24", "dev", self.name)
        self.ip("link", "set", self.name, "up")
        for n, host in enumerate(self.hosts):
            space, here, there = self.space(host), self.line(host), f"{self.name}i{n}"
            self.ip("netns", "add", space)
            self.ip("link", "add", here, "type", "veth", "peer", "name", there)
            self.ip("link", "set", there, "netns", space)
            self.ip("link", "set", here, "master", self.name, "up")
            for words in (("addr", "add", f"10.213.0.{n + 2}/24", "dev", there), ("link", "set", there, "up"), ("link", "set", "lo", "up")):
                self.ip("-n", space, *words)
        return self
    def __exit__(self, *_):
        for host in self.hosts:
            subprocess.run(["ip", "netns", "del", self.space(host)], stderr=subprocess.DEVNULL)
            subprocess.run(["ip", "link", "del", self.line(host)], stderr=subprocess.DEVNULL)
        subprocess.run(["ip", "link", "del", self.name], stderr=subprocess.DEVNULL)
    @staticmethod
    def ip(*words):
        subprocess.run(["ip", *words], check=True)
    @staticmethod
    def can():
        """Whether such networks can be made here."""
        name = f"flt{os.getpid() % 100000}x"
        made = shutil.which("ip") and subprocess.run(["ip", "netns", "add", name], capture_output=True).returncode == 0
        return bool(made) and subprocess.run(["ip", "netns", "del", name], capture_output=True).returncode == 0
    def space(self, host):
        return f"{self.name}{host}"
    def line(self, host):
        return f"{self.name}h{self.hosts.index(host)}"
    def cut(self, host):
        self.ip("link", "set", self.line(host), "down")
    def mend(self, host):
        self.ip("link", "set", self.line(host), "up")

class Setting:
    def __init__(self, faultline, root, folder):
        self.faultline, self.folder, self.checks = faultline, folder, Checks()
        self.postgres, self.nats = Postgres(folder), NatsServer(folder, "-js")
        self.feeds = Feeds(os.path.join(root, "app/sample"))
        self.env = {"PATH": os.environ["PATH"], "FAULTLINE_ALLOW_HOSTS": "127.0.0.0/8,10.213.0.0/24", "FAULTLINE_CONTACT": "test@example.org", "FAULTLINE_NOW": NOW,
                    # Memory that is given back is overwritten: what uses it all the same does not go on by luck.
                    "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0:glibc.malloc.perturb=165"}
        self.count, self.workers = 0, []
    def run(self, db, *words, code=0):
        done = subprocess.run([self.faultline, "--db", db, *words], env=self.env, cwd=self.folder, capture_output=True, text=True, timeout=120)
        assert done.returncode == code, (words, done.returncode, done.stderr)
        return done
    def database(self):
        self.count += 1
        name = f"w{self.count}"
        url = self.postgres.schema(name)
        self.run(url, "sources", "add", "--no-check", *self.feeds.urls)
        return name, url
    def start(self, db, roles, before=(), more=()):
        log = open(os.path.join(self.folder, f"worker-{len(self.workers)}.log"), "w+")
        process = subprocess.Popen([*before, self.faultline, "--db", db, "worker", "--role", roles, "--nats", self.nats.url, "--lease", "3s", "--listen", "127.0.0.1:0", *more],
                                   env=self.env, cwd=self.folder, stdout=log, stderr=log)
        process.log, process.roles = log, roles
        self.workers.append(process)
        return process
    def said(self, process):
        process.log.flush()
        return open(process.log.name).read()
    def tables(self, name):
        return {table: self.postgres.sql(sql.format(s=name)) for table, sql in TABLES.items()}
    def is_done(self, name):
        """Nothing is due, and all that came was correlated."""
        due = self.postgres.sql(f"SELECT count(*) FROM {name}.polls WHERE next_poll <= extract(epoch FROM timestamptz '{NOW}')")
        last = self.postgres.sql(f"SELECT coalesce(max(seq), 0) FROM {name}.changes")
        seen = self.postgres.sql(f"SELECT coalesce(max(value), '0') FROM {name}.meta WHERE key = 'correlate.seq'")
        return int(due) == 0 and int(last) > 0 and int(last) == int(seen)
    def wait(self, name, seconds=60):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.is_done(name):
                return True
            time.sleep(0.2)
        for worker in self.workers:
            print(worker.roles, worker.poll(), self.said(worker)[-1500:])
        return False
    def end(self, processes=None):
        processes = processes or [w for w in self.workers if w.poll() is None]
        for worker in processes:
            worker.send_signal(signal.SIGCONT)
            worker.terminate()
        for worker in processes:
            try:
                code = worker.wait(20)
            except subprocess.TimeoutExpired:
                worker.kill()
                code = "does not end"
            self.checks.that(code in (0, -9), (worker.roles, code, self.said(worker)[-800:]))
    def purge(self):
        """New streams: jobs of another database's changes say nothing here."""
        self.nats.stop()
        self.nats = NatsServer(self.folder, "-js")
    def same(self, name, expected, what):
        got = self.tables(name)
        for table in TABLES:
            ours, theirs = set(got[table].splitlines()), set(expected[table].splitlines())
            differ = [line[:300] for line in [*list(ours - theirs)[:2], *list(theirs - ours)[:2]]]
            self.checks.that(got[table] == expected[table], f"{what}: the table {table} is another one than of one process: {differ}")
        print(f"{what}: {len(TABLES)} tables were held against those of one process")

def expected(setting):
    name, url = setting.database()
    setting.run(url, "run", "--once")
    tables = setting.tables(name)
    for table in ("entries", "links", "verdicts", "claims", "incidents", "story_entries", "outages"):
        setting.checks.that(tables[table].count("\n") > 0, f"the sample has no {table}")
    return tables, setting.run(url, "timeline", "north korea", "--format", "json").stdout

def equal(setting, one, timeline):
    """(a) Two of each role leave what one process leaves, and each source was asked once."""
    name, url = setting.database()
    setting.feeds.asked.clear()
    for roles in ("fetch,extract", "fetch,extract", "correlate,publish", "correlate"):
        setting.start(url, roles)
    setting.checks.that(setting.wait(name), "workers come to an end")
    said = "".join(map(setting.said, setting.workers))
    setting.checks.that("extracted:" in said, "extraction was shared out")
    setting.checks.that(sum(map(int, re.findall(r"(\d+) linked", said))) > 0, "linking was shared out")
    setting.checks.that(sorted(setting.feeds.asked) == sorted("/" + n for n in setting.feeds.names), f"each source is asked once: {setting.feeds.asked}")
    setting.end()
    setting.same(name, one, "two of each role")
    setting.checks.that(setting.run(url, "timeline", "north korea", "--format", "json").stdout == timeline, "the timeline is the same")

def poison(setting, *_):
    """(c) What nobody can work off is a dead letter with a reason, listed and given out again."""
    setting.purge()
    name, url = setting.database()
    worker = setting.start(url, "extract,fetch")
    until_begun(setting, worker)
    messages = {"faultline.prepare.x": b"\xff\xfe no JSON", "faultline.prepare.y": b'{"version":2,"kind":"prepare","after":0,"to":1}', "faultline.poll.z": b'{"version":1,"kind":"prepare","after":0,"to":9}'}
    for subject, text in messages.items():
        setting.nats.publish(subject, text)
    def dead():
        out = setting.run(url, "worker", "dead", "--json", "--nats", setting.nats.url).stdout
        return {d["subject"]: d for d in map(json.loads, out.splitlines())}
    until = time.monotonic() + 20
    while len(dead()) < 3 and time.monotonic() < until:
        time.sleep(0.3)
    letters = dead()
    setting.checks.that(set(letters) == set(messages), f"dead letters: {letters}")
    for subject, reason in {"faultline.prepare.x": "no JSON object", "faultline.prepare.y": "newer Faultline", "faultline.poll.z": "no job for the role fetch"}.items():
        setting.checks.that(reason in letters.get(subject, {}).get("reason", ""), (subject, letters.get(subject)))
    number = str(letters["faultline.prepare.x"]["id"])
    setting.end([worker])
    setting.run(url, "worker", "replay", number, "--nats", setting.nats.url)
    setting.checks.that(len(dead()) == 2, "one was given out again, and is in its queue")
    setting.run(url, "worker", "replay", "999", "--nats", setting.nats.url, code=1)
    worker = setting.start(url, "extract,fetch")
    until = time.monotonic() + 20
    while len(dead()) < 3 and time.monotonic() < until:
        time.sleep(0.3)
    setting.checks.that("no JSON object" in dead()["faultline.prepare.x"]["reason"], "it is dead again, with its reason and its bytes")
    setting.run(url, "worker", "replay", "--all", "--nats", setting.nats.url)
    setting.end([worker])
    print("poison: three dead letters, listed with their reasons, given out again")

def gone(setting, one, _):
    """(d) NATS, then PostgreSQL, is stopped and started again in mid-run."""
    setting.purge()
    name, url = setting.database()
    setting.feeds.delay = 0.2
    workers = [setting.start(url, roles) for roles in ("fetch,extract", "correlate", "publish")]
    for worker in workers:
        until_begun(setting, worker)
    time.sleep(0.5)
    setting.nats.stop()
    time.sleep(3)
    setting.nats.start()
    time.sleep(1)
    setting.postgres.ctl("-m", "fast", "stop")
    time.sleep(3)
    setting.postgres.ctl("start")
    setting.checks.that(setting.wait(name), "workers go on when the servers are there again")
    said = "".join(map(setting.said, workers))
    for words in ("NATS server at", "is gone; waiting", "is there again; going on", "PostgreSQL database", "Waiting.", "going on"):
        setting.checks.that(words in said, f"nobody said “{words}”")
    setting.checks.that(all(w.poll() is None for w in workers), "no worker ended")
    setting.end()
    setting.feeds.delay = 0
    setting.same(name, one, "NATS and PostgreSQL gone meanwhile")

def refused(setting, *_):
    """(e) What cannot begin says why in one sentence, without a password, and ends with 1."""
    _, url = setting.database()
    plain, guarded = NatsServer(setting.folder), NatsServer(setting.folder, "-js", "--user", "ann", "--pass", "secret")
    nowhere = f"nats://127.0.0.1:{free_port()}"
    for nats, words in ((nowhere, "cannot be reached"), (plain.url, "has no JetStream"), (guarded.url.replace("//", "//ann:hush@"), "does not let us in"), ("http://x", "is no address of a NATS server")):
        done = setting.run(url, "worker", "--role", "extract", "--nats", nats, code=1)
        lines = [line for line in done.stderr.splitlines() if line]
        setting.checks.that(len(lines) == 1 and words in lines[0] and "hush" not in done.stderr, (nats, done.stderr))
    for words in (("worker", "--nats", nowhere), ("worker", "--role", "cook", "--nats", nowhere), ("worker", "--role", "fetch")):
        setting.run(url, *words, code=2)
    setting.run("sqlite:x.db", "worker", "--role", "fetch", "--nats", nowhere, code=2)
    plain.stop()
    guarded.stop()
    print("refused: one sentence each, exit 1")

def hung(setting, one, _):
    """Who holds the writers' lock and is not heard of loses it: a stopped worker, as the server sees it."""
    setting.purge()
    name, url = setting.database()
    session = subprocess.Popen(["psql", url + "&application_name=faultline%20worker%20hung", "-qAt"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    session.stdin.write(f"BEGIN; SELECT pg_advisory_xact_lock({0x464C544E}, hashtext(current_schema())); SELECT 'locked';\n")
    session.stdin.flush()
    while session.stdout.readline().strip() != "locked":
        pass
    workers = [setting.start(url, "fetch,extract"), setting.start(url, "correlate")]
    setting.checks.that(setting.wait(name), "workers get on beside one that hangs")
    setting.checks.that("has lost what it was doing" in "".join(map(setting.said, workers)), "its session was ended, and that was told")
    session.kill()
    setting.end()
    setting.same(name, one, "a worker that hangs with the lock")

def rolling(setting, one, _):
    """One after the other is told to end, and another takes its place: as an upgrade is done."""
    setting.purge()
    name, url = setting.database()
    setting.feeds.delay = 0.3
    workers = [setting.start(url, roles) for roles in ("fetch,extract", "fetch,extract", "correlate", "publish")]
    for old in list(workers):
        time.sleep(0.7)
        workers.append(setting.start(url, old.roles))
        until_begun(setting, old)
        setting.end([old])
        setting.checks.that(old.returncode == 0, "a worker that is told to end does so in good order")
    setting.checks.that(setting.wait(name), "those that took their places come to an end")
    setting.end()
    setting.feeds.delay = 0
    setting.same(name, one, "each worker replaced by another")

def until_begun(setting, worker):
    """Waits until a worker has reached NATS and PostgreSQL, and declared the streams."""
    until = time.monotonic() + 30
    while " info worker " not in setting.said(worker) and time.monotonic() < until:
        time.sleep(0.02)

def until_asked(setting):
    """Waits until a worker has asked for a feed."""
    until = time.monotonic() + 30
    while not setting.feeds.asked and time.monotonic() < until:
        time.sleep(0.02)

def late(setting, one, _):
    """(g) A worker is stopped while it waits for answers; another one polls the same meanwhile, and what the first brings then is not kept."""
    setting.purge()
    name, url = setting.database()
    setting.feeds.delay = 0.5
    setting.feeds.asked.clear()
    first = setting.start(url, "fetch")
    until_asked(setting)
    first.send_signal(signal.SIGSTOP)
    setting.start(url, "fetch,extract")
    setting.start(url, "correlate")
    setting.checks.that(setting.wait(name), "another one polls what the stopped one had begun")
    first.send_signal(signal.SIGCONT)
    refused = "polled by another worker, or removed"
    until = time.monotonic() + 60
    while refused not in setting.said(first) and time.monotonic() < until:
        time.sleep(0.1)
    setting.checks.that(refused in setting.said(first), ("what came late was refused", setting.said(first)))
    setting.end()
    setting.feeds.delay = 0
    setting.same(name, one, "a worker stopped in mid-fetch, with answers that come late")

def twice(setting, *_):
    """(h) A worker is given its own message again, as it was stopped for a while, and then cannot keep what it fetched: the message stays in its queue."""
    setting.purge()
    setting.count += 1
    name = f"w{setting.count}"
    url = setting.postgres.schema(name)
    setting.run(url, "sources", "add", "--no-check", setting.feeds.urls[0])
    setting.feeds.delay = 8
    setting.feeds.asked.clear()
    worker = setting.start(url, "fetch")
    until_asked(setting)
    worker.send_signal(signal.SIGSTOP)
    time.sleep(4)  # the lease is 3 s
    worker.send_signal(signal.SIGCONT)
    time.sleep(1.5)
    setting.postgres.ctl("-m", "immediate", "stop")
    time.sleep(5)
    setting.feeds.delay = 0
    setting.postgres.ctl("start")
    due = lambda: setting.postgres.sql(f"SELECT count(*) FROM {name}.polls WHERE next_poll <= extract(epoch FROM timestamptz '{NOW}')")
    until = time.monotonic() + 60
    while int(due()) > 0 and time.monotonic() < until:
        time.sleep(0.2)
    setting.checks.that(int(due()) == 0, ("what could not be kept is polled again", setting.said(worker)))
    setting.end([worker])
    print(f"twice: given out twice to one worker, which could keep nothing; polled {60 - until + time.monotonic():.0f} s after the database came back")

def live(setting, *_):
    """(i) A stream is heard by one worker; when that is killed another hears it, from where the first had kept what it heard, and tells the gap."""
    setting.purge()
    setting.count += 1
    name = f"w{setting.count}"
    url = setting.postgres.schema(name)
    hosts = MeasuredHosts(int(time.time()))
    setting.run(url, "sources", "add", "ris-live", "--base", hosts.stream(), "--prefix", "192.0.2.0/24")
    now = setting.env.pop("FAULTLINE_NOW")
    first, second = setting.start(url, "fetch"), setting.start(url, "fetch")
    documents = lambda: int(setting.postgres.sql(f"SELECT count(*) FROM {name}.documents"))
    setting.checks.that(hosts.sent.wait(60), "the stream is heard again when it broke off")
    time.sleep(3)
    setting.checks.that(len(hosts.streams) == 2, f"one worker hears it: {len(hosts.streams)}")
    holder = next(w for w in (first, second) if is_connected(w.pid, hosts.port))
    other = second if holder is first else first
    hosts.sent.clear()
    setting.end([holder])  # in good order: what it had heard is kept
    setting.checks.that(documents() == 1, ("what it heard is kept", documents(), setting.said(holder)))
    setting.checks.that(hosts.sent.wait(60), "another worker hears it")
    third = setting.start(url, "fetch")
    other.kill()  # what it had heard for less than a minute is gone, and that is told
    other.wait()
    hosts.sent.clear()
    setting.checks.that(hosts.sent.wait(60), "a third one hears it")
    time.sleep(2)
    setting.end([third])
    setting.checks.that(documents() == 2 and "nothing was heard from" in setting.said(third), ("the gap is told", documents(), setting.said(third)))
    setting.env["FAULTLINE_NOW"] = now
    print("live: a stream was heard by three workers, one after the other")

def is_connected(pid, port):
    """Whether the process has a connection to that port of this machine, by what the system tells of its sockets."""
    inodes = {os.readlink(f"/proc/{pid}/fd/{fd}")[8:-1] for fd in os.listdir(f"/proc/{pid}/fd") if os.readlink(f"/proc/{pid}/fd/{fd}").startswith("socket:")}
    rows = [line.split() for line in open("/proc/net/tcp").readlines()[1:]]
    return any(row[9] in inodes and int(row[2].split(":")[1], 16) == port and row[3] == "01" for row in rows)

def kill_some(setting, one, times, chance):
    """Over an empty database, in which there is something to do for about as long as workers are killed."""
    setting.purge()
    name, url = setting.database()
    setting.feeds.delay = 0.3
    alive = [setting.start(url, roles) for roles in ("fetch,extract", "fetch,extract", "correlate", "correlate")]
    stopped, killed = [], []
    for _ in range(times):
        time.sleep(chance.uniform(0.1, 1.2))
        victim = chance.choice(alive)
        alive.remove(victim)
        if chance.random() < 0.5:
            victim.kill()
            killed.append(victim)
        else:
            victim.send_signal(signal.SIGSTOP)
            stopped.append(victim)
        alive.append(setting.start(url, victim.roles))
        if len(stopped) > 2:
            stopped.pop(0).send_signal(signal.SIGCONT)
    setting.checks.that(setting.wait(name, 120), "others go on")
    for worker in stopped:  # and what they bring late changes nothing
        worker.send_signal(signal.SIGCONT)
    time.sleep(2)
    setting.checks.that(setting.wait(name), "those that come back do no harm")
    for worker in killed:
        worker.wait()
    setting.end()
    setting.feeds.delay = 0
    setting.same(name, one, f"{times} workers killed or stopped")
    for worker in setting.workers:
        worker.log.close()
    setting.workers.clear()

def kills(setting, one, _, times, seed):
    """(b) Workers are killed and stopped at random; others go on, and those that were stopped come back."""
    chance, done = random.Random(seed), 0
    while done < times:
        many = min(KILLS, times - done)
        kill_some(setting, one, many, chance)
        done += many
        print(f"kills: {done} of {times} (seed {seed}), {setting.checks.failed} things do not hold", flush=True)

def hosts(setting, *_, seconds):
    """(f) Three hosts, each with a network of its own, the servers on a fourth; two are cut off meanwhile."""
    postgres, nats, feeds = setting.postgres, setting.nats, setting.feeds
    with Network(["one", "two", "three"]) as net:
        with open(os.path.join(postgres.data, "pg_hba.conf"), "a") as access:
            access.write("host all all 10.213.0.0/24 trust\n")
        postgres.sql(f"ALTER SYSTEM SET listen_addresses = '127.0.0.1,{net.address}'")
        postgres.ctl("-m", "fast", "restart")
        port = postgres.sql("SHOW port").strip()
        nats.stop()
        setting.nats = NatsServer(setting.folder, "-js", address=net.address)
        setting.feeds = Feeds(feeds.folder, addresses=net.sources)
        one, timeline = expected(setting)
        name, _ = setting.database()
        url = f"postgres://postgres@{net.address}:{port}/postgres?options=-csearch_path%3D{name}"
        setting.feeds.delay = 0.3
        inside = lambda host: ("ip", "netns", "exec", net.space(host))
        workers = [setting.start(url, roles, inside(host)) for host, roles in (("one", "fetch,extract"), ("two", "fetch,extract"), ("three", "correlate,publish"))]
        time.sleep(1)
        began = time.monotonic()
        for host in ("one", "three"):
            net.cut(host)
        time.sleep(seconds)
        asked = len(setting.feeds.asked)
        for host in ("one", "three"):
            net.mend(host)
        setting.checks.that(setting.wait(name, 120), "hosts that were cut off go on")
        took = time.monotonic() - began
        setting.checks.that(asked > 0 and all(w.poll() is None for w in workers), "no worker ended")
        setting.end()
        setting.same(name, one, f"three hosts, two of them cut off for {seconds} s, done {took - seconds:.1f} s after")
        setting.checks.that(setting.run(f"{postgres.url}&options=-csearch_path%3D{name}", "timeline", "north korea", "--format", "json").stdout == timeline, "the timeline is the same")
        setting.nats.stop()
        setting.nats, setting.feeds = nats, feeds
        nats.start()

def skip_without_servers():
    if shutil.which("nats-server") is None or support.program("initdb") is None:
        print("skipped: nats-server or PostgreSQL is not installed")
        sys.exit(77)

@contextlib.contextmanager
def opened(faultline, root):
    """Servers and sources for one test, and its verdict; nothing is left running."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        setting = Setting(os.path.abspath(faultline), os.path.abspath(root), folder)
        try:
            yield setting
        finally:
            for worker in setting.workers:
                if worker.poll() is None:
                    worker.kill()
            setting.nats.stop()
            support.stop(setting.postgres.file)
    setting.checks.end()

def main():
    options = argparse.ArgumentParser()
    options.add_argument("faultline")
    options.add_argument("root")
    options.add_argument("--kills", type=int, default=6)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--cut", type=int, default=5, help="seconds that hosts are cut off")
    options.add_argument("--only", default="")
    given = options.parse_args()
    skip_without_servers()
    if given.only == "hosts" and not Network.can():
        print("skipped: no networks of one's own can be made here")
        sys.exit(77)
    with opened(given.faultline, given.root) as setting:
        one = expected(setting)
        parts = {"equal": equal, "poison": poison, "gone": gone, "refused": refused, "hung": hung, "rolling": rolling, "late": late, "twice": twice, "live": live,
                 "kills": functools.partial(kills, times=given.kills, seed=given.seed), "hosts": functools.partial(hosts, seconds=given.cut)}
        for part, test in parts.items():
            if given.only == part or (given.only == "" and part != "hosts"):
                began = time.monotonic()
                test(setting, *one)
                print(f"  {part}: {time.monotonic() - began:.0f} s", flush=True)

if __name__ == "__main__":
    main()
