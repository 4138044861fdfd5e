"""Where mail is handed over and from whom it comes, and why that may be wrong."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from dialogue.shared.text import clean

PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """`url`: smtp(s)://user:password@host:port; `sender`: the address that mail comes from, and bounces go to."""

    url: str
    sender: str

    @property
    def parts(self) -> tuple[str, str, int, str, str]:
        """Scheme, host, port, user name and password."""
        url = urlsplit(self.url)
        port = url.port or PORTS[url.scheme]
        return url.scheme, url.hostname or "", port, unquote(url.username or ""), unquote(url.password or "")


def why_not_server(url: str, sender: str) -> list[str]:
    """Every reason why mail cannot be sent with these settings; none when both are empty."""
    if not url and not sender:
        return []
    reasons = []
    try:
        parts = urlsplit(url)
        fits = parts.scheme in PORTS and bool(parts.hostname) and parts.path in ("", "/") and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        reasons.append("DIALOGUE_SMTP_URL must look like smtp://user:password@mail.example.be:587 or smtps://…")
    if not is_address(sender):
        reasons.append(f"DIALOGUE_MAIL_FROM is {sender!r}; it must be an e-mail address, like dialogue@example.be")
    return reasons


def is_address(text: str) -> bool:
    """Whether mail can be addressed to this at all."""
    local, _, domain = text.rpartition("@")
    plain = text == clean(text, lines=False) and not set(text) & set(' <>,;"')
    return bool(local) and "." in domain.strip(".") and plain
