"""A child wants what it said to be gone, also out of the box: it goes with that of others, and nobody stands out."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from dialogue import jobs
from dialogue.answering.models import Contribution, Erasure, Reading, Response
from dialogue.answering.receipt import tag
from dialogue.feedback.receipts import opened
from dialogue.ledger.models import Entry
from dialogue.ledger.queries import verify
from dialogue.results.erasing import erase_answers
from dialogue.results.models import Tally
from dialogue.results.queries import publication, total
from dialogue.results.rules import goes_now
from dialogue.shared.clock import now
from dialogue.shared.database import db
from dialogue.signals.basis_queries import quotes
from dialogue.signals.erasing import erase_words
from dialogue.signals.models import Coding
from tests.builders import Cast, a_consultation, a_decision, a_place, a_signal, change, responses, save
from tests.feedback.erasing import YES, all_ask, opened_children
from tests.feedback.reactions import Keys, a_message, says, sent
from tests.pages import Pages

ENOUGH = 19  # more never need to ask


def rows(model: Any) -> list[Any]:
    db.session.rollback()
    return list(db.session.scalars(select(model)))


def tallied(option: str) -> int:
    return db.session.scalar(select(func.sum(Tally.count)).where(Tally.option == option)) or 0


def test_a_child_asks_after_reading_what_will_happen_and_sees_that_it_waits(
    app: Flask, pages: Pages, cast: Cast
) -> None:
    keys, *_others = opened_children(app, a_consultation(cast.mobility), 12)
    assert "Neem mijn antwoord terug" in pages.post("/r", sent(keys)).text
    page = pages.post("/r/take-back", sent(keys))
    assert "samen met antwoorden van anderen" in page.text
    assert rows(Erasure) == []
    [field] = page.all("input", name="keys")
    after = pages.post(YES, {"keys": field.get("value", "")})
    for shown in (after, pages.post("/r", sent(keys)), pages.post("/r/take-back", sent(keys))):
        assert "Je vroeg ons je antwoord weg te doen. Dat gebeurt samen met dat van anderen." in shown.text
        assert "Neem mijn antwoord terug" not in shown.text
    jobs.run_all()
    assert (len(rows(Response)), len(rows(Contribution))) == (12, 12)


def test_each_thing_said_has_a_wish_that_looks_like_any_other(app: Flask, pages: Pages, cast: Cast) -> None:
    all_ask(pages, opened_children(app, a_consultation(cast.mobility), 5))
    wishes = rows(Erasure)
    assert len(wishes) == 10
    assert len({len(wish.body) for wish in wishes}) == 1
    kept = {value for row in [*rows(Response), *rows(Contribution)] for value in (row.key, row.tag)}
    assert not kept & {value for wish in wishes for value in (wish.tag, wish.body)}


def test_without_the_pepper_nobody_finds_what_a_wish_is_about(app: Flask, pages: Pages, cast: Cast) -> None:
    all_ask(pages, opened_children(app, a_consultation(cast.mobility), 1))
    marks = [row.tag for row in [*rows(Response), *rows(Contribution)]]
    wishes = {wish.tag for wish in rows(Erasure)}
    assert wishes == {tag(app.extensions["dialogue"].keys.pepper, "erasure", mark) for mark in marks}
    assert not wishes & {tag(b"", "erasure", mark) for mark in marks}


def test_200_wishes_at_once_with_one_receipt_are_one(app: Flask, cast: Cast) -> None:
    [keys] = opened_children(app, a_consultation(cast.mobility), 1)
    db.session.remove()

    def send(_number: int) -> int:
        return app.test_client().post(YES, data=sent(keys)).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(send, range(200))) == {200}
    assert len(rows(Erasure)) == 2


def test_ten_at_least_go_together_and_the_figures_move_with_them_only(app: Flask, pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    receipts = opened_children(app, consultation, 40)
    wave, sizes = consultation.waves[-1].id, []
    for keys in receipts[:ENOUGH]:
        all_ask(pages, [keys])
        erase_answers()
        sizes.append(total(wave))
        assert len(rows(Response)) == tallied("") == tallied("a") == sizes[-1]
    moves = [before - after for before, after in zip([40, *sizes], sizes, strict=False) if before != after]
    assert len(moves) == 1
    assert 10 <= moves[0] <= ENOUGH


def test_which_wish_is_the_last_one_needed_is_not_known(app: Flask, cast: Cast) -> None:
    found = {goes_now(15, 100, needed, 10) for needed in range(10, 20)}
    assert found == {True, False}


@pytest.mark.parametrize(
    ("asked", "there", "goes"),
    [(0, 0, False), (9, 40, False), (10, 40, True), (10, 19, False), (10, 20, True), (3, 4, False), (4, 4, True)],
)
def test_enough_go_and_leave_a_whole_group_or_all_go(asked: int, there: int, goes: bool) -> None:
    assert goes_now(asked, there, 10, 10) is goes


def test_ten_of_several_schools_are_not_ten(app: Flask, pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    for number in range(4):
        receipts = opened_children(app, consultation, 40, place=a_place(cast.town, f"School {number}"))
        all_ask(pages, receipts[:9])
    jobs.run_all()
    assert (len(rows(Response)), len(rows(Erasure))) == (160, 72)


def test_ten_who_did_not_leave_the_box_together_are_not_ten(app: Flask, pages: Pages, cast: Cast) -> None:
    receipts = opened_children(app, a_consultation(cast.mobility), 80)
    for number, keys in enumerate(receipts):
        behind = opened(keys)
        for row in behind.said if behind else ():
            change(row, lot=bytes([number % 8]) * 16)
    all_ask(pages, receipts[: 8 * 9])
    jobs.run_all()
    assert len(rows(Erasure)) == 2 * 8 * 9


def test_what_was_opened_before_lots_were_kept_goes_with_all_of_it(app: Flask, pages: Pages, cast: Cast) -> None:
    receipts = opened_children(app, a_consultation(cast.mobility), 40)
    for row in [*rows(Response), *rows(Contribution)]:
        change(row, lot=None)
    all_ask(pages, receipts[:-1])
    jobs.run_all()
    assert len(rows(Response)) == 40
    all_ask(pages, receipts[-1:])
    jobs.run_all()
    assert rows(Response) == rows(Erasure) == []


def test_words_go_apart_from_the_answers_of_the_same_children(app: Flask, pages: Pages, cast: Cast) -> None:
    receipts = opened_children(app, a_consultation(cast.mobility), 40)
    all_ask(pages, receipts[:ENOUGH])
    erase_answers()
    assert (len(rows(Response)), len(rows(Erasure))) == (40 - ENOUGH, ENOUGH)
    assert all(words.text for words in rows(Contribution))
    page = pages.post("/r", sent(receipts[0]))
    assert "Je vroeg ons je antwoord weg te doen." in page.text
    erase_words()
    assert rows(Erasure) == []
    gone = [words for words in rows(Contribution) if words.reading == Reading.WITHDRAWN]
    assert {(words.text, words.tag) for words in gone} == {("", None)}
    assert len(gone) == ENOUGH
    never = pages.post("/r", sent([bytes(32)] * 17), status=422)
    assert pages.post("/r", sent(receipts[0]), status=422).html == never.html
    assert "Met deze vier woorden vinden we niets." in pages.post(YES, sent(receipts[0]), status=422).text
    pages.post("/r", sent(receipts[-1]))


def test_a_round_of_which_all_children_ask_is_emptied_however_few(app: Flask, pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    receipts = opened_children(app, consultation, 4)
    all_ask(pages, receipts[:3])
    jobs.run_all()
    assert len(rows(Response)) == 4
    all_ask(pages, receipts[3:])
    jobs.run_all()
    assert rows(Response) == rows(Erasure) == []
    assert {words.reading for words in rows(Contribution)} == {Reading.WITHDRAWN}


def test_what_was_published_shows_the_lot_gone(app: Flask, pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    receipts = opened_children(app, consultation, 40) + opened_children(
        app, consultation, 20, place=a_place(cast.town), option="d"
    )
    wave = consultation.waves[-1].id
    jobs.results.publish({"wave": wave})
    assert publication(wave)["responses"] == "± 60"  # type: ignore[index]
    all_ask(pages, receipts[:ENOUGH])
    jobs.run_all()
    assert publication(wave)["responses"] == "± 40"  # type: ignore[index]


def test_quotes_vanish_and_the_words_still_count_as_said(app: Flask, pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    receipts = opened_children(app, consultation, ENOUGH)
    words = rows(Contribution)
    for one in words:
        change(one, reading=Reading.CODED)
    signal = a_signal(consultation, "Meer bomen.", *words)
    [first, *_] = db.session.scalars(select(Coding))
    change(first, quote="Meer bomen voor de school", quote_by_id=cast.ada.id)
    address, ada = f"/desk/signals/{signal.id}", pages.as_(cast.ada)
    assert "Meer bomen voor de school" in ada.get(address).text
    all_ask(pages, receipts)
    jobs.run_all()
    assert "Meer bomen" not in ada.get(address).text.replace("Meer bomen.", "")
    assert quotes(signal) == []
    assert len(rows(Coding)) == len(rows(Contribution)) == ENOUGH
    assert {entry.verb for entry in rows(Entry)} >= {"answers.erased", "words.erased"}
    assert verify() is None


def test_who_has_the_reading_list_open_hears_that_words_are_gone(app: Flask, pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    receipts = opened_children(app, consultation, ENOUGH)
    key = rows(Contribution)[0].key.hex()
    all_ask(pages, receipts)
    jobs.run_all()
    address = f"/desk/signals/read/{consultation.waves[-1].id}/no-request"
    page = pages.as_(cast.ada).post(address, {"key": key}, status=422)
    assert "intussen teruggetrokken" in page.text


def test_who_has_only_words_left_reacts_no_more(app: Flask, pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    receipts = opened_children(app, consultation, 40)
    signal = a_signal(consultation, "Meer bomen.")
    for one in rows(Contribution):
        change(one, reading=Reading.CODED)
        save(Coding(signal_id=signal.id, contribution_key=one.key, at=now()))
    message = a_message(cast, a_decision(signal, cast.ben))
    all_ask(pages, receipts[:ENOUGH])
    erase_answers()
    forged: Keys = [bytes(32), *receipts[0][1:]]
    for keys in (receipts[0], forged):
        assert pages.post("/r", sent(keys)).all("button", name="react") == []
        pages.post("/r/react", sent(keys, react=says(message, "no")), status=422)


def test_answers_without_a_receipt_stay(app: Flask, pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    receipts = opened_children(app, consultation, 9)
    [paper] = responses(consultation, 1)
    change(paper, tag=None, lot=rows(Response)[0].lot or rows(Response)[-1].lot)
    all_ask(pages, receipts)
    jobs.run_all()
    assert len(rows(Response)) == 10
