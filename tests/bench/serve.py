#!/usr/bin/env python3
"""Requests a second on loopback, by wrk: a kept answer beside nginx serving the same bytes as a file in the same run, and answers that
must be worked out, of an incident with one story and of the founding one. serve.py FAULTLINE [SECONDS] [DATABASE]. Needs wrk and nginx.
With a DATABASE, as bench_query makes it: timelines of all its incidents, one after the other, so that none was kept."""
import json, os, pathlib, random, re, subprocess, sys, tempfile, time
SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests/e2e"))
import serving
from mail_server import free_port

NGINX = """worker_processes 2; pid {0}/pid; error_log {0}/error.log;
events {{}} http {{ access_log off; server {{ listen 127.0.0.1:{1}; root {0}; }} }}"""

def rate(url, seconds, script=None):
    words = ["wrk", "-t1", "-c16", f"-d{seconds}", "-H", "Accept-Encoding: gzip", *(["-s", script] if script else []), url]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in said, said
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])

def anew(folder, path):
    """Each request asks for another address, so that nothing that was kept answers it."""
    script = pathlib.Path(folder, "anew.lua")
    script.write_text(f'n = 0\nrequest = function() n = n + 1; return wrk.format("GET", "{path}?x=" .. n) end\n')
    return str(script)

def of_all_incidents(folder, ids):
    """Each request asks for the next incident, and the next time round under another address."""
    script = pathlib.Path(folder, "all.lua")
    script.write_text(f"ids = {{{', '.join(json.dumps(one) for one in ids)}}}\n" + """n = 0
request = function() n = n + 1; return wrk.format("GET", "/api/v1/incidents/" .. ids[n % #ids + 1] .. "?x=" .. n) end
""")
    return str(script)

def ask_database(faultline, folder, database, seconds):
    with serving.server(faultline, folder, "--rate", "0", "--db", database) as server:
        ids, after = [], ""
        while after is not None:
            page = server.get(f"/api/v1/incidents?limit=500{after and '&after=' + after}").json()
            ids += [row["id"] for row in page["items"]]
            after = page.get("next")
        random.Random(7).shuffle(ids)
        middle = server.get("/api/v1/incidents/" + ids[len(ids) // 2]).body
        figure = rate(f"http://{server.host}", seconds, of_all_incidents(folder, ids))
        print(f"worked out: {figure:.0f}/s over {len(ids)} incidents (one of them: {len(middle)} bytes)")

def main():
    faultline, seconds = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        serving.run(faultline, folder, "ingest", str(SOURCE / "app/sample"))
        serving.run(faultline, folder, "correlate")
        with serving.server(faultline, folder, "--rate", "0") as server:
            rows = server.get("/api/v1/incidents?limit=500").json()["items"]
            large = "/api/v1/incidents/" + max(rows, key=lambda row: row["entries"])["id"]
            small = "/api/v1/incidents/" + min(rows, key=lambda row: row["entries"])["id"]
            body = server.get(large, headers={"Accept-Encoding": "gzip"}).body
            pathlib.Path(folder, "file").write_bytes(body)
            port = free_port()
            pathlib.Path(folder, "nginx.conf").write_text(NGINX.format(folder, port))
            nginx = subprocess.Popen(["nginx", "-c", f"{folder}/nginx.conf", "-g", "daemon off;"], stderr=subprocess.DEVNULL)
            try:
                time.sleep(1)
                kept = rate(f"http://{server.host}{large}", seconds)
                file = rate(f"http://127.0.0.1:{port}/file", seconds)
                print(f"kept: {kept:.0f}/s, nginx {file:.0f}/s with the same {len(body)} bytes: {kept / file:.2f}")
            finally:
                nginx.terminate()
                nginx.wait(timeout=30)
            host = f"http://{server.host}"
            print(f"worked out: {rate(host, seconds, anew(folder, small)):.0f}/s of an incident with one story, "
                  f"{rate(host, seconds, anew(folder, large)):.0f}/s of the founding one")
        if len(sys.argv) > 3:
            ask_database(faultline, folder, "sqlite:" + os.path.abspath(sys.argv[3]), seconds)

main()
