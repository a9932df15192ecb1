#!/usr/bin/env python3
"""The sample over PostgreSQL: postgres.py FAULTLINE ROOT

Every command prints the same bytes as with a SQLite file; a copy of that file, killed again and again
while it is made, and the copy of the copy do too. The server is the one that ctest started or
that FAULTLINE_TEST_POSTGRES names; without one the test is skipped (77).
"""
import os
import re
import secrets
import subprocess
import sys
import tempfile
import urllib.parse

import databases

faultline, root = (os.path.abspath(argument) for argument in sys.argv[1:3])
environment = {**os.environ, "FAULTLINE_NOW": "2015-02-01T00:00:00Z"}

COMMANDS = (
    ("ingest", os.path.join(root, "app/sample")),
    ("ingest", os.path.join(root, "app/sample")),
    ("correlate",),
    ("correlate",),
    ("timeline", "north korea"),
    ("timeline", "north korea", "--as-of", "2014-12-23T06:00:00Z"),
    *(("timeline", "north korea", "--format", kind) for kind in ("json", "html", "atom", "csv")),
    ("search", "internet OR 북한"),
    ("correlate", "--rebuild"),
    ("timeline", "north korea", "--format", "json"),
    ("sources",),
)


def run(db, *command):
    done = subprocess.run([faultline, "--db", db, *command], env=environment, capture_output=True)
    assert done.returncode == 0, (command, done.stderr.decode())
    return done.stdout


def same_bytes(url, folder):
    sqlite = f"sqlite:{folder}/a.db"
    for command in COMMANDS:
        expected, got = run(sqlite, *command), run(url, *command)
        assert expected, command
        assert got == expected, f"{command}: other bytes than with SQLite"
    print(f"{len(COMMANDS)} commands print the same bytes")


def copy(source, to):
    """Starts a copy, which is killed sooner or later, until one has ended; how many were killed."""
    command = [faultline, "copy", "--from", source, "--to", to]
    killed = 0
    for patience in (0.05, 0.1, 0.2, 0.3, 0.5, None):
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        try:
            _, said = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            killed += 1
            continue
        assert process.returncode == 0, said.decode()
        return killed
    raise AssertionError("unreachable")


def copies(first, url, folder):
    back = f"sqlite:{folder}/back.db"
    killed = copy(first, url) + copy(url, back)
    for command in COMMANDS[4:]:
        if command[0] == "correlate":
            continue
        expected = run(first, *command)
        for db in (url, back):
            assert run(db, *command) == expected, f"{command}: other bytes from the copy in {db}"
    print(f"copied there and back, {killed} times killed: the same bytes")


def examined(url):
    """What doctor says of it, which is never its password."""
    parts = urllib.parse.urlsplit(url)
    host = parts.netloc.rpartition("@")
    user = host[0].split(":")[0] or "postgres"
    guarded = parts._replace(netloc=f"{user}:hush{secrets.token_hex(4)}@{host[2]}").geturl()
    said = subprocess.run([faultline, "--db", guarded if not parts.password else url, "doctor"], env=environment, capture_output=True, text=True)
    password = parts.password or urllib.parse.urlsplit(guarded).password
    assert password not in said.stdout + said.stderr, "doctor told the password"
    lines = {line.split()[1]: line for line in said.stdout.splitlines()}
    assert lines["database"].startswith("good") and "PostgreSQL" in lines["database"], said.stdout
    assert re.search(r"tables of version (\d+), this program's is \1$", lines["version"]), lines["version"]
    assert "integrity" not in lines and "disk" not in lines, said.stdout
    print("doctor knows its version and keeps its password")


def main():
    url = databases.server()
    if url is None:
        print("skipped: no PostgreSQL server")
        sys.exit(77)
    with databases.schema(url) as made, databases.schema(url) as copied, tempfile.TemporaryDirectory() as folder:
        place = databases.within(url, made)
        same_bytes(place, folder)
        examined(place)
        copies(f"sqlite:{folder}/a.db", databases.within(url, copied), folder)


if __name__ == "__main__":
    main()
