"""Verbs of advice of the youth council: receive, answer, set the number of days. Call inside `with writing():`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from dialogue.consultations.advised import advised_round
from dialogue.decisions import advice_rules
from dialogue.decisions.advice_models import Advice, AdviceAnswer, AdviceRule, AdviceSignal, Followed
from dialogue.decisions.advice_queries import KIND, answer_due, days_to_answer, object_of, round_of
from dialogue.decisions.models import Body
from dialogue.duties.services import keep, owe
from dialogue.ledger.services import record
from dialogue.people.models import Department
from dialogue.shared import files
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now, today
from dialogue.shared.database import db
from dialogue.shared.errors import refuse
from dialogue.shared.files import Checked
from dialogue.signals.models import Signal
from dialogue.signals.services import make_signal


@dataclass(frozen=True)
class Incoming:
    """An advice as it came in: a text, a document (found good), or both."""

    received_on: date
    title: str
    text: str
    document: Checked | None = None


def receive(actor: Actor, department: Department, incoming: Incoming, signals: Sequence[Signal]) -> Advice:
    """Note an advice; the department owes an answer to it within the number of days of the town."""
    said = bool(incoming.text.strip() or incoming.document)
    refuse(advice_rules.why_not_receive(incoming.received_on, today(), said=said))
    advice = Advice(municipality_id=department.municipality_id, department_id=department.id, title=incoming.title)
    advice.text, advice.received_on = incoming.text, incoming.received_on
    advice.by_id, advice.at = actor.staff_id, now()
    advice.file_id = files.store(incoming.document).id if incoming.document else None
    advice.about = [AdviceSignal(signal_id=signal.id) for signal in signals]
    db.session.add(advice)
    db.session.flush()
    picture = {"title": incoming.title, "text": incoming.text, "signals": [signal.id for signal in signals]}
    picture |= {"sha256": incoming.document.sha256 if incoming.document else ""}
    record(actor, "advice.received", object_of(advice), department_id=department.id, after=picture)
    town = department.municipality_id
    owe(
        actor,
        KIND,
        object_of(advice),
        municipality_id=town,
        department_id=department.id,
        subject=incoming.title,
        due=advice_rules.due_day(incoming.received_on, days_to_answer(town)),
    )
    return advice


def make_signal_of(actor: Actor, advice: Advice, titles: dict[str, str], department: Department) -> Signal:
    """A signal out of an advice: `department` owes it an answer, by the day of the advice where that is ahead."""
    refuse(advice_rules.why_not_make_signal(advice, titles))
    wave = round_of(advice)
    if wave is None:
        owed = answer_due(advice)
        ahead = owed.due if owed and not owed.kept_at and owed.due >= today() else None
        wave = advised_round(actor, advice.department, advice.received_on, ahead)
    signal = make_signal(actor, wave, titles, department_id=department.id)
    advice.about.append(AdviceSignal(signal_id=signal.id))
    after = {"signal": signal.id, "department": department.id}
    record(actor, "advice.signal_made", object_of(advice), department_id=advice.department_id, after=after)
    return signal


@dataclass(frozen=True)
class Reply:
    """What a body answers to an advice, and why."""

    followed: Followed
    reason: str
    body: Body
    decided_on: date
    document_title: str = ""
    document_uri: str = ""


def answer(actor: Actor, advice: Advice, reply: Reply, *, seen: int) -> AdviceAnswer:
    """Record what was answered; everybody can read it. `seen`: the answer (0: none) that stood before."""
    refuse(advice_rules.why_not_answer(advice, reply.decided_on, reply.reason, reply.document_uri, today(), seen=seen))
    given = AdviceAnswer(advice_id=advice.id, **asdict(reply), by_id=actor.staff_id, at=now())
    db.session.add(given)
    db.session.flush()
    record(actor, "advice.answered", object_of(advice), department_id=advice.department_id, after=asdict(reply))
    keep(actor, KIND, object_of(advice))
    return given


def answer_within(actor: Actor, days: int) -> None:
    """Answer advice that comes in from now on within so many days."""
    refuse(advice_rules.why_not_days(days))
    before = days_to_answer(actor.municipality_id)
    db.session.merge(AdviceRule(municipality_id=actor.municipality_id, days=days))
    object_ = f"municipality:{actor.municipality_id}"
    record(actor, "municipality.advice_rule_changed", object_, before={"days": before}, after={"days": days})
