#!/usr/bin/env python3
"""/.well-known/security.txt (RFC 9116): there when it is configured, by file and by environment, and 404 else. security_txt.py FAULTLINE"""
import os, pathlib, re, subprocess, sys, tempfile
sys.path.insert(0, os.path.dirname(__file__))
import serving

PATH = "/.well-known/security.txt"

def refused(faultline, folder, *options):
    done = subprocess.run([faultline, "serve", "--listen", "127.0.0.1:0", *options], cwd=folder, capture_output=True, text=True, timeout=60,
                          env={"PATH": os.environ["PATH"]})
    assert done.returncode == 2, done
    return done.stderr

def main():
    faultline = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        with serving.server(faultline, folder) as server:
            assert server.get(PATH).status == 404
        pathlib.Path(folder, "faultline.toml").write_text(
            '[serve]\nsecurity-contact = "mailto:security@news.example"\nsecurity-expires = "2027-06-30T00:00Z"\n'
            'security-policy = "https://news.example/rules"\npublic-url = "https://news.example/"\n')
        for more in ((), ("--private",)):  # whom to tell is open on a private server too
            with serving.server(faultline, folder, "--config", "faultline.toml", *more) as server:
                answer = server.get(PATH)
                assert answer.status == 200, answer.status
                assert answer.headers["Content-Type"] == "text/plain; charset=utf-8", answer.headers
                lines = answer.text().splitlines()
                fields = [line.split(": ", 1) for line in lines]
                assert all(re.fullmatch(r"[A-Za-z-]+", name) and value for name, value in fields), lines
                assert [n for n, _ in fields].count("Expires") == 1 and [n for n, _ in fields].count("Preferred-Languages") == 1
                told = dict(fields)
                assert told["Contact"] == "mailto:security@news.example"
                assert told["Expires"] == "2027-06-30T00:00:00Z"
                assert told["Policy"] == "https://news.example/rules"
                assert told["Canonical"] == "https://news.example" + PATH
                assert server.ask("HEAD", PATH).body == b""
                assert server.ask("POST", PATH).status in (404, 405)
        for options, what in ((("--security-contact", "mailto:a@b.example"), "--security-expires"),
                              (("--security-contact", "security@news.example"), "--security-contact"),
                              (("--security-contact", "https://a.example/\nPolicy: x"), "--security-contact"),
                              (("--security-expires", "2027-06-30T00:00Z"), "--security-contact"),
                              (("--security-contact", "https://a.example/", "--security-expires", "soon"), "--security-expires")):
            assert what in refused(faultline, folder, *options), options
    print("security_txt: as it is configured, and else 404")
    return 0

if __name__ == "__main__":
    sys.exit(main())
