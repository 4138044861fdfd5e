"""A pile of paper typed over: quick, countable, mended before it is sealed, and like all other letters afterwards."""

from typing import Any

import pytest
from sqlalchemy import select

from dialogue.answering.letterbox import installation_key, unseal
from dialogue.answering.models import Concern, Letter
from dialogue.answering.pile_models import Pile, Sheet
from dialogue.answering.pile_rules import as_typed, read_typed
from dialogue.consultations.models import Consultation, State
from dialogue.ledger.models import Entry
from dialogue.places.models import Place
from dialogue.shared.actor import Role
from dialogue.shared.database import db
from tests.builders import Cast, a_choice, a_consultation, a_place, a_staff_member, change, own_words
from tests.items import a_grade, several_choices
from tests.pages import Page, Pages

ITEMS = [a_choice(), several_choices("q2", most=2), several_choices("q3", kind="order"), a_grade("q4"), own_words("q5")]
DOCUMENT = {"items": ITEMS}
CRY = "Papa slaat mij"


def begin(pages: Pages, cast: Cast, expected: int = 2, **more: Any) -> tuple[Pages, Consultation, Place, str]:
    """Ada's pages, what is asked, where, and the address of the pile she began."""
    consultation, place = a_consultation(cast.mobility, items=ITEMS), a_place(cast.town)
    wave, typist = consultation.waves[0], pages.as_(cast.ada)
    sent = {"instrument": wave.instruments[0].id, "place": place.id, "expected": expected, **more}
    typist.post(f"/desk/rounds/{wave.id}/paper", sent)
    return typist, consultation, place, f"/desk/paper/{db.session.scalars(select(Pile.id)).one()}"


def in_the_box() -> list[dict[str, Any]]:
    """What the letters say."""
    db.session.rollback()
    return [unseal(installation_key(), letter.body, letter.tag) for letter in db.session.scalars(select(Letter))]


def put(typist: Pages, address: str, number: int, status: int = 200, **typed: str) -> Page:
    return typist.post(address, {"number": number, "q1": "2", **typed}, status=status)


@pytest.mark.parametrize(
    ("key", "text", "answer"),
    [
        ("q1", "2", "b"),
        ("q1", " 3 ", "c"),
        ("q1", "?", "?"),
        ("q1", "/", "?"),
        ("q1", "-", None),
        ("q1", "", None),
        ("q2", "31", "a+c"),
        ("q2", "3, 1", "a+c"),
        ("q3", "31", "c+a"),
        ("q4", "10", "10"),
        ("q4", "?", "?"),
    ],
)
def test_a_number_is_the_option_that_bears_it_on_paper(key: str, text: str, answer: str | None) -> None:
    read = read_typed(DOCUMENT, {key: text})
    assert not read.problems
    assert read.answers.get(key) == answer


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("q1", "9"),
        ("q1", "0"),
        ("q1", "12"),
        ("q1", "a"),
        ("q1", "²"),
        ("q2", "123"),
        ("q2", "11"),
        ("q4", "11"),
        ("q5", "x" * 141),
    ],
)
def test_what_no_child_could_have_ticked_is_asked_again(app: Any, key: str, text: str) -> None:
    assert list(read_typed(DOCUMENT, {key: text}).problems) == [key]


def test_of_more_than_nine_options_each_number_stands_apart(app: Any) -> None:
    options = [{"code": f"o{n}", "picture": "", "positive": False, "retired": n == 0} for n in range(11)]
    document = {"items": [ITEMS[0] | {"config": {"options": options}}]}
    assert read_typed(document, {"q1": "10"}).answers == {"q1": "o10"}
    assert read_typed(document, {"q1": "11"}).problems


def test_a_sheet_is_shown_as_it_was_typed(app: Any) -> None:
    typed = {"q1": "2", "q2": "1 3", "q3": "3 1", "q4": "7", "q5": "Een fietspad"}
    read = read_typed(DOCUMENT, typed)
    assert as_typed(DOCUMENT, read.answers | read.words) == typed
    assert as_typed(DOCUMENT, {"q1": "?"}) == {"q1": "?"}


def test_a_whole_pile_goes_into_the_letter_box_and_leaves_nothing_behind(pages: Pages, cast: Cast) -> None:
    typist, _consultation, place, address = begin(pages, cast)
    put(typist, address, 1, q5="Een fietspad")
    put(typist, address, 2, q1="?")
    assert "Getypt: 2. Dat klopt." in typist.get(f"{address}/end").text
    assert "2 formulieren zitten in de brievenbus" in typist.post(f"{address}/send").text
    sent = in_the_box()
    assert sorted(body["answers"]["q1"] for body in sent) == ["?", "b"]
    assert {(body["channel"], body["place"], body["band"]) for body in sent} == {("paper", place.id, "B")}
    assert [word["text"] for body in sent for word in body["words"]] == ["Een fietspad"]
    assert db.session.query(Sheet).count() == 0
    assert all(letter.batch_id is None for letter in db.session.scalars(select(Letter)))


def test_sheets_wait_sealed_and_outside_the_letter_box(pages: Pages, cast: Cast) -> None:
    typist, _consultation, _place, address = begin(pages, cast)
    put(typist, address, 1, q5="Een fietspad bij de kerk")
    assert in_the_box() == []
    assert b"fietspad" not in db.session.scalars(select(Sheet.body)).one()


def test_the_ledger_knows_who_entered_how_many_where_and_no_word_of_a_child(pages: Pages, cast: Cast) -> None:
    typist, consultation, place, address = begin(pages, cast, expected=1)
    put(typist, address, 1, q5="Een fietspad")
    typist.post(f"{address}/send")
    entry = db.session.scalars(select(Entry).where(Entry.verb == "paper.entered")).one()
    pile = db.session.scalars(select(Pile)).one()
    assert (entry.actor, entry.object) == (f"staff:{cast.ada.id}", f"pile:{pile.id}")
    assert (pile.wave_id, pile.place_id, pile.sent) == (consultation.waves[0].id, place.id, 1)


def test_what_is_missing_from_the_pile_is_said_before_it_is_sent(pages: Pages, cast: Cast) -> None:
    typist, _consultation, _place, address = begin(pages, cast, expected=3)
    put(typist, address, 1)
    assert "Er ontbreken 2 formulieren." in typist.get(f"{address}/end").text
    for number in (2, 3, 4):
        put(typist, address, number)
    assert "Er is 1 formulier te veel." in typist.get(f"{address}/end").text


def test_the_last_sheet_can_be_mended_or_taken_away_until_it_is_sent(pages: Pages, cast: Cast) -> None:
    typist, _consultation, _place, address = begin(pages, cast)
    put(typist, address, 1)
    put(typist, address, 2, q1="3")
    assert typist.get(f"{address}?again=1").all("input", name="q1")[0].get("value") == "3"
    put(typist, address, 2, q1="4", again="1")
    typist.post(f"{address}/undo", {"number": 1})
    assert db.session.query(Sheet).count() == 2
    typist.post(f"{address}/undo", {"number": 2})
    typist.post(f"{address}/undo", {"number": 2})
    put(typist, address, 2, q1="1")
    typist.post(f"{address}/send")
    assert sorted(body["answers"]["q1"] for body in in_the_box()) == ["a", "b"]


def test_a_double_tap_keeps_a_sheet_once_and_a_second_window_overwrites_nothing(pages: Pages, cast: Cast) -> None:
    typist, _consultation, _place, address = begin(pages, cast)
    put(typist, address, 1)
    put(typist, address, 1)
    assert "in een ander venster" in put(typist, address, 1, 422, q1="3", q5="Mijn woorden").text
    assert "Mijn woorden" in put(typist, address, 3, 422, q5="Mijn woorden").html
    assert db.session.query(Sheet).count() == 1


def test_what_cannot_be_read_is_shown_again_with_all_that_was_typed(pages: Pages, cast: Cast) -> None:
    typist, _consultation, _place, address = begin(pages, cast)
    page = put(typist, address, 1, 422, q1="9", q5="Een fietspad")
    assert "Een fietspad" in page.html
    assert "Typ een nummer van 1 tot 4" in page.text
    assert "Er is niets ingevuld" in put(typist, address, 1, 422, q1="").text
    assert db.session.query(Sheet).count() == 0


def test_words_that_ask_for_help_are_told_at_once_and_once(pages: Pages, cast: Cast) -> None:
    typist, _consultation, _place, address = begin(pages, cast)
    assert "vraagt om hulp" in put(typist, address, 1, q5=CRY).text
    assert db.session.scalars(select(Concern.text)).all() == [CRY]
    put(typist, address, 1, q5=CRY, q1="3", again="1")
    assert db.session.query(Concern).count() == 1


def test_a_pile_is_sent_once_and_only_into_a_round_that_takes_it(pages: Pages, cast: Cast) -> None:
    typist, consultation, _place, address = begin(pages, cast)
    assert "nog geen formulier" in typist.post(f"{address}/send", status=422).text
    put(typist, address, 1)
    change(consultation.waves[0], state=State.ANSWERED)
    assert "open of net gesloten" in typist.post(f"{address}/send", status=422).text
    change(consultation.waves[0], state=State.CLOSED)
    typist.post(f"{address}/send")
    typist.post(f"{address}/send", status=404)
    assert len(in_the_box()) == 1


def test_what_was_typed_can_be_thrown_away(pages: Pages, cast: Cast) -> None:
    typist, _consultation, _place, address = begin(pages, cast)
    put(typist, address, 1)
    assert "Wat getypt was, is weg" in typist.post(f"{address}/drop").text
    assert (db.session.query(Sheet).count(), in_the_box()) == (0, [])


@pytest.mark.parametrize(
    "wrong", [{"expected": 0}, {"expected": 201}, {"expected": "x"}, {"place": 999}, {"instrument": 999}]
)
def test_a_pile_begins_with_a_form_a_place_and_a_count(pages: Pages, cast: Cast, wrong: dict[str, Any]) -> None:
    wave = a_consultation(cast.mobility).waves[0]
    right = {"instrument": wave.instruments[0].id, "place": 0, "expected": 2}
    pages.as_(cast.ada).post(f"/desk/rounds/{wave.id}/paper", right | wrong, status=422)
    assert db.session.query(Pile).count() == 0


def test_a_round_that_is_told_takes_no_paper(pages: Pages, cast: Cast) -> None:
    wave = a_consultation(cast.mobility, state=State.ANSWERED).waves[0]
    sent = {"instrument": wave.instruments[0].id, "place": 0, "expected": 2}
    pages.as_(cast.ada).post(f"/desk/rounds/{wave.id}/paper", sent, status=422)


def test_nobody_reads_the_sheets_of_a_colleague(pages: Pages, cast: Cast) -> None:
    typist, _consultation, _place, address = begin(pages, cast)
    put(typist, address, 1, q5="Een fietspad")
    colleague = pages.as_(a_staff_member(cast.town, "Mia", (Role.MAKER, cast.mobility)))
    for rest in ("", "?again=1"):
        colleague.get(f"{address}{rest}", status=403)
    colleague.post(f"{address}/send", status=403)
    colleague.get(f"{address}/end")
    pages.as_(cast.cleo).get(f"{address}/end", status=404)
