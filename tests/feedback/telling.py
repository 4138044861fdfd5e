"""Builders for the tests of messages: written, seen and told, or told already."""

from collections.abc import Mapping

from dialogue.decisions.models import Decision
from dialogue.feedback.editions import Parts, note_seen, save_text
from dialogue.feedback.models import Message, MessageText
from dialogue.feedback.queries import message_for
from dialogue.feedback.services import publish
from dialogue.feedback.versions import shown, version_of
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now
from dialogue.web.i18n import LANGUAGES
from tests.builders import Cast, save

PARTS = {"you_said": "Te snel!", "we_decided": "Neen.", "because": "De bus.", "you_will_see": "Niets."}
PARTS |= {"disagree": "Praat met de jeugdraad."}


def tell(actor: Actor, decision: Decision, texts: Mapping[str, Parts]) -> Message:
    """Write these texts ("nl", "A-nl"), see each, and tell them. Call inside `with writing():`."""
    for code, parts in texts.items():
        save_text(actor, decision, version_of(code, LANGUAGES), parts)
    see_all(actor, decision)
    return publish(actor, decision)


def see_all(actor: Actor, decision: Decision) -> None:
    """Note every version as seen, as it is now."""
    texts = message_for(decision.id).draft
    for text in texts:
        note_seen(actor, decision, text.version, shown(text, texts).digest)


def a_message(cast: Cast, decision: Decision, texts: Mapping[str, Parts] | None = None) -> Message:
    """What children can read about this decision."""
    by = {"written_by_id": cast.ada.id, "written_at": now(), "published_by_id": cast.ada.id, "published_at": now()}
    versions = [
        MessageText(edition=1, **version_of(code, LANGUAGES)._asdict(), parts=parts, told=True)
        for code, parts in (texts or {"nl": PARTS}).items()
    ]
    return save(Message(decision_id=decision.id, edition=1, versions=versions, **by))
