"""What the tests of this folder share: the test server's process, and what is said of each of its bad hosts."""
import os, subprocess, sys

SUPPORT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support")
sys.path.insert(0, SUPPORT)
import feed_hosts

# Kind of a host (feed_hosts.KINDS) → a part of the sentence about it, of which each must be told.
SAYS = {
    "hang": "reading the answer took too long",
    "not-found": "the server answered 404 Not Found",
    "bomb": "the body is larger than is read of one document",
    "slowloris": "reading the answer took too long",
    "broken": "the server answered 500 Internal Server Error",
    "endless": "the answer is larger than",
    "endless-header": "the header of the answer is larger than 65536 bytes",
    "reset": "reading the answer failed",
    "drip": "reading the answer took too long (it came in drops)",
    "truncated": "reading the answer failed (partial message)",
    "busy": "it asks to come back after 30",
    "no-feed": "this is binary data",
    "loop": "redirects more than 10 times",
    "inside": "169.254.169.254 is an address of a private network",
    "nothing": "reading the answer failed (end of stream)",
    "forbidden": "403 Forbidden; it does not let us in",
    "gone": "410 Gone; the address leads nowhere",
    "wrong-length": "multiple Content-Length",
    "endless-chunk": "broken chunks, whose sizes never end",
}
assert set(SAYS) == {kind for kind, readable in feed_hosts.KINDS.items() if not readable}
# So many hosts have each kind once.
COUNT = len(feed_hosts.KINDS) * feed_hosts.FIFTH
ENTRIES = 15

class Hosts:
    """The test server, with the files list.opml and requests in `folder`."""
    def __init__(self, folder, count=COUNT):
        self.opml, self.log = os.path.join(folder, "list.opml"), os.path.join(folder, "requests")
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(SUPPORT, "feed_hosts.py"), "--count", str(count), "--entries", str(ENTRIES),
             "--opml", self.opml, "--log", self.log], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        ready = self.process.stdout.readline().split()
        if not ready or ready[0] != b"ready":
            sys.exit("the test server did not start")
        self.port = int(ready[1])
    def url(self, n):
        return f"http://{feed_hosts.address_of(n)}:{self.port}/feed"
    def __enter__(self):
        return self
    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

class Checks:
    """Counts what does not hold, and says it."""
    def __init__(self):
        self.failed = 0
    def that(self, holds, what):
        if not holds:
            self.failed += 1
            print("does not hold:", what)
    def end(self):
        sys.exit(1 if self.failed else 0)
