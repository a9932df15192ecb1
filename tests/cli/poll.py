#!/usr/bin/env python3
"""Polling, end to end: poll.py FAULTLINE. A server on a free loopback port plays sites and a hub;
the real binary adds, polls, reports and removes them. Time is --now, so that weeks take no time."""
import hashlib, hmac, http.client, http.server, json, os, signal, subprocess, sys, tempfile, threading, time
import unittest, urllib.parse, urllib.request

FAULTLINE = os.path.abspath(sys.argv.pop(1))


def feed(*items, title="Desk", extra=""):
    body = "".join(f"<item><guid>{g}</guid><title>{t}</title><description>{d}</description></item>" for g, t, d in items)
    return f'<rss version="2.0"><channel><title>{title}</title>{extra}{body}</channel></rss>'.encode()


class Site(http.server.ThreadingHTTPServer):
    """Answers with what `pages` holds for the path: (status, fields, body), or a function of the request."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages, self.asked = {}, []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server_address[1]}{path}"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.sent = self.rfile.read(length)
        self.server.asked.append((self.command, self.path, dict(self.headers), self.sent))
        page = self.server.pages.get(self.path, (404, {}, b""))
        status, fields, body = page(self) if callable(page) else page
        if status == 200 and "ETag" in fields and self.headers.get("If-None-Match") == fields["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.site = Site()
        self.env = {"PATH": os.environ["PATH"], "HOME": self.folder.name, "LC_ALL": "C.UTF-8",
                    "FAULTLINE_ALLOW_HOSTS": "127.0.0.0/8", "FAULTLINE_CONTACT": "desk@news.example"}

    def tearDown(self):
        self.site.shutdown()
        self.site.server_close()
        self.folder.cleanup()

    def run_it(self, *words, now="2026-01-01T00:00Z", code=0, stdin=None):
        done = subprocess.run([FAULTLINE, *words, "--now", now], cwd=self.folder.name, env=self.env, input=stdin,
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        self.said = done.stderr
        return done.stdout

    def add(self, *paths):
        return self.run_it("sources", "add", "--no-check", *map(self.site.url, paths))

    def poll(self, now):
        return [json.loads(line) for line in self.run_it("run", "--once", "--json", now=now).splitlines()]

    def source(self, path, now="2026-01-01T00:00Z"):
        rows = [json.loads(line) for line in self.run_it("sources", "--json", now=now).splitlines()]
        return next(row for row in rows if row["url"] == self.site.url(path))


class Sources(Case):
    def test_a_site_leads_to_its_feed(self):
        page = b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"><link rel="alternate" ' \
               b'type="application/atom+xml" href="/atom"><title>S</title></head><body>Hi</body></html>'
        self.site.pages["/"] = (200, {"Content-Type": "text/html"}, page)
        out = self.run_it("sources", "add", self.site.url("/"))
        self.assertIn(f"its feed is {self.site.url('/rss')}\n", out)
        self.assertIn(f"also names {self.site.url('/atom')}\n", out)
        self.assertEqual(self.source("/rss")["health"], "new")

    def test_what_was_looked_at_is_not_fetched_again(self):
        self.site.pages["/f"] = (200, {"ETag": '"1"'}, feed(("a", "A", "a")))
        self.assertIn("added (Desk), 1 entry new", self.run_it("sources", "add", self.site.url("/f")))
        self.assertEqual(self.poll("2026-01-01T00:00Z"), [])
        self.poll("2026-01-01T02:00Z")
        self.assertEqual([a[2].get("If-None-Match") for a in self.site.asked], [None, '"1"'])

    def test_a_site_that_names_no_feed_is_looked_around(self):
        self.site.pages["/"] = (200, {"Content-Type": "text/html"}, b"<html><body>Hi</body></html>")
        self.site.pages["/rss.xml"] = (200, {}, feed(("a", "A", "a")))
        self.assertIn("there is one at " + self.site.url("/rss.xml"), self.run_it("sources", "add", self.site.url("/")))
        self.assertEqual(self.source("/rss.xml")["health"], "fine")

    def test_what_is_no_feed_is_not_added(self):
        self.site.pages["/page"] = (200, {"Content-Type": "text/html"}, b"<html><body>Hi</body></html>")
        self.run_it("sources", "add", self.site.url("/page"), self.site.url("/none"), "nothing.opml", code=1)
        self.assertIn("names no feed", self.said)
        self.assertIn("404", self.said)
        self.assertIn("nothing.opml", self.said)
        self.assertEqual(self.run_it("sources", "--json"), "")

    def test_private_addresses_need_the_allow_list(self):
        self.site.pages["/f"] = (200, {}, feed(("a", "A", "a")))
        del self.env["FAULTLINE_ALLOW_HOSTS"]
        self.run_it("sources", "add", self.site.url("/f"), code=1)
        self.assertIn("private network", self.said)
        self.add("/f")
        self.assertIn("private network", self.poll("2026-01-01T00:00Z")[0]["last_error"])
        self.assertEqual(self.site.asked, [])

    def test_lists_go_in_and_out(self):
        opml = '<opml version="2.0"><body><outline text="Asia"><outline type="rss" text="One" ' \
               'xmlUrl="https://one.example/rss"/></outline><outline text="Bad" xmlUrl="file:///etc/passwd"/></body></opml>'
        self.assertIn("1 added, 0 polled already", self.run_it("sources", "add", "--group", "World", "-", stdin=opml))
        self.assertIn("no web address", self.said)
        out = self.run_it("sources", "export")
        self.assertIn('xmlUrl="https://one.example/rss"', out)
        self.assertLess(out.index('text="World"'), out.index('text="Asia"'))
        self.run_it("sources", "remove", "https://one.example/rss")
        self.assertIn("1 added", self.run_it("sources", "add", "-", stdin=out))
        self.assertEqual(self.run_it("sources", "export"), out)
        self.run_it("sources", "remove", "https://two.example/", code=1)
        self.assertIn("is not polled", self.said)


class Polling(Case):
    def test_unchanged_feeds_cost_a_304_and_edits_are_revisions(self):
        self.site.pages["/f"] = (200, {"ETag": '"1"'}, feed(("a", "A", "a"), ("b", "B", "b")))
        self.add("/f")
        first = self.poll("2026-01-01T00:00Z")
        self.assertEqual(first[0]["outcome"]["entries_added"], 2)
        self.assertEqual(self.poll("2026-01-01T00:29Z"), [])  # due after 30 min and up to a tenth of it
        self.assertEqual(self.poll("2026-01-01T02:00Z")[0]["outcome"], None)
        self.assertEqual(self.site.asked[1][2]["If-None-Match"], '"1"')
        self.assertEqual(self.site.asked[1][2]["User-Agent"].split(" ", 1)[1], "(+desk@news.example)")
        self.site.pages["/f"] = (200, {"ETag": '"2"'}, feed(("a", "A, corrected", "a"), ("b", "B", "b"), ("c", "C", "c")))
        third = self.poll("2026-01-02T12:00Z")[0]
        self.assertEqual((third["outcome"]["entries_added"], third["outcome"]["entries_revised"]), (1, 1))
        self.assertEqual(third["last_new"], "2026-01-02T12:00:00Z")

    def test_a_failing_source_is_reported_and_comes_back(self):
        self.site.pages["/f"] = (503, {"Retry-After": "7200"}, b"")
        self.add("/f")
        self.poll("2026-01-01T00:00Z")
        row = self.source("/f")
        self.assertEqual((row["health"], row["failures"], row["last_status"]), ("failing", 1, 503))
        self.assertGreaterEqual(row["next_poll"], "2026-01-01T02:00:00Z")
        text = self.run_it("sources", now="2026-01-01T01:00Z")
        self.assertIn("failed    once, since 2026-01-01T00:00:00Z (1 h ago)", text)
        self.assertIn("1 polled: 1 failing", text)
        self.site.pages["/f"] = (200, {}, feed(("a", "A", "a")))
        self.assertEqual(self.poll("2026-01-01T03:00Z")[0]["health"], "fine")

    def test_what_is_dead_gone_silent_or_moved_is_said(self):
        old = feed(("a", "A", "a"))
        self.site.pages["/silent"] = (200, {}, old)
        self.site.pages["/moved"] = (301, {"Location": "/here"}, b"")
        self.site.pages["/here"] = (200, {}, feed(("m", "M", "m"), title="Moved"))
        self.site.pages["/gone"] = (410, {}, b"")
        self.add("/silent", "/moved", "/gone", "/dead")
        for day in range(1, 32):
            self.poll(f"2026-01-{day:02}T00:00Z")
            self.poll(f"2026-01-{day:02}T12:00Z")
        self.poll("2026-02-02T00:00Z")
        now = "2026-02-03T00:00Z"
        self.assertEqual({p: self.source(p, now)["health"] for p in ("/silent", "/moved", "/gone", "/dead")},
                         {"/silent": "silent", "/moved": "moved", "/gone": "gone", "/dead": "dead"})
        self.assertEqual(self.source("/moved", now)["address"], self.site.url("/here"))
        self.assertIn("moved to " + self.site.url("/here"), self.source("/moved", now)["suggestion"])
        self.assertIsNone(self.source("/gone", now)["next_poll"])
        self.assertEqual(len([a for a in self.site.asked if a[1] == "/gone"]), 1)
        self.assertIn("4 polled: 1 moved, 1 silent, 1 dead, 1 gone", self.run_it("sources", now=now))

    def test_one_host_that_hangs_holds_up_no_other(self):
        hang = threading.Event()
        self.site.pages["/hangs"] = lambda _: (hang.wait(60), (404, {}, b""))[1]
        other = Site()
        other.pages["/f"] = (200, {}, feed(("a", "A", "a")))
        self.run_it("sources", "add", "--no-check", *[self.site.url("/hangs") + f"?{n}" for n in range(5)],
                    f"http://127.0.0.2:{other.server_address[1]}/f")
        other.server_close()
        done = self.poll("2026-01-01T00:00Z")
        hang.set()
        self.assertEqual(len(done), 6)
        self.assertTrue(done[0]["url"].startswith("http://127.0.0.2:"))


class Running(Case):
    """The program that stays: it polls, listens to hubs, and ends in good order."""

    def start(self, *words):
        self.program = subprocess.Popen([FAULTLINE, "run", "--json", *words], cwd=self.folder.name, env=self.env,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.program.stderr.close)
        self.addCleanup(self.program.stdout.close)

    def next_line(self):
        line = self.program.stdout.readline()
        if not line:
            self.fail(self.program.stderr.read())
        return json.loads(line)

    def stop(self):
        self.program.send_signal(signal.SIGTERM)
        self.assertEqual(self.program.wait(30), 0)

    def test_sources_added_meanwhile_are_polled(self):
        self.site.pages["/f"] = (200, {}, feed(("a", "A", "a")))
        self.start()
        subprocess.run([FAULTLINE, "sources", "add", "--no-check", self.site.url("/f")], cwd=self.folder.name, env=self.env, check=True,
                       capture_output=True)
        self.assertEqual(self.next_line()["outcome"]["entries_added"], 1)
        self.stop()

    def test_a_hub_pushes_what_is_new(self):
        port = free_port()
        hub = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="{self.site.url("/hub")}"/>'
        self.site.pages["/f"] = (200, {}, feed(("a", "A", "a"), extra=hub))
        asked, echoed = {}, threading.Event()

        def subscribe(request):
            asked.update(urllib.parse.parse_qsl(request.sent.decode()))
            # Hubs may ask back before they answer.
            with urllib.request.urlopen(asked["hub.callback"] + "?" + urllib.parse.urlencode(
                    {"hub.mode": "subscribe", "hub.topic": asked["hub.topic"], "hub.challenge": "why not?",
                     "hub.lease_seconds": "86400"})) as reply:
                asked["echo"] = reply.read().decode()
            echoed.set()
            return 202, {}, b""

        self.site.pages["/hub"] = subscribe
        self.add("/f")
        self.start("--listen", f"127.0.0.1:{port}", "--public-url", f"http://127.0.0.1:{port}/")
        self.assertEqual(self.next_line()["outcome"]["entries_added"], 1)
        confirmed = self.next_line()
        self.assertIn("pushes what is new until", confirmed["note"])
        self.assertIsNotNone(confirmed["hub_until"])
        self.assertTrue(echoed.wait(20))
        self.assertEqual((asked["hub.topic"], asked["echo"]), (self.site.url("/f"), "why not?"))

        def push(secret, body, path=urllib.parse.urlsplit(asked["hub.callback"]).path):
            mark = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            link.request("POST", path, body, {"X-Hub-Signature": mark, "Content-Type": "application/rss+xml"})
            status = link.getresponse().status
            link.close()
            return status

        new = feed(("b", "B", "b"), extra=hub)
        self.assertEqual(push(asked["hub.secret"], new), 202)
        self.assertEqual(self.next_line()["outcome"]["entries_added"], 1)
        self.assertEqual(push("guessed", feed(("c", "C", "c"))), 202)
        forged = self.next_line()
        self.assertIn("did not sign", forged["note"])
        self.assertIsNone(forged["outcome"])
        self.assertEqual(push(asked["hub.secret"], new, "/websub/" + "0" * 32), 410)  # no body is taken for it
        self.stop()

    def test_what_cannot_be_is_told_at_once(self):
        for words, told in ((["--public-url", "http://a.example/"], "needs --listen"),
                            (["--listen", "nowhere", "--public-url", "http://a.example/"], "no address to listen on"),
                            (["--poll-floor", "2h", "--poll-ceiling", "1h"], "--poll-ceiling"),
                            (["--allow-hosts", "10.0.0.0/99", "--once"], "10.0.0.0/99"),
                            (["--contact", "a\nb", "--once"], "--contact")):
            done = subprocess.run([FAULTLINE, "run", *words], cwd=self.folder.name, env=self.env, capture_output=True,
                                  text=True, timeout=30)
            self.assertIn(done.returncode, (1, 2), words)
            self.assertIn(told, done.stderr)


def free_port():
    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        return server.server_address[1]


unittest.main(verbosity=2)
