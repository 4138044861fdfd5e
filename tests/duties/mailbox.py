"""A real mail server for tests, on a port of its own, that can be told to misbehave."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

Reply = Callable[[str], str]


class Mailbox:
    """What arrived, in order; `rcpt` and `data` say what the server answers to an address."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.tries: list[str] = []
        self.rcpt: Reply = lambda _address: "250 OK"
        self.data: Reply = lambda _address: "250 OK"
        self.while_receiving: Callable[[], None] = lambda: None
        self.drops = 0  # so many times the line breaks after a mail was taken

    async def handle_RCPT(self, _server: Any, _session: Session, envelope: Envelope, address: str, _: Any) -> str:
        self.tries.append(address)
        said = self.rcpt(address)
        if said.startswith("2"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        self.while_receiving()
        said = self.data(envelope.rcpt_tos[0])
        if said.startswith("2"):
            self.envelopes.append(envelope)
            self.mails.append(cast(EmailMessage, message_from_bytes(cast(bytes, envelope.content), policy=default)))
        if self.drops:
            self.drops -= 1
            server.transport.abort()
        return said

    @property
    def ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.mails]

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if address in str(mail["To"])]


@contextmanager
def served(box: Mailbox, **options: Any) -> Iterator[str]:
    """The mail server, running; the host and port of its address."""
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port, enable_SMTPUTF8=False, **options)
    controller.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        controller.stop()


def only(user: str, password: str) -> Callable[..., AuthResult]:
    """Lets in one name with one password."""

    def check(_server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (user.encode(), password.encode()), handled=False)

    return check


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
