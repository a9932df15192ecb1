#!/usr/bin/env python3
"""What run and serve tell: text or JSON a line, an id for each request, and no secret anywhere. logs.py FAULTLINE"""
import contextlib, http.client, http.server, json, os, pathlib, re, signal, socket, subprocess, sys, tempfile, threading, time

# In every place where one can be given; each is told apart by its end.
SECRET = {name: f"s3cretZQ{name}" for name in ("smtp", "radar", "feeduser", "feedquery", "database", "bearer", "link", "webhook", "dkim", "variable")}

class Feed(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        good = self.path.startswith("/good")
        body = b"<rss version='2.0'><channel><title>T</title><item><title>A</title><guid>1</guid><pubDate>never</pubDate></item></channel></rss>"
        self.send_response(200 if good else 500)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(body if good else b"no")
    def log_message(self, *words):
        pass

@contextlib.contextmanager
def process(faultline, folder, *words, env):
    """The program with its log in a file, until the block ends; it must then end with 0 within five seconds."""
    log = folder / f"{words[0]}.log"
    with open(log, "wb") as said:
        running = subprocess.Popen([faultline, *words], cwd=folder, env=env, stdout=said, stderr=subprocess.STDOUT)
    def read():
        return log.read_text(encoding="utf-8")
    try:
        yield read
    finally:
        running.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        code = running.wait(30)
    assert code == 0 and time.monotonic() - begun < 5, (code, time.monotonic() - begun, read()[-2000:])

def until(read, pattern):
    for _ in range(200):
        if found := re.search(pattern, read()):
            return found
        time.sleep(0.1)
    raise AssertionError((pattern, read()[-3000:]))

def ask(host, path, **fields):
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in fields.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body

def ids(host, read):
    answer, _ = ask(host, "/healthz", X_Request_Id="proxy-1:a.b/c=")
    assert answer.headers["X-Request-Id"] == "proxy-1:a.b/c="
    for insane in ("", "a b", "x" * 129, 'a"b', "<script>"):
        made = ask(host, "/healthz", X_Request_Id=insane)[0].headers.get_all("X-Request-Id")
        assert len(made) == 1 and re.fullmatch("[0-9a-f]{16}", made[0]), (insane, made)
    answer, body = ask(host, "/api/v1/nothing", X_Request_Id="wrong-one")
    assert answer.status == 404 and json.loads(body)["request_id"] == "wrong-one", body
    until(read, "wrong-one")
    with socket.create_connection(host.split(":")) as broken:
        broken.sendall(b"GET / HTTP/9.9\r\n\r\n")
        assert re.search(rb"\r\nX-Request-Id: [0-9a-f]{16}\r\n", broken.recv(4096))

def hostile(host):
    ask(host, "/api/v1/tokens", Authorization="Bearer " + SECRET["bearer"])
    for path in ("/confirm/", "/unsubscribe/", "/alerts/"):
        ask(host, path + SECRET["link"])
        ask(host, path + SECRET["link"] + "/feed.atom")
    ask(host, "/?access_token=" + SECRET["link"])

def lines_of(text):
    out = [json.loads(line) for line in text.splitlines()]
    assert out and all({"time", "level", "message"} <= line.keys() for line in out), out
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"]) for line in out)
    return out

def main():
    faultline = os.path.abspath(sys.argv[1])
    feeds = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    threading.Thread(target=feeds.serve_forever, daemon=True).start()
    at = f"127.0.0.1:{feeds.server_address[1]}"
    told = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        key = folder / "dkim.pem"
        key.write_text(SECRET["dkim"])
        key.chmod(0o600)
        env = {"PATH": os.environ["PATH"], "FAULTLINE_ALLOW_HOSTS": "127.0.0.0/8", "FAULTLINE_SMTP_PASSWORD": SECRET["smtp"], "FAULTLINE_SMTP_USER": "me",
               "FAULTLINE_SMTP": "smtp://127.0.0.1:1", "FAULTLINE_MAIL_FROM": "a@news.example", "FAULTLINE_MAIL_BASE": "https://news.example/",
               "FAULTLINE_RADAR_TOKEN": SECRET["radar"], "FAULTLINE_SMTP_TLS": "false"}
        def run(*words, more=()):
            done = subprocess.run([faultline, *words], cwd=folder, env={**env, **dict(more)}, capture_output=True, text=True, timeout=60)
            told.append((words, done.stdout + done.stderr))
            return done
        for url in (f"http://{at}/good?token={SECRET['feedquery']}", f"http://{at}/bad?api_key={SECRET['feedquery']}"):
            assert subprocess.run([faultline, "sources", "add", "--no-check", url], cwd=folder, env=env, capture_output=True).returncode == 0
        subprocess.run([faultline, "sources", "add", "--no-check", f"http://me:{SECRET['feeduser']}@{at}/good"], cwd=folder, env=env, capture_output=True)
        subprocess.run([faultline, "alerts", "add", "--query", "a", "--webhook", f"http://{at}/hook?secret={SECRET['webhook']}"], cwd=folder, env=env, capture_output=True)
        run("--log-level", "trace", "run", "--once")
        run("--log-level", "trace", "--log-format", "json", "doctor")
        run("doctor", more={"FAULTLINE_DB": f"postgres://me:{SECRET['database']}@127.0.0.1:1/x"})
        run("timeline", "a", more={"FAULTLINE_DB": f"postgres://me:{SECRET['database']}@127.0.0.1:1/x"})
        toml = folder / "faultline.toml"
        toml.write_text(f'smtp-password = "{SECRET["smtp"]}"\nradar-token = "{SECRET["radar"]}"\ndb = "postgres://me:{SECRET["database"]}@127.0.0.1:1/x"\n[serve]\nrate = "x"\n')
        run("config", "check", str(toml))
        run("config", "check", str(toml), "--json")
        run("config", "keys", more={"FAULTLINE_CONFIG": str(toml)})
        with process(faultline, folder, "serve", "--listen", "127.0.0.1:0", "--log-level", "trace", "--log-format", "json", env=env) as read:
            host = until(read, r'"url":"http://([^/"]+)/')[1]
            ids(host, read)
            hostile(host)
            stream = socket.create_connection(host.split(":"))  # open while it ends
            stream.sendall(b"GET /api/v1/changes HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n")
            assert b"text/event-stream" in stream.recv(4096)
            slow = socket.create_connection(host.split(":"))
            slow.sendall(b"POST /subscribe HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\na")
        lines = lines_of(read())
        access = [line for line in lines if line.get("request_id") == "wrong-one"]
        assert len(access) == 1 and access[0]["message"] == "GET /api/v1/nothing" and access[0]["status"] == "404" and access[0]["level"] == "debug", access
        told.append((("serve",), read()))
        hanging = socket.create_server(("127.0.0.1", 0))  # a fetch that is under way while it ends
        subprocess.run([faultline, "sources", "add", "--no-check", f"http://127.0.0.1:{hanging.getsockname()[1]}/slow"], cwd=folder, env=env, check=True, capture_output=True)
        with process(faultline, folder, "run", "--listen", "127.0.0.1:0", "--log-level", "trace", env=env) as read:
            host = until(read, r"pages are at http://([^/ ]+)/")[1]
            hostile(host)
            until(read, r"(?m)^\S+Z debug GET /confirm/\*\*\* request_id=\w+ peer=127.0.0.1 status=\d+")
            hanging.settimeout(20)
            fetch, _ = hanging.accept()
        told.append((("run",), read()))
    for words, text in told:
        for place, secret in SECRET.items():
            assert secret not in text, (words, place, [line for line in text.splitlines() if secret in line][:3])
    print(f"logs: {len(lines)} lines of JSON; ids as they were sent, or made; none of {len(SECRET)} secrets in {sum(len(t) for _, t in told)} bytes of {len(told)} outputs;"
          " ended within five seconds beside an open stream, half a request and a fetch without answer")
    feeds.shutdown()

if __name__ == "__main__":
    main()
