"""The benchmarks: what each is called, the command, and how its figures are read."""
import pathlib, re, shutil

import feeds

HERE = pathlib.Path(__file__).resolve().parent
NUMBER = r"([\d.,]+)"

class Bench:
    """`command(place)` gives the words of the command, `read(text)` its figures by what they are (with unit), in their order; `lacks(place)` says in words why it
    cannot be run here. `reads_failures`: exit code 1 means a missed goal, not a broken run."""
    def __init__(self, name, title, command, read, rounds=3, needs=(), before=None, reads_failures=False):
        self.name, self.title, self.command, self.read, self.rounds, self.needs = name, title, command, read, rounds, needs
        self.before, self.reads_failures = before, reads_failures

    def lacks(self, place):
        if self.name == "soak" and not place.soak:
            return "an hour by itself: --soak 60"
        for word in self.command(place):
            if isinstance(word, pathlib.Path) and place.build in word.parents and not word.exists():
                return f"{word} is not built"
        for need in self.needs:
            if need == "data":
                if not place.data.is_dir():
                    return f"no labelled data at {place.data} (--data)"
            elif not shutil.which(need):
                return f"{need} is not installed"
        return ""

def value(text):
    return float(text.replace(",", ""))

def lines(*patterns):
    """A reader: (pattern, label, …) where each group of the pattern is the figure of the label beside it, once for each place that matches. A label may name the
    groups that say what it is of: "{0}"."""
    def read(text):
        out = {}
        for pattern, *labels in patterns:
            for found in re.finditer(pattern, text):
                names = [one for one in found.groups()]
                if isinstance(labels[0], int):  # so many first groups are names
                    names, numbers = names[:labels[0]], names[labels[0]:]
                    of = labels[1:]
                else:
                    names, numbers, of = [], names, labels
                for label, number in zip(of, numbers):
                    out[label.format(*names).strip()] = value(number)
        return out
    return read

def table(first, column, ratio=None):
    """A reader of the tables that some scripts print: the row's name, then its columns. `column`: (label, index); `ratio`: the index of what we are × of it."""
    def read(text):
        out = {}
        for line in text.splitlines():
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not line.startswith("|") or cells[0] in (first, "---") or cells[0].startswith("---"):
                continue
            number = re.search(r"[\d.,]+", cells[column[1]])
            if number:
                out[f"{cells[0]}, {column[0]}"] = value(number[0])
            if ratio is not None and not cells[0].startswith("faultline"):
                if found := re.search(r"[\d.]+", cells[ratio]):
                    out[f"ratio to {cells[0]}"] = value(found[0])
        return out
    return read

def read_feeds(text):
    out = table("contestant", ("items/s", 2), 3)(text)
    out.update(lines((rf"bytes: {NUMBER} documents/s", "documents of 50 items, a second"), (rf"{NUMBER} MB, {NUMBER} × the document", "peak memory, MB", "times the document in memory"))(text))
    return out

def read_times(text):
    out = table("contestant", ("MB/s", 1))(text)
    out.update(lines((rf"whole extraction {NUMBER} x chrono-node, times alone {NUMBER} x", "ratio to chrono-node of the whole extraction", "ratio to chrono-node of times alone"))(text))
    return out

def sized(place, whole, quick):
    return str(quick if place.quick else whole)

def feed(place, items=10_000):
    """The feed that feeds.py makes; made once."""
    path = place.folder / f"{items}.xml"
    if not path.exists():
        feeds.make_feed(path, items)
    return path

def fresh(name):
    """Before a round: nothing is left of the last one."""
    def remove(place):
        for file in place.folder.glob(name + "*"):
            file.unlink()
    return remove

MRT = "outages/mrt/bgpdump/updates.20160811.1600.gz"

BENCHES = [
    Bench("feeds", "a full parse of 10,000 items of RSS, beside other parsers",
          lambda p: [HERE / "feeds.py", "--bench", p.bench / "bench_feeds", "--folder", p.folder], read_feeds, rounds=1),
    Bench("ingest", "the same into SQLite, beside a bare loop of the same inserts",
          lambda p: [p.bench / "bench_ingest", feed(p), p.folder],
          lines((rf"ingest {NUMBER} entries/s", "entries a second"), (rf"bare loop {NUMBER} entries/s; ingest / bare loop {NUMBER} ", "a bare loop, entries a second", "ratio to a bare loop"),
                (rf"first / again {NUMBER}", "times as fast when nothing has changed"), (rf"peak memory {NUMBER} MB", "peak memory, MB")), rounds=1),
    Bench("stores", "writing entries with findings into both stores, and asking them", lambda p: [HERE / "stores.py", p.bench / "bench_store", sized(p, 20_000, 1_000)],
          lines((rf"(\w+), (\w.*): {NUMBER} entries/s", 2, "{0}, {1}, entries a second"), (rf"(\w+), (\w.*): {NUMBER} ms, p99 {NUMBER} ms", 2, "{0}, {1}, ms by median", "{0}, {1}, ms p99")),
          rounds=1),
    Bench("extract", "reading news for what it says, beside chrono-node, which finds times only", lambda p: [HERE / "times.py", "--bench", p.bench / "bench_extract"], read_times, rounds=1),
    Bench("copies", "near-copies among entries",
          lambda p: [p.bench / "bench_copies", sized(p, 100_000, 5_000)],
          lambda text: lines((r"peak memory (\d+) kB", "peak memory, kB"))(text) | dict(zip(("sketch, µs an entry of the last tenth", "find and add, µs an entry of the last tenth"),
                       map(float, re.findall(r"^ *\d+ +([\d.]+) +([\d.]+) +\d+$", text, re.M)[-1])))),
    Bench("detect", "outages in series of five-minute samples", lambda p: [p.bench / "bench_detect", sized(p, 1000, 20), sized(p, 365, 60)],
          lines((rf"threads: {NUMBER} s", "seconds"), (rf"ratio {NUMBER} ns a sample, seasonal {NUMBER} ns", "series of states, ns a sample", "series of counts, ns a sample"),
                (r"over the series: (\d+) kB", "peak memory over the series, kB"))),
    Bench("fuse", "records of outages into outages", lambda p: [p.bench / "bench_fuse", sized(p, 1_000_000, 20_000)],
          lines((rf"(\d+) records: {NUMBER} s, {NUMBER} us a record", 1, "{0} records, seconds", "{0} records, µs a record"),
                (rf"costs {NUMBER} times one of few; peak memory {NUMBER} MB", "ratio of many to a tenth", "peak memory, MB"))),
    Bench("run", "correlation of a store: all of it, then one entry, one outage, one sample more", lambda p: [p.bench / "bench_run", f"sqlite:{p.folder}/run.db", sized(p, 100_000, 2_000)],
          lines((rf"(\w[\w, ]+?) +{NUMBER} entries read, +{NUMBER} ms of processor, +{NUMBER} ms by", 1, "{0}, entries read", "{0}, ms of processor", "{0}, ms by the clock"),
                (rf"one outage more: 1/{NUMBER} of", "what a new process takes beside one outage more")), rounds=1, before=fresh("run.db")),
    Bench("gazetteers", "all names that are looked up", lambda p: [p.bench / "bench_gazetteers"], lines((rf": {NUMBER} ms, {NUMBER} MB", "ms", "MB"))),
    Bench("digest", "a day's mails for subscribers", lambda p: [p.bench / "bench_digest", p.folder / "digest.db", sized(p, 100_000, 2_000), sized(p, 10_000, 50), sized(p, 200, 10)],
          lines((rf"mails queued in {NUMBER} s", "issues made and mails queued, seconds"), (rf"composed and marked in {NUMBER} s, {NUMBER} kB", "mails composed, seconds", "kB a mail")),
          rounds=1, before=fresh("digest.db")),
    Bench("visibility", "a day of BGP changes of one collector", lambda p: [p.bench / "bench_visibility", *(["5", "20000", "200000"] if p.quick else [])],
          lines((rf"routes in {NUMBER} s", "the table, seconds"), (rf"samples in {NUMBER} s", "the day, seconds"), (r"\npeak memory:\s+(\d+) kB", "peak memory, kB")), rounds=1),
    Bench("mrt", "BGP dumps beside bgpdump", lambda p: [HERE / "mrt.py", p.program, p.data / MRT],
          lambda text: dict(zip(("bgpdump -m, s of CPU", "faultline mrt, s of CPU", "ratio to bgpdump -m", "times unpacking alone"),
                                (float(re.search(r"[\d.]+", cell)[0]) for n, cell in enumerate(text.strip().splitlines()[-1].strip("|").split("|")) if n in (2, 3, 4, 6)))),
          needs=("data", "bgpdump")),
    Bench("serve", "requests a second on loopback, beside nginx with the same bytes as a file", lambda p: [HERE / "serve.py", p.program, sized(p, 5, 1)],
          lines((rf"kept: {NUMBER}/s, nginx {NUMBER}/s with the same \d+ bytes: {NUMBER}", "kept answers a second", "nginx, a second", "ratio to nginx"),
                (rf"worked out: {NUMBER}/s of an incident with one story, {NUMBER}/s", "worked out, an incident of one story, a second", "worked out, the founding incident, a second")),
          needs=("wrk", "nginx")),
    Bench("streams", "open streams of changes", lambda p: [HERE / "streams.py", p.program, sized(p, 10_000, 500)],
          lines((rf"streams opened in {NUMBER} s, {NUMBER} kB each", "all opened, seconds", "kB a stream"),
                (rf"by the first after {NUMBER} s, by half after {NUMBER} s, by the last after {NUMBER} s", "an edit heard by the first, seconds", "by half, seconds", "by the last, seconds"),
                (rf"meanwhile: median {NUMBER} ms, most {NUMBER} ms", "a page meanwhile, ms", "at most, ms")), rounds=1),
    Bench("sources", "2,000 sources in one process, a fifth of them odd or hostile",
          lambda p: [HERE / "sources.py", p.program, *(["--count", "100", "--minutes", "0.4", "--interval", "10"] if p.quick else ["--minutes", "2.2"])],
          lines((rf"sound sources: median {NUMBER} s, p99 {NUMBER} s, most {NUMBER} s", "late by median, seconds", "late, p99, seconds", "late at most, seconds"),
                (rf"peak memory {NUMBER} MB of", "peak memory, MB"), (rf"polls ended, {NUMBER} s of CPU", "CPU, seconds")), rounds=1, reads_failures=True),
    Bench("soak", "500 sources, a new entry every second, 200 requests a second", lambda p: [HERE / "soak.py", p.program, "--minutes", f"{p.soak:g}"],
          lines((rf"lag: .*median {NUMBER} s, p99 {NUMBER} s, most {NUMBER} s", "lag from publication to timeline by median, seconds", "lag, p99, seconds", "lag at most, seconds"),
                (r"slope ([+-][\d.]+) ± ([\d.]+) MB", "slope of the memory, MB an hour", "its standard error, MB an hour"), (r"errors: (\d+) of", "errors"),
                (r"requests: (\d+) a second", "requests a second"), (rf"processor: {NUMBER} cores", "cores")), rounds=1, reads_failures=True),
    Bench("places", "places and kinds of happenings found in labelled reports", lambda p: [HERE / "extract.py", p.program, p.data],
          lines((rf"outages' countries {NUMBER} ", "recall of the outages' countries"), (rf"happenings: right {NUMBER} ", "share of kinds that is right"), (rf"speed: {NUMBER} MB", "MB of text a second of CPU")),
          rounds=1, needs=("data",)),
    Bench("founding", "the incidents of the founding case held against a person's", lambda p: [HERE / "founding.py", p.program, p.data],
          lines((rf"P {NUMBER} R {NUMBER} F1 {NUMBER}", "BCubed precision", "BCubed recall", "BCubed F1")), rounds=1, needs=("data",)),
]
