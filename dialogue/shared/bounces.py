"""Mail that comes back: which one, whom it did not reach, and what the mail server over there said (RFC 3464)."""

from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message

from dialogue.shared.text import clean

MOST_BYTES = 2_000_000  # our mails are small; what is larger is cut off, and its beginning says enough
LONGEST = 300
TYPE = "message/delivery-status"


@dataclass(frozen=True)
class Bounce:
    """One mail that failed for good; `message_id` is that of the mail, `address` may be empty."""

    message_id: str
    address: str
    said: str


def read_bounce(raw: bytes) -> Bounce | None:
    """The mail that this notice says will never arrive; None for a mere delay, an answer of somebody, or nonsense."""
    parts = list(message_from_bytes(raw[:MOST_BYTES]).walk())
    reports = [block for part in parts if part.get_content_type() == TYPE for block in _blocks(part)]
    failed = next((block for block in reports if _field(block, "Action").lower() == "failed"), None)
    message_id = next((found for part in parts[1:] if (found := _field(_original(part), "Message-ID"))), "")
    if failed is None or not message_id or _field(failed, "Status")[:1] not in ("5", ""):
        return None
    address = _after_type(_field(failed, "Original-Recipient") or _field(failed, "Final-Recipient"))
    said = _after_type(_field(failed, "Diagnostic-Code")) or _field(failed, "Status")
    return Bounce(message_id, address, said or "returned")


def _blocks(report: Message) -> list[Message]:
    """Of each address that the notice is about: its fields."""
    payload = report.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def _original(part: Message) -> Message:
    """The mail that came back, whole or only its headers, if this part holds it; else nothing."""
    payload = part.get_payload()
    if part.get_content_type() == "text/rfc822-headers" and isinstance(payload, str):
        return message_from_string(payload)
    if part.get_content_type() == "message/rfc822" and isinstance(payload, list) and payload:
        return payload[0] if isinstance(payload[0], Message) else Message()
    return Message()


def _field(part: Message, name: str) -> str:
    return clean(str(part.get(name, "")), lines=False)[:LONGEST].strip()


def _after_type(field: str) -> str:
    """'ben@example.be' of 'rfc822; ben@example.be'."""
    return field.partition(";")[2].strip() or field
