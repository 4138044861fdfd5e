"""Verbs of handing over: all tasks of one person to another, with the roles that go along, and back.

Call inside `with writing():`.
"""

from collections.abc import Callable, Collection

from flask_babel import gettext as _

from dialogue.decisions import measure_services
from dialogue.decisions.handover_models import HandOver
from dialogue.decisions.handover_queries import role_key, roles_to_pass, tasks_of, was_handed_back
from dialogue.decisions.models import Measure
from dialogue.duties.models import Duty
from dialogue.duties.services import hand_over as hand_over_duty
from dialogue.ledger.services import record
from dialogue.people.accounts import pass_on_deputy
from dialogue.people.models import Membership, StaffMember
from dialogue.people.team import pass_role
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now
from dialogue.shared.database import db
from dialogue.shared.errors import refuse


def hand_over(
    actor: Actor, giver: StaffMember, taker: StaffMember, seen: Collection[str], roles: Collection[str] = ()
) -> HandOver:
    """Let `taker` answer for everything `giver` answers for; `seen` are the tasks as the person read them.

    `roles` are those that the person ticked to go along.
    """
    keys, passed = [task.key for task in tasks_of(giver)], _roles(actor, giver, taker, roles)
    reasons = why_not_take(giver, taker, keys + passed)
    if set(keys) != set(seen) or set(passed) != set(roles):
        reasons.append(_("De lijst is intussen veranderd. Kijk ze nog eens na."))
    refuse(reasons)
    return _move(actor, giver, taker, keys + passed)


def hand_back(actor: Actor, done: HandOver) -> HandOver:
    """The same the other way round: what is still open and still with the one who took it, roles too."""
    there = {task.key for task in tasks_of(done.taker)}
    keys = [key for key in done.tasks if key in there] + _roles(actor, done.taker, done.giver, done.roles)
    reasons = why_not_take(done.taker, done.giver, keys)
    if was_handed_back(done):
        reasons.append(_("Dit werd al teruggegeven."))
    refuse(reasons)
    return _move(actor, done.taker, done.giver, keys, done)


def _roles(actor: Actor, giver: StaffMember, taker: StaffMember, chosen: Collection[str]) -> list[str]:
    """Those of the chosen roles that can go from the one to the other."""
    return [key for key in map(role_key, roles_to_pass(actor, giver, taker)) if key in chosen]


def why_not_take(giver: StaffMember, taker: StaffMember, keys: Collection[str]) -> list[str]:
    """Reasons why this person cannot take these tasks over."""
    reasons = []
    if giver.id == taker.id:
        reasons.append(_("Kies iemand anders."))
    if taker.disabled_at:
        reasons.append(_("%(name)s kan zich niet aanmelden. Kies iemand anders.", name=taker.name))
    if not keys:
        reasons.append(_("Er is niets om over te dragen."))
    return reasons


def _move(
    actor: Actor, giver: StaffMember, taker: StaffMember, keys: list[str], undoes: HandOver | None = None
) -> HandOver:
    for key in keys:
        kind, _colon, id_ = key.partition(":")
        MOVES[kind](actor, int(id_), taker)
    done = HandOver(municipality_id=giver.municipality_id, from_id=giver.id, to_id=taker.id, what=keys)
    done.by_id, done.at, done.undoes_id = actor.staff_id, now(), undoes.id if undoes else None
    db.session.add(done)
    db.session.flush()
    picture = {"from": giver.id, "to": taker.id, "what": keys, "undoes": done.undoes_id}
    record(actor, "tasks.handed_over", f"person:{giver.id}", after=picture)
    return done


def _measure(actor: Actor, id_: int, taker: StaffMember) -> None:
    measure_services.give_to(actor, db.session.get_one(Measure, id_), taker.id)


def _duty(actor: Actor, id_: int, taker: StaffMember) -> None:
    hand_over_duty(actor, db.session.get_one(Duty, id_), taker.id)


def _deputy(actor: Actor, id_: int, taker: StaffMember) -> None:
    pass_on_deputy(actor, db.session.get_one(StaffMember, id_), taker)


def _role(actor: Actor, id_: int, taker: StaffMember) -> None:
    pass_role(actor, db.session.get_one(Membership, id_), taker)


MOVES: dict[str, Callable[[Actor, int, StaffMember], None]] = {
    "measure": _measure,
    "duty": _duty,
    "deputy": _deputy,
    "role": _role,
}
