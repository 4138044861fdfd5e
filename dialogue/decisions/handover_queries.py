"""Reading what one person is responsible for, everything that names a person, and what was handed over."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from dialogue.decisions.handover_models import HandOver
from dialogue.decisions.models import Measure, MeasureState
from dialogue.duties.models import Duty
from dialogue.duties.queries import OPEN
from dialogue.duties.words import kind_words
from dialogue.people.models import Membership, StaffMember
from dialogue.people.queries import replaced_by
from dialogue.people.rules import may_pass, why_not_name_for
from dialogue.shared.actor import THREAD, Actor
from dialogue.shared.clock import today
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound

UNFINISHED = (MeasureState.PLANNED, MeasureState.BUSY)
MOST = 20


@dataclass(frozen=True)
class Task:
    """One thing a person answers for: how it is named ("measure:3"), what it is, what it is about, and its day."""

    key: str
    what: str
    about: str
    due: date | None


def tasks_of(person: StaffMember) -> list[Task]:
    """Everything open that names this person, kind by kind, each by day."""
    return [task for kind in KINDS.values() for task in kind(person)]


def deputyships(person: StaffMember) -> list[StaffMember]:
    """For whom this person stands in, now or on days to come."""
    return [other for other in replaced_by(person) if other.deputy_until and other.deputy_until >= today()]


def kept_back(person: StaffMember) -> list[StaffMember]:
    """Those whom this person replaces and who choose themselves who does: it is not handed over for them."""
    return [other for other in deputyships(person) if why_not_name_for(other)]


def role_key(membership: Membership) -> str:
    """How a role is named among what goes along; the same before and after."""
    return f"role:{membership.id}"


def roles_to_pass(actor: Actor, giver: StaffMember, taker: StaffMember) -> list[Membership]:
    """The roles that this person may let go along."""
    return [membership for membership in roles_lacking(giver, taker) if may_pass(actor, membership, taker)]


def roles_lacking(giver: StaffMember, taker: StaffMember) -> list[Membership]:
    """What the one may do in the thread and the other may not."""
    there = {(m.role, m.department_id) for m in taker.memberships}
    return [m for m in giver.memberships if m.role in THREAD and (m.role, m.department_id) not in there]


def handed_over(person: StaffMember) -> list[HandOver]:
    """What went from or to this person, the last first."""
    chosen = select(HandOver).where((HandOver.from_id == person.id) | (HandOver.to_id == person.id))
    return list(db.session.scalars(chosen.order_by(HandOver.id.desc()).limit(MOST)))


def get_hand_over(actor: Actor, id_: int) -> HandOver:
    """A hand-over in the actor's own municipality; else NotFound."""
    found = db.session.get(HandOver, id_)
    if found is None or found.municipality_id != actor.municipality_id:
        raise NotFound
    return found


def was_handed_back(hand_over: HandOver) -> bool:
    """Whether it was undone already."""
    return db.session.scalar(select(HandOver.id).where(HandOver.undoes_id == hand_over.id)) is not None


def _measures(person: StaffMember) -> Iterable[Task]:
    chosen = select(Measure).where(Measure.owner_id == person.id, Measure.state.in_(UNFINISHED))
    for measure in db.session.scalars(chosen.order_by(Measure.due, Measure.id)):
        yield Task(f"measure:{measure.id}", kind_words("measure"), measure.title, measure.due)


def _duties(person: StaffMember) -> Iterable[Task]:
    """Those of measures go with the measure."""
    chosen = select(Duty).where(Duty.owner_id == person.id, Duty.kind != "measure", *OPEN)
    for duty in db.session.scalars(chosen.order_by(Duty.due, Duty.id)):
        yield Task(f"duty:{duty.id}", kind_words(duty.kind), duty.subject, duty.due)


def _deputies(person: StaffMember) -> Iterable[Task]:
    for other in deputyships(person):
        if not why_not_name_for(other):
            yield Task(f"deputy:{other.id}", _("Vervangen"), other.name, other.deputy_until)


KINDS: dict[str, Callable[[StaffMember], Iterable[Task]]] = {
    "measure": _measures,
    "duty": _duties,
    "deputy": _deputies,
}
