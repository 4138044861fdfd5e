"""Killed in the middle of any job, whichever and wherever: done again, all is as if it had never been stopped.

Every job of `dialogue/jobs.py` has a case here; a new one without a case fails. `SOAK=1` (`make soak`) kills before
every single change, not only around every commit.
"""

import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import docx  # noqa: F401 - all these once, before the forks
import matplotlib.figure  # noqa: F401
import pytest
import scipy.optimize  # noqa: F401
from flask import Flask
from sqlalchemy import select

from dialogue import jobs
from dialogue.answering.jobs import LOT
from dialogue.answering.models import Concern, Reading
from dialogue.consultations.models import State, Wave
from dialogue.decisions.models import Decision
from dialogue.feedback.follow_ups import take_back_answers
from dialogue.feedback.reaction_models import Asked, Opinion
from dialogue.feedback.reactions import react
from dialogue.people.models import Department
from dialogue.results.opening import open_box
from dialogue.shared.bands import Band
from dialogue.shared.clock import now, today
from dialogue.shared.codes import new_key
from dialogue.shared.database import db
from dialogue.shared.models import Bundle, BundleFile, Outbox
from dialogue.shared.outbox import run_due
from tests.builders import Cast, a_consultation, a_contribution, a_decision, a_place, a_signal, change, responses, save
from tests.evidence.test_pages import NOW, a_year
from tests.feedback.erasing import all_ask, opened_children
from tests.feedback.follow_ups import all_answer, all_write, asked_for_words, asked_of
from tests.feedback.reactions import children
from tests.feedback.test_messages import owe_feedback, tell
from tests.pages import Pages
from tests.promises.processes import ROOT, SOAK
from tests.promises.restarts import Work, everything_due, found, in_a_process, put_back, rest
from tests.results.box import post

Prepare = Callable[[Cast, Pages], None]
FORGOTTEN_IN_LOTS_OF = 3


def concerns(cast: Cast, _pages: Pages) -> None:
    wave = a_consultation(cast.mobility).waves[-1].id
    days = (None, None, today() - timedelta(days=1), today() - timedelta(days=1))
    save(*(Concern(key=new_key(), wave_id=wave, band=Band.B, text="help", first_seen=day) for day in days))


def old_fingerprints(cast: Cast, _pages: Pages) -> None:
    consultation = a_consultation(cast.mobility, state=State.CLOSED)
    change(consultation.waves[-1], closed_at=now() - timedelta(days=60))
    for response in responses(consultation, 2 * LOT + 1 if SOAK else 7):
        change(response, fingerprint=new_key())


def rounds_that_are_over(cast: Cast, _pages: Pages) -> None:
    for title in ("Naar school", "Spelen"):
        change(a_consultation(cast.mobility, title).waves[-1], closes_on=today() - timedelta(days=1))
    always = a_consultation(cast.mobility, "Wat wil jij zeggen?", always_open=True)
    change(always.waves[-1], closes_on=today() - timedelta(days=1))


def towns_without_open_door(cast: Cast, _pages: Pages) -> None:
    save(Department(municipality_id=cast.other_town.id, name="Sport"))


def full_boxes(cast: Cast, _pages: Pages) -> None:
    school, club = a_place(cast.town), a_place(cast.town, "Jeugdhuis")
    over = a_consultation(cast.mobility, languages=["nl"])
    for place, count in ((school, 24), (club, 14), (None, 12)):
        post(over, count, place=place, options="ab", texts=[f"Meer bomen {number}" for number in range(5)])
    change(over.waves[-1], state=State.CLOSED, closed_at=now())


def told_rounds(cast: Cast, pages: Pages) -> None:
    for title in ("Naar school", "Spelen"):
        consultation = a_consultation(cast.mobility, title, state=State.CLOSED)
        words = a_contribution(consultation)
        decision: Decision = a_decision(a_signal(consultation), cast.ben)
        owe_feedback(cast, consultation.waves[-1])
        tell(pages, cast.ada, decision)
        change(words, reading=Reading.NO_REQUEST)


def children_who_say_no(cast: Cast, pages: Pages) -> None:
    message, receipts = children(pages.app, cast, 20)
    for keys in receipts:
        react(keys[0], message.id, Asked.ANSWER, Opinion.NO)


def children_who_answer_once_more(cast: Cast, pages: Pages) -> None:
    question, receipts = asked_of(pages.app, cast, 40)
    all_answer(receipts, question, "a")
    jobs.feedback.count_follow_ups()
    all_answer(receipts[:20], question, "b")
    for keys in receipts[20:]:
        take_back_answers(keys[0], [question.id])


def children_who_write_once_more(cast: Cast, pages: Pages) -> None:
    question, receipts = asked_for_words(pages.app, cast, 14)
    all_write(receipts, question)
    change(question, closes_on=today() - timedelta(days=1))


def children_who_ask_to_be_gone(cast: Cast, pages: Pages) -> None:
    consultation = a_consultation(cast.mobility, languages=["nl"])
    all_ask(pages, opened_children(pages.app, consultation, 40)[:19])


def counted(cast: Cast, pages: Pages) -> None:
    full_boxes(cast, pages)
    open_box(db.session.scalars(select(Wave)).one())


def published(cast: Cast, pages: Pages) -> None:
    counted(cast, pages)
    asked = db.session.scalars(select(Outbox)).one()
    jobs.results.publish(asked.payload)
    change(asked, done=now())


def asked_for_a_dossier(cast: Cast, pages: Pages) -> None:
    a_year(cast)
    pages.as_(cast.cora).post(f"{NOW}/document")


def asked_for_posters(cast: Cast, pages: Pages) -> None:
    consultation = a_consultation(cast.mobility, languages=["nl"])
    a_place(cast.town)
    a_place(cast.town, "Jeugdhuis")
    pages.as_(cast.ada).post(f"/desk/consultations/{consultation.id}/posters")


def files_of_last_year(_cast: Cast, _pages: Pages) -> None:
    shared = {"kind": "x", "wish": {}, "asked_at": now(), "keep_until": today() - timedelta(days=1)}
    for number in range(2):
        save(Bundle(key=str(number), object=f"consultation:{number}", **shared))
        save(BundleFile(bundle_key=str(number), name="a.pdf", content=b"%PDF"))


CASES: dict[str, Prepare] = {
    "answering.notice_concerns": concerns,
    "answering.forget_fingerprints": old_fingerprints,
    "consultations.close_what_is_over": rounds_that_are_over,
    "consultations.ensure_always_open": towns_without_open_door,
    "results.open_boxes": full_boxes,
    "results.erase_answers": children_who_ask_to_be_gone,
    "signals.erase_words": children_who_ask_to_be_gone,
    "feedback.note_answered_rounds": told_rounds,
    "feedback.count_reactions": children_who_say_no,
    "feedback.count_follow_ups": children_who_answer_once_more,
    "feedback.open_follow_ups": children_who_write_once_more,
    "shared.forget_old": files_of_last_year,
    "publish_results": counted,
    "draw_charts": published,
    jobs.consultations.DRAW: asked_for_posters,
    "make_dossier": asked_for_a_dossier,
}
# what they do shows outside the database too, in the letter box of a mail server
KILLED_ELSEWHERE = dict.fromkeys(("duties.notice_duties", jobs.duties.MAIL), "tests/duties/test_mail_kill.py")


def all_jobs() -> dict[str, Work]:
    """Every job by its name: those of every look, and those of the outbox."""
    looks: dict[str, Work] = {f"{work.__module__.split('.')[1]}.{work.__name__}": work for work in jobs.AT_EVERY_LOOK}
    return looks | dict.fromkeys(jobs.WHEN_ASKED, _until_done)


def _until_done() -> None:
    while run_due(jobs.WHEN_ASKED):
        pass


def test_every_job_has_a_case() -> None:
    assert CASES.keys() | KILLED_ELSEWHERE.keys() == set(all_jobs())
    assert all((ROOT / place).exists() for place in KILLED_ELSEWHERE.values())


@pytest.mark.sqlite("forgets the numbers that a killed job took; on PostgreSQL two runs differ by them")
@pytest.mark.parametrize("name", CASES)
def test_a_job_that_was_killed_and_done_again_leaves_what_one_run_leaves(
    app: Flask, instance: Path, tmp_path: Path, cast: Cast, pages: Pages, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs.answering, "LOT", LOT if SOAK else FORGOTTEN_IN_LOTS_OF)
    work = all_jobs()[name]
    CASES[name](cast, pages)
    rest(app)
    shutil.copytree(instance, tmp_path / "saved")
    before = found()
    moments = in_a_process(app, work, each_statement=SOAK)
    assert moments >= 2, "there was something to do"
    in_a_process(app, everything_due)
    expected = found()
    assert expected != before
    for moment in range(1, moments + 1):
        put_back(app, tmp_path / "saved")
        in_a_process(app, work, moment, each_statement=SOAK)
        in_a_process(app, partial(again, work))
        assert found() == expected, f"killed at moment {moment} of {moments}"


def again(work: Work) -> None:
    """The jobs are started again."""
    work()
    everything_due()
