"""Verbs of notes to the college: make, complete, take back, note what was decided. Call inside `with writing():`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dialogue.decisions import note_rules, services
from dialogue.decisions.models import Decision, Proposal
from dialogue.decisions.note_models import CollegeNote, NoteLine, NoteTemplate
from dialogue.decisions.note_queries import in_open_notes, items_of, template_of
from dialogue.decisions.plan_queries import plan_of
from dialogue.decisions.rules import Verdict
from dialogue.decisions.waiting_queries import with_proposal
from dialogue.ledger.services import record
from dialogue.shared import files
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now, today
from dialogue.shared.database import db
from dialogue.shared.edits import digest, why_overtaken
from dialogue.shared.errors import Refused, refuse
from dialogue.shared.files import Checked
from dialogue.signals.change_queries import why_ended
from dialogue.signals.models import Signal
from dialogue.web.i18n import in_language


def make(actor: Actor, title: str, meets_on: date, signals: Sequence[Signal]) -> CollegeNote:
    """Put what is proposed about these signals into one note, for the meeting of that day."""
    ids = [signal.id for signal in signals]
    refuse(why_ended(signals))
    refuse(note_rules.why_not_make(signals, with_proposal(ids), in_open_notes(ids), meets_on, today()))
    note = CollegeNote(municipality_id=actor.municipality_id, title=title, meets_on=meets_on, made_at=now())
    note.made_by_id = actor.staff_id
    note.lines = [NoteLine(signal_id=id_) for id_ in ids]
    db.session.add(note)
    db.session.flush()
    record(actor, "note.made", f"note:{note.id}", after={"title": title, "meets_on": meets_on, "signals": ids})
    return note


@dataclass(frozen=True)
class Facts:
    """What the college must know of one signal besides; `seen` is `seen_of` its line when the person began."""

    budget: str
    plan_codes: Sequence[str]
    seen: str


def complete(actor: Actor, note: CollegeNote, facts: Mapping[int, Facts]) -> None:
    """Say, per signal id, what it costs and to which plan codes it belongs; what the person left as it was, stays.

    Raises Refused for unknown codes, and when a colleague changed the same line meanwhile.
    """
    refuse(note_rules.why_not_change(note))
    plan, changed = plan_of(note.municipality_id), {}
    refuse([reason for fact in facts.values() for reason in plan.why_not(fact.plan_codes)])
    for line in [line for line in note.lines if line.signal_id in facts]:
        fact = facts[line.signal_id]
        costs = [fact.budget, plan.spelled(fact.plan_codes)]
        if digest(costs) != fact.seen:
            refuse(why_overtaken(_costs(line), costs, fact.seen))
            line.budget, line.plan_codes = fact.budget, plan.spelled(fact.plan_codes)
            changed[line.signal_id] = costs
    record(actor, "note.completed", f"note:{note.id}", after=changed)


def seen_of(line: NoteLine) -> str:
    """The digest of what a line says it costs, as it stands."""
    return digest(_costs(line))


def _costs(line: NoteLine) -> list[Any]:
    return [line.budget, line.plan_codes]


def take_back(actor: Actor, note: CollegeNote) -> None:
    """The college will not see it; what is proposed stays, and can go into another note."""
    refuse(note_rules.why_not_change(note))
    note.settled_at = now()
    record(actor, "note.taken_back", f"note:{note.id}")


@dataclass(frozen=True)
class Answer:
    """What the college decided about one signal; `proposal` and `seen` stood when the person began to write."""

    verdict: Verdict
    proposal: Proposal | None
    seen: int  # id of the decision; 0: none
    cannot_wait: str = ""


def settle(actor: Actor, note: CollegeNote, agenda_point: str, answers: Mapping[int, Answer]) -> list[Decision]:
    """Record what the college decided about these signals (ids), each as a decision; all of them, or none."""
    there = {item.signal.id: item.signal for item in items_of(note)}
    refuse(note_rules.why_not_settle(note, there, answers))
    decisions = [_decide(actor, there[id_], answer) for id_, answer in answers.items()]
    note.settled_at, note.agenda_point = now(), agenda_point
    picture = {"agenda_point": agenda_point, "decisions": [decision.id for decision in decisions]}
    record(actor, "note.settled", f"note:{note.id}", after=picture)
    return decisions


def _decide(actor: Actor, signal: Signal, answer: Answer) -> Decision:
    """The decision about one signal; a refusal says about which."""
    seen = {signal.id: answer.seen or None}
    try:
        return services.decide(
            actor, [signal], answer.verdict, proposal=answer.proposal, seen=seen, cannot_wait=answer.cannot_wait
        )
    except Refused as refusal:
        raise Refused(*(f"{in_language(signal.titles)}: {reason}" for reason in refusal.reasons)) from refusal


def keep_template(actor: Actor, file: Checked) -> None:
    """Write notes on this paper from now on, in place of the one before."""
    _forget_template(actor.municipality_id)
    stored = files.store(file)
    kept = {"municipality_id": actor.municipality_id, "file_id": stored.id, "by_id": actor.staff_id, "at": now()}
    db.session.add(NoteTemplate(**kept))
    record(actor, "note_template.kept", f"municipality:{actor.municipality_id}", after={"sha256": file.sha256})


def drop_template(actor: Actor) -> None:
    """Write notes on our own paper again."""
    if _forget_template(actor.municipality_id):
        record(actor, "note_template.dropped", f"municipality:{actor.municipality_id}")


def _forget_template(municipality_id: int) -> bool:
    template = template_of(municipality_id)
    if template is None:
        return False
    file_id = template.file_id
    db.session.delete(template)
    db.session.flush()
    files.forget(file_id)
    return True
