"""The example tells children what was decided, as a person does: written, read over as children see it, told."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogue.decisions.models import Decision
from dialogue.feedback.drafting import first_draft
from dialogue.feedback.editions import Parts, note_seen, save_text
from dialogue.feedback.models import Message
from dialogue.feedback.services import publish
from dialogue.feedback.sounds import choose_picture, keep_sound
from dialogue.feedback.versions import shown, version_of
from dialogue.shared.actor import Actor
from dialogue.shared.files import Checked
from dialogue.web.i18n import LANGUAGES


@dataclass(frozen=True)
class Beside:
    """What goes with the words of one text."""

    picture: str
    sound: Checked


def tell(
    actor: Actor, decision: Decision, texts: Mapping[str, Parts], beside: Mapping[str, Beside] | None = None
) -> Message:
    """Tell these texts ("nl", or "A-nl" for the youngest); what a general one leaves out is as it is drafted.

    Call inside `with writing():`.
    """
    for code, parts in texts.items():
        version = version_of(code, LANGUAGES)
        begun = {} if version.band else first_draft(decision, version.language)
        message = save_text(actor, decision, version, begun | parts).message
    for code, one in (beside or {}).items():
        choose_picture(actor, decision, version_of(code, LANGUAGES), one.picture)
        keep_sound(actor, decision, version_of(code, LANGUAGES), one.sound)
    for text in message.draft:
        note_seen(actor, decision, text.version, shown(text, message.draft).digest)
    return publish(actor, decision)
