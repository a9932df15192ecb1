#!/usr/bin/env python3
"""How much faster two workers extract and link than one, each on a processor of its own, as on a machine of its own.

usage: tests/bench/workers.py FAULTLINE [--entries 16000] [--rounds 5]

A made corpus is read into a PostgreSQL server of this bench's own; then one and two processes `worker --role extract`
get the same jobs over a NATS server of its own, in turns. Said are medians over the rounds: entries a second; what of
a worker's time was the store's (reading revisions, keeping what was found; the server runs on the same processors); and
how many times as fast two are, with the store and without it. The server, and whatever else runs, want the same processors: so the
processor time that workers take for an entry is said too, and what two would be if nobody else wanted theirs.
Needs two processors, nats-server and PostgreSQL.
"""
import argparse, datetime, os, pathlib, random, re, socket, statistics, subprocess, sys, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "e2e")]
import postgres as support
from workers import NatsServer, Postgres

RANGE = 64  # changes in a job, as app/worker/correlate.cc gives them out
TOLD = re.compile(r"extracted: \d+ entries, (\d+) linked, \d+ series; ([\d.]+) ms, ([\d.]+) ms at the store")
OUTAGES = 4000
WHERE = ["North Korea", "Syria", "Cuba", "Gabon", "Iran", "Sudan", "Iraq", "Ethiopia"]
WHO = ["the Lizard Squad", "the Guardians of Peace", "the ministry", "the largest provider", "AS131279", "the regulator"]


def text_of(chance):
    """Some 800 bytes of news that say a few things which can be measured."""
    where, who, hours = chance.choice(WHERE), chance.choice(WHO), chance.randint(2, 30)
    day, hour = chance.randint(1, 28), chance.randint(0, 23)
    return (f"The Internet in {where} went down on {day} December 2014 at {hour:02}:15 UTC and stayed so for more than {hours} hours, "
            f"people who watch routes say. About {chance.randint(2, 90)} networks were gone, {chance.randint(10, 99)} % of what is usually seen. "
            f"A spokesman of {who} said on Tuesday that the cause was not known yet, and that nobody should draw conclusions from who had "
            f"profited. In the {chance.randint(3, 9)} days before there were three shorter failures, each of about {chance.randint(5, 50)} minutes; "
            f"after the first one {where} had been blamed for an attack on a company's computers, which it denies. Access came back at "
            f"{(hour + hours) % 24:02}:46 UTC. Researchers wrote that attacks on name servers would look the same from outside, as would a cable that was "
            f"cut or a switch that was turned off by hand. The company did not answer questions by the evening.")


def feed(entries):
    chance = random.Random(7)
    items = "".join(f"<item><guid>g{n}</guid><title>{chance.choice(WHERE)}: outage {n}</title><pubDate>Tue, {1 + n % 28:02} Dec 2014 02:00:00 GMT</pubDate>"
                    f"<description>{text_of(chance)}</description></item>" for n in range(entries))
    return f'<rss version="2.0"><channel><title>Made</title><link>https://made.example/</link>{items}</channel></rss>'


def outages(many):
    """A few hundred of each place, as it is where measuring has gone on for years."""
    chance = random.Random(8)
    rows = []
    for n in range(many):
        code, day = chance.choice(["KP", "SY", "CU", "GA", "IR", "SD", "IQ", "ET"]), datetime.datetime(2011, 1, 1) + datetime.timedelta(hours=chance.randint(0, 8 * 8766))
        rows.append(f"out-{n},{code},{day:%Y-%m-%dT%H:15:00Z},{day + datetime.timedelta(hours=chance.randint(1, 30)):%Y-%m-%dT%H:46:00Z},Made\n")
    return "id,country,start,end,source\n" + "".join(rows)


def processor_time(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Bench:
    def __init__(self, faultline, folder, entries):
        self.faultline, self.folder, self.entries = os.path.abspath(faultline), folder, entries
        self.postgres = Postgres(folder)
        self.url = self.postgres.schema("bench")
    def command(self, *words):
        return [self.faultline, "--db", self.url, *words]
    def worker(self, nats, role, name, processor=None):
        log = open(os.path.join(self.folder, name), "w+")
        pinned = [] if processor is None else ["taskset", "-c", str(processor)]
        process = subprocess.Popen([*pinned, *self.command("worker", "--role", role, "--nats", nats.url)], stdout=log, stderr=log)
        process.log = pathlib.Path(log.name)
        until = time.monotonic() + 30
        while " worker " not in process.log.read_text():
            assert process.poll() is None and time.monotonic() < until, process.log.read_text()
            time.sleep(0.02)
        return process
    def prepare(self):
        """Outages, correlated; then entries."""
        for name, text in (("made.csv", outages(OUTAGES)), ("made.xml", feed(self.entries))):
            file = os.path.join(self.folder, name)
            pathlib.Path(file).write_text(text, encoding="utf-8")
            subprocess.run(self.command("ingest", file), check=True, capture_output=True)
            if name == "made.csv":
                subprocess.run(self.command("correlate"), check=True, capture_output=True)
                self.correlated = int(self.postgres.sql("SELECT max(seq) FROM bench.changes"))
        self.postgres.sql("ANALYZE")
        self.changes = int(self.postgres.sql("SELECT max(seq) FROM bench.changes"))
    def give_out(self, nats):
        with socket.create_connection((nats.address, nats.port)) as talk:
            talk.sendall(b'CONNECT {"verbose":false}\r\n')
            for after in range(self.correlated, self.changes, RANGE):
                to = min(self.changes, after + RANGE)
                job = b'{"version":1,"kind":"prepare","after":%d,"to":%d}' % (after, to)
                talk.sendall(b"PUB faultline.prepare.%d-%d %d\r\n%s\r\n" % (after, to, len(job), job))
            talk.sendall(b"PING\r\n")
            while b"PONG" not in talk.recv(4096):
                pass
    def measure(self, processors):
        """Seconds from the first job to the last entry extracted and linked; those that a worker was at the store; entries a second of all
        workers while they extract; seconds of processors that they took."""
        self.postgres.sql("TRUNCATE bench.extractions, bench.links CASCADE; DELETE FROM bench.meta WHERE key LIKE 'correlate.linked.%'")
        self.postgres.sql("CHECKPOINT")
        nats = NatsServer(self.folder, "-js")
        workers = [self.worker(nats, "extract", f"extract-{n}.log", p) for n, p in enumerate(processors)]
        began, used = time.monotonic(), sum(map(processor_time, workers))
        self.give_out(nats)
        while True:
            told = [[(int(n), float(ms), float(store)) for n, ms, store in TOLD.findall(w.log.read_text())] for w in workers]
            done = sum(n for one in told for n, _, _ in one)
            took = time.monotonic() - began
            if done >= self.entries:
                break
            assert took < 300 and all(w.poll() is None for w in workers), [w.log.read_text()[-500:] for w in workers]
            time.sleep(0.05)
        used = sum(map(processor_time, workers)) - used
        for worker in workers:
            worker.terminate()
            worker.wait()
        nats.stop()
        assert int(self.postgres.sql("SELECT count(*) FROM bench.extractions")) == self.entries
        assert int(self.postgres.sql("SELECT count(DISTINCT entry_id) FROM bench.links")) > self.entries / 2
        store = statistics.mean(sum(ms for _, _, ms in one) / 1000 for one in told)
        return took, store, sum(sum(n for n, _, _ in one) / sum(ms / 1000 for _, ms, _ in one) for one in told if one), used


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("faultline")
    options.add_argument("--entries", type=int, default=16000)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    processors = sorted(os.sched_getaffinity(0))
    if len(processors) < 2:
        sys.exit("Two processors are needed: a worker each.")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        bench = Bench(given.faultline, folder, given.entries)
        try:
            bench.prepare()
            rows = {1: [], 2: []}
            for turn in range(given.rounds):
                for many in (1, 2) if turn % 2 == 0 else (2, 1):
                    rows[many].append(bench.measure(processors[:2] if many == 2 else [processors[turn % 2]]))
                    print(f"round {turn + 1}, {many}: {rows[many][-1][0]:.2f} s, {rows[many][-1][1]:.2f} of them at the store", file=sys.stderr, flush=True)
        finally:
            support.stop(bench.postgres.file)
    print(f"| workers | entries/s | s | of them at the store | entries/s while they extract | processor time an entry |\n|---|---|---|---|---|---|")
    for many, runs in rows.items():
        took, store, rate, used = (statistics.median(column) for column in zip(*runs))
        print(f"| {many} | {given.entries / took:,.0f} | {took:.2f} | {store:.2f} | {rate:,.0f} | {used / given.entries * 1e6:.0f} µs |")
    whole = statistics.median(a[0] / b[0] for a, b in zip(rows[1], rows[2]))
    without = statistics.median((a[0] - a[1]) / (b[0] - b[1]) for a, b in zip(rows[1], rows[2]))
    alone = statistics.median(b[2] / a[2] for a, b in zip(rows[1], rows[2]))
    free = statistics.median(2 * a[3] / b[3] for a, b in zip(rows[1], rows[2]))
    print(f"two are {whole:.2f} x one with the store, {without:.2f} x without the time at the store, {alone:.2f} x in the time they extract; {free:.2f} x by what they take of processors")


if __name__ == "__main__":
    main()
