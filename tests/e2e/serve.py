#!/usr/bin/env python3
"""The API and the pages of the real binary: who may do what, what is answered to what cannot be, and every answer held
against the description that is served. serve.py FAULTLINE SOURCE_DIR"""
import json, os, pathlib, re, shutil, socket, subprocess, sys, tempfile, threading, time
sys.path.insert(0, os.path.dirname(__file__))
import exports, serving

PAGES = ["/", "/subscribe", "/search?q=sony", "/outages", "/sources", "/corrections", "/help", "/login", "/robots.txt", "/healthz"]

def first(items, **wanted):
    return next(one for one in items if all(one.get(k) == v for k, v in wanted.items()))

def ids(server):
    """An id for each {…} of the description's paths."""
    incident, told, entries = serving.founding(server)
    linked = next(e for e in entries if e["links"])
    judged = next(v for e in entries for c in e["claims"] for v in c["verdicts"] if v["verdict"] == "agrees")
    return {"incidents": incident, "entries": linked["id"], "links": linked["links"][0]["id"], "verdicts": judged["id"],
            "outages": linked["links"][0]["outage"], "signals": told["signals"][0]["id"], "edits": "1", "tokens": "tok-none", "alerts": "sub-none"}

def filled(path, known):
    return re.sub(r"/(\w+)/\{\w+\}", lambda m: f"/{m[1]}/{known[m[1]]}", path)

QUERIES = {"/api/v1/timeline": "?q=sony", "/api/v1/annotations": "?q=sony", "/api/v1/search": "?q=sony", "/api/v1/facets": "?q=sony",
           "/api/v1/incidents/{id}/changes": "?since=2014-12-23", "/api/v1/entries": "?limit=3", "/api/v1/incidents": "?limit=2"}

def roles(server, description, known, tokens):
    """Every endpoint, for everybody: what needs a role is 401 without a token and 403 with too small a one."""
    rank = {"none": 0, "reader": 1, "editor": 2, "admin": 3}
    rows = 0
    for path, methods in description["paths"].items():
        for method, what in methods.items():
            tag, secured = what["tags"][0], {"bearer": []} in what["security"] and {} not in what["security"]
            needs = {"write": 2, "administer": 3}.get(tag, 1) if secured else 0
            for role in rank:
                address = filled(path, known) + QUERIES.get(path, "")
                body = {"/api/v1/edits": {"kind": "note", "words": [known["entries"], "checked"]}, "/api/v1/alerts": {"query": "sony", "channel": "feed"}}.get(path, {"name": "eve", "role": "reader"})
                if method == "delete" and rank[role] >= needs:
                    continue  # done by hand below
                answer = server.ask(method.upper(), address if path != "/oembed" else f"/oembed?url={server.url}incidents/{known['incidents']}/",
                                    token=tokens.get(role), body=body if method == "post" else None)
                wanted = 401 if rank[role] < needs and role == "none" else 403 if rank[role] < needs else int(next(iter(what["responses"])))
                assert answer.status == wanted, (method, address, role, answer.status, wanted, answer.body[:300])
                rows += 1
            for bad in ("wrong", "", "x" * 5000, tokens["expired"]):
                if bad and method == "get":
                    assert server.ask("GET", filled(path, known) + QUERIES.get(path, ""), token=bad).status == 401, (path, bad[:20])
                    rows += 1
    return rows

def conformance(server, description, known, validators, folder, tokens):
    """Every answer that the description tells of, against its schema, by a validator that is not ours."""
    recorded = []
    for path, methods in description["paths"].items():
        what = methods.get("get")
        if not what or "application/json" not in next(iter(what["responses"].values())).get("content", {}):
            continue
        address = filled(path, known) + QUERIES.get(path, "")
        if path == "/oembed":
            address = f"/oembed?url={server.url}incidents/{known['incidents']}/"
        answer = server.get(address, token=tokens["admin"])
        assert answer.status == 200, (address, answer.status, answer.body[:200])
        recorded.append({"path": path, "method": "get", "status": "200", "body": answer.json()})
    for address in ("/api/v1/entries/none", "/api/v1/timeline?q=plase:x", "/api/v1/none"):
        problem = server.get(address)
        assert problem.headers["Content-Type"] == "application/problem+json", address
        recorded.append({"path": "/api/v1/timeline", "method": "get", "status": "4XX", "body": problem.json()})
    pathlib.Path(folder, "recorded.json").write_text(json.dumps(recorded))
    pathlib.Path(folder, "openapi.json").write_text(json.dumps(description))
    done = subprocess.run(["node", str(validators / "openapi.mjs"), "openapi.json", "recorded.json"], cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return len(recorded)

def lists(server):
    """Pages of lists put together are the whole list, and know their ends."""
    for path in ("/api/v1/entries", "/api/v1/outages", "/api/v1/incidents"):
        whole = server.get(path + "?limit=500").json()
        assert "next" not in whole
        got, after = [], ""
        while True:
            answer = server.get(f"{path}?limit=7" + (f"&after={after}" if after else ""))
            got += answer.json()["items"]
            after = answer.json().get("next")
            assert bool(after) == ('rel="next"' in (answer.headers["Link"] or "")), answer.headers["Link"]
            if not after:
                break
        assert got == whole["items"], path

def caching(server, known):
    path = f"/incidents/{known['incidents']}/"
    one = server.get(path, headers={"Accept-Encoding": "gzip"})
    assert one.headers["Content-Encoding"] == "gzip" and len(one.body) < 100_000, len(one.body)
    tag = one.headers["ETag"]
    again = server.get(path, headers={"Accept-Encoding": "gzip", "If-None-Match": tag})
    assert (again.status, again.body) == (304, b""), again.status
    assert server.ask("HEAD", path).headers["Content-Length"], "HEAD"
    assert server.ask("OPTIONS", "/api/v1/search").headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert server.ask("OPTIONS", "/api/v1/search").headers["Allow"] == "GET, HEAD, OPTIONS"
    assert server.ask("PUT", "/api/v1/search").status == 405

def stream(server, tokens, known):
    """A change is told to who listens, and again to who comes back with Last-Event-ID."""
    def read(after, count):
        got, connection = [], socket.create_connection(server.host.split(":"), timeout=20)
        connection.sendall(f"GET /api/v1/changes HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n{after}\r\n".encode())
        data = b""
        while data.count(b"event: edit") < count:
            more = connection.recv(65536)
            assert more, data
            data += more
        connection.close()
        return data.decode()
    heard = []
    listener = threading.Thread(target=lambda: heard.append(read("", 1)))
    listener.start()
    time.sleep(0.5)
    made = server.ask("POST", "/api/v1/edits", token=tokens["editor"], body={"kind": "note", "words": [known["entries"], "heard"]})
    assert made.status == 201, made.body
    listener.join(20)
    seq = re.findall(r"id: (\d+)\nevent: edit", heard[0])[-1]
    assert f"id: {seq}\n" in read(f"Last-Event-ID: {int(seq) - 1}\r\n", 1)

def validated(folder, validators):
    """Every page by the W3C's own checker, which needs Java; says so where that is missing."""
    jar = validators / "node_modules/vnu-jar/build/dist/vnu.jar"
    if not jar.exists() or not shutil.which("java"):
        return "HTML not validated: vnu or Java is missing"
    pages = sorted(pathlib.Path(folder, "pages").iterdir())
    done = subprocess.run(["java", "-jar", str(jar), "--errors-only", "--format", "gnu", *map(str, pages)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[:3000]
    return f"{len(pages)} pages valid"

def measured(server, token):
    """What Prometheus reads, by its own checker."""
    answer = server.get("/metrics", token=token)
    assert answer.status == 200 and b"faultline_" in answer.body
    if not shutil.which("promtool"):
        return "metrics not checked: promtool is missing"
    done = subprocess.run(["promtool", "check", "metrics"], input=answer.body, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr + done.stdout
    return "metrics as Prometheus wants them"

def hostile(server, known, folder):
    """What cannot be is told in one sentence; nothing of what others wrote becomes markup."""
    for path, status in [("/api/v1/search?q=%00", 400), ("/api/v1/search?q=%zz", 400), ("/api/v1/search?q=" + "x" * 5000, 400), ("/api/v1/search", 400),
                         ("/api/v1/search?q=sony&limit=-1", 400), ("/api/v1/search?q=sony&after=junk", 400), ("/api/v1/timeline?q=sony&as_of=never", 400),
                         ("/api/v1/timeline?q=sony&zone=Mars/Base", 400), ("/api/v1/timeline?q=sony&format=doc", 400), ("/api/v1/entries/%2e%2e%2fetc", 404),
                         ("/static/../../etc/passwd", 404), ("/static/x/%2e%2e", 404), ("/incidents/x/../../etc/passwd", 404), ("/incidents/<script>/", 404),
                         ("/api/v1/outages?from=x", 400), ("/why/x", 404), ("/entries/x", 404), ("/outages/x", 404), ("/oembed?url=https://other.example/", 404),
                         (f"/entries/{known['entries']}?revision=99", 400), (f"/incidents/{known['incidents']}/none.json", 404), ("//evil.example/", 404)]:
        answer = server.get(path)
        assert answer.status == status, (path, answer.status, answer.body[:300])
        assert b"<script>/" not in answer.body, path
    seen = 0
    kept = pathlib.Path(folder, "pages")
    kept.mkdir()
    pages = PAGES + [f"/incidents/{known['incidents']}/", f"/embed/{known['incidents']}", f"/outages/{known['outages']}", f"/why/{known['links']}",
                     f"/why/{known['verdicts']}", f"/why/{known['incidents']}", "/search?q=" + "%3Cscript%3Ealert(1)%3C/script%3E", "/search?q=alert"]
    pages += [f"/entries/{one['entry']}" for one in server.get("/api/v1/entries?limit=500").json()["items"]]
    for path in pages:
        answer = server.get(path)
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        page = exports.Page()
        page.feed(answer.text())
        (kept / f"{seen}.html").write_bytes(answer.body)
        bad = [one for one in page.bad if not (one[0] == "script" and one[1].get("src", "").startswith("/static/"))]
        assert not bad, (path, bad)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and answer.headers["X-Content-Type-Options"] == "nosniff"
        assert not re.search(r'(?:src|href)="(?:https?:)?//[^"]*"[^>]*(?:stylesheet|script)', answer.text()), path
        seen += 1
    return seen

def forms(server, tokens, known):
    """Signing in, deciding by a form, and what other sites may not do in somebody's name."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert server.ask("POST", "/login", body="token=wrong", headers=form).status == 403
    signed = server.ask("POST", "/login", body=f"token={tokens['editor']}&to=//evil.example", headers=form)
    assert (signed.status, signed.headers["Location"]) == (303, "/"), signed.headers["Location"]
    cookie = signed.headers["Set-Cookie"].split(";")[0]
    assert all(word in signed.headers["Set-Cookie"] for word in ("HttpOnly", "SameSite=Strict"))
    page = server.get(f"/incidents/{known['incidents']}/", headers={"Cookie": cookie}).text()
    proof = re.search(r'name="proof" value="(\w+)"', page)[1]
    edit = f"kind=note&word={known['entries']}&word=from+a+form&reason=why&to=/corrections"
    assert server.ask("POST", "/edit", body=edit, headers=form).status == 401
    assert server.ask("POST", "/edit", body=edit, headers={**form, "Cookie": cookie}).status == 403
    assert server.ask("POST", "/edit", body=edit + "&proof=" + "0" * 64, headers={**form, "Cookie": cookie}).status == 403
    done = server.ask("POST", "/edit", body=edit + "&proof=" + proof, headers={**form, "Cookie": cookie})
    assert (done.status, done.headers["Location"]) == (303, "/corrections"), done.body
    log = server.get("/corrections").text()
    assert "from a form" in log and "by ed" in log and "Take back" not in log
    assert "Take back" in server.get("/corrections", headers={"Cookie": cookie}).text()
    reader = server.ask("POST", "/login", body=f"token={tokens['reader']}", headers=form).headers["Set-Cookie"].split(";")[0]
    assert server.ask("POST", "/edit", body=edit, headers={**form, "Cookie": reader}).status == 403
    assert "<details class=\"tools\">" not in server.get(f"/incidents/{known['incidents']}/", headers={"Cookie": reader}).text()
    # A cookie is no key to the API: only pages of ours send it.
    assert server.ask("POST", "/api/v1/edits", body={"kind": "note", "words": []}, headers={"Cookie": cookie}).status == 401
    out = server.ask("POST", "/logout", body="proof=" + proof, headers={**form, "Cookie": cookie})
    assert out.status == 303 and server.ask("POST", "/edit", body=edit + "&proof=" + proof, headers={**form, "Cookie": cookie}).status == 401

def decisions(server, tokens, known):
    """An edit shows at once, as of before it does not, and its undo takes it back."""
    path = f"/api/v1/incidents/{known['incidents']}"
    title = server.get(path).json()["incidents"][0]["title"]
    made = server.ask("POST", "/api/v1/edits", token=tokens["editor"], body={"kind": "correct", "words": [known["incidents"], "title", "The winter of 2014"]})
    assert made.status == 201, made.body
    assert server.get(path).json()["incidents"][0]["title"] == "The winter of 2014"
    assert server.get("/api/v1/incidents?q=country:KP").json()["items"][0]["title"] == "The winter of 2014"
    assert server.get(path + "?as_of=2015-01-20").json()["incidents"][0]["title"] != "The winter of 2014"
    undone = server.ask("DELETE", made.headers["Location"], token=tokens["editor"])
    assert undone.status == 200, undone.body
    assert server.get(path).json()["incidents"][0]["title"] == title
    for body in ({"kind": "shout", "words": ["x"]}, {"kind": "merge", "words": ["sty-none", "sty-no"]}, {"words": []}, {"kind": "note", "words": "x"}, [1]):
        assert server.ask("POST", "/api/v1/edits", token=tokens["editor"], body=body).status in (400, 404), body
    made = server.ask("POST", "/api/v1/tokens", token=tokens["admin"], body={"name": "new", "role": "editor"}).json()
    assert server.ask("GET", "/api/v1/polls", token=made["secret"]).status == 200
    assert server.ask("DELETE", "/api/v1/tokens/" + made["id"], token=tokens["admin"]).status == 204
    assert server.ask("GET", "/api/v1/polls", token=made["secret"]).status == 401
    assert made["secret"] not in server.ask("GET", "/api/v1/tokens", token=tokens["admin"]).text()
    deleted = server.get("/api/v1/entries?limit=1").json()["items"][0]["entry"]
    assert server.ask("POST", "/api/v1/edits", token=tokens["editor"], body={"kind": "delete", "words": [deleted]}).status == 201
    assert server.get("/api/v1/entries/" + deleted).status == 404 and server.get("/entries/" + deleted).status == 404
    assert server.get("/api/v1/entries/" + deleted, token=tokens["editor"]).status == 200

def main():
    faultline, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    validators = source / "tests/e2e/validators"
    said = []
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "hostile.xml").write_text(exports.feed(), encoding="utf-8")
        serving.run(faultline, folder, "ingest", str(source / "app/sample"), "hostile.xml")
        serving.run(faultline, folder, "correlate")
        tokens = {role: serving.run(faultline, folder, "tokens", "add", name, "--role", role).strip()
                  for name, role in (("reed", "reader"), ("ed", "editor"), ("ada", "admin"))}
        tokens["expired"] = serving.run(faultline, folder, "tokens", "add", "old", "--role", "admin", "--until", "2015-01-01").strip()
        with serving.server(faultline, folder, "--rate", "0") as server:
            description = server.get("/api/v1/openapi.json").json()
            known = ids(server)
            serving_first = server.ask("POST", "/api/v1/edits", token=tokens["editor"], body={"kind": "note", "words": [known["entries"], "first"]})
            known["alerts"] = server.ask("POST", "/api/v1/alerts", token=tokens["editor"], body={"query": "country:KP", "channel": "feed"}).json()["id"]
            known["edits"] = str(serving_first.json()["items"][0]["seq"])
            said.append(f"{roles(server, description, known, tokens)} rows of who may do what")
            lists(server)
            caching(server, known)
            stream(server, tokens, known)
            said.append(f"{hostile(server, known, folder)} pages without foreign markup")
            said.append(validated(folder, validators))
            said.append(measured(server, tokens["admin"]))
            if (validators / "node_modules/.package-lock.json").exists():
                said.append(f"{conformance(server, description, known, validators, folder, tokens)} answers as described")
            else:
                said.append("the description not linted: validators are not installed")
            forms(server, tokens, known)
            decisions(server, tokens, known)
        with serving.server(faultline, folder, "--private") as server:
            for path in PAGES:
                status = server.get(path, headers={"Accept": "text/html"}).status
                assert status == (200 if path in ("/login", "/healthz") else 303), (path, status)
            assert server.get("/api/v1/incidents").status == 401
            # A mail's own button ends it, whoever sends that; nothing else is told.
            assert server.get("/unsubscribe/none").status == 200 and server.ask("POST", "/unsubscribe/none", body="").status == 404
            assert server.get("/api/v1/incidents", token=tokens["reader"]).status == 200
        with serving.server(faultline, folder, "--rate", "1") as server:
            statuses = [server.get("/healthz").status for _ in range(70)]
            assert statuses[0] == 200 and statuses[-1] == 429, statuses
    print("serve:", ", ".join(said))
    return 0

if __name__ == "__main__":
    sys.exit(main())
