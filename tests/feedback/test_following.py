"""What was told is told again after 6 and 12 months; and everybody sees what is late, with the reason."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from dialogue.decisions.measure_services import finish, plan, prove
from dialogue.decisions.models import Body, Decision, MeasureState, Outcome
from dialogue.decisions.rules import Verdict
from dialogue.decisions.services import correct, decide
from dialogue.duties.models import Duty
from dialogue.duties.queries import duty
from dialogue.duties.rules import months_later
from dialogue.duties.services import owe, show_late_after
from dialogue.feedback.models import PARTS
from dialogue.shared.clock import CALENDAR, pinned, today
from dialogue.shared.database import db, writing
from dialogue.signals.models import Signal
from tests.builders import Cast, a_consultation, a_decision, a_signal, actor_of
from tests.feedback import telling
from tests.pages import Pages

TEXTS = {"nl": dict.fromkeys(PARTS, "Er komen paaltjes.")}
WHAT = "/m/oudenhove/what-happened"


def tell(cast: Cast, decision: Decision, days_later: int = 0) -> None:
    moment = datetime.combine(today() + timedelta(days=days_later), datetime.min.time(), CALENDAR)
    with pinned(moment + timedelta(hours=9)), writing() as session:
        telling.tell(actor_of(cast.ada), session.get_one(Decision, decision.id), TEXTS)


def follow_ups() -> list[tuple[str, str, bool, bool]]:
    found = db.session.scalars(select(Duty).where(Duty.kind.startswith("follow")).order_by(Duty.object, Duty.due))
    return [(one.kind, one.object, one.kept_at is not None, one.cancelled_at is not None) for one in found]


def test_a_message_promises_two_more(app: Flask, cast: Cast) -> None:
    decision = a_decision(a_signal(a_consultation(cast.mobility)), cast.ben)
    tell(cast, decision)
    about = f"decision:{decision.id}"
    assert [duty(kind, about).due for kind in ("follow_up_6", "follow_up_12")] == [
        months_later(today(), 6), months_later(today(), 12),
    ]  # fmt: skip
    assert duty("follow_up_6", about).subject == "De auto's rijden te snel aan de schoolpoort."


def test_mending_a_word_is_not_telling_again_but_telling_half_a_year_later_is(app: Flask, cast: Cast) -> None:
    decision = a_decision(a_signal(a_consultation(cast.mobility)), cast.ben)
    tell(cast, decision)
    tell(cast, decision, days_later=3)
    assert [kept for _kind, _about, kept, _gone in follow_ups()] == [False, False]
    tell(cast, decision, days_later=170)
    assert [kept for _kind, _about, kept, _gone in follow_ups()] == [True, False]


def test_after_a_no_nothing_more_is_promised(app: Flask, cast: Cast) -> None:
    tell(cast, a_decision(a_signal(a_consultation(cast.mobility)), cast.ben, Outcome.NOT_ADOPTED))
    assert follow_ups() == []


def test_once_all_is_done_and_told_nothing_more_is_owed(app: Flask, cast: Cast) -> None:
    decision = a_decision(a_signal(a_consultation(cast.mobility)), cast.ben)
    tell(cast, decision)
    with writing() as session:
        measure = plan(actor_of(cast.ada), session.get_one(Decision, decision.id), "Paaltjes", cast.ada.id, today())
        finish(actor_of(cast.ada), measure, today())
        prove(actor_of(cast.ada), measure, "foto", "", today())
        assert measure.state == MeasureState.DONE
    tell(cast, decision, days_later=1)
    assert [gone for _kind, _about, _kept, gone in follow_ups()] == [True, True]


def a_verdict(**values: Any) -> Verdict:
    fields: dict[str, Any] = {"outcome": Outcome.PARTLY, "what": "Paaltjes.", "reason": "Dat is veiliger."}
    fields |= {"body": Body.COLLEGE, "decided_on": today(), "changes_practice": True}
    return Verdict(**fields | values)


def test_a_correction_takes_over_the_promise_to_tell_again(app: Flask, cast: Cast) -> None:
    old = a_decision(a_signal(a_consultation(cast.mobility)), cast.ben)
    tell(cast, old)
    with writing() as session:
        new = correct(actor_of(cast.ben), session.get_one(Decision, old.id), a_verdict())
    tell(cast, new)
    assert {(about, gone) for _kind, about, _kept, gone in follow_ups()} == {
        (f"decision:{old.id}", True), (f"decision:{new.id}", False),
    }  # fmt: skip


def promise(cast: Cast, kind: str, object_: str, days: int, **values: Any) -> None:
    fields: dict[str, Any] = {"municipality_id": cast.town.id, "department_id": cast.mobility.id, "subject": "Titel"}
    with writing():
        owe("test", kind, object_, **fields | {"due": today() + timedelta(days=days)} | values)


def late_part(pages: Pages) -> str:
    return pages.get(WHAT).text.partition("Te laat: welke en waarom")[2]


def test_a_late_signal_that_is_put_under_study_stays_late_with_its_reason(pages: Pages, cast: Cast) -> None:
    signal = a_signal(a_consultation(cast.mobility), "De stoep is te smal.")
    promise(cast, "decision", f"signal:{signal.id}", -9)
    until = today() + timedelta(days=60)
    study = a_verdict(
        outcome=Outcome.UNDER_STUDY, reason="Een architect kijkt mee.", under_study_until=until, changes_practice=False
    )
    with writing() as session:
        decide(actor_of(cast.ben), [session.get_one(Signal, signal.id)], study)
    shown = late_part(pages)
    for words in ("De stoep is te smal.", "Uitgesteld tot", "De reden: Een architect kijkt mee."):
        assert words in shown
    assert "We zijn te laat. Je hoort het nu op" in pages.get(f"/m/oudenhove/signal/{signal.id}").text


def test_every_kind_of_late_promise_stands_there_but_no_concern(pages: Pages, cast: Cast) -> None:
    promise(cast, "measure", "measure:1", -8, subject="Paaltjes zetten")
    promise(cast, "feedback", "wave:1", -8, subject="Naar school")
    promise(cast, "follow_up_6", "decision:1", -8, subject="Het park")
    promise(cast, "concern", "concern:ff", -8, subject="Een zorg", department_id=None)
    shown = late_part(pages)
    for words in ("Paaltjes zetten", "Naar school", "Het park", "door Mobiliteit", "nog geen reden gegeven"):
        assert words in shown
    assert "Een zorg" not in shown


def test_what_is_late_shows_after_a_week_or_sooner_where_the_town_chose_so(pages: Pages, cast: Cast) -> None:
    promise(cast, "measure", "measure:1", -3, subject="Paaltjes zetten")
    assert late_part(pages) == ""
    with writing():
        show_late_after(actor_of(cast.cora), 1)
    assert "Paaltjes zetten" in late_part(pages)
