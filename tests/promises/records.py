"""Records of mobility in Oudenhove, one of every kind that stands in an address."""

from dialogue.answering.pile_models import Pile
from dialogue.decisions import proof_files
from dialogue.decisions.advice_models import Advice
from dialogue.decisions.carrying import MeasureStep
from dialogue.decisions.handover_models import HandOver
from dialogue.decisions.models import Decision, Measure, Outcome, Proof, Proposal
from dialogue.decisions.note_models import CollegeNote, NoteLine
from dialogue.decisions.part_models import Part
from dialogue.duties.models import Duty
from dialogue.feedback.models import Message
from dialogue.feedback.reaction_models import Asked, Review
from dialogue.people import devices, team
from dialogue.people.models import Passkey, RememberedDevice, StaffMember
from dialogue.places import tablets
from dialogue.places.models import Place, Tablet
from dialogue.shared.clock import now, today
from dialogue.shared.codes import new_key
from dialogue.shared.database import writing
from dialogue.signals.models import Signal
from tests.builders import (
    Cast,
    actor_of,
    save,
)
from tests.decisions.files import a_photo
from tests.feedback.telling import a_message
from tests.promises.house import Records


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


def of_decisions(cast: Cast, signal: Signal, decision: Decision) -> Records:
    """What is written, asked and done around this decision about this signal."""
    signal_id, ada = signal.id, cast.ada
    mobility = {"department_id": cast.mobility.id}
    planned = {"owner_id": ada.id, "title": "Schoolstraat", "due": today()}
    proposed = {"outcome": Outcome.ADOPTED, "what": "Ja.", "reason": "Het kan.", "by_id": ada.id, "at": now()}
    measure = save(Measure(decision_id=decision.id, **mobility, **planned))
    return {
        "decision_id": decision.id,
        "proposal_id": save(Proposal(signal_id=signal_id, **mobility, **proposed)).id,
        "part_id": a_part(signal, ada).id,
        "hand_over_id": a_hand_over(ada, cast.cora).id,
        "measure_id": measure.id,
        "note_id": a_note(signal, ada).id,
        "advice_id": an_advice(cast).id,
        "proof_id": a_proof(measure, ada).id,
        "step_id": save(MeasureStep(measure_id=measure.id, what="Borden", due=today())).id,
        "review_id": a_review(a_message(cast, decision)).id,
    }


def of_people(cast: Cast) -> Records:
    """Ada, her department, her role, the link she was sent and what she signs in with."""
    with writing():
        invitation, token = team.new_link(actor_of(cast.ines), cast.ada)
    return {
        "department_id": cast.mobility.id,
        "person_id": cast.ada.id,
        "membership_id": cast.ada.memberships[0].id,
        "invitation_id": invitation.id,
        "people": {"token": token},
        "passkey_id": a_passkey(cast.ada).id,
        "device_id": a_device(cast.ada).id,
    }
