"""A small cast and plain builders. All write to the database by themselves and return records."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dialogue.answering.models import Contribution, Reading, Response
from dialogue.consultations.models import Channel, Consultation, Instrument, State, Version, Wave
from dialogue.decisions.models import Answered, Body, Decision, Outcome
from dialogue.people.models import Department, Membership, Municipality, StaffMember
from dialogue.places.models import Partner, Place
from dialogue.shared.actor import Actor, Role
from dialogue.shared.bands import Band
from dialogue.shared.canonical import sha256_hex
from dialogue.shared.clock import now, today
from dialogue.shared.codes import new_code, new_key
from dialogue.shared.database import db, writing
from dialogue.signals.models import AnswerBasis, Coding, Signal

PASSWORD = "een lang wachtwoord"
# argon2 of PASSWORD, made once with low cost so that tests stay quick
PASSWORD_HASH = "$argon2id$v=19$m=8,t=1,p=1$L3d91C7yBXZDrGA5$ES/cIwNFcBNExXvKQGoBPw"


@dataclass
class Cast:
    """Oudenhove and its people."""

    town: Municipality
    mobility: Department
    youth: Department
    ada: StaffMember  # maker and reader of mobility
    ben: StaffMember  # alderman, decides for mobility
    cleo: StaffMember  # maker, reader and decider of youth
    cora: StaffMember  # coordinator
    sam: StaffMember  # safeguarding contact
    ines: StaffMember  # administrator
    other_town: Municipality
    odette: StaffMember  # coordinator of another town


def save(*records: Any) -> Any:
    """Store records in one write; returns the first."""
    with writing() as session:
        session.add_all(records)
    return records[0]


def a_municipality(name: str = "Oudenhove", **values: Any) -> Municipality:
    return save(_municipality(name, **values))


def a_staff_member(town: Municipality, name: str, *roles: tuple[Role, Department | None], **values: Any) -> StaffMember:
    return save(_staff_member(town, name, *roles, **values))


def the_cast() -> Cast:
    """All in three writes: most tests begin with it."""
    save(town := _municipality("Oudenhove"), other := _municipality("Elders"))
    save(
        mobility := Department(municipality_id=town.id, name="Mobiliteit"),
        youth := Department(municipality_id=town.id, name="Jeugd"),
    )
    people = [
        _staff_member(town, "Ada", (Role.MAKER, mobility), (Role.READER, mobility)),
        _staff_member(town, "Ben", (Role.DECIDER, mobility), title="schepen van Mobiliteit"),
        _staff_member(town, "Cleo", (Role.MAKER, youth), (Role.READER, youth), (Role.DECIDER, youth)),
        _staff_member(town, "Cora", (Role.COORDINATOR, None)),
        _staff_member(town, "Sam", (Role.SAFEGUARDING, None)),
        _staff_member(town, "Ines", (Role.ADMINISTRATOR, None)),
    ]
    save(*people, odette := _staff_member(other, "Odette", (Role.COORDINATOR, None)))
    return Cast(town, mobility, youth, *people, other, odette)


def _municipality(name: str, **values: Any) -> Municipality:
    defaults = {
        "slug": name.lower(),
        "name": name,
        "country": "BE",
        "help_name": "Awel",
        "help_number": "102",
        "help_url": "https://awel.be",
        "help_checked_on": date(2026, 11, 2),
        "exit_url": "https://www.google.be/search?q=weer",
        "disagree_text": "Praat met de jeugdraad.",
    }
    return Municipality(**defaults | values)


def _staff_member(town: Municipality, name: str, *roles: tuple[Role, Department | None], **values: Any) -> StaffMember:
    defaults = {
        "municipality_id": town.id,
        "name": name,
        "email": f"{name.split(maxsplit=1)[0].lower()}@{town.slug}.example",
        "password_hash": PASSWORD_HASH,
        "memberships": [Membership(role=role, department_id=at.id if at else None) for role, at in roles],
    }
    return StaffMember(**defaults | values)


def actor_of(person: StaffMember) -> Actor:
    """The actor of a staff member, without a request."""
    grants = frozenset((m.role, m.department_id) for m in person.memberships)
    return Actor(person.id, person.name, person.municipality_id, person.language, grants, person.municipality.name)


def a_place(town: Municipality, name: str = "Basisschool De Linde", **values: Any) -> Place:
    defaults: dict[str, Any] = {"municipality_id": town.id, "name": name, "setting": "school", "code": new_code()}
    return save(Place(**defaults | values))


def a_partner(town: Municipality, name: str = "Scholengroep Zuid", **values: Any) -> Partner:
    return save(Partner(municipality_id=town.id, name=name, **values))


def a_choice(
    key: str = "q1", question: str = "Hoe veilig of onveilig is je weg naar school?", **values: Any
) -> dict[str, Any]:
    """A one-choice item of four options in Dutch and English."""
    labels = {
        "a": ("Heel onveilig", "Very unsafe"),
        "b": ("Onveilig", "Unsafe"),
        "c": ("Veilig", "Safe"),
        "d": ("Heel veilig", "Very safe"),
    }
    item: dict[str, Any] = {
        "key": key,
        "kind": "one_choice",
        "indicator": "MOB-1",
        "picture": "bike",
        "config": {"options": [{"code": c, "picture": "", "positive": c in "cd", "retired": False} for c in labels]},
        "words": {
            "nl": {"question": question, "help": "", "options": {c: nl for c, (nl, _) in labels.items()}},
            "en": {
                "question": "How safe or unsafe is your way to school?",
                "help": "",
                "options": {c: en for c, (_, en) in labels.items()},
            },
        },
    }
    return item | values


def own_words(key: str = "q2", question: str = "Wat wil jij nog vertellen?", **values: Any) -> dict[str, Any]:
    """An own-words item in Dutch and English."""
    item: dict[str, Any] = {
        "key": key,
        "kind": "own_words",
        "indicator": "KERN-5",
        "picture": "",
        "config": {"most_characters": 140},
        "words": {
            "nl": {"question": question, "help": ""},
            "en": {"question": "What else do you want to tell us?", "help": ""},
        },
    }
    return item | values


def a_consultation(
    department: Department,
    title: str = "Naar school",
    *,
    state: State = State.OPEN,
    bands: str = "B",
    items: list[dict[str, Any]] | None = None,
    **values: Any,
) -> Consultation:
    """A consultation with one wave in `state` and, unless it is a draft, a frozen instrument per band."""
    items = items if items is not None else [a_choice(), own_words()]
    opened = None if state == State.DRAFT else now() - timedelta(days=7)
    defaults: dict[str, Any] = {
        "municipality_id": department.municipality_id,
        "department_id": department.id,
        "code": new_code(),
        "titles": {"nl": title, "en": f"{title} (en)"},
        "languages": ["nl", "en"],
        "channel": Channel.SELF,
        "purpose": "We willen dat iedereen veilig naar school kan.",
        "still_open": "Welke straten een schoolstraat worden.",
        "decided_by": "Schepen Lies Claes en het college",
        "feeds_plan": "Mobiliteitsplan",
    }
    consultation = Consultation(**defaults | values)
    wave = Wave(
        number=1,
        state=state,
        opens_on=today() - timedelta(days=7),
        closes_on=today() + timedelta(days=14),
        hear_back_by=today() + timedelta(days=44),
        opened_at=opened,
        closed_at=now() if state in (State.CLOSED, State.ANSWERED) else None,
    )
    consultation.waves.append(wave)
    for band in bands:
        consultation.versions.append(Version(band=Band(band), items=items, next_item=len(items) + 1))
        if opened:
            document = {"band": band, "languages": consultation.languages, "items": items}
            wave.instruments.append(
                Instrument(band=Band(band), number=1, document=document, sha256=sha256_hex(document), frozen_at=opened)
            )
    return save(consultation)


def responses(
    consultation: Consultation, count: int, *, place: Place | None = None, band: str = "B", **answers: str
) -> list[Response]:
    """`count` opened responses with the same answers (default q1 = "a"); tallies are not moved."""
    wave = consultation.waves[-1]
    instrument = next(i for i in wave.instruments if i.band == band)
    rows = [
        Response(
            key=new_key(),
            tag=new_key(),
            wave_id=wave.id,
            instrument_id=instrument.id,
            band=Band(band),
            place_id=place.id if place else None,
            channel=Channel.SELF,
            answers=answers or {"q1": "a"},
        )
        for _ in range(count)
    ]
    save(*rows)
    return rows


def a_contribution(consultation: Consultation, text: str = "De auto's rijden te snel.", **values: Any) -> Contribution:
    """One thing said in own words, out of the box."""
    defaults: dict[str, Any] = {
        "key": new_key(),
        "wave_id": consultation.waves[-1].id,
        "band": Band.B,
        "channel": Channel.SELF,
        "item": "q2",
        "text": text,
        "reading": Reading.UNREAD,
    }
    return save(Contribution(**defaults | values))


def a_signal(
    consultation: Consultation,
    title: str = "De auto's rijden te snel aan de schoolpoort.",
    *contributions: Contribution,
    **values: Any,
) -> Signal:
    """A signal with codings and one answer basis (q1 answered a, in B)."""
    wave = consultation.waves[-1]
    defaults: dict[str, Any] = {
        "municipality_id": consultation.municipality_id,
        "consultation_id": consultation.id,
        "wave_id": wave.id,
        "department_id": consultation.department_id,
        "titles": {"nl": title},
        "made_at": now(),
    }
    signal = Signal(**defaults | values)
    signal.bases.append(AnswerBasis(band=Band.B, item="q1", option="a"))
    save(signal)
    for contribution in contributions:
        save(Coding(signal_id=signal.id, contribution_key=contribution.key, at=now()))
    return signal


def a_decision(signal: Signal, by: StaffMember, outcome: Outcome = Outcome.PARTLY, **values: Any) -> Decision:
    """A decision of the college that answers `signal`."""
    defaults: dict[str, Any] = {
        "municipality_id": signal.municipality_id,
        "department_id": signal.department_id,
        "outcome": outcome,
        "what": "Twee van de vier straten worden een schoolstraat.",
        "reason": "In de Kerkstraat rijdt de bus.",
        "body": Body.COLLEGE,
        "decided_on": today(),
        "changes_practice": True,
        "recorded_by_id": by.id,
        "recorded_at": now(),
    }
    decision = Decision(**defaults | values)
    decision.answers.append(Answered(signal_id=signal.id))
    return save(decision)


def refresh(record: Any) -> Any:
    """The record as it is in the database now."""
    db.session.rollback()
    db.session.refresh(record)
    return record


def change(record: Any, **values: Any) -> Any:
    """The record with other values, stored."""
    with writing():
        for name, value in values.items():
            setattr(record, name, value)
    return record
