"""The editor: questions per band are added, worded, moved and removed; the preview shows them and stores nothing."""

from typing import Any

import pytest

from dialogue.consultations.models import Consultation, State, Version
from dialogue.ledger.models import Entry
from dialogue.questions.kinds import KINDS
from dialogue.shared.database import db
from tests.builders import Cast, a_choice, a_consultation, own_words, refresh
from tests.pages import Page, Pages

TYPED = {"nl.question": "Hoe kom jij meestal naar school?", "en.question": "How do you get to school?"}


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    return a_consultation(cast.mobility, state=State.DRAFT)


def editor(consultation: Consultation, band: str = "B") -> str:
    return f"/desk/consultations/{consultation.id}/questions/{band}"


def version(consultation: Consultation) -> Version:
    return refresh(consultation.versions[0])


def labels(item: dict[str, Any], language: str = "nl") -> dict[str, str]:
    return {f"{language}.option.{code}": label for code, label in item["words"][language]["options"].items()}


def test_each_age_has_a_tab_with_its_number_of_questions(pages: Pages, cast: Cast) -> None:
    page = pages.as_(cast.ada).get(editor(a_consultation(cast.mobility, bands="BC"), "C"))
    assert "7–11 jaar · 2" in page.text
    assert [link.text for link in page.all("a", aria_current="page") if "jaar" in (link.text or "")] == [
        "12–15 jaar · 2"
    ]


def test_an_empty_age_says_what_to_do_first(pages: Pages, cast: Cast) -> None:
    empty = a_consultation(cast.mobility, state=State.DRAFT, items=[])
    assert "Nog geen vragen voor 7–11 jaar" in pages.as_(cast.ada).get(editor(empty)).text


@pytest.mark.parametrize(
    ("start", "kind", "options"),
    [("kind:one_choice", "one_choice", 4), ("kind:own_words", "own_words", 0), ("scale:S3", "one_choice", 3)],
)
def test_a_question_can_be_added(
    pages: Pages, cast: Cast, consultation: Consultation, start: str, kind: str, options: int
) -> None:
    pages.as_(cast.ada).post(editor(consultation), {"start": start})
    added = version(consultation).items[-1]
    assert (added["key"], added["kind"], len(added["config"].get("options", []))) == ("q3", kind, options)
    assert set(added["words"]) == {"nl", "en"}


def test_a_question_from_the_bank_brings_its_words_and_what_it_measures(
    pages: Pages, cast: Cast, consultation: Consultation
) -> None:
    page = pages.as_(cast.ada).post(editor(consultation), {"start": "bank:MOB-5"})
    assert version(consultation).items[-1]["indicator"] == "MOB-5"
    assert "Hoe leuk of saai is je weg naar school?" in page.html


def test_a_key_is_never_used_again(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    desk = pages.as_(cast.ada)
    desk.post(f"{editor(consultation)}/q2/remove")
    desk.post(editor(consultation), {"start": "kind:one_choice"})
    assert [item["key"] for item in version(consultation).items] == ["q1", "q3"]


def test_what_was_typed_is_stored_clean(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    form = TYPED | labels(a_choice()) | {"option.a.picture": "fiets", "option.a.positive": "on", "picture": "bus"}
    form["nl.question"] = "  Hoe kom jij\u200b meestal naar school?  "
    pages.as_(cast.ada).post(f"{editor(consultation)}/q1", form)
    item = version(consultation).items[0]
    assert item["words"]["nl"]["question"] == "Hoe kom jij meestal naar school?"
    assert item["picture"] == "bus"
    assert [(o["picture"], o["positive"]) for o in item["config"]["options"]][:2] == [("bike", True), ("", False)]


def test_questions_move_up_and_down(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    desk = pages.as_(cast.ada)
    desk.post(f"{editor(consultation)}/q2/up")
    assert [item["key"] for item in version(consultation).items] == ["q2", "q1"]
    desk.post(f"{editor(consultation)}/q2/up")
    desk.post(f"{editor(consultation)}/q2/down")
    assert [item["key"] for item in version(consultation).items] == ["q1", "q2"]


def test_an_answer_is_added_moved_and_retired_without_losing_what_was_typed(
    pages: Pages, cast: Cast, consultation: Consultation
) -> None:
    desk, address = pages.as_(cast.ada), f"{editor(consultation)}/q1/options"
    form = TYPED | labels(a_choice())
    desk.post(address, form)
    desk.post(f"{address}/e/up", form | {"nl.option.e": "Met de bus"})
    desk.post(f"{address}/a/remove", form | {"nl.option.e": "Met de bus"})
    item = version(consultation).items[0]
    options = item["config"]["options"]
    assert [o["code"] for o in options if not o["retired"]] == ["b", "c", "e", "d"]
    assert [o["code"] for o in options if o["retired"]] == ["a"]
    assert item["words"]["nl"]["options"]["e"] == "Met de bus"
    desk.post(address, form)
    assert version(consultation).items[0]["config"]["options"][-1]["code"] == "f"


def test_own_words_have_no_answers_to_add(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    pages.as_(cast.ada).post(f"{editor(consultation)}/q2/options", status=404)


def test_advice_stands_at_the_question(pages: Pages, cast: Cast) -> None:
    hard = a_consultation(
        cast.mobility, state=State.DRAFT, items=[a_choice(question="Waarom neem jij niet de fiets naar school?")]
    )
    page = pages.as_(cast.ada).get(f"{editor(hard)}?item=q1")
    assert "“niet” maakt het lastig" in page.text


def test_the_preview_shows_what_is_typed_and_stores_nothing(
    pages: Pages, cast: Cast, consultation: Consultation
) -> None:
    before, desk = version(consultation).items, pages.as_(cast.ada)
    form = TYPED | {"nl.question": "Neem jij nooit de <b>bus</b>?"} | labels(a_choice())
    page = Page(desk.client.post(f"{editor(consultation)}/q1/preview", data=form))
    assert page.status == 200
    assert "Neem jij nooit de <b>bus</b>?" in page.text
    assert "“nooit” maakt het lastig" in page.text
    assert version(consultation).items == before


def test_the_preview_speaks_the_language_that_is_asked_for(
    pages: Pages, cast: Cast, consultation: Consultation
) -> None:
    page = pages.as_(cast.ada).get(f"{editor(consultation)}?item=q1&shown=en")
    phone = next(e for e in page.all("div", lang="en"))
    assert "Very unsafe" in "".join(phone.itertext())


def test_every_change_of_a_question_stands_in_the_ledger(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    pages.as_(cast.ada).post(f"{editor(consultation)}/q1", TYPED | labels(a_choice()))
    last = db.session.query(Entry).order_by(Entry.sequence.desc()).first()
    assert last is not None
    assert (last.verb, last.object) == ("consultation.questions_changed", f"consultation:{consultation.id}")
    assert last.before != last.after


def test_unknown_bands_questions_and_beginnings_are_not_there(
    pages: Pages, cast: Cast, consultation: Consultation
) -> None:
    desk = pages.as_(cast.ada)
    for band in ("C", "Z", "b"):
        desk.get(editor(consultation, band), status=404)
    desk.post(f"{editor(consultation)}/q9", TYPED, status=404)
    for start in ("", "kind:", "kind:photo", "scale:X9", "bank:MOB-9", "bank:"):
        desk.post(editor(consultation), {"start": start}, status=404)


def test_who_may_only_read_sees_questions_but_no_forms(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    page = pages.as_(cast.ben).get(f"{editor(consultation)}?item=q1")
    assert "Hoe veilig of onveilig is je weg naar school?" in page.text
    assert [form for form in page.all("form") if "/consultations/" in form.get("action", "")] == []


def test_a_very_long_text_is_kept_and_named_as_a_reason(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    page = pages.as_(cast.ada).post(f"{editor(consultation)}/q1", TYPED | {"nl.question": "Waarom " * 100 + "?"})
    assert "De vraag is te lang" in page.text


def test_own_words_length_is_a_number(pages: Pages, cast: Cast) -> None:
    mine = a_consultation(cast.mobility, state=State.DRAFT, items=[own_words("q1")])
    for typed, stored in (("100", 100), ("9" * 50, 100), ("-1", 100), ("٣", 100)):
        pages.as_(cast.ada).post(f"{editor(mine)}/q1", TYPED | {"most_characters": typed})
        assert version(mine).items[0]["config"]["most_characters"] == stored


def test_kinds_are_offered_to_who_can_answer_them(pages: Pages, cast: Cast) -> None:
    consultation, desk = a_consultation(cast.mobility, bands="AB"), pages.as_(cast.ada)
    offered = {
        band: {
            str(option.get("value"))
            for option in desk.get(editor(consultation, band)).all("option")
            if str(option.get("value")).startswith("kind:")
        }
        for band in "AB"
    }
    assert offered["A"] == {"kind:one_choice"}
    assert offered["B"] == {f"kind:{key}" for key in KINDS}


@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        ("several_choices", {"most": "2", "nl.option.a": "Op de fiets"}, ["Kies er hoogstens 2.", "Op de fiets"]),
        ("order", {"most": "2", "nl.option.a": "Op de fiets"}, ["Tik eerst wat je het belangrijkst vindt"]),
        ("grade", {"nl.low": "saai", "nl.high": "tof"}, ["0 = saai", "10 = tof", "vanaf 10 jaar"]),
    ],
)
def test_a_question_of_another_kind_is_added_shown_and_saved(
    pages: Pages, cast: Cast, consultation: Consultation, kind: str, typed: dict[str, str], shown: list[str]
) -> None:
    desk = pages.as_(cast.ada)
    desk.post(editor(consultation), {"start": f"kind:{kind}"})
    key = version(consultation).items[-1]["key"]
    page = desk.get(f"{editor(consultation)}?item={key}")
    assert {field.get("name") for field in page.all("input")} >= set(typed)
    preview = desk.client.post(f"{editor(consultation)}/{key}/preview", data=typed | {"nl.question": "Wat vind je?"})
    for text in ["Wat vind je?", *shown]:
        assert text in preview.text
    desk.post(f"{editor(consultation)}/{key}", typed | {"nl.question": "Wat vind je?"})
    item = version(consultation).items[-1]
    assert item["words"]["nl"]["question"] == "Wat vind je?"
    desk.post(f"{editor(consultation)}/{key}/options", typed, status=404 if kind == "grade" else 200)
