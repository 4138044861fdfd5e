"""Reading advice of the youth council: getters that refuse, what waits, and what everybody may read."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from dialogue.consultations.models import Wave
from dialogue.decisions.advice_models import Advice, AdviceRule, AdviceSignal
from dialogue.decisions.advice_rules import DAYS
from dialogue.decisions.rules import may_decide, may_propose
from dialogue.duties.models import Duty
from dialogue.duties.queries import duty
from dialogue.shared.actor import Actor
from dialogue.shared.database import db
from dialogue.shared.errors import NotAllowed, NotFound
from dialogue.shared.models import StoredFile
from dialogue.signals.models import Signal

KIND = "advice"  # of the duty to answer


def object_of(advice: Advice) -> str:
    """How duties and the ledger name it."""
    return f"advice:{advice.id}"


def get_advice(actor: Actor, advice_id: int) -> Advice:
    """The advice, for the department that answers it."""
    advice = db.session.get(Advice, advice_id)
    if advice is None or advice.municipality_id != actor.municipality_id or not actor.sees(advice.department_id):
        raise NotFound
    return advice


def get_for_answering(actor: Actor, advice_id: int) -> Advice:
    """The advice, for somebody who may record what was decided about it."""
    advice = get_advice(actor, advice_id)
    if not may_decide(actor, advice.department_id):
        raise NotAllowed
    return advice


def get_for_making_signals(actor: Actor, advice_id: int) -> Advice:
    """The advice, for somebody who may let its department answer signals out of it."""
    advice = get_advice(actor, advice_id)
    if not may_propose(actor, advice.department_id):
        raise NotAllowed
    return advice


def advice_for(actor: Actor) -> list[Advice]:
    """The advice that this person may know of, the newest first."""
    return [advice for advice in advice_of(actor.municipality_id) if actor.sees(advice.department_id)]


def advice_of(municipality_id: int, begins: date | None = None, ends: date | None = None) -> list[Advice]:
    """All advice that a town received (in a period, both days included), the newest first: everybody may read it."""
    query = select(Advice).where(Advice.municipality_id == municipality_id)
    if begins:
        query = query.where(Advice.received_on >= begins)
    if ends:
        query = query.where(Advice.received_on <= ends)
    return list(db.session.scalars(query.order_by(Advice.received_on.desc(), Advice.id.desc())))


def advice_on(signal_ids: Collection[int]) -> dict[int, list[Advice]]:
    """The advice about each of these signals (those about which there is any), the newest first; it is public."""
    found: dict[int, list[Advice]] = {}
    about = select(AdviceSignal.signal_id, Advice).join(Advice, Advice.id == AdviceSignal.advice_id)
    about = about.where(AdviceSignal.signal_id.in_(signal_ids)).order_by(Advice.id.desc())
    for signal_id, advice in db.session.execute(about):
        found.setdefault(signal_id, []).append(advice)
    return found


def advice_behind(signal: Signal) -> Advice | None:
    """The advice that this signal was made out of, if it was; everybody may read it."""
    if not signal.consultation.advised:
        return None
    about = select(Advice).join(AdviceSignal).join(Signal).where(Signal.wave_id == signal.wave_id)
    return db.session.scalar(about.order_by(Advice.id).limit(1))  # others about it came in after it was made


def round_of(advice: Advice) -> Wave | None:
    """The round of the signals that were made out of this advice; none was made yet: None."""
    return next((one.signal.wave for one in advice.about if advice_behind(one.signal) is advice), None)


def counted(municipality_id: int) -> Counter[tuple[int, bool]]:
    """How many pieces of advice there are, per department, answered or not."""
    return Counter((advice.department_id, bool(advice.answers)) for advice in advice_of(municipality_id))


def answer_due(advice: Advice) -> Duty | None:
    """The duty to answer it."""
    return duty(KIND, object_of(advice))


def days_to_answer(municipality_id: int) -> int:
    """Within how many days this town answers advice."""
    rule = db.session.get(AdviceRule, municipality_id)
    return rule.days if rule else DAYS


def public_document(municipality_id: int, advice_id: int) -> StoredFile:
    """The document of an advice to this town; else NotFound."""
    advice = db.session.get(Advice, advice_id)
    if advice is None or advice.municipality_id != municipality_id or advice.stored is None:
        raise NotFound
    return advice.stored
