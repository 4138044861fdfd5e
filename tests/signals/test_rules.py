"""What a reader may do with words, and what a signal may rest on."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from dialogue.answering.models import Reading
from dialogue.consultations.models import Instrument, Wave
from dialogue.shared.actor import Actor, Role
from dialogue.shared.bands import Band
from dialogue.signals import rules
from dialogue.signals.basis_queries import Said
from dialogue.signals.models import Signal
from dialogue.signals.words import said_words
from tests.builders import a_choice, own_words

DAY = date(2026, 3, 12)


def somebody(*grants: tuple[Role, int | None], municipality: int = 1) -> Actor:
    return Actor(7, "Iemand", municipality, "nl", frozenset(grants))


def a_signal(asked_by: int = 1, owed_by: int = 2) -> Any:
    return SimpleNamespace(
        municipality_id=1, department_id=owed_by, consultation=SimpleNamespace(department_id=asked_by)
    )


def test_who_asked_and_who_owes_may_know_of_a_signal_and_nobody_else() -> None:
    signal: Signal = a_signal(asked_by=1, owed_by=2)
    assert rules.sees(somebody((Role.MAKER, 1)), signal)
    assert rules.sees(somebody((Role.DECIDER, 2)), signal)
    assert rules.sees(somebody((Role.COORDINATOR, None)), signal)
    assert not rules.sees(somebody((Role.MAKER, 3)), signal)
    assert not rules.sees(somebody((Role.ADMINISTRATOR, None)), signal)
    assert not rules.sees(somebody((Role.COORDINATOR, None), municipality=2), signal)


def test_only_readers_of_the_department_that_asked_and_coordinators_read_raw_words() -> None:
    assert rules.may_read_words(somebody((Role.READER, 1)), 1)
    assert rules.may_read_words(somebody((Role.COORDINATOR, None)), 1)
    assert not rules.may_read_words(somebody((Role.READER, 2)), 1)
    assert not rules.may_read_words(somebody((Role.DECIDER, 1)), 1)


def test_who_owes_a_signal_may_hand_it_over_but_not_bundle_it() -> None:
    signal = a_signal(asked_by=1, owed_by=2)
    assert rules.may_hand_over(somebody((Role.DECIDER, 2)), signal)
    assert not rules.may_bundle(somebody((Role.DECIDER, 2)), signal)
    assert not rules.may_hand_over(somebody((Role.DECIDER, 3)), signal)


def test_concerns_and_withdrawn_words_are_never_shown_to_readers() -> None:
    assert Reading.CONCERN not in rules.SHOWN
    assert Reading.WITHDRAWN not in rules.SHOWN


def test_a_signal_is_due_on_the_promised_day_or_after_sixty_days() -> None:
    assert rules.due_day(Wave(hear_back_by=DAY), date(2026, 1, 1)) == DAY
    assert rules.due_day(Wave(), DAY) == date(2026, 5, 11)


def test_words_with_a_signal_are_first_taken_away() -> None:
    assert rules.why_not_mark([Reading.UNREAD, Reading.CODED])
    assert not rules.why_not_mark([Reading.UNREAD, Reading.HELD])


def test_nothing_ticked_and_words_that_are_gone_are_said() -> None:
    assert rules.why_not_pick(0, 0)
    assert "1 antwoord" in rules.why_not_pick(2, 1)[0]
    assert not rules.why_not_pick(2, 2)


def test_a_quote_needs_a_group_of_ten() -> None:
    assert rules.why_not_quote(9, 10)
    assert not rules.why_not_quote(10, 10)


def test_every_option_that_was_asked_can_count_also_a_retired_one() -> None:
    item = a_choice()
    item["config"]["options"][0]["retired"] = True
    asked = rules.answers_asked([Instrument(band=Band.B, document={"items": [item, own_words()]})], "nl")
    assert [answer.value for answer in asked] == ["B|q1|a", "B|q1|b", "B|q1|c", "B|q1|d"]
    assert asked[0].answer == "Heel onveilig"


def test_questions_fall_back_to_a_language_there_is() -> None:
    assert rules.words_of(own_words(), "fr")["question"] == "Wat wil jij nog vertellen?"


def test_ticks_and_words_are_said_apart_and_few_stay_few() -> None:
    assert said_words(Said("± 180", "± 600", "± 30", (Band.B,), 8)) == (
        "± 180 keer aangekruist (van ± 600 antwoorden), ± 30 keer geschreven"
    )
    assert said_words(Said("", "", "<5", (), 0)) == "minder dan 5 keer geschreven"
    assert said_words(Said("", "", "", (), 0)) == "Steunt nog op niets"
