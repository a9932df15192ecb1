#!/usr/bin/env python3
"""Times Faultline's full parse of feeds against the peers that are installed, in one run.

usage: tests/bench/feeds.py [--bench build/release/tests/bench/bench_feeds] [--folder /tmp/…]

Makes an RSS 2.0 file of 10,000 items (seeded, about 15 MB) and one of 50 items. The libraries get
the file in memory before their clock starts; sfeed and newsboat are programs, so their whole
process counts. Each row is the median of three fresh processes. Peers that are not there are left
out: apt-get install sfeed newsboat python3-feedparser; (cd tests/bench/peers && npm ci).
"""
import argparse, os, pathlib, random, shutil, statistics, subprocess, tempfile, time
from email.utils import format_datetime
from datetime import datetime, timedelta, timezone
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).parent
SYLLABLES = "ka lo mi ter van su den or pha ri net ge ba co pul ash ing est ou".split()


def words(rng, count):
    return ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 3))) for _ in range(count)]


def description(rng):
    """About 120 words of HTML: paragraphs, links, emphasis, references, a picture."""
    parts = []
    for n in range(3):
        text = words(rng, 38)
        text[5] = f"<strong>{text[5]}</strong>"
        text[11] = f'<a href="https://news.example.org/{text[11]}?id={rng.randint(1, 9999)}&amp;p={n}">{text[11]}</a>'
        text[20] += " &amp; "
        text[30] += "&#8217;s"
        parts.append(f"<p>{' '.join(text)}.</p>")
    parts.insert(1, f'<img src="https://cdn.example.org/{rng.randint(1, 10**6)}.jpg" alt="{" ".join(words(rng, 3))}" width="640" />')
    return "\n".join(parts)


def make_feed(path, items, seed=2014):
    rng = random.Random(seed)
    begin = datetime(2014, 12, 22, 16, 15, tzinfo=timezone.utc)
    with open(path, "w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
                  "<channel><title>Benchmark</title><link>https://news.example.org/</link><description>Seeded</description>\n")
        for n in range(items):
            html = description(rng)
            body = f"<![CDATA[{html}]]>" if n % 2 else escape(html)
            out.write(f"<item><title>{escape(' '.join(words(rng, 9)))} &amp; more</title>"
                      f"<link>https://news.example.org/{n}?utm_source=rss</link><guid isPermaLink=\"false\">urn:item:{n}</guid>"
                      f"<pubDate>{format_datetime(begin + timedelta(minutes=7 * n))}</pubDate><dc:creator>{' '.join(words(rng, 2))}</dc:creator>"
                      f"<category>{rng.choice(['net', 'power', 'cables'])}</category><description>{body}</description></item>\n")
        out.write("</channel></rss>\n")


def run(command, **more):
    return subprocess.run(command, capture_output=True, text=True, check=True, **more).stdout


def wall(command, **more):
    begin = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, **more)
    return time.perf_counter() - begin


FEEDPARSER = """
import feedparser, sys, time
data = open(sys.argv[1], 'rb').read()
begin = time.perf_counter()
found = len(feedparser.parse(data).entries)
print(found, time.perf_counter() - begin)
"""


def newsboat(feed, folder):
    home = tempfile.mkdtemp(dir=folder)
    urls = pathlib.Path(home, "urls")
    urls.write_text(f"file://{feed}\n")
    pathlib.Path(home, "config").write_text("max-items 0\n")
    return wall(["newsboat", "-u", urls, "-C", f"{home}/config", "-c", f"{home}/cache.db", "-x", "reload"],
                env={**os.environ, "HOME": home})


def contestants(bench, feed, folder):
    """(name, function that gives seconds for the 10,000 items) of all that are here."""
    yield "faultline", lambda: float(run([bench, feed, "3"]).split()[1])
    if shutil.which("sfeed"):
        yield "sfeed (process)", lambda: wall(["sfeed"], stdin=open(feed))
    if (HERE / "peers/node_modules/feedsmith").is_dir():
        yield "feedsmith", lambda: float(run(["node", HERE / "peers/feedsmith.mjs", feed]).split()[1])
    if shutil.which("newsboat"):
        yield "newsboat (process)", lambda: newsboat(feed, folder)
    python = "/usr/bin/python3"
    if subprocess.run([python, "-c", "import feedparser"], capture_output=True).returncode == 0:
        yield "feedparser", lambda: float(run([python, "-c", FEEDPARSER, feed]).split()[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", default="build/release/tests/bench/bench_feeds")
    parser.add_argument("--folder", help="where the files are made; a temporary one by default")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or temporary
        big, small = f"{folder}/10000.xml", f"{folder}/50.xml"
        make_feed(big, 10_000)
        make_feed(small, 50)
        size = os.path.getsize(big)
        print(f"RSS 2.0, 10,000 items, {size:,} bytes")
        print("| contestant | s | items/s | faultline is |\n|---|---|---|---|")
        ours = None
        for name, seconds in contestants(options.bench, big, folder):
            median = statistics.median(seconds() for _ in range(3))
            ours = ours or median
            print(f"| {name} | {median:.4f} | {10_000 / median:,.0f} | {median / ours:.2f} × |", flush=True)
        line = run([options.bench, small, "2001"]).split()
        print(f"50 items, {os.path.getsize(small):,} bytes: {1 / float(line[1]):,.0f} documents/s")
        base = int(run([options.bench, small, "1"]).split()[2])
        peak = int(run([options.bench, big, "1"]).split()[2])
        print(f"peak memory: {peak / 1024:.1f} MB, {(peak - base) * 1024 / size:.2f} × the document above that of a small one")


if __name__ == "__main__":
    main()
