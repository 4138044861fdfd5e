"""Verbs of one's own account: details, password, deputy. Call them inside `with writing():`."""

from datetime import date
from typing import Any

from dialogue.ledger.services import record
from dialogue.people.devices import forget_deputy
from dialogue.people.models import StaffMember
from dialogue.people.queries import deputy_of
from dialogue.people.rules import why_not_another, why_not_deputy, why_not_name_for
from dialogue.people.services import renew_sessions, shut_out
from dialogue.shared.actor import Actor
from dialogue.shared.clock import today
from dialogue.shared.database import db
from dialogue.shared.errors import refuse


def change_details(actor: Actor, person: StaffMember, name: str, title: str, language: str) -> None:
    """Name, title as children read it, and the language of the pages."""
    before = _details(person)
    person.name, person.title, person.language = name, title, language
    record(actor, "person.changed", f"person:{person.id}", before=before, after=_details(person))


def change_password(actor: Actor, person: StaffMember, password_hash: str) -> None:
    """Another password from now on; every browser of this person is signed out, and no device is remembered."""
    person.password_hash = password_hash
    shut_out(person)
    record(actor, "person.password_changed", f"person:{person.id}")


def name_deputy(actor: Actor, person: StaffMember, deputy: StaffMember, begins: date, ends: date) -> None:
    """Let `deputy` do on these days what `person` may do."""
    reasons = why_not_deputy(person, deputy, begins, ends, today())
    if actor.staff_id != person.id:
        reasons += why_not_name_for(person)
    reasons += why_not_another(deputy_of(person))
    refuse(reasons)
    _let_stand_in(actor, person, deputy, begins, ends)


def pass_on_deputy(actor: Actor, person: StaffMember, deputy: StaffMember) -> None:
    """Let `deputy` stand in for `person` from now on in place of who did, on the same days; nobody for themselves."""
    if person.id == deputy.id:
        end_deputy(actor, person)
    elif person.deputy_id and person.deputy_from and person.deputy_until:
        former = person.deputy_id
        _let_stand_in(actor, person, deputy, person.deputy_from, person.deputy_until)
        _no_longer(actor, former)


def end_deputy(actor: Actor, person: StaffMember) -> None:
    """Nobody stands in any more."""
    if person.deputy_id:
        before, former = _deputy(person), person.deputy_id
        person.deputy_id = person.deputy_from = person.deputy_until = None
        record(actor, "person.deputy_ended", f"person:{person.id}", before=before)
        _no_longer(actor, former)


def _no_longer(actor: Actor, deputy_id: int) -> None:
    """What somebody could do as a deputy is over at once, on every device."""
    db.session.flush()
    renew_sessions(deputy_id)
    forget_deputy(actor, db.session.get_one(StaffMember, deputy_id))


def _let_stand_in(actor: Actor, person: StaffMember, deputy: StaffMember, begins: date, ends: date) -> None:
    before = _deputy(person)
    person.deputy_id, person.deputy_from, person.deputy_until = deputy.id, begins, ends
    renew_sessions(deputy.id)
    record(actor, "person.deputy_named", f"person:{person.id}", before=before, after=_deputy(person))


def _details(person: StaffMember) -> dict[str, Any]:
    return {"name": person.name, "title": person.title, "language": person.language}


def _deputy(person: StaffMember) -> dict[str, Any]:
    return {"deputy": person.deputy_id, "from": person.deputy_from, "until": person.deputy_until}
