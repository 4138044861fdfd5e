"""The example municipality and its people and places."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from argon2 import PasswordHasher

from dialogue.demo.reading import texts
from dialogue.people.models import Department, Membership, Municipality, StaffMember
from dialogue.people.services import actor_for
from dialogue.people.towns import COUNTRIES
from dialogue.places.models import Partner, Place
from dialogue.places.services import add_place
from dialogue.shared.actor import Actor, Role
from dialogue.shared.clock import today
from dialogue.shared.database import db


@dataclass(frozen=True)
class Town:
    """All that the example is made of, by key."""

    municipality: Municipality
    departments: dict[str, Department]
    people: dict[str, StaffMember]
    places: dict[str, Place]

    def actor(self, key: str) -> Actor:
        """The person with this key, ready to act."""
        return actor_for(self.people[key])


def build() -> Town:
    """Make municipality, departments, people, partners and places. Call inside `with writing():`."""
    told = texts("town")
    municipality = _municipality(told)
    departments = {d["key"]: Department(municipality=municipality, name=d["name"]) for d in told["department"]}
    db.session.add_all(departments.values())
    password_hash = PasswordHasher().hash(told["password"])
    people = {p["key"]: _person(municipality, departments, p, password_hash) for p in told["person"]}
    db.session.add_all(people.values())
    partners = {p["name"]: Partner(municipality_id=municipality.id, **p) for p in told["partner"]}
    db.session.add_all(partners.values())
    db.session.flush()
    return Town(municipality, departments, people, _places(actor_for(people["cora"]), partners))


def _municipality(told: dict[str, Any]) -> Municipality:
    municipality = Municipality(
        slug=told["slug"],
        name=told["name"],
        country="BE",
        help_name="Awel",
        help_number="102",
        help_url="https://awel.be",
        help_lines=COUNTRIES["BE"]["help_lines"],
        help_checked_on=today() - timedelta(days=30),
        disagree_text="Zeg het bij “Wat wil jij zeggen?”, of praat met de jeugdraad.",
        exit_url="https://www.google.be/search?q=weer",
        is_example=True,
    )
    db.session.add(municipality)
    db.session.flush()
    return municipality


def _person(
    municipality: Municipality, departments: dict[str, Department], told: dict[str, Any], password_hash: str
) -> StaffMember:
    person = StaffMember(
        municipality=municipality,
        name=told["name"],
        title=told["title"],
        email=f"{told['key']}@{municipality.slug}.example",
        password_hash=password_hash,
    )
    for spelled in told["roles"]:
        role, _, department = spelled.partition(":")
        person.memberships.append(Membership(role=Role(role), department=departments.get(department)))
    return person


def _places(actor: Actor, partners: dict[str, Partner]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for told in texts("town")["place"]:
        parent, partner = places.get(told.get("parent", "")), partners.get(told.get("partner", ""))
        values = {
            "name": told["name"],
            "setting": told["setting"],
            "parent_id": parent.id if parent else None,
            "partner_id": partner.id if partner else None,
        }
        places[told["key"]] = add_place(actor, values)
    return places
