#!/usr/bin/env python3
"""Everything that `faultline export` writes, held against validators that are not ours, with hostile news among it.
exports.py FAULTLINE SOURCE_DIR. Exit code 77, a visible skip, where the validators of tests/e2e/validators are not installed."""
import csv, html.parser, json, os, pathlib, re, subprocess, sys, tempfile

HOSTILE = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</title><svg onload=alert(1)>", "]]></content><evil/>",
    "=HYPERLINK(\"http://x.example\")", "\u202eesrever\u202c and \u0000\u0007 bells", "a\r\nDTSTART:19700101\r\nb", "&lt;already&gt; \\n \\, ;",
]

def feed():
    """Each text as the title, the text, the author and the address of an item about the founding outage."""
    def safe(text):
        return "".join(c if c in "\n\t\r" or c >= " " else "" for c in text).replace("&", "&amp;").replace("<", "&lt;")
    items = "".join(
        f"<item><guid>hostile-{n}</guid><title>North Korea offline {safe(text)}</title><description>The Internet of North Korea was down for "
        f"more than nine hours, said {safe(text)} {safe(safe(text))}</description><author>{safe(text)}</author><link>javascript:alert({n})//{safe(text)}</link>"
        f"<pubDate>Tue, 23 Dec 2014 03:0{n}:00 GMT</pubDate></item>" for n, text in enumerate(HOSTILE))
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>{safe(HOSTILE[0])}</title><link>https://h.example/</link>{items}</channel></rss>"

class Page(html.parser.HTMLParser):
    """What of a page a browser would run, fetch or follow."""
    def __init__(self):
        super().__init__()
        self.bad, self.ids, self.targets = [], set(), []
    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag in ("img", "iframe", "object", "embed", "evil", "style") or (tag == "script" and values.get("type") != "application/ld+json"):
            self.bad.append((tag, values))
        self.bad += [(tag, name) for name in values if name.startswith("on") or name == "style"]
        for name in ("href", "src"):
            if name in values and re.match(r"\s*(javascript|data|vbscript):", values[name] or "", re.I):
                self.bad.append((tag, values[name]))
        if "id" in values:
            if values["id"] in self.ids:
                self.bad.append(("id twice", values["id"]))
            self.ids.add(values["id"])

def main():
    faultline, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    validators = source / "tests/e2e/validators"
    if not (validators / "node_modules/.package-lock.json").exists():
        print("skipped: the validators are not installed; (cd tests/e2e/validators && npm ci --ignore-scripts)")
        return 77
    schemas = pathlib.Path(os.environ.get("FAULTLINE_SHARED_DATA", source / "../shared/data")) / "schemas"
    with tempfile.TemporaryDirectory() as folder:
        env = {"PATH": os.environ["PATH"], "FAULTLINE_NOW": "2015-02-01T00:00Z"}
        def run(*words):
            return subprocess.run([faultline, *words], cwd=folder, env=env, check=True, capture_output=True, text=True, timeout=300).stdout
        pathlib.Path(folder, "hostile.xml").write_text(feed(), encoding="utf-8")
        run("ingest", str(source / "app/sample"), "hostile.xml")
        run("correlate")
        # A confirmed check is the only one that may become a ClaimReview.
        timeline = json.loads(run("timeline", "country:KP", "--format", "json"))
        verdict = next(v for i in timeline["incidents"] for l in i["lines"] for e in l.get("entries", []) for c in e["claims"]
                       for v in c["verdicts"] if v["verdict"] == "agrees")
        run("edit", "pin", verdict["id"], "--who", "ann")
        run("edit", "note", verdict["id"], HOSTILE[0], "--who", HOSTILE[1])
        run("correlate")
        run("export", "one", "--base-url", "https://news.example/faultline")
        run("export", "two", "--base-url", "https://news.example/faultline")
        difference = subprocess.run(["diff", "-r", "one", "two"], cwd=folder, capture_output=True, text=True)
        assert difference.returncode == 0, f"two exports differ: {difference.stdout[:500]}"
        site = pathlib.Path(folder, "one")
        proved = subprocess.run(["node", str(validators / "validate.mjs"), str(site), *([str(schemas)] if schemas.is_dir() else [])],
                                capture_output=True, text=True, timeout=280)
        print(proved.stdout, proved.stderr)
        assert proved.returncode == 0, "a validator refuses what was written"
        assert "1 reviews of 1 confirmed claims" in proved.stdout, "the confirmed check is no review"
        pages = list(site.rglob("*.html"))
        for path in pages:
            page = Page()
            text = path.read_text(encoding="utf-8")
            page.feed(text)
            assert not page.bad, (path, page.bad[:3])
            for target in re.findall(r'(?:href|src)="([^"#]+)"', text):
                local = not re.match(r"[a-z]+:", target)
                assert not local or (path.parent / target).exists(), (path, target)
        rows = 0
        for path in site.rglob("*.csv"):
            if path.name != "timeline.csv":
                continue
            with open(path, encoding="utf-8", newline="") as file:
                table = list(csv.reader(file))
            assert len({len(row) for row in table}) == 1, path
            assert not [cell for row in table for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")], path
            rows += len(table) - 1
        print(f"CSV: {rows} rows; HTML: {len(pages)} pages")
    return 0

if __name__ == "__main__":
    sys.exit(main())
