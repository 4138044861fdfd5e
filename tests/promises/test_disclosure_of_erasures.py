"""Two moments of what is published differ by ten answers at least, also when children take theirs back."""

from itertools import pairwise
from random import Random
from typing import Any

import pytest
from flask import Flask

from dialogue import jobs
from dialogue.results import erasing
from dialogue.results.queries import opened_in, publication
from dialogue.shared.database import db
from tests.builders import Cast, a_consultation, a_place
from tests.feedback.erasing import all_ask, opened_children
from tests.pages import Pages
from tests.promises.attack import attack_published

Moment = tuple[dict[tuple[str, int], int], dict[str, Any]]  # raw sizes of the groups; what was published


def moments(app: Flask, pages: Pages, cast: Cast) -> list[Moment]:
    """Three schools; their children take back what they said, in any order, and everybody looks all the while."""
    consultation, random = a_consultation(cast.mobility), Random()
    wave, receipts = consultation.waves[-1].id, []
    for name, count in (("Klein", 12), ("Midden", 30), ("Groot", 45)):
        mine = opened_children(app, consultation, count, place=a_place(cast.town, name), option=random.choice("abcd"))
        receipts += mine if name == "Klein" else mine[:24]
    random.shuffle(receipts)
    jobs.results.publish({"wave": wave})
    found = [_moment(wave)]
    for keys in receipts:
        all_ask(pages, [keys])
        jobs.results.erase_answers()
        jobs.results.publish({"wave": wave})
        found.append(_moment(wave))
    return found


def _moment(wave_id: int) -> Moment:
    db.session.rollback()
    return opened_in(wave_id), publication(wave_id) or {}


def told_by(found: list[Moment]) -> list[str]:
    """What somebody learns who compares moments, or looks at one."""
    steps = [
        f"{place}: {before - now[0][place]} went"
        for (sizes, _), now in pairwise(found)
        for place, before in sizes.items()
        if 0 < before - now[0][place] < 10
    ]
    alone = [f"{place}: {count} stay" for sizes, _ in found for place, count in sizes.items() if 0 < count < 10]
    return steps + alone + [wrong for _, tables in found for wrong in attack_published(tables)]


def test_no_two_moments_tell_what_fewer_than_ten_said(app: Flask, pages: Pages, cast: Cast) -> None:
    found = moments(app, pages, cast)
    assert len({str(tables) for _, tables in found}) > 1
    assert told_by(found) == []


@pytest.mark.parametrize(
    "careless",
    [
        lambda asked, *_: asked > 0,
        lambda asked, _there, needed, _least: asked >= needed,
    ],
)
def test_figures_that_move_at_once_or_leave_a_few_alone_would_be_noticed(
    app: Flask, pages: Pages, cast: Cast, monkeypatch: pytest.MonkeyPatch, careless: Any
) -> None:
    monkeypatch.setattr(erasing, "goes_now", careless)
    monkeypatch.setattr(erasing, "threshold", lambda *_: 10)
    assert told_by(moments(app, pages, cast)) != []
