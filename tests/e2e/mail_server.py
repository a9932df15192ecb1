"""A real mail server for tests: Debian's OpenSMTPD behind TLS, on free ports of 127.0.0.1.

OpenSMTPD runs with a configuration of its own in a mount and process namespace of its own, where the
folders that are compiled into it (/var/spool, /run) are the test's: several can run at a time, none
touches the machine's mail, and all its processes end with it. Needs root and a kernel that allows it.

Debian 12's OpenSMTPD 6.8 cannot speak TLS with OpenSSL 3 (its issue 1171: "EVP lib" at every
handshake), so TLS and authentication are mail_front.py's, which takes nothing itself: answers, queue
and delivery are OpenSMTPD's.
"""
import contextlib, email, email.policy, os, pathlib, pwd, shutil, socket, subprocess, time

HERE = pathlib.Path(__file__).resolve().parent
PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
DEBIAN_PYTHON = "/usr/bin/python3"
USER, PASSWORD = "faultline", "only for this test"
OWNER = "nobody"  # as whom it delivers

# Addresses of refused.example are refused for good (550); every other address is delivered here.
CONFIGURATION = """
table everybody {{ "@" = {owner} }}
table refused {{ "refused.example" }}
listen on 127.0.0.1 port {port} hostname mail.test
action keep maildir "{folder}/mails" virtual <everybody>
match from any for domain <refused> reject
match from any for any action keep
"""
START = ('mount --bind "$1/spool" /var/spool && mount --bind "$1/run" /run && '
         'exec smtpd -d -f "$1/smtpd.conf"')


class Unavailable(Exception):
    """There is no such server here; the sentence says why. Tests end with 77: skipped, visibly."""


class MailServer:
    """`port` wants STARTTLS, `tls_port` is TLS from the start; `certificate` is whom to trust, made
    out to localhost and 127.0.0.1. Both ports want `user` and `password`."""

    def __init__(self, folder, port, tls_port):
        self.folder, self.port, self.tls_port = folder, port, tls_port
        self.user, self.password = USER, PASSWORD
        self.certificate = folder / "certificate.pem"

    def waiting(self):
        """How many mails it has answered for and not yet delivered."""
        return sum(1 for one in (self.folder / "spool/smtpd/queue").glob("*/*") if one.is_dir())

    def mails(self, within=60):
        """All that was delivered, once it has nothing left to deliver."""
        end = time.monotonic() + within
        while self.waiting():
            if time.monotonic() > end:
                raise AssertionError(f"{self.waiting()} mails not delivered in {within} s: {self.log()}")
            time.sleep(0.02)
        files = sorted((self.folder / "mails/new").glob("*"))
        return [email.message_from_bytes(one.read_bytes(), policy=email.policy.default) for one in files]

    def log(self, most=2000):
        return (self.folder / "log").read_text(errors="replace")[-most:]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def greets(port):
    try:
        with socket.create_connection(("127.0.0.1", port), 2) as one:
            one.settimeout(2)
            return one.recv(4) == b"220 "
    except OSError:
        return False


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True, env={"PATH": PATH}, timeout=60)
    if done.returncode != 0:
        raise Unavailable(f"{' '.join(words[:3])}: {done.stderr.strip()[-300:]}")


def prepare(folder):
    """Keys and folders. `folder` is opened to the users that it runs as."""
    if os.geteuid() != 0:
        raise Unavailable("OpenSMTPD has to be started by root")
    for program in ("smtpd", "unshare", "openssl"):
        if shutil.which(program, path=PATH) is None:
            raise Unavailable(f"there is no {program}; install opensmtpd, util-linux and openssl")
    run(DEBIAN_PYTHON, "-c", "import aiosmtpd")
    run("unshare", "--mount", "--pid", "--fork", "true")
    os.chmod(folder, 0o755)
    owner = pwd.getpwnam(OWNER)
    for name in ("spool", "run", "mails"):
        (folder / name).mkdir()
    os.chown(folder / "mails", owner.pw_uid, owner.pw_gid)
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
        "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(folder / "key.pem"),
        "-out", str(folder / "certificate.pem"))
    os.chmod(folder / "key.pem", 0o600)


def stop(process):
    process.kill()  # and with it, by --kill-child, all in its namespace
    process.wait(timeout=30)


def start(folder):
    """The server's process and its port."""
    for _ in range(5):  # the port may be taken meanwhile
        port = free_port()
        (folder / "smtpd.conf").write_text(CONFIGURATION.format(folder=folder, port=port, owner=OWNER))
        with open(folder / "log", "ab") as log:
            process = subprocess.Popen(
                ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", START, "sh", str(folder)],
                env={"PATH": PATH}, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        end = time.monotonic() + 20
        while process.poll() is None and time.monotonic() < end:
            if greets(port):
                return process, port
            time.sleep(0.02)
        stop(process)
    raise AssertionError("OpenSMTPD does not start: " + (folder / "log").read_text(errors="replace")[-2000:])


@contextlib.contextmanager
def mail_server(folder):
    """Runs until the block ends; what it got stays in `folder`, which must be empty before."""
    folder = pathlib.Path(folder).resolve()
    prepare(folder)
    process, port = start(folder)
    try:
        with open(folder / "front.log", "wb") as log:
            front = subprocess.Popen(
                [DEBIAN_PYTHON, str(HERE / "mail_front.py"), str(folder), str(port), USER, PASSWORD],
                env={"PATH": PATH}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
        try:
            ports = front.stdout.readline().split()
            if len(ports) != 2:
                raise AssertionError("mail_front.py: " + (folder / "front.log").read_text()[-2000:])
            yield MailServer(folder, int(ports[0]), int(ports[1]))
        finally:
            front.kill()
            front.wait(timeout=30)
            front.stdin.close()
            front.stdout.close()
    finally:
        stop(process)
