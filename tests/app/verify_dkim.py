#!/usr/bin/python3
"""Our DKIM signatures before somebody else's verifier: verify_dkim.py DKIM_MAIN

Debian's python3-dkim asks a name server that is a function here. Exit 77: it is not installed.
"""
import subprocess, sys, tempfile

try:
    import dkim
except ImportError:
    print("there is no python3-dkim for this Python", file=sys.stderr)
    sys.exit(77)

NOW = "1419292800"
HEAD = ("From: Faultline <digest@news.example>\r\nTo: reader@there.example\r\n"
        "Subject: =?utf-8?Q?Fl=C3=A4chen?=\r\n and   a folded \tline\r\nDate: Tue, 23 Dec 2014 00:00:00 +0000\r\n"
        "Message-ID: <1@news.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "List-Unsubscribe: <https://news.example/unsubscribe/abc>,\r\n <mailto:digest@news.example>\r\n"
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")
BODIES = {
    "none": None, "empty": "", "only empty lines": "\r\n\r\n\r\n", "one line": "Hello\r\n", "no end": "Hello",
    "blanks": "  a \t b  \r\n\t\r\nc \r\n \r\n\r\n", "dots": ".\r\n..\r\n", "UTF-8": "Größe – 停电\r\n",
    "long": ("x" * 900 + "\r\n") * 2000,
}

def shell(*words, text=None):
    done = subprocess.run(words, input=text, capture_output=True, timeout=60)
    return done.returncode, done.stdout, done.stderr

def new_key(folder, bits):
    path = f"{folder}/key{bits}.pem"
    assert shell("openssl", "genrsa", "-out", path, str(bits))[0] == 0
    public = shell("openssl", "rsa", "-in", path, "-pubout", "-outform", "PEM")[1].decode()
    return path, b"v=DKIM1; k=rsa; p=" + "".join(public.splitlines()[1:-1]).encode()

def main(program):
    with tempfile.TemporaryDirectory() as folder:
        for bits in (1024, 2048, 4096):
            path, record = new_key(folder, bits)
            asked = []
            def names(name, timeout=5):
                asked.append(name)
                return record
            for what, body in BODIES.items():
                message = (HEAD if body is None else HEAD + "\r\n" + body).encode()
                code, signed, error = shell(program, path, "news.example", "d2026", NOW, text=message)
                assert code == 0, (what, error)
                assert signed.endswith(message), what
                head = signed.split(b"\r\n\r\n")[0]
                assert max(map(len, head.split(b"\r\n"))) <= 100, what
                assert dkim.verify(signed, dnsfunc=names), (bits, what)
            assert set(asked) == {b"d2026._domainkey.news.example."}, asked
        for old, new in [(b"One-Click", b"Two-Click"), (b"unsubscribe/abc", b"unsubscribe/abd"), (b"Hello", b"hello"),
                         (b"reader@", b"others@"), (b"\r\nSubject:", b"\r\nSubject: another\r\nSubject:"),
                         (b"\r\nList-Unsubscribe-Post", b"\r\nList-Unsubscribe: <https://evil.example/>\r\nList-Unsubscribe-Post"),
                         (b"\r\nTo:", b"\r\nFrom: somebody@evil.example\r\nTo:")]:
            code, signed, error = shell(program, path, "news.example", "d2026", NOW, text=(HEAD + "\r\nHello\r\n").encode())
            assert dkim.verify(signed, dnsfunc=names)
            changed = new.join(signed.rsplit(old, 1))
            assert changed != signed and not dkim.verify(changed, dnsfunc=names), (old, new)
        small, _ = new_key(folder, 512)
        assert b"512 bits" in shell(program, small, "news.example", "d2026", NOW, text=HEAD.encode())[2]
    print("signatures by keys of 1024, 2048 and 4096 bits verified; every change was seen")

main(sys.argv[1])
