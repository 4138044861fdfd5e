"""Who may read and change a consultation, before, during and after a round."""

import pytest
from flask import Flask

from dialogue.consultations.models import Consultation, State
from dialogue.consultations.queries import get_for_reading, get_for_writing, get_wave
from dialogue.people.models import StaffMember
from dialogue.shared.errors import NotAllowed, NotFound
from tests.builders import Cast, a_choice, a_consultation, actor_of, refresh
from tests.pages import Pages

every_state = pytest.mark.parametrize("state", list(State))


def reading_doors(consultation: Consultation) -> list[str]:
    home = f"/desk/consultations/{consultation.id}"
    return [home, f"{home}/questions/B"]


def making_doors(consultation: Consultation) -> list[str]:
    home, wave = f"/desk/consultations/{consultation.id}", f"/desk/rounds/{consultation.waves[0].id}"
    return [f"{home}/basics", f"{home}/promise", f"{home}/check", f"{wave}/renew", f"{wave}/close"]


def writing_doors(consultation: Consultation) -> list[str]:
    home, wave = f"/desk/consultations/{consultation.id}", f"/desk/rounds/{consultation.waves[0].id}"
    item = f"{home}/questions/B/q1"
    verbs = ["", "/preview", "/up", "/down", "/remove", "/options", "/options/a/up", "/options/a/remove"]
    rounds = [f"{wave}/open", f"{wave}/renew", f"{wave}/close", f"{home}/rounds", f"{home}/basics", f"{home}/promise"]
    return [f"{home}/questions/B", *(item + verb for verb in verbs), *rounds]


@every_state
def test_another_department_and_another_town_find_nothing(pages: Pages, cast: Cast, state: State) -> None:
    consultation = a_consultation(cast.mobility, state=state)
    for stranger in (cast.cleo, cast.odette):
        desk = pages.as_(stranger)
        for door in reading_doors(consultation):
            desk.get(door, status=404)
    for door in making_doors(consultation):
        pages.as_(cast.cleo).get(door, status=404)
    for door in writing_doors(consultation):
        pages.as_(cast.cleo).post(door, {"start": "kind:one_choice"}, status=404)


@every_state
def test_who_is_no_maker_reads_but_changes_nothing(pages: Pages, cast: Cast, state: State) -> None:
    consultation = a_consultation(cast.mobility, state=state)
    for reader in (cast.ben, cast.cora):
        desk = pages.as_(reader)
        for door in reading_doors(consultation):
            desk.get(door)
        for door in making_doors(consultation):
            desk.get(door, status=403)
        for door in writing_doors(consultation):
            desk.post(door, {"start": "kind:one_choice"}, status=403)
    found = refresh(consultation)
    assert (found.waves[0].state, len(found.waves), len(found.versions[0].items)) == (state, 1, 2)


def test_nobody_without_a_department_begins_a_consultation(pages: Pages, cast: Cast) -> None:
    for person in (cast.ben, cast.cora, cast.sam, cast.ines):
        pages.as_(person).get("/desk/consultations/new", status=403)


@every_state
@pytest.mark.parametrize(
    ("name", "reads", "writes"),
    [
        ("ada", None, None),
        ("ben", None, NotAllowed),
        ("cora", None, NotAllowed),
        ("cleo", NotFound, NotFound),
        ("sam", NotFound, NotFound),
        ("odette", NotFound, NotFound),
    ],
)
def test_the_getters_refuse_in_every_state(
    app: Flask, cast: Cast, state: State, name: str, reads: type[Exception] | None, writes: type[Exception] | None
) -> None:
    consultation = a_consultation(cast.mobility, state=state, items=[a_choice()])
    person: StaffMember = getattr(cast, name)
    actor = actor_of(person)
    for refusal, getter in ((reads, get_for_reading), (writes, get_for_writing)):
        if refusal is None:
            assert getter(actor, consultation.id) is consultation
        else:
            with pytest.raises(refusal):
                getter(actor, consultation.id)
    if reads:
        with pytest.raises(reads):
            get_wave(actor, consultation.waves[0].id)


def test_a_number_that_is_no_consultation_is_not_found(app: Flask, cast: Cast) -> None:
    with pytest.raises(NotFound):
        get_for_reading(actor_of(cast.ada), 999)
    with pytest.raises(NotFound):
        get_wave(actor_of(cast.ada), 999)
