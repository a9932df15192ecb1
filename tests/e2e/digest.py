#!/usr/bin/env python3
"""The digest all the way: asked for on a page, said yes to by the link of the mail, queued, sent to a real server over STARTTLS with a
password, ended by one click; and a sender that is killed at random points: digest.py FAULTLINE SOURCE_DIR [KILLS [SEED]]
Every mail arrives once. Documented exception: a sender that is killed between the server's "OK" and its own note sends that one mail
again, with the same Message-ID. Exit 77: there is no such server here."""
import os, pathlib, random, re, shutil, subprocess, sys, tempfile, time
sys.path.insert(0, os.path.dirname(__file__))
import serving
from mail_server import Unavailable, mail_server

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DAY = "2014-12-23T07:00:00Z"

class Digest:
    def __init__(self, faultline, folder, server):
        self.faultline, self.folder = faultline, folder
        self.env = {"PATH": os.environ["PATH"], "FAULTLINE_SMTP": f"smtp://localhost:{server.port}", "FAULTLINE_SMTP_USER": server.user,
                    "FAULTLINE_SMTP_PASSWORD": server.password, "FAULTLINE_SMTP_CA": str(server.certificate),
                    "FAULTLINE_MAIL_FROM": "digest@news.example", "FAULTLINE_MAIL_BASE": "https://news.example/"}
    def run(self, *words, now=DAY, check=1):
        done = subprocess.run([self.faultline, *words], cwd=self.folder, env={**self.env, "FAULTLINE_NOW": now}, capture_output=True, text=True, timeout=300)
        assert not check or done.returncode == 0, done.stderr
        return done.stdout + (done.stderr if check == 2 else "")
    def start(self, *words, now=DAY):
        return subprocess.Popen([self.faultline, *words], cwd=self.folder, env={**self.env, "FAULTLINE_NOW": now}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

def whole_way(digest, server):
    """From the page to the last click."""
    with serving.server(digest.faultline, digest.folder, "--rate", "0", now="2014-12-22T12:00:00Z") as site:
        asked = site.ask("POST", "/subscribe", body="address=ann%40there.example&query=country%3AKP&hour=7&zone=UTC", headers=FORM)
        again = site.ask("POST", "/subscribe", body="address=ann%40there.example&query=country%3AKP", headers=FORM)
        assert asked.status == 200 and asked.body == again.body, asked.body
        for bad in ("address=a%40b.example%0d%0aBcc:x@y.example", "address=x", "address=a%40b.example&query=plase%3Ax", "address=a%40b.example&hour=99"):
            assert site.ask("POST", "/subscribe", body=bad, headers=FORM).status == 400, bad
        assert "1 sent" in digest.run("digest", "--send", now="2014-12-22T12:00:00Z")
        question = server.mails()[0]
        link = re.search(r"https://news\.example(/confirm/\w+)", question.get_body(("plain",)).get_content())[1]
        assert site.get(link).status == 200 and "pending" in digest.run("subscribers", "list")
        assert site.ask("POST", link, body="", headers=FORM).status == 200 and "active" in digest.run("subscribers", "list")
        assert site.ask("POST", "/confirm/0000", body="", headers=FORM).status == 404
    digest.run("alerts", "add", "--query", "sony", "--mail", "bob@there.example", "--threshold", "3", "--confirmed", now="2014-12-22T12:00:00Z")
    digest.run("subscribers", "add", "nobody@refused.example", now="2014-12-22T12:00:00Z")
    assert "0 sent, 1 failed for good" in digest.run("digest", "--send", now="2014-12-22T13:30:00Z")
    # The news come in after that, whatever their own times say.
    digest.run("ingest", str(digest.source / "app/sample"), now="2014-12-23T06:00:00Z")
    assert "are not correlated yet" in digest.run("digest", "--queue", now="2014-12-23T06:00:00Z", check=2)
    digest.run("correlate")
    assert "2 mails queued" in digest.run("digest", "--queue") and "0 subscriptions" in digest.run("digest", "--queue")
    assert "2 sent" in digest.run("digest", "--send")
    alert = next(one for one in server.mails() if one["To"] == "bob@there.example" and one["List-Id"])
    assert "“sony”" in alert["Subject"] and "alert" in alert["List-Id"], alert["Subject"]
    mail = next(one for one in server.mails() if one["To"] == "ann@there.example" and one["List-Id"])
    assert mail.defects == [] and mail["To"] == "ann@there.example" and mail["Auto-Submitted"] == "auto-generated"
    assert "9 h 31 min" in mail.get_body(("plain",)).get_content() and "9 h 31 min" in mail.get_body(("html",)).get_content()
    end = re.match(r"<https://news\.example(/unsubscribe/\w+)>", mail["List-Unsubscribe"].replace("\n", ""))[1]
    page = re.match(r"<https://news\.example(/issues/[\w-]+)>", mail["List-Archive"])[1]
    with serving.server(digest.faultline, digest.folder, "--rate", "0") as site:
        assert "9 h 31 min" in site.get(page).text()
        assert site.get(end).status == 200 and "active" in digest.run("subscribers", "list")  # who looks into mails follows links
        gone = site.ask("POST", end, body="List-Unsubscribe=One-Click", headers=FORM)
        assert gone.status == 200 and "ended" in digest.run("subscribers", "list")

def readable(digest, server):
    """Each mail by mailparser, and its HTML by what Gmail, Apple Mail and Outlook show and by the W3C's checker."""
    validators = digest.source / "tests/e2e/validators"
    jar = validators / "node_modules/vnu-jar/build/dist/vnu.jar"
    if not jar.exists():
        return "not validated: validators are not installed"
    files = []
    for n, mail in enumerate(server.mails()):
        files.append(pathlib.Path(digest.folder, f"{n}.eml"))
        files[-1].write_bytes(mail.as_bytes())
        files[-1].with_suffix(".html").write_text(mail.get_body(("html",)).get_content(), encoding="utf-8")
    done = subprocess.run(["node", str(validators / "mail.mjs"), *map(str, files)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and len(done.stdout.splitlines()) == len(files), done.stderr
    if shutil.which("java"):
        done = subprocess.run(["java", "-jar", str(jar), "--errors-only", *(str(one.with_suffix(".html")) for one in files)], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
    return f"{len(files)} mails valid"

def killed(digest, server, kills, seed):
    """Two hundred subscribers, and a sender that is killed again and again."""
    chance = random.Random(seed)
    people = 200
    for n in range(people):
        digest.run("subscribers", "add", f"reader{n}@there.example", "--confirmed", "--when-empty", "--query", f"country:KP OR word{n % 7}", now="2014-12-22T12:00:00Z")
    before = len(server.mails())
    done = 0
    for n in range(kills):
        process = digest.start("digest", "--queue", "--send", now=DAY)
        time.sleep(chance.uniform(0, 0.12))
        process.kill()
        process.wait()
        process.stderr.close()
        done += 1
        if n % 20 == 19:  # another day, so that there is always something to send
            digest.run("digest", "--queue", "--send", now=DAY)
    digest.run("digest", "--queue", "--send", now=DAY)
    digest.run("digest", "--queue", "--send", now="2014-12-23T08:00:00Z")  # what was claimed by those who were killed
    got = [one for one in server.mails() if one["List-Id"] and one["To"].startswith("reader")]
    ids = {}
    for one in got:
        ids.setdefault(one["Message-ID"], []).append(one["To"])
    assert len(ids) == people, (len(ids), len(got), before)
    twice = sum(len(all_of) - 1 for all_of in ids.values())
    assert all(len(set(all_of)) == 1 for all_of in ids.values())
    assert twice <= kills, twice
    return len(got), twice

def main():
    faultline, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    kills, seed = int(sys.argv[3]) if len(sys.argv) > 3 else 15, int(sys.argv[4]) if len(sys.argv) > 4 else 1
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as post:
        try:
            with mail_server(post) as server:
                digest = Digest(faultline, folder, server)
                digest.source = source
                whole_way(digest, server)
                valid = readable(digest, server)
                arrived, twice = killed(digest, server, kills, seed)
        except Unavailable as why:
            print(f"skipped: {why}")
            return 77
    print(f"digest: asked for, said yes to, sent and ended; {valid}; {arrived} mails of a sender that was killed {kills} times: none missing, {twice} sent again as documented")
    return 0

if __name__ == "__main__":
    sys.exit(main())
