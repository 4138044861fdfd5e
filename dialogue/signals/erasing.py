"""Own words that children asked to be gone: the text is wiped, and quotes from it; that it was there stays counted."""

from sqlalchemy import update

from dialogue.answering.models import Contribution, Erasure, Reading
from dialogue.consultations.models import Wave
from dialogue.ledger.services import record
from dialogue.results.erasing import lots_to_go
from dialogue.shared.database import db, writing
from dialogue.shared.traces import leave_no_trace
from dialogue.signals.models import Coding


def erase_words() -> None:
    """Let own words go, in lots apart from the closed answers of the same children."""
    lots = lots_to_go(Contribution)
    for lot in lots:
        department_id = db.session.get_one(Wave, lot.wave_id).consultation.department_id
        with writing() as session:
            if lot.fulfil():
                empty = {"text": "", "tag": None, "reading": Reading.WITHDRAWN}
                session.execute(update(Contribution).where(Contribution.key.in_(lot.keys)).values(empty))
                quoted = update(Coding).where(Coding.contribution_key.in_(lot.keys), Coding.quote.is_not(None))
                session.execute(quoted.values(quote=None, quote_by_id=None))
                about = {"words": len(lot.keys)}
                record("system", "words.erased", f"wave:{lot.wave_id}", department_id=department_id, after=about)
    leave_no_trace(Contribution, Erasure, changed=bool(lots))
