"""The picture and the sound of one text of a message: chosen or recorded, and for everybody once it is told."""

from flask_babel import gettext as _
from sqlalchemy import select

from dialogue.decisions.models import Decision
from dialogue.decisions.queries import standing
from dialogue.feedback.editions import draft_text, forget_sound
from dialogue.feedback.models import Message, MessageText
from dialogue.feedback.versions import Version
from dialogue.ledger.services import record
from dialogue.shared import files
from dialogue.shared.actor import Actor
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound, Refused
from dialogue.shared.files import Checked
from dialogue.shared.models import StoredFile
from dialogue.web.assets import catalogue


def keep_sound(actor: Actor, decision: Decision, version: Version, sound: Checked) -> None:
    """Let this text be heard too, in place of an older sound. Call inside `with writing():`."""
    _change_sound(draft_text(actor, decision, version), files.store(sound))
    _record(actor, decision, "message.sound_kept", version, sound.sha256)


def take_sound_away(actor: Actor, decision: Decision, version: Version) -> None:
    """Leave this text without a sound. Call inside `with writing():`."""
    text = draft_text(actor, decision, version)
    if text.sound is None:
        raise Refused(_("Dit geluid is er niet meer."))
    sha256 = text.sound.sha256
    _change_sound(text, None)
    _record(actor, decision, "message.sound_taken_away", version, sha256)


def choose_picture(actor: Actor, decision: Decision, version: Version, name: str, *, seen: str | None = "") -> None:
    """Put this picture of our own above the text; "" for none. Call inside `with writing():`.

    `seen` is the text's own picture that stood when the person began.
    """
    if name and name not in catalogue():
        raise Refused(_("Kies een prent uit de lijst."))
    text = draft_text(actor, decision, version)
    if text.picture not in (name, seen):
        raise Refused(_("Iemand anders veranderde intussen de prent: zie het voorbeeld. Kies, en bewaar opnieuw."))
    text.picture = name
    _record(actor, decision, "message.picture_chosen", version, name)


def told_sound(sound_id: int) -> StoredFile:
    """A sound that children can hear now, of a decision that still stands; else NotFound."""
    chosen = select(MessageText).join(MessageText.message).join(Message.decision).where(standing())
    told = MessageText.told, MessageText.edition == Message.edition, MessageText.sound_id == sound_id
    if db.session.scalar(chosen.where(*told).limit(1)) is None:
        raise NotFound
    return files.read(sound_id)


def _change_sound(text: MessageText, stored: StoredFile | None) -> None:
    before, text.sound = text.sound_id, stored
    db.session.flush()
    forget_sound(before)


def _record(actor: Actor, decision: Decision, verb: str, version: Version, what: str) -> None:
    after = {version.code: what}
    record(actor, verb, f"message:{decision.id}", department_id=decision.department_id, after=after)
