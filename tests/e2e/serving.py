"""A server of the real binary on a free port, with the sample and hostile news in it."""
import contextlib, http.client, json, os, pathlib, re, subprocess, urllib.parse

class Answer:
    def __init__(self, response):
        self.status, self.headers, self.body = response.status, response.headers, response.read()
    def text(self):
        return self.body.decode("utf-8")
    def json(self):
        return json.loads(self.body)

class Server:
    def __init__(self, process, url):
        self.process, self.url = process, url
        self.host = urllib.parse.urlsplit(url).netloc
    def ask(self, method, path, token=None, body=None, headers=None):
        connection = http.client.HTTPConnection(self.host, timeout=60)
        fields = dict(headers or {})
        if token:
            fields["Authorization"] = "Bearer " + token
        if isinstance(body, (dict, list)):
            body, fields["Content-Type"] = json.dumps(body), "application/json"
        connection.request(method, urllib.parse.quote(path, safe="/?&=%:;+,@!~*'()$"), body, fields)
        answer = Answer(connection.getresponse())
        connection.close()
        return answer
    def get(self, path, **more):
        return self.ask("GET", path, **more)

@contextlib.contextmanager
def server(faultline, folder, *options, now="2015-02-01T00:00Z"):
    """Serves folder/faultline.db until the block ends; the process must then end with 0."""
    env = {"PATH": os.environ["PATH"], **({"FAULTLINE_NOW": now} if now else {})}
    log = open(pathlib.Path(folder, "serve.log"), "wb")
    process = subprocess.Popen([faultline, "serve", "--listen", "127.0.0.1:0", *options], cwd=folder, env=env, stderr=subprocess.PIPE)
    try:
        line = process.stderr.readline().decode()
        url = re.match(r"Serving at (\S+)", line)
        assert url, line
        yield Server(process, url[1])
    finally:
        process.terminate()
        rest = process.stderr.read()
        log.write(rest)
        log.close()
        assert process.wait(timeout=30) == 0, rest[-2000:]

def founding(server):
    """The founding incident: its id, the incident as the API tells it, and all of its entries."""
    incident = server.get("/api/v1/incidents?q=country:KP").json()["items"][0]["id"]
    told = server.get(f"/api/v1/incidents/{incident}").json()["incidents"][0]
    return incident, told, [entry for line in told["lines"] for entry in line.get("entries", [])]

def run(faultline, folder, *words, now="2015-02-01T00:00Z"):
    env = {"PATH": os.environ["PATH"], "FAULTLINE_NOW": now}
    done = subprocess.run([faultline, *words], cwd=folder, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout
