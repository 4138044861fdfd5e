"""Verbs of municipalities and departments: set up, change, add, rename. Call them inside `with writing():`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from dialogue.ledger.services import record
from dialogue.people.models import Department, Membership, Municipality, StaffMember
from dialogue.people.queries import municipality_by_slug, person_by_email
from dialogue.people.rules import NO_PASSWORD, why_not_smallest_group
from dialogue.shared.actor import Actor, Role
from dialogue.shared.clock import today
from dialogue.shared.database import db
from dialogue.shared.errors import Refused, refuse

# per country: help lines, their number and address, and a neutral page for "Weg hier"
COUNTRIES: dict[str, dict[str, Any]] = {
    "BE": {
        "help_lines": {
            "fr": {"name": "Écoute-Enfants", "number": "103", "url": "https://www.103ecoute.be"},
            "de": {"name": "Telefonhilfe", "number": "108", "url": "https://www.telefonhilfe.be"},
        },
        "help_name": "Awel",
        "help_number": "102",
        "help_url": "https://awel.be",
        "exit_url": "https://www.google.be/search?q=weer",
    },
    "NL": {
        "help_name": "Kindertelefoon",
        "help_number": "0800-0432",
        "help_url": "https://www.kindertelefoon.nl",
        "exit_url": "https://www.google.nl/search?q=weer",
    },
}


@dataclass(frozen=True)
class TownSettings:
    """What an administrator can change of a municipality."""

    name: str
    help_name: str
    help_number: str
    help_url: str
    help_checked_on: date
    exit_url: str
    disagree_text: str
    smallest_group: int
    second_step_required: bool = False
    disagree_texts: Mapping[str, str] = field(default_factory=dict)  # by language, other than the town's own
    help_lines: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # the same: name, number, url


def found_municipality(name: str, slug: str, country: str) -> Municipality:
    """The municipality with this slug; made, with the help line of its country, when there is none."""
    town = municipality_by_slug(slug)
    if town is None:
        town = Municipality(name=name, slug=slug, country=country, help_checked_on=today(), **COUNTRIES[country])
        db.session.add(town)
        db.session.flush()
        record("command", "municipality.made", f"municipality:{town.id}", after=_picture(town))
    return town


def first_administrator(town: Municipality, name: str, email: str) -> StaffMember:
    """The person with this address as administrator of `town`; made, still without a password, when unknown."""
    person = person_by_email(email)
    if person is None:
        person = StaffMember(municipality_id=town.id, name=name, email=email.lower(), password_hash=NO_PASSWORD)
        db.session.add(person)
        db.session.flush()
    if person.municipality_id != town.id:
        raise Refused(_("Dit e-mailadres hoort al bij iemand van een andere gemeente."))
    if person.disabled_at:
        record("command", "person.enabled", f"person:{person.id}", before={"disabled": person.disabled_at})
        person.disabled_at = None
    if not any(m.role == Role.ADMINISTRATOR for m in person.memberships):
        person.memberships.append(Membership(role=Role.ADMINISTRATOR, department_id=None))
        record("command", "person.role_given", f"person:{person.id}", after={"role": Role.ADMINISTRATOR})
    return person


def change_municipality(actor: Actor, town: Municipality, settings: TownSettings) -> None:
    """Give the municipality these settings; the smallest group only goes up."""
    refuse(why_not_smallest_group(town, settings.smallest_group))
    before = _picture(town)
    for name, value in vars(settings).items():
        setattr(town, name, value)
    record(actor, "municipality.changed", f"municipality:{town.id}", before=before, after=_picture(town))


def add_department(actor: Actor, name: str) -> Department:
    """A new department of the actor's municipality."""
    _refuse_double(actor.municipality_id, name)
    department = Department(municipality_id=actor.municipality_id, name=name)
    db.session.add(department)
    db.session.flush()
    record(actor, "department.made", f"department:{department.id}", department_id=department.id, after={"name": name})
    return department


def rename_department(actor: Actor, department: Department, name: str) -> None:
    """Give a department another name; what it owns stays with it."""
    _refuse_double(department.municipality_id, name, department.id)
    before = {"name": department.name}
    department.name = name
    object_ = f"department:{department.id}"
    record(actor, "department.renamed", object_, department_id=department.id, before=before, after={"name": name})


def _refuse_double(municipality_id: int, name: str, own_id: int | None = None) -> None:
    same = select(Department.id).where(
        Department.municipality_id == municipality_id, func.lower(Department.name) == name.lower()
    )
    if db.session.scalar(same.where(Department.id != own_id) if own_id else same):
        raise Refused(_("Er is al een dienst met de naam %(name)s.", name=name))


def _picture(town: Municipality) -> dict[str, Any]:
    return {"slug": town.slug, **{name: getattr(town, name) for name in TownSettings.__dataclass_fields__}}
