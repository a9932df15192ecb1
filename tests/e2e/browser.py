#!/usr/bin/env python3
"""The pages in Debian's Chromium: search, incident, why, edit, undo, as of; with the keyboard alone; axe on every page in both
themes; at 360 and 1440 px. browser.py FAULTLINE SOURCE_DIR [SCREENSHOTS]. Exit code 77, a visible skip, without browser or npm's parts."""
import json, os, pathlib, shutil, subprocess, sys, tempfile
sys.path.insert(0, os.path.dirname(__file__))
import serving

def main():
    faultline, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    validators = source / "tests/e2e/validators"
    if not shutil.which("chromium") or not (validators / "node_modules/playwright-core").exists():
        print("skipped: chromium or playwright-core is not installed; ./test installs both")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        serving.run(faultline, folder, "ingest", str(source / "app/sample"))
        serving.run(faultline, folder, "correlate")
        token = serving.run(faultline, folder, "tokens", "add", "ed", "--role", "editor").strip()
        with serving.server(faultline, folder, "--rate", "0") as server:
            incident, told, entries = serving.founding(server)
            linked = next(e for e in entries if e["links"])
            verdict = next(v["id"] for e in entries for c in e["claims"] for v in c["verdicts"] if v["verdict"] == "agrees")
            what = {"url": server.url, "token": token, "incident": incident, "entry": linked["id"], "link": linked["links"][0]["id"],
                    "outage": linked["links"][0]["outage"], "verdict": verdict, "story": told["lines"][0].get("story") or told["lines"][-1]["story"],
                    "pictures": os.path.abspath(sys.argv[3]) if len(sys.argv) > 3 else ""}
            done = subprocess.run(["node", str(validators / "browser.mjs"), json.dumps(what)], cwd=folder, timeout=500, capture_output=True, text=True)
            print(done.stdout[-4000:], done.stderr[-4000:], sep="")
            return 1 if done.returncode else 0

if __name__ == "__main__":
    sys.exit(main())
