"""A signal out of an advice of the youth council goes the whole way, and says where it came from instead of counts."""

import io
from collections.abc import Sequence
from datetime import timedelta

import pytest
from docx import Document
from sqlalchemy import select

from dialogue.consultations.models import Consultation
from dialogue.consultations.queries import asks_something, consultations_of
from dialogue.decisions import services
from dialogue.decisions.advice_queries import advice_behind
from dialogue.decisions.models import Decision, Outcome
from dialogue.desk.queries import rows
from dialogue.duties.queries import duty
from dialogue.evidence import chapters
from dialogue.evidence.queries import gather
from dialogue.feedback.dead_ends import report
from dialogue.feedback.drafting import first_draft
from dialogue.feedback.fates import Fate, Unit
from dialogue.feedback.periods import SCHOOL, period_of
from dialogue.feedback.queries import coverage
from dialogue.ledger.models import Entry
from dialogue.results.queries import rounds_of
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.shared.word import Word
from dialogue.signals.models import Signal
from dialogue.signals.reading import rounds_to_read
from dialogue.web.i18n import day
from tests.builders import Cast, a_decision, actor_of
from tests.decisions.advices import ADVICE, receive, reply, the_advice
from tests.pages import Page, Pages

NOTES = "/desk/decisions/notes"
SENTENCE = "We willen langer fuiven."


def make(pages: Pages, department_id: int, sentence: str = SENTENCE, status: int = 200) -> Page:
    typed = {"title_nl": sentence, "department": department_id}
    return pages.post(f"{ADVICE}/{the_advice().id}/signal", typed, status=status)


def signals() -> Sequence[Signal]:
    db.session.rollback()
    return db.session.scalars(select(Signal).order_by(Signal.id)).all()


@pytest.fixture
def signal(cast: Cast, pages: Pages) -> Signal:
    """A signal that Mobility answers, out of an advice that came in at Youth a week ago."""
    cleo = pages.as_(cast.cleo)
    receive(cleo, cast, received_on=(today() - timedelta(days=7)).isoformat())
    make(cleo, cast.mobility.id)
    return signals()[0]


def origin(signal: Signal) -> str:
    return f"Uit een advies van de jeugdraad van {day(signal.wave.opens_on)}"


def test_a_department_owes_it_an_answer_by_the_day_of_the_advice(cast: Cast, pages: Pages, signal: Signal) -> None:
    owed, of_advice = duty("decision", f"signal:{signal.id}"), duty("advice", f"advice:{the_advice().id}")
    assert owed
    assert of_advice
    assert (owed.due, owed.department_id) == (of_advice.due, cast.mobility.id)
    assert {"wave.advised", "signal.made", "advice.signal_made"} <= set(db.session.scalars(select(Entry.verb)))
    assert SENTENCE in pages.as_(cast.ben).get("/desk/decisions").text


def test_it_goes_from_proposal_to_what_everybody_reads(cast: Cast, pages: Pages, signal: Signal) -> None:
    ben, at = pages.as_(cast.ben), f"/desk/decisions/signal/{signal.id}"
    page = ben.get(at)
    assert origin(signal) in page.text
    assert "Laat ons langer fuiven." in page.text  # who decides reads the advice itself
    assert SENTENCE in ben.get("/desk/decisions/mine").text
    page = ben.post(f"{at}/propose", {"outcome": "adopted", "what": "Tot twee uur.", "reason": "Omdat het kan."})
    assert "Tot twee uur." in page.text
    decided = {"outcome": "adopted", "what": "Tot twee uur.", "reason": "Omdat het kan.", "body": "college"}
    decided |= {"decided_on": today().isoformat(), "changes_practice": "y"}
    ben.post(f"{at}/decide", decided)
    decision = db.session.scalars(select(Decision)).one()
    ben.get(f"/desk/messages/{decision.id}")
    shown = pages.get(f"/m/{cast.town.slug}/signal/{signal.id}")
    assert origin(signal) in shown.text
    assert "Tot twee uur." in shown.text
    assert "antwoordden" not in shown.text
    assert f"/m/{cast.town.slug}/advice#advice-{the_advice().id}" in shown.links()


def test_a_message_about_it_names_the_advice_and_no_number_of_children(cast: Cast, signal: Signal) -> None:
    written = first_draft(a_decision(signal, cast.ben), "nl")
    assert written["we_asked"] == "Advies van de jeugdraad"
    assert written["you_said"] == f"“{SENTENCE}” {origin(signal)}."


def test_it_counts_where_signals_are_counted_and_nowhere_as_a_round(cast: Cast, signal: Signal) -> None:
    cora, found = actor_of(cast.cora), gather(cast.town.id, period_of(SCHOOL, today()))
    assert coverage(cast.town.id).total == 1
    assert report(cast.town.id).counts(Unit.SIGNALS)[Fate.NO_PROPOSAL] == 1
    assert [chain.signal.id for chain in found.coverage.chains] == [signal.id]
    assert (found.waves, consultations_of(cora), rows(cora)) == ([], [], [])
    assert (rounds_of(cora), rounds_to_read(cora)) == (([], None), ([], None))
    assert not asks_something(cast.town.id)


def test_the_round_behind_it_opens_no_door(cast: Cast, pages: Pages, signal: Signal) -> None:
    cora, wave = pages.as_(cast.cora), signal.wave
    code = db.session.get_one(Consultation, wave.consultation_id).code
    for door in (f"consultations/{wave.consultation_id}", f"results/{wave.id}", f"signals/read/{wave.id}"):
        cora.get(f"/desk/{door}", status=404)
    assert "Doe mee" not in pages.get(f"/c/{code}", status=404).text


def test_every_page_of_the_staff_about_it_says_where_it_came_from(cast: Cast, pages: Pages, signal: Signal) -> None:
    cora = pages.as_(cast.cora)
    for page in ("signals", f"signals/{signal.id}", f"trace/signal/{signal.id}"):
        assert origin(signal) in cora.get(f"/desk/{page}").text
    assert "Eigen woorden" not in cora.get(f"/desk/signals/{signal.id}").text


def test_dossier_and_note_name_the_advice(cast: Cast, pages: Pages, signal: Signal) -> None:
    paper = Word("Dossier", "Oudenhove", "nl-BE")
    chapters.chains([coverage(cast.town.id).chains], paper, {})
    cells = [cell.text for row in Document(io.BytesIO(paper.bytes())).tables[0].rows for cell in row.cells]
    assert origin(signal) in cells
    with writing():
        services.propose(actor_of(cast.ben), signal, Outcome.ADOPTED, "Ja.", "Omdat het kan.")
    cora = pages.as_(cast.cora)
    cora.post(NOTES, {"title": "Jeugd", "meets_on": today().isoformat(), "signals": [signal.id]})
    note = Document(io.BytesIO(cora.client.get(f"{NOTES}/1.docx").data))
    lines = [paragraph.text for paragraph in note.paragraphs]
    assert {f"{origin(signal)}.", "Laat ons langer fuiven."} <= set(lines)
    assert "Advies van de jeugdraad: Meer fuiven" in "".join(lines)
    assert "vroeg dit" not in "".join(lines)


def test_one_advice_can_become_several_signals_but_not_the_same_twice(cast: Cast, pages: Pages, signal: Signal) -> None:
    cleo = pages.as_(cast.cleo)
    assert "Dit signaal bestaat al." in make(cleo, cast.youth.id, status=422).text
    make(cleo, cast.youth.id, "We willen een fuifzaal.")
    first, second = signals()
    assert (first.wave_id, second.department_id) == (second.wave_id, cast.youth.id)
    assert advice_behind(second) is the_advice()
    assert "Vul dit in" in make(cleo, cast.youth.id, "", 422).text


def test_another_advice_about_it_is_not_where_it_came_from(cast: Cast, pages: Pages, signal: Signal) -> None:
    own, cora = the_advice(), pages.as_(cast.cora)
    receive(cora, cast, title="Nog eens", signals=[signal.id])
    assert advice_behind(signals()[0]) is own
    cora.post(f"{ADVICE}/{own.id + 1}/signal", {"title_nl": "Ook de buren.", "department": cast.youth.id})
    later = advice_behind(signals()[1])
    assert later
    assert later.title == "Nog eens"


def test_an_advice_that_was_answered_late_gives_the_signal_days_of_its_own(cast: Cast, pages: Pages) -> None:
    cleo = pages.as_(cast.cleo)
    receive(cleo, cast, received_on=(today() - timedelta(days=100)).isoformat())
    reply(cleo)
    make(cleo, cast.youth.id)
    owed = duty("decision", f"signal:{signals()[0].id}")
    assert owed
    assert owed.due == today() + timedelta(days=60)


def test_who_cannot_answer_for_its_department_makes_no_signal_of_it(cast: Cast, pages: Pages) -> None:
    receive(pages.as_(cast.cora), cast)
    for stranger in (cast.ada, cast.ben, cast.odette):
        make(pages.as_(stranger), cast.mobility.id, status=404)
    assert make(pages.as_(cast.cora), cast.other_town.id + 99, status=404)
    assert not signals()
