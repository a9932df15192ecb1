#!/usr/bin/env python3
"""/metrics of a `run` that polls, correlates and serves: each stage is counted, and the dashboard asks for nothing else. metrics.py FAULTLINE SOURCE_DIR"""
import http.client, http.server, json, mmap, os, pathlib, re, shutil, signal, subprocess, sys, tempfile, threading, time

FEED = b"""<rss version='2.0'><channel><title>T</title>
<item><title>Internet down in Pakistan</title><guid>1</guid><pubDate>Mon, 22 Dec 2014 16:15:00 GMT</pubDate></item>
<item><title>B</title><guid>2</guid><pubDate>never</pubDate></item></channel></rss>"""

class Feed(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response({"/good": 200, "/text": 200, "/gone": 404}.get(self.path, 503))
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write({"/good": FEED, "/text": b"\x00\x01nothing"}.get(self.path, b"no"))
    def log_message(self, *words):
        pass

def samples(text):
    return {m[1]: float(m[2]) for m in re.finditer(r"^(\w+(?:\{[^}]*\})?) (\S+)$", text, re.M)}

def sanitized(program):
    with open(program, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as bytes_of:
        return any(bytes_of.find(name) >= 0 for name in (b"__asan_init", b"__tsan_init"))

def checked(text):
    done = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr

def dashboard(source, text, folder):
    """Every query names metrics that are there, and is PromQL."""
    there = set(re.findall(r"^# TYPE (\w+)", text, re.M))
    ours = {name for name in there if name.startswith("faultline_")}
    panels = json.loads((source / "app/package/grafana.json").read_text(encoding="utf-8"))["panels"]
    queries = [target["expr"] for panel in panels for target in panel["targets"]]
    for query in queries:
        named = re.findall(r"(?:faultline|process)_\w+", query)
        assert named, query
        for name in named:
            base = re.sub(r"_(bucket|sum|count)$", "", name)
            assert name in there or (base in there and f"# TYPE {base} histogram" in text), query
            for label in re.findall(r"by \(([^)]*)\)", query):
                for one in re.split(", *", label):
                    assert re.search(rf"^{name}\{{[^}}]*\b{one}=", text, re.M), (query, one)
    asked = {re.sub(r"_(bucket|sum|count)$", "", n) for q in queries for n in re.findall(r"faultline_\w+", q)}
    assert ours - asked <= {"faultline_correlated_seq"}, ours - asked
    if shutil.which("promtool"):
        rules = folder / "rules.yml"
        rules.write_text(json.dumps({"groups": [{"name": "a", "rules": [{"record": f"a:q{n}", "expr": q} for n, q in enumerate(queries)]}]}))
        done = subprocess.run(["promtool", "check", "rules", rules], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    return len(queries)

def main():
    faultline, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    feeds = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    threading.Thread(target=feeds.serve_forever, daemon=True).start()
    at = f"http://127.0.0.1:{feeds.server_address[1]}"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        env = {"PATH": os.environ["PATH"], "FAULTLINE_ALLOW_HOSTS": "127.0.0.0/8"}
        def done(*words):
            return subprocess.run([faultline, *words], cwd=folder, env=env, capture_output=True, text=True, check=True).stdout
        done("sources", "add", "--no-check", *(at + p for p in ("/good", "/gone", "/broken")))
        token = done("tokens", "add", "watch", "--role", "reader").strip()
        log = open(folder / "log", "w+")
        process = subprocess.Popen([faultline, "run", "--listen", "127.0.0.1:0"], cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=log)
        host = None
        def metrics():
            connection = http.client.HTTPConnection(host, timeout=30)
            connection.request("GET", "/metrics", headers={"Authorization": "Bearer " + token})
            answer = connection.getresponse()
            assert answer.status == 200
            return answer.read().decode()
        text = ""
        for _ in range(200):
            time.sleep(0.1)
            found = re.search(r"pages are at http://([^/ ]+)/", (folder / "log").read_text())
            host = found[1] if found else None
            text = metrics() if host else ""
            if "faultline_correlate_seconds_count 1" in text and samples(text)["faultline_polls_total"] == 3:
                break
        text = metrics()
        holds = int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{process.pid}/status").read_text())[1]) * 1024
        files = len(os.listdir(f"/proc/{process.pid}/fd"))
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        got = samples(text)
        wanted = {"faultline_polls_total": 3, 'faultline_poll_failures_total{kind="http_4xx"}': 1, 'faultline_poll_failures_total{kind="http_5xx"}': 1,
                  'faultline_poll_failures_total{kind="timeout"}': 0, 'faultline_entries_total{what="new"}': 2, "faultline_read_seconds_count": 1,
                  "faultline_correlate_seconds_count": 1, 'faultline_correlate_records_total{pass="extract"}': 2, 'faultline_mails_total{what="sent"}': 0}
        assert {k: got.get(k) for k in wanted} == wanted, {k: got.get(k) for k in wanted}
        assert got["faultline_fetched_bytes_total"] >= len(FEED) and got["faultline_warnings_total"] >= 1 and got["faultline_correlate_behind"] >= 0
        assert got["faultline_store_bytes"] >= os.path.getsize(folder / "faultline.db") / 2 > 0
        assert got["faultline_fetch_seconds_count"] == 3 and 0 < got["faultline_fetch_seconds_sum"] < 60
        assert 0.5 < got["process_resident_memory_bytes"] / holds < 1.5 and abs(got["process_open_fds"] - files) <= 5, (holds, files)
        assert 0 < got["process_cpu_seconds_total"] < 120 and abs(got["process_start_time_seconds"] - time.time()) < 120
        # The C library counts nothing where a sanitizer stands in for its allocator.
        heap = got["faultline_heap_bytes"] if not sanitized(faultline) else got["process_resident_memory_bytes"]
        assert 0 < got["faultline_sqlite_memory_bytes"] < heap < got["process_virtual_memory_bytes"]
        queries = dashboard(source, text, folder)
        print(f"metrics: {len(got)} samples of {text.count('# TYPE')} families; the dashboard's {queries} queries name what is there")
        if not shutil.which("promtool"):
            print("metrics: promtool is not installed; format and queries were not looked at by it")
            return 77
        checked(text)
    feeds.shutdown()
    return 0

if __name__ == "__main__":
    sys.exit(main())
