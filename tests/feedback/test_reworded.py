"""A signal that is worded anew after a decision: what was decided on stays to be read, and cannot be changed."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from dialogue.decisions.models import Outcome
from dialogue.shared.database import db, writing
from dialogue.signals import services
from dialogue.signals.models import EarlierSentence, Signal
from tests.builders import Cast, a_consultation, a_decision, a_signal, actor_of
from tests.pages import Pages

FIRST, SECOND, THIRD = "De auto's rijden te snel.", "Het is druk op straat.", "Straten mogen rustiger."


@pytest.fixture
def signal(cast: Cast) -> Signal:
    return a_signal(a_consultation(cast.mobility), FIRST)


def reword(cast: Cast, signal: Signal, sentence: str) -> None:
    with writing():
        services.rename(actor_of(cast.ada), db.session.get_one(Signal, signal.id), {"nl": sentence})


def thread_of(pages: Pages, cast: Cast, signal: Signal) -> str:
    [thread] = pages.get(f"/m/{cast.town.slug}/signal/{signal.id}").all("ol", **{"class": "standing"})
    return " ".join("".join(thread.itertext()).split())


def test_the_sentence_on_which_was_decided_stays_to_be_read(cast: Cast, pages: Pages, signal: Signal) -> None:
    a_decision(signal, cast.ben, Outcome.NOT_ADOPTED)
    reword(cast, signal, SECOND)
    reword(cast, signal, THIRD)
    told = thread_of(pages, cast, signal)
    assert told.index(THIRD) < told.index(SECOND) < told.index(FIRST)
    assert told.count("na het besluit. Eerder stond er:") == 2


def test_a_sentence_that_nobody_decided_on_is_nobodys_business(cast: Cast, pages: Pages, signal: Signal) -> None:
    a_decision(a_signal(signal.consultation, "Meer bomen."), cast.ben)
    reword(cast, signal, SECOND)
    a_decision(signal, cast.ben, Outcome.NOT_ADOPTED)
    told = thread_of(pages, cast, signal)
    assert SECOND in told
    assert FIRST not in told


def test_the_same_sentence_again_is_no_change(cast: Cast, pages: Pages, signal: Signal) -> None:
    a_decision(signal, cast.ben, Outcome.NOT_ADOPTED)
    reword(cast, signal, FIRST)
    assert "Eerder stond er" not in thread_of(pages, cast, signal)
    assert db.session.scalar(select(EarlierSentence)) is None


def test_another_signal_keeps_quiet_about_it(cast: Cast, pages: Pages, signal: Signal) -> None:
    other = a_signal(a_consultation(cast.mobility), "Meer bomen.")
    for one in (signal, other):
        a_decision(one, cast.ben, Outcome.NOT_ADOPTED)
    reword(cast, signal, SECOND)
    assert FIRST not in thread_of(pages, cast, other)


def test_the_database_itself_keeps_what_was_said_before(cast: Cast, signal: Signal) -> None:
    reword(cast, signal, SECOND)
    for change in (update(EarlierSentence).values(titles={"nl": "Alles is goed."}), delete(EarlierSentence)):
        with pytest.raises(IntegrityError), writing():
            db.session.execute(change)
