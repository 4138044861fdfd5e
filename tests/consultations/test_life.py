"""The life of a round: drafted, opened, renewed, closed, answered; each step once, in this order, in the ledger."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from dialogue.consultations import jobs, round_services, services
from dialogue.consultations.models import Channel, Consultation, State
from dialogue.consultations.queries import (
    current_instrument,
    instrument_by_sha,
    open_now,
    town,
    town_of,
)
from dialogue.consultations.services import Promise
from dialogue.duties.queries import duty
from dialogue.ledger.models import Entry
from dialogue.shared.bands import Band
from dialogue.shared.canonical import sha256_hex
from dialogue.shared.clock import now, pinned, today
from dialogue.shared.database import db, writing
from dialogue.shared.errors import Refused
from tests.builders import Cast, a_choice, a_consultation, actor_of, change, refresh


def opened(cast: Cast, **values: object) -> Consultation:
    consultation = a_consultation(cast.mobility, state=State.DRAFT, **values)  # type: ignore[arg-type]
    with writing():
        round_services.open_wave(actor_of(cast.ada), consultation.waves[0])
    return consultation


def verbs() -> list[str]:
    return [entry.verb for entry in db.session.query(Entry).order_by(Entry.sequence)]


def test_opening_freezes_one_questionnaire_per_band(app: Flask, cast: Cast) -> None:
    consultation = opened(cast, bands="BC")
    instruments = consultation.waves[0].instruments
    assert [(i.band, i.number) for i in instruments] == [("B", 1), ("C", 1)]
    assert all(i.sha256 == sha256_hex(i.document) for i in instruments)
    assert instruments[0].document["items"] == consultation.versions[0].items


def test_opening_owes_the_children_an_answer(app: Flask, cast: Cast) -> None:
    wave = opened(cast).waves[0]
    owed = duty("feedback", f"wave:{wave.id}")
    assert owed is not None
    assert (owed.due, owed.department_id) == (wave.hear_back_by, cast.mobility.id)


def test_what_opens_early_began_today(app: Flask, cast: Cast) -> None:
    assert opened(cast).waves[0].opens_on == today()


def test_a_later_edit_changes_nothing_that_was_asked(app: Flask, cast: Cast) -> None:
    consultation = opened(cast)
    asked = dict(consultation.waves[0].instruments[0].document)
    with writing():
        consultation.versions[0].items = [a_choice(question="Hoe veilig of onveilig is je straat?")]
    assert refresh(consultation.waves[0].instruments[0]).document == asked


def test_renewing_asks_the_new_questions_and_still_knows_the_old(app: Flask, cast: Cast) -> None:
    consultation = opened(cast, bands="BC")
    wave, actor = consultation.waves[0], actor_of(cast.ada)
    old = current_instrument(wave, Band.B)
    with writing():
        consultation.versions[0].items = [a_choice(question="Hoe veilig of onveilig is je straat?")]
        round_services.renew(actor, wave)
    fresh = current_instrument(wave, Band.B)
    assert old is not None
    assert fresh is not None
    assert (old.number, fresh.number) == (1, 2)
    assert instrument_by_sha(wave.id, old.sha256) is old
    unchanged = current_instrument(wave, Band.C)
    assert unchanged is not None
    assert unchanged.number == 1


def test_the_steps_cannot_be_skipped_or_taken_twice(app: Flask, cast: Cast) -> None:
    actor, wave = actor_of(cast.ada), a_consultation(cast.mobility, state=State.DRAFT).waves[0]
    steps = [round_services.open_wave, round_services.close_wave, round_services.mark_answered]
    for place, step in enumerate(steps):
        for wrong in [*steps[:place], *steps[place + 1 :]]:
            with pytest.raises(Refused), writing():
                wrong(actor, wave)
        with writing():
            step(actor, wave)
    assert refresh(wave).state == State.ANSWERED
    assert [verb for verb in verbs() if verb.startswith("wave.")] == ["wave.opened", "wave.closed", "wave.answered"]


def test_the_database_never_lets_a_round_become_a_draft_again(app: Flask, cast: Cast) -> None:
    wave = opened(cast).waves[0]
    with pytest.raises(IntegrityError), writing():
        wave.state = State.DRAFT


def test_told_back_keeps_the_promise(app: Flask, cast: Cast) -> None:
    wave = a_consultation(cast.mobility, state=State.DRAFT).waves[0]
    actor = actor_of(cast.ada)
    with writing():
        round_services.open_wave(actor, wave)
        round_services.close_wave(actor, wave)
        round_services.mark_answered(actor, wave)
    owed = duty("feedback", f"wave:{wave.id}")
    assert owed is not None
    assert owed.kept_at is not None


def test_a_round_closes_by_itself_after_its_last_day(app: Flask, cast: Cast) -> None:
    wave = opened(cast).waves[0]
    assert wave.closes_on is not None
    last_day = now() + (wave.closes_on - today())
    with pinned(last_day):
        jobs.close_what_is_over()
    assert refresh(wave).state == State.OPEN
    with pinned(last_day + timedelta(days=1)):
        jobs.close_what_is_over()
    assert refresh(wave).state == State.CLOSED


def test_a_draft_whose_first_day_has_come_waits_for_a_person(app: Flask, cast: Cast) -> None:
    wave = a_consultation(cast.mobility, state=State.DRAFT).waves[0]
    jobs.close_what_is_over()
    assert refresh(wave).state == State.DRAFT


def test_a_second_round_asks_the_same_questions_and_owes_its_own_answer(app: Flask, cast: Cast) -> None:
    consultation, actor = opened(cast), actor_of(cast.ada)
    with writing():
        round_services.close_wave(actor, consultation.waves[0])
        second = round_services.add_round(actor, consultation)
        second.closes_on, second.hear_back_by = today() + timedelta(days=7), today() + timedelta(days=30)
        round_services.open_wave(actor, second)
    assert consultation.waves[0].instruments[0].sha256 == second.instruments[0].sha256
    assert duty("feedback", f"wave:{second.id}") is not None
    assert [wave.id for wave in open_now(cast.town.id)] == [second.id]


def test_only_what_a_child_can_fill_in_is_open_to_children(app: Flask, cast: Cast) -> None:
    opened(cast, channel=Channel.INTERVIEW)
    a_consultation(cast.mobility, state=State.DRAFT)
    a_consultation(cast.mobility, state=State.CLOSED)
    shown = a_consultation(cast.youth)
    assert [wave.consultation_id for wave in open_now(cast.town.id)] == [shown.id]
    assert open_now(cast.other_town.id) == []


def test_a_child_learns_of_its_town_what_it_needs(app: Flask, cast: Cast) -> None:
    found = town(a_consultation(cast.mobility))
    assert (found.name, found.help_name, found.help_number) == ("Oudenhove", "Awel", "102")
    assert found == town_of(cast.town.id)


def test_a_promised_day_that_has_passed_cannot_be_put_off(cast: Cast) -> None:
    consultation = a_consultation(cast.mobility, state=State.CLOSED)
    wave = consultation.waves[-1]
    change(wave, hear_back_by=today() - timedelta(days=1))
    later = Promise("Waarom", "Wat", "Wie", "Plan", wave.opens_on, wave.closes_on, today() + timedelta(days=30))
    with pytest.raises(Refused), writing():
        services.set_promise(actor_of(cast.ada), consultation, later)
    assert refresh(wave).hear_back_by == today() - timedelta(days=1)
