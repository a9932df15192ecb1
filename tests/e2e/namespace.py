#!/usr/bin/env python3
"""Public and private addresses side by side, in a network of this test's own: namespace.py FAULTLINE

Inside `unshare --net --mount` its loopback interface has addresses of both kinds and a name server
whose names lead to them, one of which changes its mind (DNS rebinding). The real binary polls and
fetches; each server tells what it was asked. Nothing can leave this network. Exit 77: the kernel, or
who may do what here, does not allow such a network.
"""
import asyncio, json, os, socket, struct, subprocess, sys, tempfile, threading

from hosts import Checks

PUBLIC, PUBLIC2, PUBLIC6 = "185.85.0.29", "93.184.215.14", "2a00:1450:4001:82a::99"
PRIVATE, PRIVATE6 = "10.20.30.40", "fd12:3456::7"
OTHERS = ["192.168.7.7", "172.20.0.1", "100.64.0.9", "169.254.169.254", "198.18.0.1"]
NAMES = {
    "public.test": [PUBLIC], "second.test": [PUBLIC2], "six.test": [PUBLIC6], "inside.test": [PRIVATE],
    "inside6.test": [PRIVATE6], "metadata.test": ["169.254.169.254"], "mixed.test": [PRIVATE, PUBLIC], "local.test": ["127.0.0.1"],
}
REDIRECTS = {
    "/to-second": f"http://{PUBLIC2}/feed", "/to-six": f"http://[{PUBLIC6}]/feed", "/to-name": "http://second.test/feed",
    "/to-inside": f"http://{PRIVATE}/feed", "/to-inside-name": "http://inside.test/feed", "/to-inside6": f"http://[{PRIVATE6}]/feed",
    "/to-mapped": f"http://[::ffff:{PRIVATE}]/feed", "/to-decimal": "http://169090600/feed", "/to-hex": "http://0x0a.0x14.0x1e28/feed",
    "/to-octal": "http://012.024.036.050/feed", "/to-metadata": "http://169.254.169.254/latest/", "/to-loopback": "http://127.0.0.1/feed",
    "/to-six-loopback": "http://[::1]/feed", "/to-this-host": "http://0.0.0.0/feed", "/again": "http://rebind.test/feed",
    "/to-nat64": "http://[64:ff9b::a14:1e28]/feed",
}
# What is polled → read, or a part of why not.
POLLED = {
    f"http://{PUBLIC}/feed": None, f"http://[{PUBLIC6}]/feed": None, "http://public.test/feed": None, "http://six.test/feed": None,
    "http://mixed.test/feed": None, f"http://{PUBLIC}/to-second": None, f"http://{PUBLIC}/to-six": None, f"http://{PUBLIC}/to-name": None,
    f"http://{PRIVATE}/feed": "private network", f"http://[{PRIVATE6}]/feed": "private network", "http://inside.test/feed": f"private network ({PRIVATE})",
    "http://inside6.test/feed": f"private network ({PRIVATE6})", "http://metadata.test/feed": "private network (169.254.169.254)",
    "http://local.test/feed": "private network (127.0.0.1)", "http://rebind.test/again": f"private network ({PRIVATE})",
    "http://nowhere.test/feed": "the name nowhere.test is not known",
    **{f"http://{address}/feed": f"private network ({address})" for address in OTHERS},
    **{f"http://{PUBLIC}{path}": "private network" for path in REDIRECTS
       if path not in ("/to-second", "/to-six", "/to-name", "/again")},
}

class Servers:
    """HTTP on port 80 of every address, and names on port 53 of 127.0.0.1."""
    def __init__(self):
        self.asked, self.rebound = [], 0
    async def talk(self, reader, writer):
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path, address = head.split()[1], writer.get_extra_info("sockname")[0]
            self.asked.append((address.removeprefix("::ffff:"), path))
            if path in REDIRECTS:
                answer, body = f"302 Found\r\nLocation: {REDIRECTS[path]}", b""
            else:
                answer = "200 OK\r\nContent-Type: application/rss+xml"
                body = f"<rss version='2.0'><channel><title>{address} {path}</title><item><title>One at {address}{path}{head.count('/')}</title></item></channel></rss>".encode()
            writer.write(f"HTTP/1.1 {answer}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()
    def addresses(self, name, six):
        if name == "rebind.test":
            self.rebound += not six
            found = [PUBLIC if self.rebound == 1 else PRIVATE]
        else:
            found = NAMES.get(name)
        return found if found is None else [a for a in found if (":" in a) == six]
    def connection_made(self, transport):
        self.transport = transport
    def connection_lost(self, _):
        pass
    def datagram_received(self, query, sender):
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1:at + 1 + query[at]].decode())
            at += 1 + query[at]
        kind = struct.unpack(">H", query[at + 1:at + 3])[0]
        found = self.addresses(".".join(labels), kind == 28) if kind in (1, 28) else []
        records = b"".join(
            b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 0, len(raw)) + raw
            for raw in (socket.inet_pton(socket.AF_INET6 if kind == 28 else socket.AF_INET, a) for a in found or []))
        flags = 0x8183 if found is None else 0x8180
        self.transport.sendto(query[:2] + struct.pack(">HHHHH", flags, 1, len(found or []), 0, 0) + query[12:at + 5] + records, sender)
    async def serve(self, ready):
        await asyncio.get_running_loop().create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", 53))
        await asyncio.start_server(self.talk, ["0.0.0.0", "::"], 80)
        ready.set()
        await asyncio.Event().wait()

def inside(faultline):
    for words in (["link", "set", "lo", "up"], *(["addr", "add", a + ("/128" if ":" in a else "/32"), "dev", "lo"]
                  for a in [PUBLIC, PUBLIC2, PUBLIC6, PRIVATE, PRIVATE6, *OTHERS])):
        subprocess.run(["ip", *words], check=True)
    checks, servers, ready = Checks(), Servers(), threading.Event()
    threading.Thread(target=lambda: asyncio.run(servers.serve(ready)), daemon=True).start()
    ready.wait()
    with tempfile.TemporaryDirectory() as folder:
        names = os.path.join(folder, "resolv.conf")
        with open(names, "w") as out:
            out.write("nameserver 127.0.0.1\n")
        subprocess.run(["mount", "--bind", names, "/etc/resolv.conf"], check=True)
        def run(*words, allow=""):
            env = {"PATH": os.environ["PATH"], "FAULTLINE_CONTACT": "test@example.org", "FAULTLINE_ALLOW_HOSTS": allow}
            if not allow:
                del env["FAULTLINE_ALLOW_HOSTS"]
            return subprocess.run([faultline, *words], cwd=folder, env=env, capture_output=True, text=True, timeout=100)
        def polls():
            return {p["url"]: p for p in map(json.loads, run("sources", "--json").stdout.splitlines()) if p["polled"]}
        added = run("sources", "add", "--no-check", *POLLED)
        checks.that(added.returncode == 0, added)
        done = run("run", "--once")
        checks.that(done.returncode == 0, done)
        kept = polls()
        for url, says in POLLED.items():
            poll = kept.get(url, {"last_error": "was not added"})
            checks.that(poll["last_error"] is None if says is None else says in (poll["last_error"] or ""), (url, says, poll))
        private = {PRIVATE, PRIVATE6, "127.0.0.1", "::1", *OTHERS}
        checks.that(not [a for a in servers.asked if a[0] in private], f"private addresses were asked: {servers.asked}")
        checks.that((PUBLIC2, "/feed") in servers.asked and (PUBLIC6, "/feed") in servers.asked, servers.asked)
        checks.that(servers.rebound >= 2, "the name was looked up again")
        # What a person types may be private; where it leads may not.
        typed = run("ingest", f"http://{PRIVATE}/feed")
        checks.that(typed.returncode == 0, typed)
        for path in ("/to-inside", "/to-metadata", "/to-decimal"):
            led = run("ingest", f"http://{PUBLIC}{path}")
            checks.that(led.returncode == 1 and "private network" in led.stderr, led)
        typed = run("ingest", "http://169.254.169.254/feed")
        checks.that(typed.returncode == 1 and "private network" in typed.stderr, typed)
        # The newsroom's own.
        own = f"http://{PRIVATE}/own"
        run("sources", "add", "--no-check", own)
        run("run", "--once", allow="10.20.30.0/24")
        checks.that(polls()[own]["last_error"] is None, polls()[own])
    checks.end()

def main():
    faultline = os.path.abspath(sys.argv[1])
    if len(sys.argv) > 2:
        return inside(faultline)
    try:
        can = subprocess.run(["unshare", "--net", "--mount", "ip", "link", "set", "lo", "up"], capture_output=True, text=True)
    except FileNotFoundError as missing:
        can = subprocess.CompletedProcess([], 1, "", str(missing))
    if can.returncode != 0:
        print("skipped: no network of one's own can be made here:", can.stderr.strip())
        sys.exit(77)
    sys.exit(subprocess.run(["unshare", "--net", "--mount", sys.executable, os.path.abspath(__file__), faultline, "inside"]).returncode)

main()
