#!/usr/bin/env python3
"""Many hosts with one feed each, for tests and benchmarks: feed_hosts.py [--count N] --opml FILE --log FILE

Host n is the loopback address 127.10.x.y, its feed is at /feed. Four of five are sound: ETag, 304,
keep-alive, a new entry every minute. Each fifth one is of a kind of KINDS, in turn: slow, compressed,
redirecting (these can be read all the same), failing or hostile. Writes the list of feeds as OPML,
prints "ready PORT", then a line of JSON per request to the log (time, host, kind, path), and
serves until its standard input ends. Nothing listens outside of 127.0.0.0/8.
"""
import argparse, asyncio, email.utils, gzip, json, os, resource, socket, sys, time, zlib

FIFTH = 5
# name → can its feed be read?
KINDS = {
    "gzip": True, "hang": False, "redirect": True, "not-found": False, "slow": True, "bomb": False,
    "chunked": True, "slowloris": False, "moved": True, "broken": False, "deflate": True,
    "endless": False, "drops": True, "endless-header": False, "gzip-in-parts": True, "reset": False,
    "no-keep-alive": True, "drip": False, "no-length": True, "truncated": False, "busy": False,
    "no-feed": False, "loop": False, "inside": False, "nothing": False, "forbidden": False,
    "gone": False, "wrong-length": False, "endless-chunk": False, "early-hints": True,
}
NAMES = list(KINDS)

def kind_of(n):
    """None: sound."""
    return NAMES[n // FIFTH % len(NAMES)] if n % FIFTH == FIFTH - 1 else None

def is_readable(n):
    return KINDS.get(kind_of(n), True)

def address_of(n):
    return f"127.10.{n // 250}.{n % 250 + 1}"

class Hosts:
    def __init__(self, count, entries, log):
        self.count, self.entries, self.log = count, entries, log
        self.port, self.servers = 0, []
        self.bomb = gzip.compress(bytes(200 << 20), 9, mtime=0)

    async def listen(self):
        probe = socket.socket()
        for _ in range(100):  # a port that is free on all of them
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
            probe.close()
            try:
                for n in range(self.count):
                    await self.serve(n)
                return
            except OSError:
                for server in self.servers:
                    server.close()
                self.servers, probe = [], socket.socket()
        raise SystemExit("feed_hosts: no port is free on all addresses")

    async def serve(self, n):
        async def talk(reader, writer):
            await self.talk(n, reader, writer)
        self.servers.append(await asyncio.start_server(talk, address_of(n), self.port, backlog=16))

    async def talk(self, n, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                path = head.split(b" ", 2)[1].decode("latin-1")
                fields = dict(line.split(": ", 1) for line in head.decode("latin-1").split("\r\n")[1:] if ": " in line)
                self.log.write(json.dumps({"time": time.time(), "host": n, "kind": kind_of(n), "path": path}) + "\n")
                keep = await self.answer(n, path, fields, writer)
                await writer.drain()
                if not keep:
                    break
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            pass
        finally:
            writer.close()

    def feed(self, n):
        """A new entry every minute, the same for all who ask within it."""
        minute = int(time.time()) // 60
        items = "".join(
            f"<item><title>Notice {at} of host {n}</title><link>http://{address_of(n)}:{self.port}/{at}</link>"
            f"<guid>{n}-{at}</guid><pubDate>{email.utils.formatdate(at * 60, usegmt=True)}</pubDate>"
            f"<description>{'Works on the line between two towns went on, as planned. ' * 8}</description></item>"
            for at in range(minute, minute - self.entries, -1))
        return (f'<?xml version="1.0"?><rss version="2.0"><channel><title>Host {n}</title>'
                f"<link>http://{address_of(n)}:{self.port}/</link><description>x</description>{items}</channel></rss>").encode(), f'"{n}-{minute}"'

    async def answer(self, n, path, fields, writer):
        """→ whether the connection goes on."""
        kind = kind_of(n)
        body, etag = self.feed(n)
        def send(status, body, *more, length=True):
            lines = [f"HTTP/1.1 {status}", "Content-Type: application/rss+xml", *more]
            if length:
                lines.append(f"Content-Length: {len(body)}")
            writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        if kind in (None, "redirect", "moved", "slow") and fields.get("If-None-Match") == etag:
            writer.write(f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode())
            return True
        if kind in ("redirect", "moved") and path == "/feed":
            send("301 Moved" if kind == "moved" else "302 Found", b"", "Location: /there")
            return True
        if kind is None or kind in ("redirect", "moved"):
            send("200 OK", body, f"ETag: {etag}")
            return True
        special = getattr(self, "do_" + kind.replace("-", "_"))
        return await special(writer, send, body, etag)

    async def do_gzip(self, writer, send, body, etag):
        send("200 OK", gzip.compress(body), "Content-Encoding: gzip")
        return True
    async def do_gzip_in_parts(self, writer, send, body, etag):
        send("200 OK", gzip.compress(body[:100]) + gzip.compress(body[100:]), "Content-Encoding: gzip")
        return True
    async def do_deflate(self, writer, send, body, etag):
        send("200 OK", zlib.compress(body), "Content-Encoding: deflate")
        return True
    async def do_chunked(self, writer, send, body, etag):
        parts = b"".join(b"%x\r\n%s\r\n" % (len(body[at:at + 999]), body[at:at + 999]) for at in range(0, len(body), 999))
        send("200 OK", parts + b"0\r\n\r\n", "Transfer-Encoding: chunked", length=False)
        return True
    async def do_no_length(self, writer, send, body, etag):
        send("200 OK", body, length=False)
        return False
    async def do_no_keep_alive(self, writer, send, body, etag):
        send("200 OK", body, "Connection: close")
        return False
    async def do_early_hints(self, writer, send, body, etag):
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
        send("200 OK", body)
        return True
    async def do_slow(self, writer, send, body, etag):
        await asyncio.sleep(3)
        send("200 OK", body, f"ETag: {etag}")
        return True
    async def do_drops(self, writer, send, body, etag):
        send("200 OK", b"", f"Content-Length: {len(body)}", length=False)
        for at in range(0, len(body), 2000):
            writer.write(body[at:at + 2000])
            await writer.drain()
            await asyncio.sleep(0.5)
        return True

    async def do_hang(self, writer, send, body, etag):
        await asyncio.sleep(120)
        return False
    async def do_slowloris(self, writer, send, body, etag):
        for byte in b"HTTP/1.1 200 OK\r\n" + b"X" * 100:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(1)
        return False
    async def do_drip(self, writer, send, body, etag):
        send("200 OK", b"", "Content-Length: 100000", length=False)
        for _ in range(100):
            writer.write(b"<")
            await writer.drain()
            await asyncio.sleep(1)
        return False
    async def repeat(self, writer, part):
        while True:
            writer.write(part)
            await writer.drain()
    async def do_endless(self, writer, send, body, etag):
        send("200 OK", b"<rss><channel>", length=False)
        await self.repeat(writer, b"<item><title>and so on</title></item>" * 1000)
    async def do_endless_header(self, writer, send, body, etag):
        writer.write(b"HTTP/1.1 200 OK\r\n")
        await self.repeat(writer, b"X: and so on\r\n" * 1000)
    async def do_endless_chunk(self, writer, send, body, etag):
        send("200 OK", b"1;", "Transfer-Encoding: chunked", length=False)
        await self.repeat(writer, b"x" * 65536)
    async def do_bomb(self, writer, send, body, etag):
        send("200 OK", self.bomb, "Content-Encoding: gzip")
        return False
    async def do_reset(self, writer, send, body, etag):
        writer.transport.abort()
        return False
    async def do_nothing(self, writer, send, body, etag):
        return False
    async def do_truncated(self, writer, send, body, etag):
        send("200 OK", body[:50], f"Content-Length: {len(body)}", length=False)
        return False
    async def do_wrong_length(self, writer, send, body, etag):
        send("200 OK", body, "Content-Length: 7", "Content-Length: 70", length=False)
        return False
    async def do_no_feed(self, writer, send, body, etag):
        send("200 OK", b"\x89PNG\r\n\x1a\n" + bytes(2000))
        return True
    async def do_loop(self, writer, send, body, etag):
        send("302 Found", b"", "Location: /feed")
        return True
    async def do_inside(self, writer, send, body, etag):
        send("302 Found", b"", "Location: http://169.254.169.254/latest/meta-data/")
        return True
    async def do_not_found(self, writer, send, body, etag):
        send("404 Not Found", b"no")
        return True
    async def do_gone(self, writer, send, body, etag):
        send("410 Gone", b"no")
        return True
    async def do_forbidden(self, writer, send, body, etag):
        send("403 Forbidden", b"no")
        return True
    async def do_broken(self, writer, send, body, etag):
        send("500 Broken", b"no")
        return True
    async def do_busy(self, writer, send, body, etag):
        send("503 Busy", b"no", "Retry-After: 30")
        return True

def write_opml(path, count, port):
    with open(path, "w") as out:
        out.write('<?xml version="1.0"?><opml version="2.0"><body>\n')
        for n in range(count):
            out.write(f'<outline type="rss" text="Host {n}" xmlUrl="http://{address_of(n)}:{port}/feed"/>\n')
        out.write("</body></opml>\n")

async def main():
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=50)
    options.add_argument("--entries", type=int, default=15)
    options.add_argument("--opml", required=True)
    options.add_argument("--log", required=True)
    given = options.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with open(given.log, "w", buffering=1) as log:
        hosts = Hosts(given.count, given.entries, log)
        await hosts.listen()
        write_opml(given.opml, given.count, hosts.port)
        print("ready", hosts.port, flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    os._exit(0)  # not waiting for those that hang

if __name__ == "__main__":
    asyncio.run(main())
