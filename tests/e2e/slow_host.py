#!/usr/bin/env python3
"""Many feeds of one host that hangs hold up only themselves: slow_host.py FAULTLINE

40 feeds of a host that never answers, two at a time, take minutes; ten sound hosts, polled every ten
seconds, must be asked again while these wait.
"""
import collections, json, os, signal, subprocess, sys, tempfile, time

from hosts import Checks, Hosts, feed_hosts

HANGS = next(n for n in range(200) if feed_hosts.kind_of(n) == "hang")
SOUND = range(0, 50, feed_hosts.FIFTH)

def asked(hosts):
    return collections.Counter(json.loads(line)["host"] for line in open(hosts.log) if line.endswith("}\n"))

def main():
    faultline, checks = os.path.abspath(sys.argv[1]), Checks()
    with tempfile.TemporaryDirectory() as folder, Hosts(folder, 60) as hosts:
        urls = [f"{hosts.url(HANGS)}?{n}" for n in range(40)] + [hosts.url(n) for n in SOUND]
        env = {"PATH": os.environ["PATH"], "FAULTLINE_ALLOW_HOSTS": "127.0.0.0/8", "FAULTLINE_CONTACT": "test@example.org"}
        subprocess.run([faultline, "sources", "add", "--no-check", *urls], cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)
        run = subprocess.Popen([faultline, "run", "--poll-floor", "10", "--poll-ceiling", "10"], cwd=folder, env=env,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(120):  # ends as soon as it holds
            time.sleep(1)
            if all(asked(hosts)[n] >= 3 for n in SOUND):
                break
        run.send_signal(signal.SIGTERM)
        run.wait(60)
        checks.that(all(asked(hosts)[n] >= 3 for n in SOUND), f"sound hosts are asked on while another hangs: {asked(hosts)}")
    checks.end()

main()
