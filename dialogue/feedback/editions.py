"""Writing a message: its texts, one for each age and language where wanted, in an edition that nobody reads yet."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import exists, select

from dialogue.decisions.models import Decision
from dialogue.feedback.models import Message, MessageText, Version
from dialogue.feedback.queries import message_for
from dialogue.feedback.versions import find, main_language, shown
from dialogue.ledger.services import record
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now
from dialogue.shared.database import db
from dialogue.shared.edits import why_overtaken
from dialogue.shared.errors import NotFound, Refused, refuse
from dialogue.shared.files import forget

Parts = dict[str, str]


def save_text(
    actor: Actor, decision: Decision, version: Version, parts: Parts, *, seen: str | None = None
) -> MessageText:
    """Keep one version for later; what children read now stays. A version that is not there yet is added.

    `seen` is the digest of the parts that stood when the person began (None: whatever stood is replaced).
    """
    message = _edition(actor, decision)
    text = find(message.draft, version)
    before = text.parts if text else None
    if seen is not None:
        refuse(why_overtaken(before, parts, seen))
    if text is None:
        text = MessageText(message_id=message.id, edition=message.edition + 1, **version._asdict())
        message.versions.append(text)
    text.parts = parts
    message.written_by_id, message.written_at = actor.staff_id, now()
    db.session.flush()
    _record(actor, decision, "message.drafted", version, before, parts)
    return text


def draft_text(actor: Actor, decision: Decision, version: Version) -> MessageText:
    """A version that was saved, as it may be changed: what was told is copied first. Raises NotFound."""
    if message_for(decision.id) and (text := find(_edition(actor, decision).draft, version)):
        return text
    raise NotFound


def remove_text(actor: Actor, decision: Decision, version: Version) -> None:
    """Take a version away: children of this age then read the general text. That one itself stays."""
    if version == Version("", main_language(decision)):
        raise Refused(_("De algemene tekst blijft: wie geen eigen tekst heeft, leest die."))
    text = draft_text(actor, decision, version)
    _record(actor, decision, "message.removed", version, text.parts, None)
    text.message.versions.remove(text)
    db.session.delete(text)
    db.session.flush()
    forget_sound(text.sound_id)


def note_seen(actor: Actor, decision: Decision, version: Version, digest: str) -> None:
    """This person saw this version as children will; refused when it has been changed since that page was made."""
    message = message_for(decision.id)
    text = find(message.draft, version) if message else None
    if text is None:
        raise NotFound
    if shown(text, text.message.draft).digest != digest:
        raise Refused(_("De tekst is intussen veranderd. Lees hem nog eens na."))
    text.seen, text.seen_by_id, text.seen_at = digest, actor.staff_id, now()
    _record(actor, decision, "message.seen", version, None, digest)


def forget_sound(sound_id: int | None) -> None:
    """Delete a sound that no text has any more. Call inside `with writing():`, after a flush."""
    if sound_id and not db.session.scalar(select(exists().where(MessageText.sound_id == sound_id))):
        forget(sound_id)


def _edition(actor: Actor, decision: Decision) -> Message:
    """The message, with the texts that were told copied into an edition that may be changed."""
    message = message_for(decision.id)
    if message is None:
        message = Message(decision_id=decision.id, edition=0, written_by_id=actor.staff_id, written_at=now())
        db.session.add(message)
    if not message.draft:
        message.versions += [_copy(text) for text in message.told]
    db.session.flush()
    return message


def _copy(text: MessageText) -> MessageText:
    kept = ("band", "language", "parts", "picture", "sound_id", "seen", "seen_by_id", "seen_at")
    return MessageText(edition=text.edition + 1, **{name: getattr(text, name) for name in kept})


def _record(actor: Actor, decision: Decision, verb: str, version: Version, before: Any, after: Any) -> None:
    where = {"department_id": decision.department_id}
    record(actor, verb, f"message:{decision.id}", **where, before=_of(version, before), after=_of(version, after))


def _of(version: Version, what: Any) -> dict[str, Any] | None:
    return None if what is None else {version.code: what}
