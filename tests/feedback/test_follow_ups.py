"""One more question about a signal: asked by the department, answered once per receipt, shown in lots of ten."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from dialogue.answering.models import Response
from dialogue.answering.receipt import tag
from dialogue.feedback import follow_ups, jobs, lots
from dialogue.feedback.follow_up_models import FollowUpAnswer
from dialogue.feedback.follow_up_rules import Wording, why_not_ask
from dialogue.feedback.reaction_models import Asked
from dialogue.feedback.reactions import reaction_tag
from dialogue.ledger.models import Entry
from dialogue.ledger.queries import verify
from dialogue.shared.clock import today
from dialogue.shared.database import db
from dialogue.signals.follow_up_models import FollowUpQuestion
from tests.builders import Cast, change
from tests.feedback.erasing import YES
from tests.feedback.follow_ups import OPTIONS, WORDS, a_question, all_answer, asked_of
from tests.feedback.reactions import Keys, children, sent
from tests.pages import Pages

TYPED = {"question_nl": "Wat helpt het meest?", "option_nl_a": "Een zebrapad", "option_nl_b": "Een drempel"}
TYPED |= {"question_en": "What helps most?", "option_en_a": "A crossing", "option_en_b": "A bump"}
SAW = {"seen": Wording(WORDS, OPTIONS).digest}
LANGUAGES = ("nl", "en")


def rows() -> list[FollowUpAnswer]:
    db.session.rollback()
    return list(db.session.scalars(select(FollowUpAnswer)))


def test_a_receipt_answers_once_and_may_choose_again(app: Flask, pages: Pages, cast: Cast) -> None:
    question, [keys] = asked_of(app, cast, 1)
    buttons = pages.post("/r", sent(keys)).all("button", name="follow_up")
    assert [button.get("value") for button in buttons] == [f"{question.id}|{code}" for code in ("a", "b", "?")]
    assert "Dankjewel" in pages.post("/r/follow-up", sent(keys, follow_up=f"{question.id}|a")).text
    page = pages.post("/r/follow-up", sent(keys, follow_up=f"{question.id}|?"))
    [answer] = rows()
    assert answer.option == "?"
    pressed = [button.get("aria-pressed") for button in page.all("button", name="follow_up")]
    assert pressed == ["false", "false", "true"]


def test_a_child_reads_the_question_in_its_own_language(app: Flask, pages: Pages, cast: Cast) -> None:
    _question, [keys] = asked_of(app, cast, 1)
    assert "A crossing" in pages.post("/r?lang=en", sent(keys)).text


@pytest.mark.parametrize("odd", ["", "1", "x|a", "{}|c", "{}|", "999999|a", "{}|a|a"])
def test_only_what_was_asked_can_be_answered(app: Flask, pages: Pages, cast: Cast, odd: str) -> None:
    question, [keys] = asked_of(app, cast, 1)
    pages.post("/r/follow-up", sent(keys, follow_up=odd.format(question.id)), status=422)
    assert rows() == []


def test_only_receipts_with_an_answer_in_the_signal_get_the_question(app: Flask, pages: Pages, cast: Cast) -> None:
    question, _receipts = asked_of(app, cast, 1)
    [other] = children(app, cast, 1)[1]
    for keys in (other, [bytes(32)] * 17):
        pages.post("/r/follow-up", sent(keys, follow_up=f"{question.id}|a"), status=422)
    assert pages.post("/r", sent(other)).all("button", name="follow_up") == []
    assert rows() == []


def test_after_its_last_day_nobody_answers_and_the_page_says_so(app: Flask, pages: Pages, cast: Cast) -> None:
    question, [mine, other] = asked_of(app, cast, 2)
    follow_ups.answer(mine[0], question.id, "a")
    change(question, closes_on=today() - timedelta(days=1))
    page = pages.post("/r/follow-up", sent(mine, follow_up=f"{question.id}|b"))
    assert "Jij koos: Een zebrapad" in page.text
    assert "Deze vraag is gesloten" in page.text
    assert "Deze vraag is gesloten" not in pages.post("/r/follow-up", sent(other, follow_up=f"{question.id}|b")).text
    assert [answer.option for answer in rows()] == ["a"]


def test_an_answer_shares_no_value_with_anything_else_of_its_child(app: Flask, cast: Cast) -> None:
    question, receipts = asked_of(app, cast, 3)
    other = asked_of(app, cast, 1)[0]
    for keys in receipts:
        for one in (question, other):
            follow_ups.answer(keys[0], one.id, "a")
    tags = {answer.tag for answer in rows()}
    marks = {value for row in db.session.scalars(select(Response)) for value in (row.key, row.tag, row.fingerprint)}
    marks |= {reaction_tag(keys[0], question.id, asked) for keys in receipts for asked in Asked}
    assert len(tags) == 6
    assert not tags & marks
    assert [column.name for column in FollowUpAnswer.__table__.columns] == ["tag", "question_id", "option", "counted"]
    pepper, about = app.extensions["dialogue"].keys.pepper, str(question.id).encode()
    assert tag(pepper, "follow-up", receipts[0][0], about) in tags
    assert tag(b"", "follow-up", receipts[0][0], about) not in tags


def steps(question: FollowUpQuestion, receipts: list[Keys]) -> list[int]:
    """By how many the figures move, while children answer, choose again and take back one by one."""
    seen: list[int] = []
    before: dict[bytes, str] = {}
    for number, keys in enumerate([*receipts, *receipts]):
        if number < len(receipts):
            follow_ups.answer(keys[0], question.id, "ab?"[number % 3])
        elif number % 2:
            follow_ups.answer(keys[0], question.id, "b" if number % 3 == 0 else "a")
        else:
            follow_ups.take_back_answers(keys[0], [question.id])
        jobs.count_follow_ups()
        counted = {answer.tag: answer.counted for answer in rows() if answer.counted}
        if counted != before:
            marks = counted.keys() | before.keys()
            seen.append(sum(counted.get(mark) != before.get(mark) for mark in marks))
            before = counted
    return seen


def test_no_two_moments_tell_what_fewer_than_ten_said(app: Flask, cast: Cast) -> None:
    found = steps(*asked_of(app, cast, 60))
    assert len(found) > 3
    assert min(found) >= 10


def test_figures_that_move_at_once_would_be_noticed(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lots, "moves_at", lambda *_: 1)
    assert min(steps(*asked_of(app, cast, 12))) < 10


def test_everybody_sees_the_figures_of_ten_or_more(app: Flask, pages: Pages, cast: Cast) -> None:
    question, receipts = asked_of(app, cast, 45)
    page = f"/m/{cast.town.slug}/signal/{question.signal_id}"
    all_answer(receipts[:9], question, "a")
    jobs.count_follow_ups()
    assert "Dit vroegen we daarna nog" not in pages.get(page).text
    all_answer(receipts[:20], question, "a")
    all_answer(receipts[20:40], question, "b")
    all_answer(receipts[40:], question, "?")
    jobs.count_follow_ups()
    for shown in (pages.get(page), pages.post("/r", sent(receipts[0])), pages.as_(cast.ada).get(desk(question))):
        assert "± 40 reacties" in shown.text
        assert "Een drempel: 50 %" in shown.text


def test_once_it_is_closed_ten_are_enough(app: Flask, cast: Cast) -> None:
    question, receipts = asked_of(app, cast, 10)
    all_answer(receipts[:9], question, "a")
    change(question, closes_on=today() - timedelta(days=1))
    jobs.count_follow_ups()
    assert follow_ups.figures_of(question).answered == ""
    all_answer(receipts, question, "a")
    jobs.count_follow_ups()
    assert follow_ups.figures_of(question).answered == "± 10"


def test_who_takes_back_what_it_said_takes_this_back_too(app: Flask, pages: Pages, cast: Cast) -> None:
    question, receipts = asked_of(app, cast, 30)
    all_answer(receipts[:20], question, "a")
    jobs.count_follow_ups()
    all_answer(receipts[20:21], question, "b")
    for keys in receipts[11:21]:
        assert "follow_up" not in pages.post(YES, sent(keys)).html
        pages.post("/r/follow-up", sent(keys, follow_up=f"{question.id}|b"))  # it leaves: this is not kept
    assert [answer.option for answer in rows()].count("") == 9  # the one that was not counted is gone at once
    assert len(rows()) == 20
    all_answer(receipts[:11], question, "b")
    jobs.count_follow_ups()
    assert {(answer.option, answer.counted) for answer in rows()} == {("b", "b")}
    assert len(rows()) == 11


def desk(question: FollowUpQuestion) -> str:
    return f"/desk/signals/{question.signal_id}/questions"


def typed(**fields: str) -> dict[str, str]:
    return TYPED | SAW | {"closes_on": str(today() + timedelta(days=9))} | fields


def test_a_department_asks_after_seeing_it_as_a_child_does(app: Flask, pages: Pages, cast: Cast) -> None:
    message, _receipts = children(app, cast, 1)
    address = f"/desk/signals/{message.decision.answers[0].signal_id}/questions"
    ada = pages.as_(cast.ada)
    shown = ada.post(f"{address}/preview", typed(seen=""))
    [seen] = [field.get("value", "") for field in shown.all("input", name="seen") if field.get("value")]
    ada.post(f"{address}/ask", typed(seen=""), status=422)
    ada.post(f"{address}/ask", typed(seen=seen, option_nl_b="Iets anders"), status=422)
    assert db.session.scalars(select(FollowUpQuestion)).all() == []
    assert "De vraag is gesteld." in ada.post(f"{address}/ask", typed(seen=seen)).text
    [question] = db.session.scalars(select(FollowUpQuestion))
    assert (question.options, question.closes_on) == (OPTIONS, today() + timedelta(days=9))
    assert "follow_up.asked" in db.session.scalars(select(Entry.verb)).all()
    assert verify() is None


def test_one_question_is_open_at_a_time(app: Flask, pages: Pages, cast: Cast) -> None:
    question, _receipts = asked_of(app, cast, 1)
    ada = pages.as_(cast.ada)
    assert "Er loopt al een vraag" in ada.post(f"{desk(question)}/ask", typed(), status=422).text
    with pytest.raises(IntegrityError):
        a_question(question.signal, cast)
    db.session.rollback()
    assert "De vraag is gesloten." in ada.post(f"{desk(question)}/{question.id}/close").text
    ada.post(f"{desk(question)}/{question.id}/close", status=422)
    ada.post(f"{desk(question)}/ask", typed())
    assert len(db.session.scalars(select(FollowUpQuestion)).all()) == 2
    with pytest.raises(IntegrityError):
        change(question, closes_on=today() + timedelta(days=90))


def test_a_question_whose_day_is_over_makes_room_for_another(app: Flask, pages: Pages, cast: Cast) -> None:
    question, _receipts = asked_of(app, cast, 1)
    change(question, closes_on=today() - timedelta(days=1))
    pages.as_(cast.ada).post(f"{desk(question)}/ask", typed())
    assert len(db.session.scalars(select(FollowUpQuestion)).all()) == 2


def test_only_the_department_of_the_signal_asks(app: Flask, pages: Pages, cast: Cast) -> None:
    question, _receipts = asked_of(app, cast, 1)
    other, _more = asked_of(app, cast, 1)
    pages.as_(cast.odette).get(desk(question), status=404)
    pages.as_(cast.odette).post(f"{desk(question)}/ask", typed(), status=404)
    pages.as_(cast.ada).post(f"{desk(other)}/{question.id}/close", status=404)


@pytest.mark.parametrize(
    ("words", "options", "days", "wrong"),
    [
        ({"nl": "Wat?"}, {"a": {"nl": "x"}, "b": {"nl": "y"}}, 1, ""),
        ({"nl": "Wat?", "en": "What?"}, {"a": {"nl": "x", "en": "p"}, "b": {"nl": "y", "en": "q"}}, 366, ""),
        ({"nl": "Wat?"}, {"a": {"nl": "x"}}, 1, "minstens twee"),
        ({"nl": "Wat?"}, {"a": {"nl": "x"}, "b": {"nl": "X"}}, 1, "hetzelfde"),
        ({"nl": "Wat?", "en": "What?"}, {"a": {"nl": "x", "en": "p"}, "b": {"nl": "y"}}, 1, "helemaal"),
        ({"nl": "Wat?"}, {"a": {"nl": "x", "en": "p"}, "b": {"nl": "y", "en": "q"}}, 1, "helemaal"),
        ({"nl": "Wat?"}, {"a": {"nl": "x"}, "b": {"nl": "y"}}, 0, "toekomst"),
        ({"nl": "Wat?"}, {"a": {"nl": "x"}, "b": {"nl": "y"}}, 367, "toekomst"),
    ],
)
def test_why_a_question_cannot_be_asked(
    app: Flask, words: dict[str, str], options: dict[str, dict[str, str]], days: int, wrong: str
) -> None:
    closes_on = today() + timedelta(days=days)
    found = why_not_ask(Wording(words, options), LANGUAGES, closes_on, today(), busy=False, ended=())
    assert len(found) == bool(wrong)
    assert wrong in " ".join(found)


def test_what_is_asked_now_stands_where_telling_back_begins(app: Flask, pages: Pages, cast: Cast) -> None:
    ada = pages.as_(cast.ada)
    assert "Er staat geen vraag open." in ada.get("/desk/messages").text
    question, receipts = asked_of(app, cast, 12)
    change(asked_of(app, cast, 1)[0], closes_on=today() - timedelta(days=1))
    all_answer(receipts[:9], question, "a")
    jobs.count_follow_ups()
    page = ada.get("/desk/messages")
    assert page.text.count("Wat helpt het meest?") == 2  # once to be seen, once in the name of its link
    assert "nog te weinig antwoorden" in page.text
    all_answer(receipts, question, "a")
    change(question, closes_on=today())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lots, "moves_at", lambda *_: 10)
        jobs.count_follow_ups()
    page = ada.get("/desk/messages")
    assert "± 10 antwoorden" in page.text
    assert page.all("a", href=desk(question))
    for other in (cast.cleo, cast.odette):
        assert "Er staat geen vraag open." in pages.as_(other).get("/desk/messages").text
