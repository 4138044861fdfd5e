"""When a round may open, close, be renewed, or be followed by another: without a database."""

from datetime import date, timedelta
from typing import Any

import pytest

from dialogue.consultations import rules
from dialogue.consultations.models import Channel, Consultation, Instrument, State, Version, Wave
from dialogue.shared.bands import Band
from dialogue.shared.canonical import sha256_hex
from tests.builders import a_choice

TODAY = date(2026, 5, 12)


def ready(state: State = State.DRAFT, **values: Any) -> Consultation:
    """A consultation whose round can open."""
    defaults: dict[str, Any] = {
        "titles": {"nl": "Naar school"},
        "languages": ["nl"],
        "channel": Channel.SELF,
        "always_open": False,
        "purpose": "Veilig naar school.",
        "still_open": "Twee straten.",
        "decided_by": "Schepen Ben",
        "feeds_plan": "",
    }
    consultation = Consultation(**defaults | values)
    consultation.versions.append(Version(band=Band.B, items=[a_choice()], next_item=2))
    days = {"opens_on": TODAY, "closes_on": TODAY + timedelta(days=14), "hear_back_by": TODAY + timedelta(days=40)}
    consultation.waves.append(Wave(number=1, state=state, **days))
    return consultation


def why_not_open(consultation: Consultation) -> list[str]:
    return rules.why_not_open(consultation, rules.latest(consultation), TODAY)


def asked(consultation: Consultation) -> list[Instrument]:
    found = []
    for version in consultation.versions:
        document = rules.document(version)
        found.append(Instrument(band=version.band, number=1, document=document, sha256=sha256_hex(document)))
    return found


def test_what_is_promised_and_worded_can_open() -> None:
    assert why_not_open(ready()) == []


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("purpose", "Zeg waarom je dit vraagt."),
        ("still_open", "Zeg wat er nog kan veranderen."),
        ("decided_by", "Zeg wie er beslist."),
        ("titles", "Geef een titel in elke taal."),
    ],
)
def test_a_promise_has_no_holes(field: str, reason: str) -> None:
    empty: Any = {} if field == "titles" else ""
    assert why_not_open(ready(**{field: empty})) == [reason]


@pytest.mark.parametrize(
    ("day", "value", "words"),
    [
        ("closes_on", None, "Kies tot wanneer"),
        ("hear_back_by", None, "Kies tot wanneer"),
        ("closes_on", TODAY - timedelta(days=1), "al voorbij"),
        ("hear_back_by", TODAY + timedelta(days=14), "ná de laatste dag"),
        ("hear_back_by", TODAY + timedelta(days=500), "langer dan een jaar"),
    ],
)
def test_days_that_cannot_be_promised(day: str, value: date | None, words: str) -> None:
    consultation = ready()
    setattr(consultation.waves[0], day, value)
    assert words in why_not_open(consultation)[0]


def test_a_round_that_was_open_does_not_open_again() -> None:
    for state in (State.OPEN, State.CLOSED, State.ANSWERED):
        assert why_not_open(ready(state)) == ["Deze ronde was al open."]


def test_two_rounds_are_never_open_at_once() -> None:
    consultation = ready()
    consultation.waves.insert(0, Wave(number=0, state=State.OPEN))
    assert "Er is nog een ronde open: sluit die eerst." in why_not_open(consultation)


def test_a_question_that_cannot_be_asked_keeps_the_round_shut_and_advice_does_not() -> None:
    consultation = ready()
    consultation.versions[0].items = [a_choice(question="Waarom fiets je niet?")]
    assert why_not_open(consultation) == ["7–11 jaar: Vraag 1: “niet” maakt het lastig: vraag het zonder."]
    consultation.versions[0].items = [a_choice(question="Vind je ook dat het te druk is?")]
    assert why_not_open(consultation) == []
    assert any("stuurt het antwoord" in text for text in rules.advice(consultation))


def test_nobody_is_asked_without_an_age() -> None:
    consultation = ready()
    consultation.versions.clear()
    assert why_not_open(consultation) == ["Kies minstens één leeftijd."]


def test_answers_from_elsewhere_need_questions_but_no_wording_for_a_phone() -> None:
    consultation = ready(channel=Channel.INTERVIEW)
    consultation.versions[0].items = [a_choice(question="Waarom fiets je niet?")]
    consultation.waves[0].closes_on = TODAY - timedelta(days=1)
    assert why_not_open(consultation) == []
    consultation.versions[0].items = []
    assert why_not_open(consultation) == ["Er zijn nog geen vragen."]


@pytest.mark.parametrize("state", [State.DRAFT, State.CLOSED, State.ANSWERED])
def test_only_an_open_round_closes(state: State) -> None:
    assert rules.why_not_close(ready(state).waves[0], TODAY) == ["Deze ronde is niet open."]


def test_an_open_round_may_close_before_its_last_day() -> None:
    assert rules.why_not_close(ready(State.OPEN).waves[0], TODAY) == []


def test_what_is_always_open_stays_open_until_its_quarter_is_over() -> None:
    wave = ready(State.OPEN, always_open=True).waves[0]
    assert rules.why_not_close(wave, TODAY)
    assert wave.closes_on is not None
    assert rules.why_not_close(wave, wave.closes_on + timedelta(days=1)) == []


@pytest.mark.parametrize("state", list(State))
def test_a_round_is_answered_only_after_it_closed(state: State) -> None:
    assert (rules.why_not_answered(ready(state).waves[0]) == []) == (state == State.CLOSED)


@pytest.mark.parametrize("state", list(State))
def test_another_round_is_prepared_once_the_last_is_over(state: State) -> None:
    assert (rules.why_not_add_round(ready(state)) == []) == (state in (State.CLOSED, State.ANSWERED))
    assert rules.why_not_add_round(ready(state, always_open=True))


def test_only_changed_questions_of_an_open_round_are_renewed() -> None:
    consultation = ready(State.OPEN)
    wave, current = consultation.waves[0], asked(consultation)
    assert rules.why_not_renew(consultation, wave, current) == ["Er is niets veranderd aan de vragen."]
    consultation.versions[0].items = [a_choice(question="Hoe veilig of onveilig is je straat?")]
    assert rules.why_not_renew(consultation, wave, current) == []
    consultation.versions[0].items = [a_choice(question="Waarom niet?")]
    assert "lastig" in rules.why_not_renew(consultation, wave, current)[0]
    wave.state = State.CLOSED
    assert rules.why_not_renew(consultation, wave, current) == ["Deze ronde is niet open."]


def test_an_age_that_was_asked_cannot_go() -> None:
    consultation = ready(State.OPEN)
    consultation.waves[0].instruments.extend(asked(consultation))
    assert rules.why_not_drop(consultation, [Band.B])
    assert rules.why_not_drop(consultation, [Band.C]) == []


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_a_quarter_ends_with_its_third_month(day: date, end: date) -> None:
    assert rules.quarter_end(day) == end
