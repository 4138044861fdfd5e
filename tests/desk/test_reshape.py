"""Signals as a whole: split, merged, withdrawn; what is owed goes along, and everybody may read the history."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dialogue.answering.models import Contribution, Reading
from dialogue.consultations.models import Consultation
from dialogue.decisions import reshaping
from dialogue.decisions.models import Outcome, Proposal
from dialogue.decisions.queries import standing_proposal
from dialogue.decisions.services import propose
from dialogue.duties.queries import duty
from dialogue.duties.services import owe
from dialogue.feedback.queries import coverage
from dialogue.feedback.rules import Part
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.shared.errors import Refused
from dialogue.signals.models import Signal, SignalChange
from dialogue.signals.queries import signals_of_contribution
from dialogue.signals.services import hand_over
from tests.builders import Cast, a_consultation, a_contribution, a_decision, a_signal, actor_of, change, refresh
from tests.pages import Pages

WHY = {"because": "Het gaat over dezelfde straat."}
Pair = tuple[Signal, Signal, Contribution]


@pytest.fixture
def asked(cast: Cast) -> Consultation:
    return a_consultation(cast.mobility)


@pytest.fixture
def pair(cast: Cast, asked: Consultation) -> Pair:
    """Two signals of one round; words lie with the first."""
    words = a_contribution(asked, "Te snel.", reading=Reading.CODED)
    first, second = a_signal(asked, "Te snel.", words), a_signal(asked, "Te druk.")
    for signal, days in ((first, 10), (second, 30)):
        owed(signal, days)
    return first, second, words


def owed(signal: Signal, days: int) -> None:
    shared = {"municipality_id": signal.municipality_id, "department_id": signal.department_id, "subject": "x"}
    with writing():
        owe("test", "decision", f"signal:{signal.id}", due=today() + timedelta(days=days), **shared)


def at(signal: Signal, verb: str = "reshape") -> str:
    return f"/desk/signals/{signal.id}/{verb}"


def test_merged_signals_count_once_and_what_is_owed_follows(cast: Cast, pages: Pages, pair: Pair) -> None:
    first, second, words = pair
    page = pages.as_(cast.ada).post(at(first, "merge"), WHY | {"into": str(second.id)})
    assert "werd samengevoegd met “Te druk.”" in page.text
    assert [chain.signal.id for chain in coverage(cast.town.id).chains] == [second.id]
    assert signals_of_contribution(refresh(words)) == [second]
    gone, owes = duty("decision", f"signal:{first.id}"), duty("decision", f"signal:{second.id}")
    assert gone is not None
    assert gone.cancelled_because == WHY["because"]
    assert owes is not None
    assert owes.due == today() + timedelta(days=10)
    assert "Trek in" not in page.text


def test_a_withdrawn_signal_counts_as_withdrawn_and_its_words_are_unread(cast: Cast, pages: Pages, pair: Pair) -> None:
    first, _second, words = pair
    pages.as_(cast.ada).post(at(first, "withdraw"), WHY)
    assert coverage(cast.town.id).counts[Part.WITHDRAWN] == 1
    assert coverage(cast.town.id).total == 2
    assert refresh(words).reading == Reading.UNREAD


def test_a_part_of_a_signal_becomes_one_of_its_own(cast: Cast, pages: Pages, pair: Pair) -> None:
    first, _second, words = pair
    form = WHY | {"title": "Er is te veel lawaai.", "key": words.key.hex(), "answer": "B|q1|a"}
    pages.as_(cast.ada).post(at(first, "split"), form)
    [made] = signals_of_contribution(refresh(words))
    assert (made.titles, [basis.option for basis in made.bases]) == ({"nl": "Er is te veel lawaai."}, ["a"])
    assert refresh(first).bases == []
    owes = duty("decision", f"signal:{made.id}")
    assert owes is not None
    assert owes.promised == today() + timedelta(days=10)


def test_everybody_reads_the_history_beside_the_figures(cast: Cast, pages: Pages, pair: Pair) -> None:
    first, second, _words = pair
    pages.as_(cast.ada).post(at(first, "merge"), WHY | {"into": str(second.id)})
    text_ = pages.get("/m/oudenhove/what-happened").text
    assert "1 signaal werd samengevoegd." in text_
    assert WHY["because"] in text_
    assert WHY["because"] in pages.get(f"/m/oudenhove/signal/{first.id}").text


@pytest.mark.parametrize("verb", ["merge", "split", "withdraw"])
def test_what_was_decided_stays_as_it_is(cast: Cast, pages: Pages, pair: Pair, verb: str) -> None:
    first, second, words = pair
    a_decision(first, cast.ben, Outcome.UNDER_STUDY, under_study_until=today())
    form = WHY | {"into": str(second.id), "title": "Nieuw.", "key": words.key.hex()}
    assert "Hierover is al beslist." in pages.as_(cast.ada).post(at(first, verb), form, status=422).text


def test_without_a_reason_or_on_another_round_nothing_happens(cast: Cast, pages: Pages, pair: Pair) -> None:
    first, second, _words = pair
    ada, elsewhere = pages.as_(cast.ada), a_signal(a_consultation(cast.mobility), "Elders.")
    for into, because in ((second, " "), (first, "x"), (elsewhere, "x")):
        ada.post(at(first, "merge"), {"into": str(into.id), "because": because}, status=422)
    pages.as_(cast.cleo).post(at(first, "withdraw"), WHY, status=404)
    pages.as_(cast.ben).post(at(first, "withdraw"), WHY, status=403)
    assert db.session.query(SignalChange).count() == 0


def test_nothing_is_proposed_or_decided_about_what_is_gone(cast: Cast, pair: Pair) -> None:
    first, second, _words = pair
    with writing():
        reshaping.merge(actor_of(cast.ada), [first], second, "x")
    with pytest.raises(Refused, match="samengevoegd"), writing():
        propose(actor_of(cast.ada), refresh(first), Outcome.ADOPTED, "Ja.", "Omdat.")
    with pytest.raises(Refused, match="samengevoegd"), writing():
        reshaping.withdraw(actor_of(cast.ada), first, "x")


def test_the_history_cannot_be_changed(cast: Cast, pair: Pair) -> None:
    with writing():
        reshaping.withdraw(actor_of(cast.ada), pair[0], "x")
    for statement in ("UPDATE signal_change SET because = 'y'", "DELETE FROM signal_change"):
        with pytest.raises(DBAPIError, match="append-only"), writing() as session:
            session.execute(text(statement))


def test_the_proposal_of_a_department_that_handed_over_lapses(cast: Cast, pages: Pages, pair: Pair) -> None:
    first = pair[0]
    with writing():
        propose(actor_of(cast.ada), first, Outcome.ADOPTED, "Ja.", "Omdat.")
    assert standing_proposal(first.id) is not None
    with writing():
        hand_over(actor_of(cast.ada), refresh(first), cast.youth)
    assert standing_proposal(first.id) is None
    with writing():
        propose(actor_of(cast.cleo), refresh(first), Outcome.ADOPTED, "Ja.", "Omdat.")
    assert db.session.query(Proposal).count() == 2
    for path in (f"/desk/decisions/signal/{first.id}", f"/desk/trace/signal/{first.id}"):
        assert pages.as_(cast.cora).get(path).text.count("vervallen") == 1


def test_a_proposal_that_was_decided_before_the_signal_went_elsewhere_has_not_lapsed(
    cast: Cast, pages: Pages, pair: Pair
) -> None:
    first = pair[0]
    with writing():
        propose(actor_of(cast.ada), first, Outcome.ADOPTED, "Ja.", "Omdat.")
    a_decision(first, cast.ben)
    change(first, department_id=cast.youth.id)
    for path in (f"/desk/decisions/signal/{first.id}", f"/desk/trace/signal/{first.id}"):
        assert "vervallen" not in pages.as_(cast.cora).get(path).text


def test_all_that_was_written_can_be_taken_along_when_a_signal_is_split(
    cast: Cast, pages: Pages, asked: Consultation
) -> None:
    words = [a_contribution(asked, f"Woorden {number}.", reading=Reading.CODED) for number in range(33)]
    page = pages.as_(cast.ada).get(at(a_signal(asked, "Te snel.", *words)))
    assert "Toon nog 3 antwoorden" in page.text
    assert {box.get("value") for box in page.all("input", name="key")} == {one.key.hex() for one in words}
