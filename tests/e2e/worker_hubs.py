#!/usr/bin/env python3
"""Hubs (WebSub) and workers: worker_hubs.py FAULTLINE ROOT

Sources with a hub (tests/support/newsroom.py) are subscribed to by one process (run) and by workers: one
that fetches and is killed before the hub has asked back, and two that publish and did not ask. The hub
asks and pushes to either, as a balancer would have it. What is left is held against what one process
leaves, table by table. Exit 77: no NATS server or no PostgreSQL here."""
import asyncio, hashlib, hmac, io, os, re, signal, subprocess, sys, threading, time, urllib.parse

from workers import TABLES, opened, skip_without_servers
from newsroom import Newsroom, address_of

COUNT = 4
ONE, MANY = "one.example", "many.example"  # how run and the workers are reached, as they say
# Without what depends on when something was asked or heard.
COMPARED = {**{table: sql for table, sql in TABLES.items() if table != "polls"},
            "revisions": "SELECT e.id, r.number, r.title, r.body, r.published_at FROM {s}.revisions r JOIN {s}.entries e ON e.n = r.entry ORDER BY 1, 2",
            "polls": "SELECT p.url, p.source_id, p.title, p.failures, p.hub, p.hub_topic, p.hub_until IS NOT NULL FROM {s}.polls p ORDER BY p.url"}

class Room(Newsroom):
    """Its hub asks nobody back before it is let; it reaches a subscriber by the door that it is told."""
    def __init__(self):
        super().__init__(COUNT, COUNT, io.StringIO())
        self.doors, self.forms, self.subscribed, self.let = {}, [], {}, {ONE: True, MANY: False}
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.do(self.listen())
        for n in range(COUNT):
            self.add(n, 1419289200 + 60 * n)
    def do(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)
    async def confirm(self, n, form):
        to = urllib.parse.urlsplit(form["hub.callback"])
        self.forms.append((to.hostname, n, form["hub.mode"]))
        while not self.let[to.hostname] or to.hostname not in self.doors:
            await asyncio.sleep(0.05)
        query = {"hub.mode": form["hub.mode"], "hub.topic": form["hub.topic"], "hub.challenge": f"is it you, {n}?", "hub.lease_seconds": "864000"}
        status, body = await self.talk_to(to.hostname, to.path, query)
        if status == 200 and body.endswith(f"is it you, {n}?".encode()):
            self.subscribed[to.hostname, n] = to.path, form.get("hub.secret", "").encode(), form["hub.topic"]
    async def talk_to(self, who, path, query=None, method="GET", body=b"", *lines):
        return await self.ask(f"http://{self.doors[who]}{path}{'?' + urllib.parse.urlencode(query) if query else ''}", method, body, *lines)
    def deliver(self, who, n, secret=None, path=None, body=None):
        known_path, known_secret, _ = self.subscribed[who, n]
        body = self.feed(n)[0] if body is None else body
        mark = hmac.new(known_secret if secret is None else secret, body, hashlib.sha256).hexdigest()
        return self.do(self.talk_to(who, path or known_path, None, "POST", body, "Content-Type: application/rss+xml", f"X-Hub-Signature: sha256={mark}"))[0]
    def urls(self):
        return [f"http://{address_of(n)}:{self.port}/feed" for n in range(COUNT)]

class Trial:
    def __init__(self, setting):
        self.setting, self.checks, self.room = setting, setting.checks, Room()
        setting.env.pop("FAULTLINE_NOW")  # both are asked for at the same time
        # Feeds of the sample have entries without a date, which are sorted by when each process read them.
        setting.feeds.urls = [url for url in setting.feeds.urls if "outages-" in url]
        (self.one, one_url), (self.many, self.url) = setting.database(), setting.database()
        for url in (one_url, self.url):
            setting.run(url, "sources", "add", "--no-check", *self.room.urls())
        log = open(os.path.join(setting.folder, "run.log"), "w+")
        self.run = subprocess.Popen([setting.faultline, "--db", one_url, "run", "--listen", "127.0.0.1:0", "--public-url", f"http://{ONE}/"], env=setting.env, cwd=setting.folder, stdout=log, stderr=log)
        self.run.log, self.run.roles = log, "run"
        setting.workers.append(self.run)
    def start(self, roles):
        return self.setting.start(self.url, roles, more=("--public-url", f"http://{MANY}/"))
    def door(self, process):
        self.until(lambda: "pages are at" in self.setting.said(process), "it serves")
        return re.search(r"pages are at http://([0-9.:]+)/, which others reach as", self.setting.said(process))[1]
    def until(self, holds, what, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if holds():
                return
            time.sleep(0.1)
        for worker in self.setting.workers:
            print(worker.roles, worker.poll(), self.setting.said(worker)[-1500:])
        self.checks.that(False, f"in vain waited for: {what}")
        self.checks.end()
    def sql(self, name, text):
        return self.setting.postgres.sql(text.format(s=name)).strip()
    def titles(self, name):
        return set(self.sql(name, "SELECT r.title FROM {s}.revisions r").splitlines())
    def publish(self, n, *doors):
        """A new entry, pushed to one process and by each of these doors to the workers."""
        self.room.add(n, 1419292800 + 60 * self.room.stories.count)
        self.checks.that(self.room.deliver(ONE, n) == 202, "run takes what is pushed")
        for door in doors:
            self.room.doors[MANY] = door
            self.checks.that(self.room.deliver(MANY, n) == 202, "a worker takes what is pushed")
    def has_all(self, name):
        marks = [title for items in self.room.items for title in re.findall("<title>(.*?)</title>", "".join(items))]
        return set(marks) <= self.titles(name)

def subscribe(trial):
    """Each source's hub is asked once, by a worker that is killed before the hub asks back."""
    room, checks = trial.room, trial.checks
    room.doors[ONE] = trial.door(trial.run)
    first, second = trial.start("publish"), trial.start("publish")
    asks = trial.start("fetch")
    trial.start("extract,correlate")
    room.doors[MANY] = trial.door(second)
    asked = lambda: sorted(n for who, n, mode in room.forms if who == MANY and mode == "subscribe")
    trial.until(lambda: len(asked()) >= COUNT, "each hub is asked")
    checks.that(trial.sql(trial.many, "SELECT count(p.hub_until) FROM {s}.polls p") == "0", "nothing is confirmed yet")
    for process in (asks, first):
        process.send_signal(signal.SIGKILL)
        process.wait()
    trial.start("fetch")
    room.let[MANY] = True
    for name in (trial.one, trial.many):
        trial.until(lambda name=name: trial.sql(name, "SELECT count(p.hub_until) FROM {s}.polls p") == str(COUNT), "all subscriptions are confirmed")
    checks.that(asked() == list(range(COUNT)), f"each is asked once: {asked()}")
    trial.until(lambda: trial.has_all(trial.one) and trial.has_all(trial.many), "what was polled")
    return second

def pushes(trial, second):
    """By a worker that did not ask, by one that began later, by both at once."""
    room, checks = trial.room, trial.checks
    later = trial.start("publish")
    one, other = trial.door(second), trial.door(later)
    trial.publish(0, one)
    trial.publish(1, other)
    for n in range(12):
        trial.publish(n % COUNT, *((one,), (other,), (one, other))[n % 3])
    trial.until(lambda: trial.has_all(trial.one) and trial.has_all(trial.many), "what was pushed")
    before = trial.titles(trial.many)
    forged = b"<rss version='2.0'><channel><title>x</title><item><guid>f</guid><title>forged</title></item></channel></rss>"
    checks.that(room.deliver(MANY, 2, secret=b"guessed", body=forged) == 202, "a hub is not told that its signature is wrong")
    trial.until(lambda: "did not sign" in trial.setting.said(later), "what is not signed is told of")
    for path in ("/websub/" + "0" * 32, "/websub/x"):
        got = room.deliver(MANY, 2, path=path, body=forged)
        checks.that(got == 410, f"{path}: {got} and not 410")
    question = {"hub.mode": "subscribe", "hub.topic": "x", "hub.challenge": "c"}
    for path in ("/websub/" + "0" * 32, room.subscribed[MANY, 2][0]):
        checks.that(room.do(room.talk_to(MANY, path, question))[0] == 404, "what was not asked for is not confirmed")
    checks.that(trial.titles(trial.many) == before, "and nothing of it is kept")
    # Told to end right after it said that it has it.
    trial.publish(3, other)
    trial.setting.end([later])
    checks.that(trial.has_all(trial.many), "what was pushed is kept before a worker ends")
    room.doors[MANY] = one

def renew(trial):
    """Before a lease ends it is asked for again; a hub that denies is believed."""
    room, checks = trial.room, trial.checks
    now = int(time.time())
    trial.sql(trial.many, f"UPDATE {{s}}.polls SET hub_until = {now + 3600}, hub_asked_at = {now - 172800}, next_poll = {now} WHERE url = '{room.urls()[0]}'")
    until = lambda n: trial.sql(trial.many, f"SELECT p.hub_until FROM {{s}}.polls p WHERE p.url = '{room.urls()[n]}'")
    trial.until(lambda: int(until(0)) > now + 5 * 86400, "the lease is renewed")
    path, _, topic = room.subscribed[MANY, 1]
    checks.that(room.do(room.talk_to(MANY, path, {"hub.mode": "denied", "hub.topic": topic}))[0] == 200, "a denial is taken")
    trial.until(lambda: until(1) == "", "a denied subscription has no lease")
    trial.sql(trial.many, f"UPDATE {{s}}.polls SET hub_until = {now + 864000} WHERE url = '{room.urls()[1]}'")

def same(trial):
    correlated = "SELECT (SELECT max(c.seq)::text FROM {s}.changes c) = coalesce((SELECT m.value FROM {s}.meta m WHERE m.key = 'correlate.seq'), '')"
    for name in (trial.one, trial.many):
        trial.until(lambda name=name: trial.sql(name, correlated) == "t", "all is correlated")
    for table, sql in COMPARED.items():
        ours, theirs = (trial.sql(name, sql).splitlines() for name in (trial.many, trial.one))
        differ = [line[:300] for line in [*list(set(ours) - set(theirs))[:2], *list(set(theirs) - set(ours))[:2]]]
        trial.checks.that(ours == theirs and (theirs or table in ("claims", "verdicts")), f"the table {table} is another one than of one process: {differ}")
    print(f"{len(COMPARED)} tables were held against those of one process, {len(trial.titles(trial.many))} titles")

def removed(trial):
    trial.setting.run(trial.url, "sources", "remove", trial.room.urls()[2])
    trial.checks.that(trial.room.deliver(MANY, 2, body=b"<rss/>") == 410, "the hub of a source that was removed is told so")

def main():
    skip_without_servers()
    with opened(sys.argv[1], sys.argv[2]) as setting:
        trial = Trial(setting)
        second = subscribe(trial)
        pushes(trial, second)
        renew(trial)
        same(trial)
        removed(trial)
        setting.end()

if __name__ == "__main__":
    main()
