#!/usr/bin/env python3
"""Alerts through the real binary: added on the command line and over the API, told to a webhook that fails, comes back and goes, in a
feed that a validator reads, and by `faultline run`, which polls, correlates, serves and tells by itself: alerts.py FAULTLINE SOURCE_DIR"""
import base64, contextlib, email.utils, hashlib, hmac, http.server, json, os, pathlib, re, subprocess, sys, tempfile, threading, time
sys.path.insert(0, os.path.dirname(__file__))
import serving

DAY = "2014-12-24T12:00:00Z"

class Hook:
    """A webhook that answers as it is told to, and keeps what it got."""
    def __init__(self):
        self.statuses, self.got = [], []
        hook = self
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = hook.statuses.pop(0) if hook.statuses else 200
                hook.got.append((status, dict(self.headers), body))
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "http://169.254.169.254/")
                self.send_header("Content-Length", "0")
                self.end_headers()
            def log_message(self, *words):
                pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

def check_signature(secret, headers, body):
    """As a receiver does it (Standard Webhooks): not with our code."""
    fields = {name.lower(): value for name, value in headers.items()}
    text = f"{fields['webhook-id']}.{fields['webhook-timestamp']}.".encode() + body
    wanted = base64.b64encode(hmac.new(base64.b64decode(secret.removeprefix("whsec_")), text, hashlib.sha256).digest()).decode()
    assert fields["webhook-signature"] == "v1," + wanted, fields
    return fields["webhook-id"]

class Program:
    def __init__(self, faultline, folder):
        self.faultline, self.folder = faultline, folder
    def run(self, *words, now=DAY, allowed="127.0.0.1", code=0):
        env = {"PATH": os.environ["PATH"], "FAULTLINE_NOW": now, "FAULTLINE_MAIL_BASE": "https://news.example/"}
        if allowed:
            env["FAULTLINE_ALLOW_HOSTS"] = allowed
        done = subprocess.run([self.faultline, *words], cwd=self.folder, env=env, capture_output=True, text=True, timeout=120)
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done.stdout + done.stderr

def item(n, title, text="North Korea's Internet is down, Dyn Research says.", at=None):
    at = at or f"Wed, 24 Dec 2014 10:{n:02}:00 GMT"
    return f"<item><guid>urn:x:{n}</guid><title>{title}</title><link>https://paper.example/{n}</link><description>{text}</description><pubDate>{at}</pubDate></item>"

def feed(*items):
    return '<rss version="2.0"><channel><title>Paper</title><link>https://paper.example/</link><description>x</description>' + "".join(items) + "</channel></rss>"

def read(program, *items, now=DAY):
    pathlib.Path(program.folder, "feed.xml").write_text(feed(*items), encoding="utf-8")
    program.run("ingest", "feed.xml", now=now)
    program.run("correlate", now=now)

def on_the_command_line(program, hook):
    added = program.run("alerts", "add", "--query", "country:KP", "--webhook", hook.url, "--quiet", "0")
    secret = re.search(r"Signed with (whsec_\S+)", added)[1]
    assert secret not in program.run("alerts", "list") + program.run("alerts", "list", "--json")
    read(program, item(1, "Dark"), item(2, "Of ships", "Ships in a harbour."))
    hook.statuses = [302, 500]
    assert "1 mails queued" in program.run("digest", "--queue")
    assert "0 sent, 0 failed for good, 1 to be tried again" in program.run("digest", "--send")
    assert len(hook.got) == 1, "a redirect is not followed"
    program.run("digest", "--send", now="2014-12-24T12:01:59Z")
    assert len(hook.got) == 1
    program.run("digest", "--send", now="2014-12-24T12:02:00Z")
    assert "1 sent" in program.run("digest", "--send", now="2014-12-24T12:06:00Z")
    ids = {check_signature(secret, headers, body) for status, headers, body in hook.got}
    assert len(hook.got) == 3 and len(ids) == 1, ids
    told = json.loads(hook.got[-1][2])
    news = [one["title"] for incident in told["data"]["incidents"] for one in incident["new"]]
    assert told["type"] == "alert.fired" and news == ["Dark"], told
    # 410: gone, and it ends.
    read(program, item(3, "Second blackout", "For the second time this week Pyongyang went dark: North Korea lost its Internet connection again on Wednesday."), now="2014-12-24T12:10:00Z")
    hook.statuses = [410]
    program.run("digest", "--queue", "--send", now="2014-12-24T12:10:00Z")
    assert "ended" in program.run("alerts", "list")
    for words in (["--query", "plase:x", "--feed"], ["--webhook", "ftp://x.example/"], [], ["--mail", "x"], ["--feed", "--threshold", "0"], ["--feed", "--quiet", "40d"]):
        program.run("alerts", "add", *words, code=2)
    program.run("alerts", "remove", "sub-none", code=1)

def nowhere_private(program):
    """A webhook of a network that is not public is not connected to, whatever its name is."""
    for url in ("https://127.0.0.1:1/", "https://localhost:1/", "https://[::1]:1/", "https://169.254.169.254/latest/", "https://10.0.0.1/", "http://news.example/"):
        program.run("alerts", "add", "--webhook", url, "--quiet", "0", allowed=None)
    read(program, item(4, "Third blackout", "A third outage cut off North Korea, a network company reported, and lasted two hours this time."), now="2014-12-24T13:00:00Z")
    said = program.run("digest", "--queue", "--send", now="2014-12-24T13:00:00Z", allowed=None)
    assert "6 mails queued" in said and "0 sent" in said, said
    for one in program.run("alerts", "list", "--json").splitlines():
        program.run("alerts", "remove", json.loads(one)["id"])

def over_the_api(program, source):
    token = program.run("tokens", "add", "ed", "--role", "editor").splitlines()[0]
    with serving.server(program.faultline, program.folder, "--rate", "0", now=DAY) as site:
        made = site.ask("POST", "/api/v1/alerts", token=token, body={"query": "country:KP", "channel": "feed", "quiet": 0})
        assert made.status == 201 and made.headers["Location"].endswith(made.json()["id"]), made.body
        address = "/" + made.json()["target"].split("/", 3)[3]
        hooked = site.ask("POST", "/api/v1/alerts", token=token, body={"query": "sony", "channel": "webhook", "target": "https://hook.example/"})
        assert hooked.json()["secret"].startswith("whsec_")
        again = site.ask("POST", "/api/v1/alerts", token=token, body={"query": "sony", "channel": "webhook", "target": "https://hook.example/"})
        assert again.status == 201 and "secret" not in again.json(), again.body
        for bad in ({}, {"query": "x", "channel": "pigeon"}, {"query": "plase:x", "channel": "feed"}, {"query": "x", "channel": "feed", "threshold": 0},
                    {"query": "x", "channel": "feed", "quiet": "long"}, {"query": 1, "channel": "feed"}, {"query": "x", "channel": "mail", "target": "a@b\r\nBcc: c@d"}):
            assert site.ask("POST", "/api/v1/alerts", token=token, body=bad).status == 400, bad
        read(program, item(5, "Dark &lt;b&gt;once&lt;/b&gt; more", "Renesys saw routes to North Korea withdrawn before noon; mobile phones fell silent as well."), now="2014-12-24T14:00:00Z")
        program.run("digest", "--queue", now="2014-12-24T14:00:00Z")
        answer = site.get(address)
        assert answer.status == 200 and b"once" in answer.body, answer.body
        path = pathlib.Path(program.folder, "alerts.atom")
        path.write_bytes(answer.body)
        schema = source / "tests/e2e/validators/atom.rng"
        subprocess.run(["xmllint", "--noout", "--relaxng", str(schema), str(path)], check=True, capture_output=True)
        issue = re.search(r"/issues/iss-\w+", answer.text())[0]
        assert "once" in site.get(issue).text()
        assert site.ask("DELETE", f"/api/v1/alerts/{made.json()['id']}", token=token).status == 204
        assert site.get(address).status == 404 and site.get("/alerts/none/feed.atom").status == 404
        assert site.ask("DELETE", "/api/v1/alerts/sub-none", token=token).status == 404

@contextlib.contextmanager
def paper():
    """A feed that grows."""
    state = {"items": [item(10, "Ships", "Ships in a harbour.")]}
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = feed(*state["items"]).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        def log_message(self, *words):
            pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield state, f"http://127.0.0.1:{server.server_port}/feed.xml"
    server.shutdown()

def by_itself(faultline, folder, hook):
    """One process: polls, correlates, serves, tells."""
    env = {"PATH": os.environ["PATH"], "FAULTLINE_ALLOW_HOSTS": "127.0.0.1", "FAULTLINE_CONTACT": "a@b.example"}
    def words(*more):
        return subprocess.run([faultline, *more], cwd=folder, env=env, check=True, capture_output=True, text=True, timeout=60).stdout
    hook.statuses, hook.got = [], []
    with paper() as (state, url):
        words("sources", "add", "--no-check", url)
        words("alerts", "add", "--query", "dark", "--webhook", hook.url, "--quiet", "0")
        process = subprocess.Popen([faultline, "run", "--listen", "127.0.0.1:0", "--poll-floor", "1s", "--poll-ceiling", "2s"],
                                   cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            address = None
            while address is None:
                address = re.search(r"pages are at (http://\S+/)", process.stderr.readline())
            site = serving.Server(process, address[1])
            log = []
            threading.Thread(target=lambda: log.extend(process.stderr), daemon=True).start()
            threading.Thread(target=process.stdout.read, daemon=True).start()
            assert site.get("/").status == 200
            state["items"].append(item(11, "Dark", at=email.utils.formatdate()))
            end = time.monotonic() + 60
            while not hook.got and time.monotonic() < end:
                time.sleep(0.2)
            assert len(hook.got) == 1, ("the webhook was not told", "".join(log))
            assert b"Dark" in site.get("/search?q=dark").body
            assert site.get("/websub/none").status in (404, 410)
        finally:
            begun = time.monotonic()
            process.terminate()
            code = process.wait(timeout=30)
        assert code == 0 and time.monotonic() - begun < 5, (code, time.monotonic() - begun)

def main():
    faultline, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    hook = Hook()
    with tempfile.TemporaryDirectory() as folder:
        program = Program(faultline, folder)
        on_the_command_line(program, hook)
        nowhere_private(program)
        over_the_api(program, source)
    with tempfile.TemporaryDirectory() as folder:
        by_itself(faultline, folder, hook)
    print("alerts: told by webhook, feed and run; what is private is not connected to")
    return 0

if __name__ == "__main__":
    sys.exit(main())
