"""The evidence page: figures with what they stand on, chains that are chosen, and nothing refused or late left out."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from dialogue.consultations.models import State
from dialogue.decisions.models import Decision, Measure, MeasureState, Outcome, Proof
from dialogue.duties.models import Duty
from dialogue.evidence.models import Dossier
from dialogue.feedback.periods import SCHOOL, period_of
from dialogue.ledger.queries import head
from dialogue.results.models import Tally
from dialogue.shared.bands import Band
from dialogue.shared.clock import now, today
from dialogue.shared.database import db
from tests.builders import Cast, a_consultation, a_decision, a_place, a_signal, change, responses, save
from tests.pages import Page, Pages

YEAR = period_of(SCHOOL, today()).year
NOW = f"/desk/evidence/{SCHOOL}/{YEAR}"


def figure(page: Page, name: str) -> str:
    """The card of one figure, as text."""
    [card] = [li for li in page.all("li", class_="card") if any(h.text == name for h in li.iter("h3"))]
    return " ".join("".join(card.itertext()).split())


def a_year(cast: Cast) -> list[Decision]:
    """Four signals of one closed round: a yes, a no, a partly, and one that waits too long."""
    consultation = a_consultation(cast.mobility, state=State.CLOSED)
    outcomes = (Outcome.ADOPTED, Outcome.NOT_ADOPTED, Outcome.PARTLY)
    made = [
        a_decision(a_signal(consultation, f"Signaal {outcome}."), cast.ben, outcome, reason=f"Reden {outcome}.")
        for outcome in outcomes
    ]
    waiting = a_signal(consultation, "Signaal dat wacht.")
    save(a_duty(cast, "decision", f"signal:{waiting.id}", "Signaal dat wacht."))
    return made


def a_duty(cast: Cast, kind: str, object_: str, subject: str, **values: Any) -> Duty:
    owner = {"municipality_id": cast.town.id, "department_id": cast.mobility.id}
    return Duty(kind=kind, object=object_, subject=subject, due=today() - timedelta(days=2), **owner, **values)


def test_an_empty_year_says_what_to_do_first(pages: Pages, cast: Cast) -> None:
    page = pages.as_(cast.cora).get("/desk/evidence")
    assert "Begin met een bevraging" in page.text
    assert "nog niet te zeggen" in figure(page, "Antwoordgraad")


def test_figures_say_what_they_count_and_on_which_records_they_stand(pages: Pages, cast: Cast) -> None:
    first, *_ = a_year(cast)
    page = pages.as_(cast.cora).get("/desk/evidence")
    answered = figure(page, "Antwoordgraad")
    assert "3 van 4 (75 %)" in answered
    assert "Signalen met een beslissing en een reden, van alle signalen." in answered
    assert "Telt mee (3)" in answered
    assert "Telt niet mee (1) “Signaal dat wacht.”" in answered
    assert f"/desk/decisions/signal/{first.answers[0].signal_id}" in page.links()
    assert "2 van 3 (67 %)" in figure(page, "Impactgraad")
    assert "2 van 2 (100 %)" in figure(page, "Impact op de praktijk")
    assert "0 van 2 (0 %)" in figure(page, "Realisatiegraad")
    assert "1 van 2 (50 %)" in figure(page, "Diensten die vragen stellen")
    assert "0 van 1 (0 %)" in figure(page, "Terugkoppelgraad")


def test_a_measure_counts_as_carried_out_once_there_is_proof(pages: Pages, cast: Cast) -> None:
    first, *_ = a_year(cast)
    owner = {"department_id": cast.mobility.id, "owner_id": cast.ada.id, "due": today()}
    done = Measure(decision_id=first.id, title="Paaltjes", state=MeasureState.DONE, done_on=today(), **owner)
    save(done)
    cora = pages.as_(cast.cora)
    assert "0 van 2 (0 %)" in figure(cora.get(NOW), "Realisatiegraad")
    save(Proof(measure_id=done.id, title="foto", seen_on=today(), added_by_id=cast.ada.id))
    assert "1 van 2 (50 %)" in figure(cora.get(NOW), "Realisatiegraad")


def test_a_town_can_raise_the_smallest_group(pages: Pages, cast: Cast) -> None:
    change(cast.town, smallest_group=20)
    place, wave = a_place(cast.town), a_consultation(cast.mobility).waves[0]
    save(Tally(wave_id=wave.id, band=Band.B, place_id=place.id, item="", option="", count=15))
    page = pages.as_(cast.cora).get(NOW)
    assert "<20 antwoorden" in figure(page, "Bereik")
    assert "0 plaatsen" in figure(page, "Spreiding")


@pytest.mark.parametrize(("count", "shown"), [(0, "0 antwoorden"), (9, "<10 antwoorden"), (183, "± 185 antwoorden")])
def test_reach_is_rounded_and_hides_small_numbers(pages: Pages, cast: Cast, count: int, shown: str) -> None:
    wave = a_consultation(cast.mobility).waves[0]
    save(Tally(wave_id=wave.id, band=Band.B, place_id=0, item="", option="", count=count))
    assert shown in figure(pages.as_(cast.cora).get(NOW), "Bereik")


def test_a_place_counts_from_ten_answers(pages: Pages, cast: Cast) -> None:
    wave = a_consultation(cast.mobility).waves[0]
    for name, count in (("De Linde", 10), ("De Vaart", 9)):
        place = a_place(cast.town, name)
        save(Tally(wave_id=wave.id, band=Band.B, place_id=place.id, item="", option="", count=count))
    spread = figure(pages.as_(cast.cora).get(NOW), "Spreiding")
    assert "1 plaats: 1 × school" in spread
    assert "Telt niet mee (1) De Vaart" in spread


def test_a_no_and_a_late_promise_are_never_missing(pages: Pages, cast: Cast) -> None:
    a_year(cast)
    text = pages.as_(cast.cora).get(NOW).text
    refused = text[text.index("Geweigerd, deels geweigerd") :]
    for words in ("Signaal not_adopted.", "Reden not_adopted.", "Signaal partly.", "Reden partly."):
        assert words in refused
    late = text[text.index("Te laat") :]
    assert "Signaal dat wacht." in late
    assert "nog niet gehouden" in late


def test_a_promise_kept_too_late_stays_in_the_list_and_concerns_never_stand_there(pages: Pages, cast: Cast) -> None:
    save(a_duty(cast, "feedback", "wave:77", "Naar school", kept_at=now()))
    save(a_duty(cast, "concern", "concern:ab", "Een kind vraagt hulp"))
    text = pages.as_(cast.cora).get(NOW).text
    assert "te laat gehouden, op" in text
    assert "Een kind vraagt hulp" not in text


def test_every_department_stands_in_the_table_with_links_to_its_records(pages: Pages, cast: Cast) -> None:
    a_year(cast)
    cora = pages.as_(cast.cora)
    page = cora.get(NOW)
    [link] = [a for a in page.links() if a.endswith(f"department/{cast.mobility.id}")]
    assert f"{NOW}/department/{cast.youth.id}" in page.links()
    detail = cora.get(link)
    assert "Gehoord (4)" in detail.text
    assert "Beslist (3)" in detail.text


def test_chosen_chains_are_kept_and_shown(pages: Pages, cast: Cast) -> None:
    made = a_year(cast)
    before = head()
    page = pages.as_(cast.cora).post(f"{NOW}/chains", {"decision": [str(one.id) for one in made]})
    assert db.session.query(Dossier).one().chains == [one.id for one in made]
    assert len([box for box in page.all("input", type="checkbox") if box.get("checked") is not None]) == 3
    assert len(page.all("ol", class_="standing")) == 3
    assert head() != before
    assert head() in page.text, "the seal of the record as it is now"


def test_too_few_or_foreign_chains_are_refused(pages: Pages, cast: Cast) -> None:
    made = a_year(cast)
    foreign = a_decision(a_signal(a_consultation(cast.youth), municipality_id=cast.other_town.id), cast.ben)
    cora = pages.as_(cast.cora)
    for ids in ([made[0].id], [foreign.id, made[0].id, made[1].id], []):
        cora.post(f"{NOW}/chains", {"decision": [str(id_) for id_ in ids]}, status=422)
    assert db.session.query(Dossier).count() == 0


def test_other_periods_hold_other_records(pages: Pages, cast: Cast) -> None:
    a_year(cast)
    cora = pages.as_(cast.cora)
    assert "0 signalen" in cora.get(f"/desk/evidence/{SCHOOL}/{YEAR - 3}").text
    assert "4 signalen" in cora.get(f"/desk/evidence/calendar/{today().year}").text
    assert "4 signalen" in cora.get("/desk/evidence/plan/2026").text


@pytest.mark.parametrize("odd", ["plan/2027", "moon/2026", "school/0", f"school/{10**20}"])
def test_odd_periods_do_not_exist(pages: Pages, cast: Cast, odd: str) -> None:
    assert pages.as_(cast.cora).client.get(f"/desk/evidence/{odd}").status_code == 404


def test_only_the_coordinator_of_the_town_gets_in(pages: Pages, cast: Cast) -> None:
    a_year(cast)
    for person in (cast.ada, cast.ben, cast.sam, cast.ines):
        assert pages.as_(person).client.get(NOW).status_code == 403
        assert pages.as_(person).client.post(f"{NOW}/document").status_code == 403
    assert "Signaal not_adopted." not in pages.as_(cast.odette).get(NOW).text
    assert pages.as_(cast.odette).client.get(f"{NOW}/department/{cast.mobility.id}").status_code == 404


def test_more_answers_ask_no_more_queries(app: Flask, pages: Pages, cast: Cast) -> None:
    a_year(cast)
    cora = pages.as_(cast.cora)
    few = queries_of(cora)
    responses(db.session.query(Decision).first().answers[0].signal.consultation, 60)
    assert queries_of(cora) == few


def queries_of(pages: Pages) -> int:
    asked: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    pages.get(NOW)
    event.remove(db.engine, "before_cursor_execute", listen)
    return len(asked)
