"""What children think of an answer: one reaction per receipt, counted in lots, and heard when most say no."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import insert, select

from dialogue.answering.models import Response
from dialogue.answering.receipt import tag
from dialogue.decisions.models import Measure, MeasureState, Outcome, Proof
from dialogue.duties.queries import duty
from dialogue.feedback import jobs
from dialogue.feedback.models import Message
from dialogue.feedback.reaction_models import Asked, Opinion, Reaction, Review
from dialogue.feedback.reaction_rules import ENOUGH_TO_REVIEW, moves_at, shown, wants_review
from dialogue.feedback.reactions import react, reactions_to
from dialogue.ledger.models import Entry
from dialogue.ledger.queries import verify
from dialogue.shared.clock import today
from dialogue.shared.codes import new_key
from dialogue.shared.database import db
from tests.builders import Cast, a_decision, save
from tests.feedback.reactions import Keys, children, says, sent
from tests.meanwhile import meanwhile
from tests.pages import Pages


def rows() -> list[Reaction]:
    db.session.rollback()
    return list(db.session.scalars(select(Reaction)))


def all_say(receipts: list[Keys], message_id: int, opinion: Opinion, asked: Asked = Asked.ANSWER) -> None:
    for keys in receipts:
        react(keys[0], message_id, asked, opinion)


def test_a_receipt_reacts_once_and_may_think_otherwise_later(app: Flask, pages: Pages, cast: Cast) -> None:
    message, [keys] = children(app, cast, 1)
    before = pages.post("/r", sent(keys))
    assert [button.get("aria-pressed") for button in before.all("button", name="react")] == ["false"] * 3
    assert "Dankjewel" in pages.post("/r/react", sent(keys, react=says(message, "no"))).text
    after = pages.post("/r/react", sent(keys, react=says(message, "yes")))
    [reaction] = rows()
    assert reaction.opinion == Opinion.YES
    assert [button.get("aria-pressed") for button in after.all("button", name="react")] == ["true", "false", "false"]


@pytest.mark.postgresql
def test_who_reacts_while_figures_move_is_not_taken_for_somebody_who_left(app: Flask, cast: Cast) -> None:
    message, receipts = children(app, cast, 40)
    all_say(receipts, message.id, Opinion.YES)
    late = {"message_id": message.id, "asked": Asked.ANSWER, "opinion": Opinion.NO, "counted": "", "tag": new_key()}
    with meanwhile("UPDATE reaction", lambda other: other.execute(insert(Reaction).values(late))):
        jobs.count_reactions()
    assert len(rows()) == 41


def test_the_page_opened_with_words_brings_the_keys_along_and_never_in_an_address(
    app: Flask, pages: Pages, cast: Cast
) -> None:
    message, [keys] = children(app, cast, 1)
    page = pages.post("/r", sent(keys))
    [field] = page.all("input", name="keys")
    assert field.get("value") == sent(keys)["keys"]
    pages.post("/r/react", {"keys": field.get("value"), "react": says(message, "a_bit")})
    assert len(rows()) == 1
    assert not any(sent(keys)["keys"][2:40] in link for link in page.links())


def test_200_reactions_at_once_with_one_receipt_are_one(app: Flask, cast: Cast) -> None:
    message, [keys] = children(app, cast, 1)
    form = sent(keys, react=says(message, "no"))
    db.session.remove()

    def send(_number: int) -> int:
        return app.test_client().post("/r/react", data=form).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(send, range(200))) == {200}
    assert [reaction.opinion for reaction in rows()] == [Opinion.NO]


@pytest.mark.parametrize("odd", ["", "1", "x|answer|no", "{}|changed|no", "{}|answer|never", "999999|answer|no"])
def test_only_what_was_asked_can_be_answered(app: Flask, pages: Pages, cast: Cast, odd: str) -> None:
    message, [keys] = children(app, cast, 1)
    pages.post("/r/react", sent(keys, react=odd.format(message.id)), status=422)
    assert rows() == []


def test_a_receipt_that_is_not_known_gets_no_further(app: Flask, pages: Pages, cast: Cast) -> None:
    message, _receipts = children(app, cast, 1)
    [*_, other] = children(app, cast, 1)[1]
    strange = sent([bytes(32)] * 17, react=says(message, "no"))
    assert "Kijk de woorden na" in pages.post("/r/react", strange, status=422).text
    pages.post("/r/react", sent(other, react=says(message, "no")), status=422)  # of another consultation
    assert rows() == []


def test_whether_anything_changed_is_asked_once_all_is_done(app: Flask, pages: Pages, cast: Cast) -> None:
    message, [keys] = children(app, cast, 1)
    assert "Is er iets veranderd?" not in pages.post("/r", sent(keys)).text
    measure = {"department_id": cast.mobility.id, "owner_id": cast.ada.id, "due": today()}
    done = Measure(decision_id=message.decision_id, title="Bord", state=MeasureState.DONE, done_on=today(), **measure)
    done.proofs.append(Proof(title="foto", seen_on=today(), added_by_id=cast.ada.id))
    save(done)
    assert "Is er iets veranderd?" in pages.post("/r", sent(keys)).text
    pages.post("/r/react", sent(keys, react=says(message, "yes", "changed")))
    assert [reaction.asked for reaction in rows()] == [Asked.CHANGED]


def test_a_reaction_shares_no_value_with_an_answer_and_none_with_another_reaction(app: Flask, cast: Cast) -> None:
    message, receipts = children(app, cast, 3)
    other = children(app, cast, 1)[0]
    for keys in receipts:
        for about in (message, other):
            for asked in Asked:
                react(keys[0], about.id, asked, Opinion.NO)
    tags = {reaction.tag for reaction in rows()}
    assert len(tags) == 3 * 2 * 2
    marks = {value for row in db.session.scalars(select(Response)) for value in (row.key, row.tag, row.fingerprint)}
    assert not tags & marks
    assert [column.name for column in Reaction.__table__.columns] == [
        "tag",
        "message_id",
        "asked",
        "opinion",
        "counted",
    ]


def test_without_the_pepper_nobody_finds_the_reaction_of_a_receipt(app: Flask, cast: Cast) -> None:
    message, [keys] = children(app, cast, 1)
    react(keys[0], message.id, Asked.ANSWER, Opinion.NO)
    about, [reaction] = f"{message.id}|answer".encode(), rows()
    assert reaction.tag == tag(app.extensions["dialogue"].keys.pepper, "reaction", keys[0], about)
    assert reaction.tag != tag(b"", "reaction", keys[0], about)


def test_figures_move_in_lots_so_that_no_two_moments_tell_what_fewer_than_ten_said(app: Flask, cast: Cast) -> None:
    message, receipts = children(app, cast, 60)
    seen, before = [], 0
    for number, keys in enumerate(receipts, 1):
        react(keys[0], message.id, Asked.ANSWER, Opinion.YES if number % 3 else Opinion.NO)
        jobs.count_reactions()
        counted = sum(reaction.counted != "" for reaction in rows())
        if counted != before:
            seen.append(counted - before)
            before = counted
    assert len(seen) > 1
    assert min(seen) >= 10


def test_nobody_knows_which_reaction_moves_the_figures() -> None:
    found = {moves_at(bytes([number]), "reactions|1|answer", 0, 10) for number in range(200)}
    assert found == set(range(10, 20))


def test_who_changes_its_mind_is_counted_with_nine_others_at_least(app: Flask, cast: Cast) -> None:
    message, receipts = children(app, cast, 20)
    all_say(receipts, message.id, Opinion.YES)
    jobs.count_reactions()
    assert {reaction.counted for reaction in rows()} == {"yes"}
    all_say(receipts[:9], message.id, Opinion.NO)
    jobs.count_reactions()
    assert {reaction.counted for reaction in rows()} == {"yes"}
    all_say(receipts, message.id, Opinion.NO)
    jobs.count_reactions()
    assert {reaction.counted for reaction in rows()} == {"no"}
    assert len(rows()) == 20


@pytest.mark.parametrize(
    ("counts", "cells", "most"),
    [
        ({"yes": 6, "no": 3}, {}, ""),
        ({"yes": 30, "a_bit": 10, "no": 20}, {"yes": 30, "a_bit": 10, "no": 20}, ""),
        ({"yes": 15}, {"yes": None, "a_bit": None, "no": None}, "yes"),
    ],
)
def test_reactions_are_shown_by_the_rules_for_small_groups(
    counts: dict[str, int], cells: dict[str, int | None], most: str
) -> None:
    answers = shown(counts, 10)
    assert (answers.cells, answers.most) == (cells, most)


def test_a_few_who_think_otherwise_stay_hidden() -> None:
    answers = shown({"yes": 20, "a_bit": 8, "no": 2}, 10)
    assert answers.cells["no"] is None
    assert sum(count is None for count in answers.cells.values()) > 1


def test_everybody_sees_the_figures_once_they_moved(app: Flask, pages: Pages, cast: Cast) -> None:
    message, receipts = children(app, cast, 40)
    all_say(receipts[:20], message.id, Opinion.YES)
    all_say(receipts[20:], message.id, Opinion.NO)
    signal = message.decision.answers[0].signal_id
    address = f"/m/{cast.town.slug}/signal/{signal}"
    assert "± 40" not in pages.get(address).text
    jobs.count_reactions()
    assert [one.answered for one in reactions_to(db.session.get_one(Message, message.id))] == ["± 40"]
    for page in (pages.get(address), pages.post("/r", sent(receipts[0]))):
        assert "± 40 reacties" in page.text
        assert "50 %" in page.text


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [({"no": 9}, False), ({"no": 10}, True), ({"no": 6, "yes": 4}, True), ({"no": 5, "yes": 5}, False)],
)
def test_most_of_ten_must_say_no(counts: dict[str, int], wanted: bool) -> None:
    assert wants_review(counts) is wanted


def test_ten_no_put_the_answer_before_the_coordinator_and_the_public_page_says_so(
    app: Flask, pages: Pages, cast: Cast
) -> None:
    message, receipts = children(app, cast, ENOUGH_TO_REVIEW)
    signal = message.decision.answers[0].signal
    page = f"/m/{cast.town.slug}/signal/{signal.id}"
    all_say(receipts[:-1], message.id, Opinion.NO)
    jobs.count_reactions()
    assert db.session.scalar(select(Review)) is None
    pages.post("/r/react", sent(receipts[-1], react=says(message, "no")))
    for _ in range(2):
        jobs.count_reactions()
    [review] = db.session.scalars(select(Review))
    owed = duty("review", f"review:{review.id}")
    assert owed
    assert not owed.kept_at
    for address in (page, f"/m/{cast.town.slug}/what-happened"):
        assert "De meeste kinderen die reageerden, zeiden nee." in pages.get(address).text
    assert "De gemeente kijkt of ze opnieuw beslist." in pages.post("/r", sent(receipts[0])).text
    assert "Kijk opnieuw" in pages.as_(cast.cora).get("/desk").text


def a_review(app: Flask, cast: Cast) -> tuple[Review, Keys]:
    message, receipts = children(app, cast, ENOUGH_TO_REVIEW)
    all_say(receipts, message.id, Opinion.NO)
    jobs.count_reactions()
    return db.session.scalars(select(Review)).one(), receipts[0]


def test_the_coordinator_lets_it_be_decided_again_and_the_old_decision_stays(
    app: Flask, pages: Pages, cast: Cast
) -> None:
    review, keys = a_review(app, cast)
    signal, day = review.message.decision.answers[0].signal, today() + timedelta(days=30)
    address = f"/desk/reviews/{review.id}"
    cora = pages.as_(cast.cora)
    cora.post(f"{address}/reopen", {"because": "Jullie hebben gelijk."}, status=422)
    cora.post(f"{address}/reopen", {"because": "Te vroeg.", "due": str(today())}, status=422)
    cora.post(f"{address}/reopen", {"because": "Jullie hebben gelijk.", "due": str(day)})
    owed = duty("decision", f"signal:{signal.id}")
    assert owed
    assert (owed.due, owed.kept_at) == (day, None)
    page = pages.post("/r", sent(keys))
    for words in ("De gemeente beslist opnieuw", "Jullie hebben gelijk.", "De Kerkstraat blijft open."):
        assert words in page.text
    assert duty("review", f"review:{review.id}").kept_at  # type: ignore[union-attr]
    assert "review.reopened" in db.session.scalars(select(Entry.verb)).all()
    assert verify() is None
    cora.post(f"{address}/stay", {"because": "Toch niet."}, status=422)
    a_decision(signal, cast.ben, Outcome.ADOPTED, what="Er komt een schoolstraat.")
    assert "Er komt een schoolstraat." in pages.post("/r", sent(keys)).text


def test_the_coordinator_may_say_why_not(app: Flask, pages: Pages, cast: Cast) -> None:
    review, keys = a_review(app, cast)
    cora = pages.as_(cast.cora)
    cora.post(f"/desk/reviews/{review.id}/stay", {"because": ""}, status=422)
    cora.post(f"/desk/reviews/{review.id}/stay", {"because": "De bus moet erdoor."})
    page = pages.post("/r", sent(keys))
    assert "De gemeente beslist niet opnieuw." in page.text
    assert "De bus moet erdoor." in page.text
    assert duty("decision", f"signal:{review.message.decision.answers[0].signal_id}") is None


def test_nobody_else_settles_it(app: Flask, pages: Pages, cast: Cast) -> None:
    review, _keys = a_review(app, cast)
    pages.as_(cast.odette).get(f"/desk/reviews/{review.id}", status=404)
    pages.as_(cast.ada).get(f"/desk/reviews/{review.id}", status=403)
