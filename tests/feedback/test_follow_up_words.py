"""Own words as answer to one more question: sealed, heard first where they ask for help, opened in lots, withdrawn."""

from datetime import timedelta
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import select

from dialogue.answering.letterbox import opened, read
from dialogue.answering.models import Concern, Contribution, Reading, Response
from dialogue.feedback import jobs
from dialogue.feedback.dead_ends import report
from dialogue.feedback.fates import Fate, Unit
from dialogue.feedback.follow_up_models import FollowUpAnswer, FollowUpLetter
from dialogue.feedback.follow_ups import figures_of, follow_up_tag
from dialogue.results import rules
from dialogue.results.models import Tally
from dialogue.shared.bands import Band
from dialogue.shared.clock import now, today
from dialogue.shared.database import db
from dialogue.signals.basis_queries import why_never_quoted
from dialogue.signals.erasing import erase_words
from dialogue.signals.follow_up_models import FollowUpQuestion
from dialogue.signals.follow_ups import item_of
from dialogue.signals.models import Coding
from tests.builders import Cast, change, save
from tests.feedback.erasing import YES
from tests.feedback.follow_ups import a_question, all_write, asked_for_words
from tests.feedback.reactions import children, sent
from tests.pages import Pages

HELP = "Papa slaat mij elke dag"
WRITTEN = "Dankjewel, wat je schreef is bewaard."


def says(question: FollowUpQuestion, text: str) -> dict[str, str]:
    return {"follow_up": f"{question.id}|words", f"words-{question.id}": text}


def letters() -> list[FollowUpLetter]:
    db.session.rollback()
    return list(db.session.scalars(select(FollowUpLetter)))


def words() -> list[Contribution]:
    db.session.rollback()
    return list(db.session.scalars(select(Contribution)))


def close(question: FollowUpQuestion) -> None:
    change(question, closes_on=today() - timedelta(days=1))


def test_a_child_writes_once_and_it_is_sealed(app: Flask, pages: Pages, cast: Cast) -> None:
    question, [keys] = asked_for_words(app, cast, 1)
    page = pages.post("/r", sent(keys))
    [box] = page.all("textarea", name=f"words-{question.id}")
    assert box.get("maxlength") == "140"
    assert WRITTEN in pages.post("/r/follow-up", sent(keys, **says(question, "Meer licht"))).text
    assert WRITTEN in pages.post("/r/follow-up", sent(keys, **says(question, "Iets anders"))).text
    [letter] = letters()
    assert b"Meer licht" not in letter.body
    assert letter.tag == follow_up_tag(keys[0], question.id)
    assert db.session.scalars(select(FollowUpAnswer)).all() == []
    close(question)
    jobs.open_follow_ups()
    assert [found.text for found in words()] == ["Meer licht"]
    assert WRITTEN in pages.post("/r/follow-up", sent(keys, **says(question, "Iets anders"))).text
    assert letters() == []


@pytest.mark.parametrize("text", ["", " \n ", "x" * 141])
def test_nothing_and_too_much_are_said_and_what_was_typed_stays(
    app: Flask, pages: Pages, cast: Cast, text: str
) -> None:
    question, [keys] = asked_for_words(app, cast, 1)
    page = pages.post("/r/follow-up", sent(keys, **says(question, text)), status=422)
    assert page.all("p", role="alert")
    assert text.strip() in page.text
    assert letters() == []


@pytest.mark.parametrize("form", [{"follow_up": "{}|a"}, {"follow_up": "{}|?"}, {"follow_up": "{}|"}])
def test_who_is_asked_to_write_cannot_choose(app: Flask, pages: Pages, cast: Cast, form: dict[str, str]) -> None:
    question, [keys] = asked_for_words(app, cast, 1)
    pages.post("/r/follow-up", sent(keys, follow_up=form["follow_up"].format(question.id)), status=422)
    assert (letters(), db.session.scalars(select(FollowUpAnswer)).all()) == ([], [])


def test_who_is_asked_to_choose_cannot_write(app: Flask, pages: Pages, cast: Cast) -> None:
    message, [keys] = children(app, cast, 1)
    question = a_question(message.decision.answers[0].signal, cast)
    pages.post("/r/follow-up", sent(keys, **says(question, "Meer licht")), status=422)
    assert letters() == []


def test_children_who_do_not_write_yet_are_not_asked(app: Flask, pages: Pages, cast: Cast) -> None:
    question, [keys] = asked_for_words(app, cast, 1)
    response = db.session.scalars(select(Response)).one()
    assert pages.post("/r", sent(keys)).all("textarea")
    change(response, band=Band.A)
    for basis in question.signal.bases:
        change(basis, band=Band.A)
    assert pages.post("/r", sent(keys)).all("textarea") == []
    pages.post("/r/follow-up", sent(keys, **says(question, "Meer licht")), status=422)


def test_only_the_words_are_taken_from_what_is_sent(app: Flask, pages: Pages, cast: Cast) -> None:
    question, [keys] = asked_for_words(app, cast, 1)
    [other] = children(app, cast, 1)[1]
    more = {"band": "D", "wave_id": "9", "tag": "00", "place": "1", f"words-{question.id + 1}": "Iets anders"}
    pages.post("/r/follow-up", sent(other, **says(question, "Niet van mij")), status=422)
    pages.post("/r/follow-up", sent(keys, **says(question, "Meer licht"), **more))
    [letter] = letters()
    assert read(letter.body, letter.tag) == {"band": "B", "text": "Meer licht"}
    assert read(letter.body, bytes(16)) is None


def test_after_its_last_day_nothing_is_kept(app: Flask, pages: Pages, cast: Cast) -> None:
    question, [keys] = asked_for_words(app, cast, 1)
    close(question)
    assert WRITTEN not in pages.post("/r/follow-up", sent(keys, **says(question, "Meer licht"))).text
    assert letters() == []


def test_words_that_ask_for_help_are_heard_first_and_only_by_one(app: Flask, pages: Pages, cast: Cast) -> None:
    question, [keys, other] = asked_for_words(app, cast, 2)
    for _again in range(2):
        page = pages.post("/r/follow-up", sent(keys, **says(question, HELP)))
        assert "Je bent niet alleen" in page.text
    assert "Je bent niet alleen" not in pages.post("/r/follow-up", sent(other, **says(question, "Meer licht"))).text
    [concern] = db.session.scalars(select(Concern))
    assert (concern.text, concern.wave_id) == (HELP, question.signal.wave_id)
    close(question)
    jobs.open_follow_ups()
    assert {found.text: found.reading for found in words()} == {HELP: Reading.CONCERN, "Meer licht": Reading.UNREAD}
    assert len(db.session.scalars(select(Concern)).all()) == 1
    read = f"/desk/signals/read/{question.signal.wave_id}"
    page = pages.as_(cast.ada).get(read)
    assert "Meer licht" in page.text
    assert HELP not in page.text


def test_words_leave_the_box_in_lots_of_ten_or_more(app: Flask, cast: Cast) -> None:
    question, receipts = asked_for_words(app, cast, 60)
    out = [0]
    for keys in receipts:
        all_write([keys], question)
        jobs.open_follow_ups()
        out.append(len(words()))
    moved = [after - before for before, after in pairwise(out) if after != before]
    assert moved
    assert min(moved) >= 10
    assert len(letters()) >= 10  # so that the last who come out are ten too
    close(question)
    jobs.open_follow_ups()
    assert (len(words()), letters()) == (60, [])


def test_words_that_leave_at_once_would_be_noticed(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "opens_now", lambda waiting, *_: dict(waiting))
    question, receipts = asked_for_words(app, cast, 1)
    all_write(receipts, question)
    jobs.open_follow_ups()
    assert len(words()) == 1


def test_words_share_no_value_with_anything_else_of_their_child(app: Flask, cast: Cast) -> None:
    question, receipts = asked_for_words(app, cast, 12)
    all_write(receipts, question)
    sealed = {letter.tag for letter in letters()}
    close(question)
    jobs.open_follow_ups()
    found = words()
    marks = {value for row in db.session.scalars(select(Response)) for value in (row.key, row.tag, row.fingerprint)}
    own = {mark for one in found for mark in (one.key, one.tag)}
    assert not own & (marks | sealed)
    assert {one.tag for one in found} == {opened(tag) for tag in sealed}
    assert len({one.lot for one in found}) == 1
    assert {(one.item, one.wave_id, one.place_id) for one in found} == {
        (item_of(question.id), question.signal.wave_id, None)
    }


def test_readers_see_where_it_was_said_and_lay_it_with_a_signal(app: Flask, pages: Pages, cast: Cast) -> None:
    question, receipts = asked_for_words(app, cast, 12)
    all_write(receipts, question)
    wave = question.signal.wave_id
    ada = pages.as_(cast.ada)
    assert "Een zebrapad aan de school" not in ada.get(f"/desk/signals/read/{wave}").text
    close(question)
    jobs.open_follow_ups()
    page = ada.get(f"/desk/signals/read/{wave}?item={item_of(question.id)}")
    assert "Later gevraagd: Wat helpt het meest?" in page.text
    key = words()[0].key.hex()
    ada.post(f"/desk/signals/read/{wave}/lay", {"key": key, "signal": str(question.signal_id)})
    assert [coding.contribution_key.hex() for coding in db.session.scalars(select(Coding))] == [key]
    assert "± 10" in ada.get(f"/desk/signals/{question.signal_id}/questions").text
    assert figures_of(question).answered == "± 10"


@pytest.mark.parametrize(("wrote", "refused"), [(9, True), (10, False)])
def test_quotes_come_from_ten_or_more_who_wrote(app: Flask, cast: Cast, wrote: int, refused: bool) -> None:
    question, receipts = asked_for_words(app, cast, wrote)
    wave = question.signal.wave_id
    save(Tally(wave_id=wave, band=Band.B, place_id=0, item="", option="", count=30))
    all_write(receipts, question)
    close(question)
    jobs.open_follow_ups()
    coding = save(Coding(signal_id=question.signal_id, contribution_key=words()[0].key, at=now()))
    assert bool(why_never_quoted(coding)) == refused


def test_what_waits_is_taken_back_at_once_and_what_is_out_with_that_of_others(
    app: Flask, pages: Pages, cast: Cast
) -> None:
    question, receipts = asked_for_words(app, cast, 12)
    all_write(receipts, question)
    pages.post(YES, sent(receipts[0]))
    assert len(letters()) == 11
    close(question)
    jobs.open_follow_ups()
    for keys in receipts[1:11]:
        pages.post(YES, sent(keys))
    erase_words()
    assert [bool(one.text) for one in words()].count(True) == 11
    pages.post(YES, sent(receipts[11]))
    erase_words()
    assert {(one.text, one.tag, one.reading) for one in words()} == {("", None, Reading.WITHDRAWN)}
    assert "bewaard" not in pages.post("/r/follow-up", sent(receipts[3], **says(question, "Weer"))).text
    assert letters() == []


def test_what_waits_is_counted_among_what_has_no_answer_yet(app: Flask, cast: Cast) -> None:
    question, receipts = asked_for_words(app, cast, 3)
    before = report(cast.town.id).cells[cast.mobility.id, Unit.LETTERS, Fate.BOX]
    all_write(receipts, question)
    assert report(cast.town.id).cells[cast.mobility.id, Unit.LETTERS, Fate.BOX] == before + 3
