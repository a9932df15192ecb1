#!/usr/bin/env python3
"""What mail_server.py promises to other tests, tried with Python's own client: mail.py

Exit 77: there is no such server here.
"""
import smtplib, ssl, sys, tempfile

from mail_server import Unavailable, mail_server

FROM = "digest@news.example"


def refused(code, what):
    try:
        answer = what()
    except smtplib.SMTPResponseException as error:
        answer = (error.smtp_code, error.smtp_error)
    except smtplib.SMTPRecipientsRefused as error:
        answer = next(iter(error.recipients.values()))
    assert answer[0] == code, answer


def trusted(server):
    return ssl.create_default_context(cafile=server.certificate)


def look(server):
    # Without TLS, and without a password, nothing is taken.
    with smtplib.SMTP("localhost", server.port, timeout=30) as client:
        client.ehlo()
        assert not client.has_extn("auth")
        refused(530, lambda: client.docmd(f"MAIL FROM:<{FROM}>"))
        client.starttls(context=trusted(server))
        client.ehlo()
        refused(530, lambda: client.docmd(f"MAIL FROM:<{FROM}>"))
        refused(535, lambda: client.login(server.user, "wrong"))
    # A certificate that nobody vouches for is seen as such.
    with smtplib.SMTP("localhost", server.port, timeout=30) as client:
        try:
            client.starttls(context=ssl.create_default_context())
            raise AssertionError("the certificate was taken without being trusted")
        except ssl.SSLCertVerificationError:
            pass
    for number in range(20):
        address = f"reader{number}@there.example"
        text = f"From: {FROM}\r\nTo: {address}\r\nMessage-ID: <{number}@news.example>\r\n\r\n.\r\nä\r\n"
        if number % 2:
            client = smtplib.SMTP_SSL("localhost", server.tls_port, timeout=30, context=trusted(server))
        else:
            client = smtplib.SMTP("localhost", server.port, timeout=30)
            client.starttls(context=trusted(server))
        with client:
            client.login(server.user, server.password)
            refused(550, lambda: client.sendmail(FROM, ["nobody@refused.example"], "x"))
            assert client.sendmail(FROM, [address], text.encode(), ["BODY=8BITMIME"]) == {}
    mails = server.mails()
    assert sorted(one["Message-ID"] for one in mails) == sorted(f"<{n}@news.example>" for n in range(20)), mails
    assert all(one["Delivered-To"] or one["Received"] for one in mails)
    assert all(one.get_payload(decode=True).strip() == ".\r\nä".encode().replace(b"\r\n", b"\n") for one in mails)
    assert server.waiting() == 0


def main():
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        try:
            with mail_server(one) as server, mail_server(other) as second:
                look(server)
                assert second.mails() == []
        except Unavailable as why:
            print(f"no mail server here: {why}", file=sys.stderr)
            sys.exit(77)
    print("20 mails over STARTTLS and TLS, each delivered once; what must be refused is refused")


main()
