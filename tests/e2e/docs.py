#!/usr/bin/env python3
"""Every command that docs/*.md tells, run as it stands there, on the shipped sample. docs.py FAULTLINE SOURCE_DIR
Ids are filled in: "inc-…" and its like are ids of that kind. What does not end by itself is given three seconds, and must be running then."""
import json, os, pathlib, re, signal, subprocess, sys, tempfile
sys.path.insert(0, os.path.dirname(__file__))
import serving

ENDLESS = re.compile(r"^(faultline (demo --serve|serve)|curl -sN)")

def commands(text):
    """The indented lines of a document that are commands, lines that end with a backslash with those after them, without remarks."""
    blocks = re.sub(r"\\\n\s+", "", text)
    for line in re.findall(r"^    (?:\$ )?((?:faultline|curl) .*)$", blocks, re.M):
        yield re.sub(r"\s{2,}# .*$", "", line)

def main():
    faultline, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    ran = 0
    with tempfile.TemporaryDirectory() as folder:
        serving.run(faultline, folder, "ingest", str(source / "app/sample"))
        serving.run(faultline, folder, "correlate")
        token = serving.run(faultline, folder, "tokens", "add", "ed", "--role", "editor").strip()
        with serving.server(faultline, folder, "--rate", "0") as server:
            incident, told, _ = serving.founding(server)
            stories = [line for line in told["lines"] if line.get("story")]
            many = next(line for line in stories if len(line["entries"]) > 3)
            linked = next(e for line in stories for e in line["entries"] if e["links"])
            ids = {"inc": [incident], "sty": [many["story"], next(s["story"] for s in stories if s is not many)], "ent": [many["entries"][-1]["id"]],
                   "lnk": [linked["links"][0]["id"]]}
            ours = {name: value for name, value in os.environ.items() if not name.startswith("FAULTLINE_")}  # config check knows the program's own alone
            env = {**ours, "PATH": f"{folder}/bin:{os.environ['PATH']}", "FAULTLINE_NOW": "2015-02-01T00:00Z", "TOKEN": token}
            os.mkdir(f"{folder}/bin")
            os.symlink(faultline, f"{folder}/bin/faultline")
            for document in sorted((source / "docs").glob("*.md")):
                if document.name in ("linking.md", "query.md", "workers.md"):
                    continue  # theirs have tests of their own
                for command in commands(document.read_text(encoding="utf-8")):
                    seen = {}
                    def fill(found):
                        n = seen[found[1]] = seen.get(found[1], -1) + 1
                        return ids[found[1]][min(n, len(ids[found[1]]) - 1)]
                    line = re.sub(r"\b(inc|sty|ent|lnk)-…", fill, command)
                    line = line.replace("--listen 127.0.0.1:8080", "--listen 127.0.0.1:0").replace("127.0.0.1:8080", server.host).replace("curl -s ", "curl -sSf ")
                    if re.match(r"faultline (demo --)?serve$", line):
                        line += " --listen 127.0.0.1:0"
                    process = subprocess.Popen(["bash", "-c", line], cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
                    endless = bool(ENDLESS.match(command))
                    try:
                        out, said = process.communicate(timeout=3 if endless else 120)
                        assert not endless and process.returncode == 0, (document.name, line, process.returncode, said.decode())
                    except subprocess.TimeoutExpired:
                        assert endless, (document.name, line)
                        os.killpg(process.pid, signal.SIGTERM)
                        process.communicate(timeout=30)
                    ran += 1
    print(f"docs: {ran} commands ran as they stand there")
    return 0

if __name__ == "__main__":
    sys.exit(main())
