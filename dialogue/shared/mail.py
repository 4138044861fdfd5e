"""Mail that leaves the house by SMTP: spelled safely, handed over once, and what a mail server may answer.

Never call `Connection.hand_over` inside `writing()`: a slow mail server would keep children's answers waiting.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import blake2b

from dialogue.shared.clock import now
from dialogue.shared.database import holds_lock
from dialogue.shared.mail_server import MailServer, is_address
from dialogue.shared.text import clean

PATIENCE = 10.0  # seconds for every answer of the mail server
LONGEST_TROUBLE = 300


class Undeliverable(Exception):
    """This mail will never arrive: refused for good, or addressed to what is no address."""


class TryLater(Exception):
    """The mail server cannot be reached, is busy, or does not want us: nothing is lost, try again."""


@dataclass(frozen=True)
class Mail:
    """What one person gets; `key` names it for ever: the same key has the same Message-ID."""

    key: str
    name: str
    address: str
    subject: str
    text: str
    html: str
    language: str


def message_id(key: str, host: str) -> str:
    """The Message-ID of the mail with this key, for ever the same."""
    return f"<{blake2b(key.encode(), digest_size=16, key=host.encode()[:64]).hexdigest()}@{host}>"


def compose(mail: Mail, sender: str, host: str) -> EmailMessage:
    """The message, in plain text and in HTML; raises Undeliverable for what is no address."""
    if not is_address(mail.address):
        raise Undeliverable("this is not an e-mail address")
    local, _, domain = mail.address.rpartition("@")
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = Address("Dialogue", addr_spec=sender)
        message["To"] = Address(_line(mail.name), local, domain.encode("idna").decode())
    except (ValueError, LookupError, MessageError) as error:
        raise Undeliverable("this is not an e-mail address") from error
    message["Subject"] = _line(mail.subject)
    message["Date"] = format_datetime(now())
    message["Message-ID"] = message_id(mail.key, host)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    message["Content-Language"] = mail.language
    return message


class Connection:
    """An open conversation with the mail server."""

    def __init__(self, smtp: smtplib.SMTP, sender: str) -> None:
        self._smtp, self._sender = smtp, sender

    @property
    def is_open(self) -> bool:
        """Whether another message can be handed over."""
        return self._smtp.sock is not None

    def hand_over(self, message: EmailMessage) -> None:
        """Give one message to the mail server; raises Undeliverable or TryLater.

        After TryLater the server may have taken it all the same: it is sent again with the same Message-ID.
        """
        if holds_lock():
            raise RuntimeError("Mail is never sent inside `writing()`.")
        try:
            self._smtp.send_message(message, self._sender)
        except smtplib.SMTPRecipientsRefused as refusal:
            [(code, words)] = refusal.recipients.values()
            raise _refused(code, words) from refusal
        except smtplib.SMTPDataError as refusal:
            raise _refused(refusal.smtp_code, refusal.smtp_error) from refusal
        except smtplib.SMTPSenderRefused as refusal:  # it refuses us, not this message
            self._smtp.close()
            raise TryLater(_words(refusal)) from refusal
        except smtplib.SMTPNotSupportedError as refusal:
            raise Undeliverable("the mail server takes no addresses with letters like é") from refusal
        except (smtplib.SMTPException, OSError) as trouble:
            raise TryLater(_words(trouble)) from trouble


@contextmanager
def connected(server: MailServer, patience: float = PATIENCE) -> Iterator[Connection]:
    """Talk to the mail server, over TLS where it can; raises TryLater when it cannot be reached or refuses us."""
    try:
        smtp = _open(server, patience)
    except (smtplib.SMTPException, OSError) as trouble:
        raise TryLater(_words(trouble)) from trouble
    with closing(smtp):
        yield Connection(smtp, server.sender)
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()


def _open(server: MailServer, patience: float) -> smtplib.SMTP:
    scheme, host, port, user, password = server.parts
    secure, ours = ssl.create_default_context(), server.sender.rpartition("@")[2]
    if scheme == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, ours, timeout=patience, context=secure)
    else:
        smtp = smtplib.SMTP(host, port, ours, timeout=patience)
    try:
        smtp.ehlo_or_helo_if_needed()
        if scheme == "smtp" and smtp.has_extn("starttls"):
            smtp.starttls(context=secure)
            smtp.ehlo()
        elif scheme == "smtp" and user:
            raise smtplib.SMTPException("the mail server offers no TLS: the password is not sent")
        if user:
            smtp.login(user, password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _refused(code: int, words: bytes | str) -> Undeliverable | TryLater:
    said = f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
    return (Undeliverable if code >= 500 else TryLater)(_line(said)[:LONGEST_TROUBLE])


def _words(trouble: Exception) -> str:
    return _line(f"{type(trouble).__name__}: {trouble}")[:LONGEST_TROUBLE]


def _line(text: str) -> str:
    """One line without control characters: nobody adds a header by way of a name or a title."""
    return clean(text, lines=False)
