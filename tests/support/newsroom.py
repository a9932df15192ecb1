#!/usr/bin/env python3
"""Sources that publish, with a hub: newsroom.py [--count N] [--pushing M] [--every SECONDS] [--from AT --step SECONDS] --opml FILE --published FILE

The addresses are those of feed_hosts.py: source n is 127.10.x.y, its feed is at /feed, with an ETag.
The first M sources name a hub, /hub of their own host, which confirms subscriptions and pushes each
new feed with its signature (WebSub). From a line "go" on standard input to a line "stop" one source after another
publishes a new entry, one every SECONDS; each is a line of JSON in the second file (time, mark, host)
before anybody can see it. `mark` is a word that is in no other entry, in its title and its link.
Entries tell of happenings that several sources report within minutes. They are dated when they are
published, or, with --from, from then on, one every --step seconds: a clock of the news that runs
faster than ours. Ends with standard input.
"""
import argparse, asyncio, collections, email.utils, hashlib, hmac, json, os, random, resource, sys, time
import urllib.parse

from feed_hosts import Hosts, address_of

COUNTRIES = ["North Korea", "Iran", "Pakistan", "Syria", "India", "Egypt", "Venezuela", "Cuba", "Turkey", "Iraq", "Sudan", "Myanmar", "Ethiopia",
             "Uganda", "Yemen", "Russia", "Kenya", "Nigeria", "Brazil", "Peru", "Ukraine", "Kazakhstan", "Libya", "Tunisia", "Algeria", "Morocco", "Nepal",
             "Bangladesh", "Vietnam", "Thailand", "Indonesia", "Germany", "France", "Italy", "Spain", "Portugal", "Greece", "Romania", "Poland", "Ghana"]
KEPT = 12  # entries in a feed

def word_of(number):
    out = ""
    number = number * 7919 + 12345
    while number:
        out += "bcdfghklmnprstvwz"[number % 17] + "aeiou"[number % 5]
        number //= 17
    return out

def item_of(title, link, at, text):
    return (f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><pubDate>{email.utils.formatdate(at, usegmt=True)}</pubDate>"
            f"<description>{text}</description></item>")

class Stories:
    """What is told: each happening by a few sources within minutes, most things once."""
    def __init__(self, seed):
        self.random, self.now, self.count = random.Random(seed), collections.deque(maxlen=40), 0

    def word(self):
        return word_of(int(2.718281828 ** self.random.uniform(0, 11)))  # Zipf: the k-th word is 1/k as frequent

    def rare(self):
        return word_of(self.random.randrange(1000, 200_000))

    def happening(self):
        country = self.random.choice(COUNTRIES)
        named = " ".join(self.rare().capitalize() for _ in range(2))
        what = self.random.choice([f"Internet outage in {country}", f"{named} hit by a cyber attack in {country}", f"{named} names its directors",
                                   f"{country} signs a treaty on {self.rare()}", f"Flood near {named} in {country}"])
        return what, named, [self.rare() for _ in range(14)]

    def entry(self):
        """→ mark, title, text"""
        if not self.now or self.random.random() < 0.4:
            self.now.append(self.happening())
        what, named, words = self.random.choice(self.now)
        self.count += 1
        mark = "zq" + "".join("bcdfghklmn"[int(digit)] + "ae"[int(digit) % 2] for digit in f"{self.count:06d}")
        of_it = lambda n: " ".join(self.random.choice(words) for _ in range(n))
        other = lambda n: " ".join(self.word() for _ in range(n))
        title = f"{what}: {of_it(3)} {mark}"
        return mark, title, f"{named} and {of_it(8)}. {of_it(12)} {other(10)}. {other(25)} {of_it(10)}."

class Newsroom(Hosts):
    def __init__(self, count, pushing, published):
        super().__init__(count, 0, None)
        self.pushing, self.published = pushing, published
        self.items = [collections.deque(maxlen=KEPT) for _ in range(count)]
        self.callbacks = {}  # host → callback, secret
        self.undelivered = self.delivered = 0
        self.stories, self.tasks = Stories(1), set()
        self.dated_from = self.step = None

    def add(self, n, at):
        mark, title, text = self.stories.entry()
        dated = at if self.dated_from is None else self.dated_from + self.stories.count * self.step
        link = f"http://{address_of(n)}:{self.port}/story/{mark}"
        self.published.write(json.dumps({"time": at, "mark": mark, "host": n}) + "\n")
        self.items[n].appendleft(item_of(title, link, dated, text))

    def feed(self, n):
        own = f"http://{address_of(n)}:{self.port}"
        links = f'<atom:link rel="self" href="{own}/feed"/>' + (f'<atom:link rel="hub" href="{own}/hub"/>' if n < self.pushing else "")
        body = (f'<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Paper {n}</title>'
                f"<link>{own}/</link><description>x</description>{links}{''.join(self.items[n])}</channel></rss>").encode()
        return body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'

    async def talk(self, n, reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                method, path, _ = head.split(" ", 2)
                fields = {name.lower(): value for name, value in (line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)}
                sent = await reader.readexactly(int(fields.get("content-length", 0)))
                writer.write(self.answer_to(n, method, path, fields, sent))
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            pass
        finally:
            writer.close()

    def answer_to(self, n, method, path, fields, sent):
        if method == "POST" and path == "/hub":
            self.start(self.confirm(n, dict(urllib.parse.parse_qsl(sent.decode()))))
            return b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
        if path != "/feed":
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        body, etag = self.feed(n)
        if fields.get("if-none-match") == etag:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
        return f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: {etag}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body

    def start(self, task):
        task = asyncio.ensure_future(task)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def ask(self, url, method="GET", body=b"", *lines):
        """One request on a connection of its own → status, body."""
        to = urllib.parse.urlsplit(url)
        reader, writer = await asyncio.open_connection(to.hostname, to.port)
        try:
            head = [f"{method} {to.path}{'?' + to.query if to.query else ''} HTTP/1.1", f"Host: {to.netloc}", "Connection: close", f"Content-Length: {len(body)}", *lines]
            writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
            answer = await asyncio.wait_for(reader.read(), 30)
        finally:
            writer.close()
        head, _, body = answer.partition(b"\r\n\r\n")
        return int(head.split(b" ", 2)[1]), body

    async def confirm(self, n, form):
        """Section 5.3: the hub asks the callback whether it means it."""
        query = urllib.parse.urlencode({"hub.mode": form["hub.mode"], "hub.topic": form["hub.topic"], "hub.challenge": f"is it you, {n}?", "hub.lease_seconds": "864000"})
        status, body = await self.ask(f"{form['hub.callback']}?{query}")
        if status == 200 and body.endswith(f"is it you, {n}?".encode()):
            self.callbacks[n] = form["hub.callback"], form.get("hub.secret", "").encode()

    async def push(self, n):
        """Section 7: the feed, signed. A callback that does not answer is asked again."""
        callback, secret = self.callbacks[n]
        body, _ = self.feed(n)
        signature = hmac.new(secret, body, hashlib.sha256).hexdigest()
        for wait in (0, 1, 5, 20):
            await asyncio.sleep(wait)
            try:
                status, _ = await self.ask(callback, "POST", body, "Content-Type: application/rss+xml", f"X-Hub-Signature: sha256={signature}")
            except (OSError, asyncio.TimeoutError, IndexError, ValueError):
                continue
            if status == 202:
                self.delivered += 1
                return
        self.undelivered += 1

    async def publish(self, every, seed):
        chance, begun, n = random.Random(seed), time.time(), 0
        while True:
            await asyncio.sleep(max(0, begun + n * every - time.time()))
            n += 1
            source = chance.randrange(self.count)
            self.add(source, time.time())
            if source in self.callbacks:
                self.start(self.push(source))

async def main():
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=500)
    options.add_argument("--pushing", type=int, default=250)
    options.add_argument("--every", type=float, default=1.0)
    options.add_argument("--from", type=float, dest="dated_from")
    options.add_argument("--step", type=float, default=1.0)
    options.add_argument("--opml", required=True)
    options.add_argument("--published", required=True)
    given = options.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with open(given.published, "w", buffering=1) as published:
        room = Newsroom(given.count, given.pushing, published)
        room.dated_from, room.step = given.dated_from, given.step
        await room.listen()
        begin = time.time() - 86400
        for n in range(given.count):
            room.add(n, begin + 60 * n)
        with open(given.opml, "w") as out:
            rows = "".join(f'<outline type="rss" text="Paper {n}" xmlUrl="http://{address_of(n)}:{room.port}/feed"/>\n' for n in range(given.count))
            out.write(f'<?xml version="1.0"?><opml version="2.0"><body>\n{rows}</body></opml>\n')
        print("ready", room.port, flush=True)
        read = lambda: asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
        publishing = None
        while line := await read():
            if line == "go\n":
                publishing = asyncio.ensure_future(room.publish(given.every, 2))
            elif publishing:
                publishing.cancel()
            print(json.dumps({"subscribed": len(room.callbacks), "delivered": room.delivered, "undelivered": room.undelivered}), flush=True)
    os._exit(0)

if __name__ == "__main__":
    asyncio.run(main())
