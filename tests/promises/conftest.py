"""What several promises walk through: one record of mobility in Oudenhove for every name in an address."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from dialogue.answering.models import Concern
from dialogue.consultations.models import Consultation, State
from dialogue.duties.models import Duty
from dialogue.duties.wishes import new_calendar
from dialogue.evidence.models import Dossier
from dialogue.shared.actor import MUNICIPALITY_WIDE, Role
from dialogue.shared.bands import Band
from dialogue.shared.clock import today
from dialogue.shared.codes import new_key
from dialogue.shared.database import db, writing
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
from tests.feedback.follow_ups import a_question
from tests.pages import Pages
from tests.promises.house import House, Records
from tests.promises.records import a_pile, a_tablet, of_decisions, of_people


@pytest.fixture
def records(app: Flask, cast: Cast) -> Records:
    """For every name that stands in an address: a record of mobility in Oudenhove."""
    consultation = a_consultation(cast.mobility)
    contribution = a_contribution(consultation)
    signal = a_signal(consultation, "De auto's rijden te snel.", contribution)
    wave_id, signal_id = consultation.waves[-1].id, signal.id
    town = {"municipality_id": cast.town.id}
    owed = {"kind": "decision", "object": f"signal:{signal_id}", "subject": "Te snel", "due": today()}
    asked = {"period": "calendar", "begins": today() - timedelta(days=365), "ends": today(), "made_by_id": cast.cora.id}
    concern = save(Concern(key=new_key(), wave_id=wave_id, band=Band.B, text="help")).key.hex()
    with writing():
        address = new_calendar(actor_of(cast.ada))
    place = a_place(cast.town)
    return {
        "consultation_id": consultation.id,
        "wave_id": wave_id,
        "signal_id": signal_id,
        "duty_id": save(Duty(department_id=cast.mobility.id, **town, **owed)).id,
        "question_id": a_question(signal, cast).id,
        "dossier_id": save(Dossier(**town, **asked)).id,
        "pile_id": a_pile(wave_id, consultation.waves[-1].instruments[0].id, cast.ada).id,
        "place_id": place.id,
        "tablet_id": a_tablet(place, cast.ada).id,
        "partner_id": a_partner(cast.town).id,
        "answering": {"key": concern},
        "child": {"code": place.code, "consultation": consultation.code},
        "consultations": {"key": "q1", "code": "a"},
        "desk": {"key": contribution.key.hex(), "band": "B", "item": "q1", "option": "a"},
        "evidence": {"kind": "calendar", "year": today().year},
        "duties": {"token": address},
        "public": {"slug": cast.town.slug, "code": place.code},
        "signals": {"key": contribution.key.hex()},
        **of_decisions(cast, signal, a_decision(signal, cast.ben)),
        **of_people(cast),
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
