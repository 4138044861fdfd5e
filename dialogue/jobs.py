"""All background work, room by room: what is done at every look, and what is done when asked for (outbox)."""

import logging
from collections.abc import Callable, Mapping, Sequence

from dialogue.answering import jobs as answering
from dialogue.consultations import jobs as consultations
from dialogue.duties import jobs as duties
from dialogue.evidence import jobs as evidence
from dialogue.feedback import jobs as feedback
from dialogue.results import jobs as results
from dialogue.shared import bundles
from dialogue.shared.database import db
from dialogue.shared.outbox import Handler, run_due
from dialogue.signals import jobs as signals

log = logging.getLogger(__name__)

AT_EVERY_LOOK: Sequence[Callable[[], None]] = [
    answering.notice_concerns,
    answering.forget_fingerprints,
    consultations.close_what_is_over,
    consultations.ensure_always_open,
    results.open_boxes,
    results.erase_answers,
    signals.erase_words,
    feedback.note_answered_rounds,
    feedback.count_reactions,
    feedback.count_follow_ups,
    feedback.open_follow_ups,
    duties.notice_duties,
    bundles.forget_old,
]
WHEN_ASKED: Mapping[str, Handler] = {
    results.PUBLISH: results.publish,
    results.DRAW: results.draw_charts,
    consultations.DRAW: consultations.draw_posters,
    duties.MAIL: duties.send_mail,
    evidence.MAKE: evidence.make_dossier,
}


def run_all() -> None:
    """Do everything that is due now; trouble in one room does not stop the others."""
    for work in AT_EVERY_LOOK:
        try:
            work()
        except Exception:
            log.exception("%s failed", work.__qualname__)
        finally:
            db.session.rollback()
    while run_due(WHEN_ASKED):
        pass
