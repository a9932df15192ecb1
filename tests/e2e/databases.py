"""The PostgreSQL server that ctest has started (tests/support/postgres.py), or that FAULTLINE_TEST_POSTGRES names."""
import contextlib, os, pathlib, secrets, subprocess

def servers():
    """Its URLs: by a socket that asks for nothing, then by TCP with a password; none without a server."""
    if os.environ.get("FAULTLINE_TEST_POSTGRES"):
        return [os.environ["FAULTLINE_TEST_POSTGRES"]]
    file = pathlib.Path(os.environ.get("FAULTLINE_TEST_POSTGRES_FILE", "/nowhere"))
    return file.read_text().splitlines()[:2] if file.exists() else []

def server():
    return next(iter(servers()), None)

def psql(url, sql):
    """What it answers, a line a row."""
    env = {**os.environ, "PGOPTIONS": "-c client_min_messages=error"}
    return subprocess.run(["psql", url, "-qAt", "-v", "ON_ERROR_STOP=1", "-c", sql], env=env, check=True, capture_output=True, text=True).stdout

def within(url, name):
    """The URL of a schema."""
    return f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{name}"

@contextlib.contextmanager
def schema(url):
    """The name of a new schema, which is gone afterwards."""
    name = "faultline_e2e_" + secrets.token_hex(4)
    psql(url, f"CREATE SCHEMA {name}")
    try:
        yield name
    finally:
        psql(url, f"DROP SCHEMA {name} CASCADE")
