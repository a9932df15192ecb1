"""How costs grow with what is there: the benchmarks that take a size, at 10,000, 100,000 and so on, as a table and as a picture."""
import dataclasses, json, math, re, sys

import benches, document

@dataclasses.dataclass
class Line:
    name: str
    panel: str   # which picture
    command: str
    values: dict = dataclasses.field(default_factory=dict)  # entries → value

PANELS = {"cost": "one entry, µs of processor", "question": "one question, ms of processor", "size": "what is held, MB"}

def sizes(most):
    least = 10_000 if most > 10_000 else 1_000
    return [10 ** n for n in range(int(math.log10(least)), int(math.log10(most)) + 1)]

class Curves:
    def __init__(self, place, most, run):
        self.place, self.most, self.execute, self.lines, self.missing = place, most, run, {}, []

    def run(self, *command):
        """→ what it printed; nothing when it is not there or failed, which is noted."""
        if not command[0].exists():
            self.missing.append(f"{document.shown(command, self.place)}: not built")
            return ""
        print(f"== growth: {document.shown(command, self.place)}", file=sys.stderr, flush=True)
        ran = self.execute(command)
        if ran.code != 0:
            self.missing.append(f"{document.shown(command, self.place)}: {(ran.err.strip().splitlines() or [f'exit code {ran.code}'])[-1]}")
            return ""
        return ran.out

    def put(self, panel, name, command, size, value):
        self.lines.setdefault(name, Line(name, panel, command)).values[int(size)] = float(value)

    def ingest(self):
        bench, feed = self.place.bench / "bench_ingest", benches.feed(self.place, min(10_000, self.most // 10))
        out = self.run(bench, feed, self.place.folder, str(self.most))
        shown = document.shown([bench, feed, self.place.folder, str(self.most)], self.place)
        for size, micros, megabytes in re.findall(r"^at (\d+) entries: ([\d.]+) us an entry, database ([\d.]+) MB", out, re.M):
            self.put("cost", "ingest and index", shown, size, micros)
            self.put("size", "database of texts and index", shown, size, megabytes)

    def extract(self):
        command = [self.place.bench / "bench_extract", "--benchmark_filter=^extract_news", "--benchmark_format=json"]
        out = self.run(*command)
        if out:
            rate = json.loads(out)["benchmarks"][0]["bytes_per_second"]
            for size in sizes(self.most):  # a pure function of the text: what is there does not matter
                self.put("cost", "extract (text of 0.8 kB)", document.shown(command, self.place), size, 800 / rate * 1e6)

    def link(self):
        command = [self.place.bench / "bench_link", *map(str, sizes(self.most))]
        out = self.run(*command)
        for size, micros in re.findall(r"(\d+) entries, \d+ outages: +[\d.]+ s, +([\d.]+) µs an entry", out):
            self.put("cost", "link (100,000 outages)", document.shown(command, self.place), size, micros)

    def copies(self):
        for size in sizes(self.most):
            command = [self.place.bench / "bench_copies", str(size)]
            out = self.run(*command)
            if rows := re.findall(r"^ *\d+ +([\d.]+) +([\d.]+) +\d+$", out, re.M):
                shown = document.shown([command[0], "ENTRIES"], self.place)
                self.put("cost", "near-copies", shown, size, float(rows[-1][0]) + float(rows[-1][1]))

    def join(self):
        command = [self.place.bench / "bench_join", *map(str, sizes(self.most))]
        out = self.run(*command)
        shown = document.shown(command, self.place)
        for part in re.split(r"^(?=\d+ entries, )", out, flags=re.M):
            size = re.match(r"\d+", part)
            if not size:
                continue
            self.put("cost", "stories and incidents, all at once", shown, size[0], re.search(r"s of processors, ([\d.]+) us", part)[1])
            self.put("cost", "one new entry, linked and joined", shown, size[0], float(re.search(r"the newest: +median +([\d.]+) ms", part)[1]) * 1000)
            self.put("size", "memory of stories and incidents, with the entries that are held", shown, size[0], re.search(r"held: \d+ items, (\d+) MB", part)[1])

    def in_databases(self, name, scheme=""):
        """Runs the benchmark of this name over a database of each size → size, file, how it is called, what it printed."""
        for size in sizes(self.most):
            file = self.place.folder / f"{name}-{size}.db"
            program = self.place.bench / name
            yield size, file, document.shown([program, scheme + "FILE", "ENTRIES"], self.place), self.run(program, f"{scheme}{file}", str(size))
            for rest in self.place.folder.glob(f"{name}-{size}.db*"):
                rest.unlink()

    def correlation(self):
        for size, _, shown, out in self.in_databases("bench_run", "sqlite:"):
            for name, spent in re.findall(r"^one (\w+) more +\d+ entries read, +([\d.]+) ms of processor", out, re.M):
                self.put("cost", f"one {name} more, correlated and written", shown, size, float(spent) * 1000)

    def query(self):
        for size, file, shown, out in self.in_databases("bench_query"):
            if built := re.search(r"built in ([\d.]+) s of processor, ([\d.]+) GB", out):
                self.put("size", "database with findings and links", shown, size, file.stat().st_size / 1e6)
                self.put("cost", "write with findings, links, verdicts", shown, size, float(built[1]) / size * 1e6)
            for name, p50, p99 in re.findall(r"^(.+?) +p50 +([\d.]+) ms +p99 +([\d.]+) ms", out, re.M):
                self.put("question", f"{name}, p50", shown, size, p50)
                self.put("question", f"{name}, p99", shown, size, p99)

def measure(place, most, run):
    curves = Curves(place, most, run)
    for stage in (curves.ingest, curves.extract, curves.link, curves.copies, curves.join, curves.correlation, curves.query):
        stage()
        for rest in place.folder.glob("*.db*"):
            rest.unlink()
    return curves

# The picture

WIDTH, LEFT, TOP, SIDE, GAP, LABELS = 300, 56, 40, 220, 44, 210
HUES = ["#1769aa", "#b3541e", "#2e7d32", "#7b1fa2", "#a8323e", "#5d6d1e", "#00838f", "#616161", "#8d6e00", "#3949ab"]
STYLE = ("text{font:11px sans-serif;fill:#444}.title{font-size:13px}.grid{stroke:#8883;fill:none}.line{fill:none;stroke-width:1.5}"
         "@media(prefers-color-scheme:dark){text{fill:#ccc}.line,circle{filter:brightness(1.6)}}")

def plain(value):
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"

def panel(title, lines, top):
    """One picture with logarithmic axes, each line named at its end."""
    ends = sorted({size for line in lines for size in line.values})
    low, high = (f([v for line in lines for v in line.values.values() if v > 0]) for f in (min, max))
    bottom, ceiling = math.floor(math.log10(low)), math.ceil(math.log10(high * 1.001))
    first, last = math.log10(ends[0]), math.log10(ends[-1])
    x = lambda size: LEFT + 2 * SIDE * (math.log10(size) - first) / max(last - first, 1e-9)
    y = lambda value: top + SIDE - SIDE * (math.log10(max(value, 10.0 ** bottom)) - bottom) / (ceiling - bottom)
    out = [f'<text class="title" x="{LEFT}" y="{top - 12}">{title}</text>']
    for tick in range(bottom, ceiling + 1):
        out.append(f'<path class="grid" d="M{LEFT} {y(10 ** tick):.0f}H{LEFT + 2 * SIDE}"/><text x="{LEFT - 6}" y="{y(10 ** tick) + 4:.0f}" text-anchor="end">{plain(10.0 ** tick)}</text>')
    for size in ends:
        out.append(f'<path class="grid" d="M{x(size):.0f} {top + SIDE}V{top}"/><text x="{x(size):.0f}" y="{top + SIDE + 16}" text-anchor="middle">{size:,}</text>')
    taken = []
    for n, line in sorted(enumerate(lines), key=lambda one: -max(one[1].values.items())[1]):
        points = [(x(size), y(value)) for size, value in sorted(line.values.items())]
        hue = HUES[n % len(HUES)]
        out.append(f'<path class="line" stroke="{hue}" d="M{"L".join(f"{px:.1f} {py:.1f}" for px, py in points)}"/>')
        out += [f'<circle fill="{hue}" cx="{px:.1f}" cy="{py:.1f}" r="2.5"><title>{line.name}: {document.number(value)} at {size:,}</title></circle>'
                for (px, py), (size, value) in zip(points, sorted(line.values.items()))]
        at = points[-1][1]
        while any(abs(at - other) < 13 for other in taken):
            at += 1
        taken.append(at)
        out.append(f'<text x="{points[-1][0] + 8:.0f}" y="{at + 4:.0f}" style="fill:{hue}">{line.name}</text>')
    return "\n".join(out)

def picture(lines):
    parts, top = [], TOP
    for name, title in PANELS.items():
        if shown := [line for line in lines if line.panel == name and line.values]:
            parts.append(panel(title, shown, top))
            top += SIDE + GAP + 28
    width = LEFT + 2 * SIDE + LABELS
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top - 20}" role="img" aria-labelledby="title">\n<title id="title">What it costs with so many entries</title>\n'
            f"<style>{STYLE}</style>\n" + "\n".join(parts) + "\n</svg>\n")
