#!/usr/bin/env python3
"""SIGHUP: run and serve read their configuration anew; what is wrong with it leaves the old one. reload.py FAULTLINE"""
import http.client, os, pathlib, re, signal, subprocess, sys, tempfile, time

def status(host):
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.request("GET", "/api/v1/nothing")
    answer = connection.getresponse()
    answer.read()
    return answer.status

class Running:
    def __init__(self, faultline, command, folder):
        self.toml, self.log, self.command = folder / "faultline.toml", folder / f"{command}.log", command
        self.write("listen = \"127.0.0.1:0\"")
        env = {"PATH": os.environ["PATH"], "FAULTLINE_CONFIG": str(self.toml), "FAULTLINE_DB": f"sqlite:{folder}/{command}.db"}
        self.process = subprocess.Popen([faultline, command], cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=open(self.log, "ab"))
        self.host = self.until(r"(?:Serving|pages are) at http://([^/ ]+)/")[1]
    def write(self, *lines, shared=""):
        self.toml.write_text(shared + f"[{self.command}]\n" + "\n".join(lines) + "\n")
    def until(self, pattern):
        for _ in range(200):
            if found := re.search(pattern, self.log.read_text()):
                return found
            time.sleep(0.05)
        raise AssertionError((self.command, pattern, self.log.read_text()[-3000:]))
    def reload(self, answer):
        self.log.open("r+").truncate(0)
        self.process.send_signal(signal.SIGHUP)
        return self.until(answer)

def main():
    faultline = os.path.abspath(sys.argv[1])
    for command in ("serve", "run"):
        with tempfile.TemporaryDirectory() as name:
            it = Running(faultline, command, pathlib.Path(name))
            listen = f'listen = "127.0.0.1:0"'
            it.reload("changed: nothing")
            it.write(listen, shared='log-level = "debug"\n')
            it.reload("changed: log-level")
            assert status(it.host) == 404
            it.until("debug GET /api/v1/nothing")
            # Refused, with file, line and reason; the level before holds on.
            it.write(listen, 'rate = "x"', shared='log-level = "info"\n')
            it.reload(r"error the configuration is left as it was: .*faultline.toml:4: " + command + ".rate: should be a whole number")
            assert status(it.host) == 404
            it.until("debug GET /api/v1/nothing")
            it.write('listen = "127.0.0.1:1"', "rate = 1", shared='log-level = "debug"\n')
            it.reload("warning listen has changed; that takes a restart(.*\n)+.*changed: rate")
            answers = [status(it.host) for _ in range(120)]
            assert 429 in answers and answers[0] == 404, answers
            if command == "run":
                it.write(listen, 'poll-floor = "1min"', shared='contact = "a@news.example"\nallow-hosts = ["127.0.0.1"]\nmail-from = "a@news.example"\n')
                changed = it.reload("changed: (.*)")[1]
                assert set(changed.split(", ")) == {"allow-hosts", "contact", "log-level", "mail-from", "poll-floor", "rate"}, changed
            it.toml.unlink()
            it.reload("error the configuration is left as it was")
            it.process.terminate()
            assert it.process.wait(10) == 0
    print("reload: serve and run take over what changed, name what needs a restart, and refuse a file that is wrong")

if __name__ == "__main__":
    main()
