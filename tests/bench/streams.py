#!/usr/bin/env python3
"""Open streams of changes: streams.py FAULTLINE [STREAMS]. Opens so many (10,000, as many as a server has room for), then one more,
then tells of an edit: what a stream costs in memory, when the first and the last one hear of it, and how long a page takes meanwhile."""
import os, pathlib, resource, selectors, socket, statistics, sys, tempfile, time
SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests/e2e"))
import serving

def memory_kb(process):
    return int(next(line for line in open(f"/proc/{process.pid}/status") if line.startswith("VmRSS")).split()[1])

def opened(server):
    host, port = server.host.split(":")
    # Ports of one address are too few for much more than this; loopback has many addresses.
    connection = socket.create_connection((host, int(port)), timeout=60)
    connection.sendall(b"GET /api/v1/changes HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n")
    return connection

def head(connection):
    text = b""
    while b"\r\n\r\n" not in text:
        text += connection.recv(4096)
    return int(text.split()[1])

def heard(streams, make):
    """Seconds until each stream has the edit that `make` makes, in order."""
    waiting = selectors.DefaultSelector()
    for one in streams:
        one.setblocking(False)
        waiting.register(one, selectors.EVENT_READ, bytearray())
    begun, times = time.monotonic(), []
    make()
    while len(times) < len(streams):
        ready = waiting.select(timeout=30)
        assert ready, f"{len(streams) - len(times)} streams hear nothing"
        for key, _ in ready:
            key.data.extend(key.fileobj.recv(65536))
            if b"event: edit" in key.data:
                waiting.unregister(key.fileobj)
                times.append(time.monotonic() - begun)
    return times

def main():
    faultline, count = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.TemporaryDirectory() as folder:
        serving.run(faultline, folder, "ingest", str(SOURCE / "app/sample"))
        serving.run(faultline, folder, "correlate")
        token = serving.run(faultline, folder, "tokens", "add", "ann", "--role", "editor").split()[-1]
        with serving.server(faultline, folder, "--rate", "0") as server:
            entry = server.get("/api/v1/search?q=sony&limit=1").json()["items"][0]["id"]
            page = "/incidents/" + server.get("/api/v1/incidents?limit=1").json()["items"][0]["id"] + "/"
            server.get(page)
            before, begun = memory_kb(server.process), time.monotonic()
            streams = [opened(server) for _ in range(count)]
            answers = [head(one) for one in streams]
            assert set(answers) == {200}, {status: answers.count(status) for status in set(answers)}
            print(f"{count} streams opened in {time.monotonic() - begun:.1f} s, {(memory_kb(server.process) - before) / count:.1f} kB each")
            if count >= 10_000:
                print(f"one more is answered {head(opened(server))}")
            made = lambda: server.ask("POST", "/api/v1/edits", token=token, body={"kind": "note", "words": [entry, "heard"]})
            times = heard(streams, made)
            print(f"an edit was heard by the first after {times[0]:.2f} s, by half after {statistics.median(times):.2f} s, by the last after {times[-1]:.2f} s")
            took = []
            for _ in range(200):
                begun = time.monotonic()
                assert server.get(page).status == 200
                took.append(time.monotonic() - begun)
            print(f"a page meanwhile: median {statistics.median(took) * 1000:.1f} ms, most {max(took) * 1000:.1f} ms")
            for one in streams:
                one.close()

main()
