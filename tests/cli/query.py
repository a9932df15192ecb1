#!/usr/bin/env python3
"""Runs the examples of docs/query.md on the shipped sample: query.py FAULTLINE SOURCE_DIR [--record]

Each row of the table under "## Examples" has a query, how many records it finds and the first of
them by time. --record writes the last two from what is found now.
"""
import json, os, re, shutil, subprocess, sys, tempfile

ROW = re.compile(r"^\| `(.+)` \|(.*)\|(.*)\|$")


def main():
    record = "--record" in sys.argv
    faultline, source = [os.path.abspath(a) for a in sys.argv[1:] if a != "--record"]
    path = os.path.join(source, "docs", "query.md")
    lines = open(path, encoding="utf-8").read().split("\n")
    begin = lines.index("## Examples")
    end = next(i for i in range(begin + 1, len(lines)) if lines[i].startswith("## "))
    failed = ran = 0
    fields = set()
    with tempfile.TemporaryDirectory() as folder:
        env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "FAULTLINE_DB": f"sqlite:{folder}/t.db",
               "FAULTLINE_NOW": "2015-02-01T00:00:00Z"}
        run = lambda *a: subprocess.run([faultline, *a], cwd=folder, env=env, capture_output=True, text=True, timeout=300)
        # Ids of entries without one of their own hang on where they were read from.
        shutil.copytree(os.path.join(source, "app", "sample"), os.path.join(folder, "sample"))
        run("ingest", "sample")
        run("correlate")
        run("edit", "note", "kp-2014-12-22", "seen in Seoul too", "--who", "ann")
        for i in range(begin, end):
            row = ROW.match(lines[i])
            if not row or row[1] == "query":
                continue
            done = run("search", row[1], "--json", "--order", "oldest", "--limit", "1000")
            hits = [json.loads(line) for line in done.stdout.splitlines()]
            first = f"{hits[0]['kind']} {hits[0]['id']}" if hits else "none"
            got = f"| `{row[1]}` | {len(hits)} | {first} |" if done.returncode == 0 else done.stderr
            fields.update(re.findall(r"([a-z]+):", row[1]))
            ran += 1
            if not hits:
                failed += 1
                print(f"docs/query.md:{i + 1}: an example that finds nothing shows nothing")
            if record:
                lines[i] = got
            elif lines[i] != got:
                failed += 1
                print(f"docs/query.md:{i + 1}:\n  says {lines[i]}\n  is   {got}")
    if record:
        open(path, "w", encoding="utf-8").write("\n".join(lines))
    # Each field that the text above tells of has an example.
    told = set(re.findall(r"`([a-z]+):`", "\n".join(lines[:begin])))
    missing = told - fields
    if missing or len(told) < 15:
        print(f"without an example: {sorted(missing)} of {len(told)} fields")
        failed += 1
    print(f"{ran} examples, {failed} wrong")
    sys.exit(1 if failed or not ran else 0)


main()
