"""Bundling: words, signals, the duty to answer, and what the ledger keeps."""

from datetime import date

import pytest
from sqlalchemy import select

from dialogue.answering.models import Concern, Reading
from dialogue.consultations.models import Consultation
from dialogue.duties.queries import duty
from dialogue.ledger.models import Entry
from dialogue.results.models import Tally
from dialogue.shared.bands import Band
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.signals import services, word_services
from dialogue.signals.basis_queries import get_coding, quotes, said
from dialogue.signals.models import AnswerBasis, Coding, Signal
from dialogue.signals.queries import (
    get_signal,
    signals_of,
    signals_of_contribution,
    signals_of_response,
    signals_of_wave,
    unread_count,
)
from tests.builders import (
    Cast,
    a_choice,
    a_consultation,
    a_contribution,
    a_place,
    a_signal,
    actor_of,
    own_words,
    refresh,
    responses,
    save,
)
from tests.signals.helpers import counted, published, word

TITLE = {"nl": "De bus is te vol."}


@pytest.fixture
def school(cast: Cast) -> Consultation:
    return a_consultation(cast.mobility)


def verbs() -> list[str]:
    return list(db.session.scalars(select(Entry.verb).order_by(Entry.sequence)))


def test_a_new_signal_owes_an_answer_by_the_promised_day(cast: Cast, school: Consultation) -> None:
    wave = school.waves[-1]
    with writing():
        signal = services.make_signal(actor_of(cast.ada), wave, TITLE)
    owed = duty("decision", f"signal:{signal.id}")
    assert owed is not None
    assert (owed.due, owed.department_id) == (school.waves[-1].hear_back_by, cast.mobility.id)
    assert verbs() == ["signal.made", "duty.owed"]


def test_words_laid_with_a_signal_are_read_and_lie_there_once(cast: Cast, school: Consultation) -> None:
    key, signal_id = a_contribution(school).key, a_signal(school).id
    for _ in range(2):
        with writing():
            word_services.lay(actor_of(cast.ada), get_signal(actor_of(cast.ada), signal_id), [key])
    assert word(key).reading == Reading.CODED
    assert len(db.session.scalars(select(Coding)).all()) == 1
    assert [signal.id for signal in signals_of_contribution(word(key))] == [signal_id]


def test_words_of_another_consultation_are_not_found(cast: Cast, school: Consultation) -> None:
    key = a_contribution(a_consultation(cast.mobility, "Spelen")).key
    signal = a_signal(school)
    with pytest.raises(NotFound), writing():
        word_services.lay(actor_of(cast.ada), signal, [key])
    assert word(key).reading == Reading.UNREAD


@pytest.mark.parametrize("reading", [Reading.CONCERN, Reading.WITHDRAWN])
def test_words_that_readers_may_not_see_cannot_be_laid(cast: Cast, school: Consultation, reading: Reading) -> None:
    contribution, signal = a_contribution(school, reading=reading), a_signal(school)
    with pytest.raises(Refused), writing():
        word_services.lay(actor_of(cast.ada), signal, [contribution.key])


def test_taking_away_leaves_words_unread_unless_they_lie_elsewhere(cast: Cast, school: Consultation) -> None:
    one, two = a_contribution(school, reading=Reading.CODED), a_contribution(school, reading=Reading.CODED)
    first, _second = a_signal(school, "Eén", one, two), a_signal(school, "Twee", two)
    keys = [one.key, two.key]
    with writing():
        assert word_services.take_away(actor_of(cast.ada), first, keys) == 2
    assert [word(key).reading for key in keys] == [Reading.UNREAD, Reading.CODED]
    assert verbs() == ["signal.words_taken_away"]


def test_words_with_a_signal_cannot_be_marked(cast: Cast, school: Consultation) -> None:
    contribution = a_contribution(school, reading=Reading.CODED)
    with pytest.raises(Refused), writing():
        word_services.mark(actor_of(cast.ada), school.waves[-1], [contribution.key], Reading.NO_REQUEST)


def test_a_concern_leaves_its_signals_and_goes_to_the_safeguarding_contact(cast: Cast, school: Consultation) -> None:
    contribution = a_contribution(school, "Niemand mag dit weten.", reading=Reading.CODED)
    key = contribution.key
    a_signal(school, "Eén", contribution)
    with writing():
        word_services.raise_concern(actor_of(cast.ada), school.waves[-1], [key])
    concern = db.session.scalars(select(Concern)).one()
    assert (concern.text, concern.first_seen, concern.read_on) == ("Niemand mag dit weten.", None, None)
    assert word(key).reading == Reading.CONCERN
    assert db.session.scalars(select(Coding)).all() == []
    assert unread_count(actor_of(cast.ada)) == 0
    assert verbs() == ["signal.words_taken_away", "concern.raised"]


def test_the_ledger_never_holds_a_childs_words(cast: Cast, school: Consultation) -> None:
    contribution = a_contribution(school, "kanariegeel")
    with writing():
        services.make_signal(actor_of(cast.ada), school.waves[-1], TITLE, [contribution.key])
    rows = db.session.execute(select(Entry.verb, Entry.object, Entry.before, Entry.after)).all()
    assert "signal.words_laid" in [row.verb for row in rows]
    assert "kanariegeel" not in str(rows)


def test_handing_over_moves_the_duty_with_its_day(cast: Cast, school: Consultation) -> None:
    with writing():
        signal = services.make_signal(actor_of(cast.ada), school.waves[-1], TITLE)
    with writing():
        services.hand_over(actor_of(cast.ada), refresh_in_lock(signal), cast.youth)
    owed = duty("decision", f"signal:{signal.id}")
    assert owed is not None
    assert (owed.department_id, owed.due) == (cast.youth.id, school.waves[-1].hear_back_by)
    assert get_signal(actor_of(cast.cleo), signal.id).department_id == cast.youth.id


def refresh_in_lock(signal: Signal) -> Signal:
    return db.session.get_one(Signal, signal.id)


def test_only_answers_that_were_asked_can_count(cast: Cast, school: Consultation) -> None:
    signal = a_signal(school)
    for basis in [(Band.B, "q1", "z"), (Band.C, "q1", "a"), (Band.B, "q9", "a")]:
        with pytest.raises(NotFound), writing():
            services.add_basis(actor_of(cast.ada), signal, *basis)
    for _ in range(2):
        with writing():
            services.add_basis(actor_of(cast.ada), signal, Band.B, "q1", "b")
    assert {basis.option for basis in refresh(signal).bases} == {"a", "b"}


def test_an_answer_can_stop_counting(cast: Cast, school: Consultation) -> None:
    signal = a_signal(school)
    with writing():
        services.remove_basis(actor_of(cast.ada), signal, Band.B, "q1", "a")
    assert refresh(signal).bases == []


def test_a_quote_from_a_small_group_is_refused(cast: Cast, school: Consultation) -> None:
    contribution = a_contribution(school, reading=Reading.CODED)
    signal = a_signal(school, "Eén", contribution)
    counted(school, 9)
    with pytest.raises(Refused), writing():
        word_services.approve_quote(actor_of(cast.ada), get_coding(signal, contribution.key), "te snel")
    assert quotes(signal) == []


def test_a_quote_is_gone_once_its_words_are_withdrawn(cast: Cast, school: Consultation) -> None:
    contribution = a_contribution(school, reading=Reading.CODED)
    signal = a_signal(school, "Eén", contribution)
    counted(school, 10)
    with writing():
        word_services.approve_quote(actor_of(cast.ada), get_coding(signal, contribution.key), "te snel")
    assert quotes(signal) == ["te snel"]
    with writing():
        contribution.reading = Reading.WITHDRAWN
    assert quotes(signal) == []


def test_what_was_said_is_rounded_and_never_added_up(cast: Cast, school: Consultation) -> None:
    words = [a_contribution(school, reading=Reading.CODED) for _ in range(12)]
    place = a_place(cast.town)
    counted(school, 500, a=150)
    counted(school, 102, place_id=place.id, a=32)
    published(school)
    found = said(a_signal(school, "Eén", *words))
    assert (found.ticked, found.of, found.written) == ("± 180", "± 600", "± 10")
    assert (found.bands, found.places) == ((Band.B,), 1)


def test_an_age_group_too_small_to_show_is_not_told_apart_in_a_signal(cast: Cast) -> None:
    school = a_consultation(cast.mobility, bands="AB")
    counted(school, 4, band="A", a=4)
    counted(school, 100, a=40, b=60)
    published(school)
    signal = a_signal(school, "Eén", a_contribution(school, reading=Reading.CODED, band=Band.A))
    save(AnswerBasis(signal_id=signal.id, band=Band.A, item="q1", option="a"))
    found = said(refresh(signal))
    assert (found.ticked, found.of, found.bands) == ("± 40", "± 100", (Band.B,))


def test_ticks_of_two_questions_are_not_a_share_of_children(cast: Cast) -> None:
    school = a_consultation(cast.mobility, items=[a_choice(), a_choice("q3"), own_words()])
    counted(school, 100, a=40, b=60)
    save(*[Tally(wave_id=school.waves[-1].id, band=Band.B, place_id=0, item="q3", option=o, count=50) for o in "ab"])
    published(school)
    signal = a_signal(school)
    save(AnswerBasis(signal_id=signal.id, band=Band.B, item="q3", option="a"))
    assert (said(refresh(signal)).ticked, said(signal).of) == ("± 90", "")


@pytest.mark.parametrize(
    ("total", "ticks"),
    [
        (60, {"a": 7, "b": 3, "c": 50}),  # with the seven the three could be computed
        (60, {"a": 3, "b": 7, "c": 50}),
        (30, {"a": 28, "b": 2}),  # nearly all said so: no figures in a group under fifty
        (30, {"a": 9}),  # nine answered the question, whoever skipped it
    ],
)
def test_a_figure_that_is_hidden_among_the_results_is_not_found_by_a_signal(
    school: Consultation, total: int, ticks: dict[str, int]
) -> None:
    counted(school, total, **ticks)
    published(school)
    found = said(a_signal(school))
    assert (found.ticked, found.of, found.rests) == ("", "", False)


def test_a_response_finds_the_signals_that_rest_on_its_answers(cast: Cast, school: Consultation) -> None:
    signal = a_signal(school)
    yes, no = responses(school, 1, q1="a")[0], responses(school, 1, q1="b")[0]
    elsewhere = responses(a_consultation(cast.mobility, "Spelen"), 1, q1="a")[0]
    assert signals_of_response(yes) == [signal]
    assert signals_of_response(no) == []
    assert signals_of_response(elsewhere) == []


def test_signals_are_found_by_round_and_by_period(cast: Cast, school: Consultation) -> None:
    signal = a_signal(school)
    assert signals_of_wave(school.waves[-1].id) == [signal]
    assert signals_of(cast.town.id, today(), today()) == [signal]
    assert signals_of(cast.town.id, ends=date(2020, 1, 1)) == []
    assert signals_of(cast.other_town.id) == []


def test_unread_words_count_for_those_who_read_them(cast: Cast, school: Consultation) -> None:
    a_contribution(school)
    a_contribution(school, reading=Reading.HELD)
    counts = {person.name: unread_count(actor_of(person)) for person in (cast.ada, cast.ben, cast.cleo, cast.cora)}
    assert counts == {"Ada": 1, "Ben": 0, "Cleo": 0, "Cora": 1}
    assert unread_count(actor_of(cast.odette)) == 0
