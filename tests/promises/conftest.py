"""What several promises walk through: one record of mobility in Oudenhove for every name in an address."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from dialogue.answering.models import Concern
from dialogue.answering.pile_models import Pile
from dialogue.consultations.models import Consultation, State
from dialogue.decisions import proof_files
from dialogue.decisions.advice_models import Advice
from dialogue.decisions.carrying import MeasureStep
from dialogue.decisions.handover_models import HandOver
from dialogue.decisions.models import Measure, Outcome, Proof, Proposal
from dialogue.decisions.note_models import CollegeNote, NoteLine
from dialogue.decisions.part_models import Part
from dialogue.duties.models import Duty
from dialogue.duties.wishes import new_calendar
from dialogue.evidence.models import Dossier
from dialogue.feedback.models import Message
from dialogue.feedback.reaction_models import Asked, Review
from dialogue.people import devices, team
from dialogue.people.models import Passkey, RememberedDevice, StaffMember
from dialogue.places import tablets
from dialogue.places.models import Place, Tablet
from dialogue.shared.actor import MUNICIPALITY_WIDE, Role
from dialogue.shared.bands import Band
from dialogue.shared.clock import now, today
from dialogue.shared.codes import new_key
from dialogue.shared.database import db, writing
from dialogue.signals.models import Signal
from tests.builders import (
    Cast,
    a_consultation,
    a_contribution,
    a_decision,
    a_partner,
    a_place,
    a_signal,
    a_staff_member,
    actor_of,
    responses,
    save,
)
from tests.decisions.files import a_photo
from tests.feedback.follow_ups import a_question
from tests.feedback.telling import a_message
from tests.pages import Pages
from tests.promises.house import House, Records


def a_passkey(person: StaffMember) -> Passkey:
    """A passkey of this person; no real key."""
    kept = {"credential_id": new_key(), "public_key": new_key(), "sign_count": 0, "name": "Laptop"}
    return save(Passkey(staff_member_id=person.id, added_on=today(), **kept))


def a_device(person: StaffMember) -> RememberedDevice:
    """A device on which this person is remembered."""
    with writing():
        devices.remember(actor_of(person), person, "Laptop")
    return devices.of(person.id)[0]


def a_tablet(place: Place, person: StaffMember) -> Tablet:
    """A tablet that is locked at this place."""
    with writing():
        tablets.lock(actor_of(person), place, "Aan de balie", "482193")
    return tablets.locked_at(place)[0]


def a_review(message: Message) -> Review:
    """An answer that children asked to look at again."""
    return save(Review(message_id=message.id, asked=Asked.ANSWER, noticed_on=today()))


def a_proof(measure: Measure, person: StaffMember) -> Proof:
    """A photo of what was done."""
    photo = proof_files.looked_into(a_photo(), "foto.jpg", "Een drempel")
    with writing() as session:
        proof = Proof(measure_id=measure.id, title="Drempel", seen_on=today(), added_by_id=person.id)
        session.add(proof)
        session.flush()
        proof_files.attach(actor_of(person), proof, photo)
    return proof


def a_part(signal: Signal, person: StaffMember) -> Part:
    """What is asked of the department of this signal, and owed by it."""
    asked = {"asked": "Kan dit?", "asked_by_id": person.id, "asked_at": now(), "answer": ""}
    part = save(Part(signal_id=signal.id, department_id=signal.department_id, **asked))
    owed = {"municipality_id": signal.municipality_id, "department_id": signal.department_id, "due": today()}
    save(Duty(kind="part", object=f"part:{part.id}", subject="Kan dit?", **owed))
    return part


def a_pile(wave_id: int, instrument_id: int, person: StaffMember) -> Pile:
    """A pile of paper of which nothing was typed yet, by this person or a second one."""
    about = {"wave_id": wave_id, "instrument_id": instrument_id, "typed_by_id": person.id}
    return save(Pile(**about, expected=2, twice=True))


def an_advice(cast: Cast) -> Advice:
    """What the youth council advised to mobility."""
    came = {"received_on": today(), "title": "Fietspaden", "text": "Breder.", "by_id": cast.ada.id, "at": now()}
    return save(Advice(municipality_id=cast.town.id, department_id=cast.mobility.id, **came))


def a_note(signal: Signal, maker: StaffMember) -> CollegeNote:
    """A note that puts this signal before the college."""
    about = {"municipality_id": signal.municipality_id, "title": "Nota", "meets_on": today()}
    note = CollegeNote(**about, made_by_id=maker.id, made_at=now())
    note.lines = [NoteLine(signal_id=signal.id)]
    return save(note)


def a_hand_over(giver: StaffMember, taker: StaffMember) -> HandOver:
    """Nothing of the one went to the other."""
    people = {"from_id": giver.id, "to_id": taker.id, "by_id": taker.id}
    return save(HandOver(municipality_id=giver.municipality_id, what=[], at=now(), **people))


@pytest.fixture
def records(app: Flask, cast: Cast) -> Records:
    """For every name that stands in an address: a record of mobility in Oudenhove."""
    consultation = a_consultation(cast.mobility)
    contribution = a_contribution(consultation)
    signal = a_signal(consultation, "De auto's rijden te snel.", contribution)
    decision = a_decision(signal, cast.ben)
    wave_id, signal_id, decision_id = consultation.waves[-1].id, signal.id, decision.id
    mobility = {"department_id": cast.mobility.id}
    owed = {"kind": "decision", "object": f"signal:{signal_id}", "subject": "Te snel", "due": today()}
    planned = {"owner_id": cast.ada.id, "title": "Schoolstraat", "due": today()}
    proposed = {"outcome": Outcome.ADOPTED, "what": "Ja.", "reason": "Het kan.", "by_id": cast.ada.id, "at": now()}
    asked = {"period": "calendar", "begins": today() - timedelta(days=365), "ends": today(), "made_by_id": cast.cora.id}
    concern = save(Concern(key=new_key(), wave_id=wave_id, band=Band.B, text="help")).key.hex()
    with writing():
        invitation, token = team.new_link(actor_of(cast.ines), cast.ada)
        address = new_calendar(actor_of(cast.ada))
    place = a_place(cast.town)
    measure = save(Measure(decision_id=decision_id, **mobility, **planned))
    return {
        "consultation_id": consultation.id,
        "wave_id": wave_id,
        "signal_id": signal_id,
        "decision_id": decision_id,
        "proposal_id": save(Proposal(signal_id=signal_id, **mobility, **proposed)).id,
        "part_id": a_part(signal, cast.ada).id,
        "hand_over_id": a_hand_over(cast.ada, cast.cora).id,
        "measure_id": measure.id,
        "note_id": a_note(signal, cast.ada).id,
        "advice_id": an_advice(cast).id,
        "proof_id": a_proof(measure, cast.ada).id,
        "step_id": save(MeasureStep(measure_id=measure.id, what="Borden", due=today())).id,
        "duty_id": save(Duty(municipality_id=cast.town.id, **mobility, **owed)).id,
        "question_id": a_question(signal, cast).id,
        "review_id": a_review(a_message(cast, decision)).id,
        "dossier_id": save(Dossier(municipality_id=cast.town.id, **asked)).id,
        "pile_id": a_pile(wave_id, consultation.waves[-1].instruments[0].id, cast.ada).id,
        "place_id": place.id,
        "tablet_id": a_tablet(place, cast.ada).id,
        "partner_id": a_partner(cast.town).id,
        "department_id": cast.mobility.id,
        "person_id": cast.ada.id,
        "membership_id": cast.ada.memberships[0].id,
        "invitation_id": invitation.id,
        "answering": {"key": concern},
        "child": {"code": place.code, "consultation": consultation.code},
        "consultations": {"key": "q1", "code": "a"},
        "desk": {"key": contribution.key.hex(), "band": "B", "item": "q1", "option": "a"},
        "evidence": {"kind": "calendar", "year": today().year},
        "duties": {"token": address},
        "people": {"token": token},
        "passkey_id": a_passkey(cast.ada).id,
        "device_id": a_device(cast.ada).id,
        "public": {"slug": cast.town.slug, "code": place.code},
        "signals": {"key": contribution.key.hex()},
    }


@pytest.fixture
def house(app: Flask, cast: Cast, records: Records, pages: Pages) -> Iterator[House]:
    """Everybody who sends: nobody, Ada, Cora, and somebody with every role."""
    responses(db.session.get(Consultation, records["consultation_id"]), 12)
    a_consultation(cast.mobility, "Spelen", state=State.DRAFT)
    a_signal(a_consultation(cast.mobility, "Speeltijd", state=State.CLOSED), "Er is te weinig schaduw.")
    every = [(role, None if role in MUNICIPALITY_WIDE else cast.mobility) for role in Role]
    mighty = a_staff_member(cast.town, "Mighty", *every)
    found = {"nobody": ""}
    for name, person in (("ada", cast.ada), ("cora", cast.cora), ("mighty", mighty)):
        cookie = pages.as_(person).client.get_cookie("dialogue")
        assert cookie
        found[name] = f"dialogue={cookie.value}"
    db.session.rollback()
    house = House(app, found, app.extensions["dialogue"].settings.instance)
    yield house
    house.close()
