#!/usr/bin/env python3
"""TLS and authentication before a mail server: mail_front.py FOLDER BACKEND_PORT USER PASSWORD

Listens on two free ports of 127.0.0.1, one that wants STARTTLS and one that is TLS from the start,
prints them, and ends with its standard input. Each command of a transaction goes on to the server
behind it, and what that one answers is what the client hears: nothing is taken here. Run by Debian's
python3, whose aiosmtpd this needs.
"""
import asyncio, smtplib, ssl, sys

from aiosmtpd.smtp import SMTP, AuthResult


class Relay:
    def __init__(self, port):
        self.port = port

    @staticmethod
    def told(answer):
        code, text = answer
        return "\r\n".join(f"{code} {line}" for line in text.decode(errors="replace").splitlines()[:1])

    async def handle_MAIL(self, server, session, envelope, address, options):
        def begin():
            backend = smtplib.SMTP("127.0.0.1", self.port, local_hostname="front.test", timeout=30)
            backend.ehlo()
            return backend, backend.mail(address)
        envelope.backend, answer = await asyncio.to_thread(begin)
        if answer[0] == 250:
            envelope.mail_from = address
        return self.told(answer)

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = await asyncio.to_thread(envelope.backend.rcpt, address)
        if answer[0] == 250:
            envelope.rcpt_tos.append(address)
        return self.told(answer)

    async def handle_DATA(self, server, session, envelope):
        answer = await asyncio.to_thread(envelope.backend.data, envelope.content)
        await asyncio.to_thread(envelope.backend.quit)
        return self.told(answer)


async def serve(folder, backend, user, password):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(f"{folder}/certificate.pem", f"{folder}/key.pem")

    def who(server, session, envelope, mechanism, data):
        fine = (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=fine, handled=False)

    def session(**more):
        return SMTP(Relay(backend), hostname="mail.test", auth_required=True, authenticator=who, **more)

    loop = asyncio.get_running_loop()
    first = await loop.create_server(
        lambda: session(tls_context=context, require_starttls=True), "127.0.0.1", 0)
    # Within TLS there is no STARTTLS, by which aiosmtpd knows that a password is safe.
    second = await loop.create_server(lambda: session(auth_require_tls=False), "127.0.0.1", 0, ssl=context)
    print(first.sockets[0].getsockname()[1], second.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


asyncio.run(serve(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]))
