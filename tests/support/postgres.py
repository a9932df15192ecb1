"""A PostgreSQL server for tests: postgres.py start|stop FILE.

`start` makes a cluster in a temporary folder and writes two URLs into FILE, a line each: one by a
Unix socket that asks for nothing, one by TCP that asks for a password. With FAULTLINE_TEST_POSTGRES
set, that is written instead and nothing started. Nothing that is written has to outlive the tests,
so nothing is forced to the disk."""

import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile

PASSWORD = "correct-horse"
SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
shared_buffers = 64MB
listen_addresses = '127.0.0.1'
lc_messages = 'C'
"""
ACCESS = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"


def program(name):
    """Its path, or nothing."""
    for folder in sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / name).exists():
            return str(folder / name)
    return shutil.which(name)


def run(*command):
    """As the user postgres where we are root, whom PostgreSQL does not serve."""
    if os.geteuid() == 0:
        command = ("runuser", "-u", "postgres", "--", *command)
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd="/")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(file):
    stop(file)
    given = os.environ.get("FAULTLINE_TEST_POSTGRES")
    if given:
        file.write_text(f"{given}\n{given}\n")
        return
    if not program("initdb"):
        print("no initdb: what needs PostgreSQL is skipped; install the package postgresql-15")
        return
    folder = pathlib.Path(tempfile.mkdtemp(prefix="faultline-postgres-"))
    secret = folder / "password"
    secret.write_text(PASSWORD)
    if os.geteuid() == 0:
        for path in (folder, secret):
            shutil.chown(path, "postgres", "postgres")
    data, port = folder / "data", free_port()
    run(program("initdb"), "-D", str(data), "-U", "postgres", f"--pwfile={secret}", "-E", "UTF8",
        "--locale=C.UTF-8", "--no-sync")
    with open(data / "postgresql.conf", "a") as conf:
        conf.write(f"{SETTINGS}port = {port}\nunix_socket_directories = '{folder}'\n")
    (data / "pg_hba.conf").write_text(ACCESS)
    run(program("pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "start")
    file.write_text(f"postgres://postgres@/postgres?host={folder}&port={port}\n"
                    f"postgres://postgres:{PASSWORD}@127.0.0.1:{port}/postgres\n{folder}\n")


def stop(file):
    lines = file.read_text().splitlines() if file.exists() else []
    if len(lines) == 3:
        folder = pathlib.Path(lines[2])
        if (folder / "data" / "postmaster.pid").exists():
            run(program("pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
    file.unlink(missing_ok=True)


if __name__ == "__main__":
    {"start": start, "stop": stop}[sys.argv[1]](pathlib.Path(sys.argv[2]))
