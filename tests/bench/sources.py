#!/usr/bin/env python3
"""2,000 sources in one process: sources.py FAULTLINE [--count 2000] [--minutes 6] [--limit-mb 150]

Starts tests/support/feed_hosts.py (a fifth of its hosts is slow, compressed, redirecting, failing or
hostile), lets `faultline run` poll all of them once a minute, and prints the peak memory of the
process (VmHWM) and how late each request of a healthy source reached its server: the time the server
saw it, less the time that the store had kept as due. The last line is the verdict; exit 1 when a
figure is missed.
"""
import argparse, calendar, itertools, json, os, signal, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import feed_hosts

def memory_mb(pid, what):
    for line in open(f"/proc/{pid}/status"):
        if line.startswith(what + ":"):
            return int(line.split()[1]) / 1024
    return 0.0

def parse_time(text):
    return calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ"))

def poll(faultline, folder, env, seconds, interval, more, trace):
    """Runs the program for so long. → peak memory in MB, CPU seconds, its lines."""
    with open(os.path.join(folder, "out"), "wb") as out, open(os.path.join(folder, "err"), "wb") as err:
        run = subprocess.Popen([faultline, "run", "--json", "--poll-floor", str(interval), "--poll-ceiling", str(interval), *more],
                               cwd=folder, env=env, stdout=out, stderr=err)
        peak, end = 0.0, time.time() + seconds
        for n in itertools.count():
            if time.time() >= end or run.poll() is not None:
                break
            peak = max(peak, memory_mb(run.pid, "VmHWM"))
            if trace and n % 10 == 0:
                print(f"{n / 2:5.0f} s: {memory_mb(run.pid, 'VmRSS'):5.0f} MB, peak {peak:5.0f} MB", file=sys.stderr)
            time.sleep(0.5)
        died = run.poll()
        if died is None:
            run.send_signal(signal.SIGTERM)
        _, _, usage = os.wait4(run.pid, 0) if died is None else (0, 0, None)
    if died is not None:
        sys.exit(f"faultline run ended by itself ({died}): " + open(os.path.join(folder, "err")).read()[-2000:])
    return peak, usage.ru_utime + usage.ru_stime, open(os.path.join(folder, "out")).read().splitlines()

def lateness(lines, requests, count):
    """Seconds between due and seen, for every poll of a sound host but its first."""
    due, seen = {}, {}
    for line in lines:
        report = json.loads(line)
        if report.get("next_poll"):
            _, _, x, y = report["url"].split("/")[2].split(":")[0].split(".")
            due.setdefault(int(x) * 250 + int(y) - 1, []).append(parse_time(report["next_poll"]))
    for line in requests:
        request = json.loads(line)
        if request["path"] == "/feed":
            seen.setdefault(request["host"], []).append(request["time"])
    late, unseen = [], 0
    for n in range(count):
        if feed_hosts.kind_of(n) is not None:
            continue
        times = seen.get(n, [])
        unseen += not times
        late += [at - want for at, want in zip(times[1:], due.get(n, []))]
    return late, unseen

def main():
    options = argparse.ArgumentParser()
    options.add_argument("faultline")
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--minutes", type=float, default=6)
    options.add_argument("--interval", type=int, default=60)
    options.add_argument("--limit-mb", type=float, default=150)
    options.add_argument("--limit-late", type=float, default=5, help="seconds, of 99 of 100 polls")
    options.add_argument("--trace", action="store_true", help="print the memory every five seconds")
    options.add_argument("--run-options", default="", help="more options of faultline run, in one word")
    given = options.parse_args()
    faultline = os.path.abspath(given.faultline)
    with tempfile.TemporaryDirectory() as folder:
        log, opml = os.path.join(folder, "requests"), os.path.join(folder, "list.opml")
        hosts = subprocess.Popen([sys.executable, os.path.join(HERE, "..", "support", "feed_hosts.py"), "--count", str(given.count),
                                  "--opml", opml, "--log", log], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if not hosts.stdout.readline().startswith(b"ready"):
            sys.exit("the test server did not start")
        env = {"PATH": os.environ["PATH"], "HOME": folder, "FAULTLINE_ALLOW_HOSTS": "127.0.0.0/8", "FAULTLINE_CONTACT": "bench@example.org"}
        subprocess.run([faultline, "sources", "add", opml, "--no-check"], cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)
        peak, cpu, lines = poll(faultline, folder, env, given.minutes * 60, given.interval, given.run_options.split(), given.trace)
        hosts.stdin.close()
        hosts.wait()
        requests = open(log).read().splitlines()
        late, unseen = lateness(lines, requests, given.count)
    late.sort()
    at = lambda share: late[min(len(late) - 1, int(share * len(late)))]
    odd = sum(feed_hosts.kind_of(n) is not None for n in range(given.count))
    print(f"{given.count} sources, {odd} of them slow, compressed, redirecting, failing or hostile; {given.minutes:g} min, each once in {given.interval} s")
    print(f"{len(requests)} requests seen by the servers, {len(lines)} polls ended, {cpu:.0f} s of CPU")
    print(f"late, of {len(late)} polls of sound sources: median {at(0.5):.2f} s, p99 {at(0.99):.2f} s, most {late[-1]:.2f} s; {unseen} sound sources never seen")
    fine = peak <= given.limit_mb and unseen == 0 and at(0.99) <= given.limit_late
    print(f"peak memory {peak:.0f} MB of {given.limit_mb:g} MB; p99 {at(0.99):.2f} s of {given.limit_late:g} s: {'held' if fine else 'MISSED'}")
    sys.exit(0 if fine else 1)

if __name__ == "__main__":
    main()
