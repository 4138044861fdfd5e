"""Advice of the youth council: received, owed an answer with a reason, and read by everybody."""

import io
from datetime import timedelta
from typing import Any

import pytest
from docx import Document
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from dialogue.decisions.advice_models import Advice, AdviceAnswer
from dialogue.duties.models import Duty
from dialogue.duties.queries import duty
from dialogue.evidence import chapters
from dialogue.evidence.queries import gather
from dialogue.feedback.dead_ends import report
from dialogue.feedback.fates import Fate, Unit
from dialogue.feedback.periods import SCHOOL, period_of
from dialogue.ledger.models import Entry
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.shared.models import StoredFile
from dialogue.shared.word import Word
from tests.builders import Cast, a_consultation, a_signal
from tests.decisions.advices import ADVICE, REPLY, receive, reply, the_advice
from tests.decisions.files import PAGE, a_pdf, a_pdf_with_a_file, a_pdf_with_a_program
from tests.pages import Pages

MB = 1024 * 1024


def count(model: type[Any]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_an_advice_makes_a_duty_of_the_day_that_the_town_set(cast: Cast, pages: Pages) -> None:
    cora = pages.as_(cast.cora)
    receive(cora, cast)
    owed = duty("advice", f"advice:{the_advice().id}")
    assert owed is not None
    assert (owed.due, owed.department_id) == (today() + timedelta(days=60), cast.youth.id)
    assert "De jeugdraad antwoorden" in pages.as_(cast.cleo).get("/desk/duties").text
    cora.post(f"{ADVICE}/days", {"days": 30})
    receive(cora, cast)
    days = list(db.session.scalars(select(Duty.due).where(Duty.kind == "advice").order_by(Duty.id)))
    assert days == [today() + timedelta(days=60), today() + timedelta(days=30)]
    cora.post(f"{ADVICE}/days", {"days": 3}, status=422)


def test_an_answer_needs_a_reason_also_when_the_advice_is_followed(cast: Cast, pages: Pages) -> None:
    cleo = pages.as_(cast.cleo)
    receive(cleo, cast)
    assert "Vul dit in" in reply(cleo, 422, reason=" ").text
    assert "Deze dag moet nog komen" in reply(cleo, 422, decided_on=(today() + timedelta(days=1)).isoformat()).text
    assert count(AdviceAnswer) == 0
    reply(cleo)
    owed = duty("advice", f"advice:{the_advice().id}")
    assert owed is not None
    assert owed.kept_at
    assert {"advice.received", "advice.answered"} <= set(db.session.scalars(select(Entry.verb)))


def test_the_database_itself_keeps_advice_and_answers_as_they_are(cast: Cast, pages: Pages) -> None:
    cleo = pages.as_(cast.cleo)
    receive(cleo, cast)
    reply(cleo)
    for table in ("advice", "advice_answer"):
        for change in (f"UPDATE {table} SET by_id = by_id", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError), writing():
                db.session.execute(text(change))


def test_everybody_reads_the_advice_the_day_and_the_answer(cast: Cast, pages: Pages) -> None:
    cleo, public = pages.as_(cast.cleo), f"/m/{cast.town.slug}/advice"
    receive(cleo, cast, content=a_pdf())
    page = pages.get(public)
    assert "Meer fuiven" in page.text
    assert "Er komt een antwoord tegen" in page.text
    assert "1 advies van de jeugdraad" in pages.get(f"/m/{cast.town.slug}/what-happened").text
    reply(cleo, followed="not", reason="De buren slapen dan.")
    page = pages.get(public)
    assert "We volgen het advies niet" in page.text
    assert "De buren slapen dan." in page.text
    response = pages.client.get(f"{public}/{the_advice().id}.pdf")
    assert response.headers["Content-Disposition"] == 'attachment; filename="advies-e-b.pdf"'
    assert (response.mimetype, response.headers["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert pages.client.get(f"/m/{cast.other_town.slug}/advice/{the_advice().id}.pdf").status_code == 404
    assert "Meer fuiven" not in pages.get(f"/m/{cast.other_town.slug}/advice").text


def test_what_was_answered_first_stays_to_be_read(cast: Cast, pages: Pages) -> None:
    cleo = pages.as_(cast.cleo)
    receive(cleo, cast)
    reply(cleo)
    page = reply(cleo, 422, reason="Een andere reden.")
    assert "Iemand noteerde intussen al een antwoord" in page.text
    assert "Een andere reden." in page.html
    stands = the_advice().answer
    assert stands
    reply(cleo, reason="Een andere reden.", followed="partly", seen=stands.id)
    shown = pages.get(f"/m/{cast.town.slug}/advice").text
    assert "We volgen het advies voor een stuk" in shown
    assert "Omdat jullie gelijk hebben." in shown


@pytest.mark.parametrize("content", [PAGE, b"", b"%PDF-1.7\n" + PAGE, a_pdf_with_a_program(), a_pdf_with_a_file()])
def test_documents_that_act_are_refused_and_what_was_typed_stays(cast: Cast, pages: Pages, content: bytes) -> None:
    page = receive(pages.as_(cast.cora), cast, 422, content)
    assert "PDF" in page.text
    assert "Laat ons langer fuiven." in page.html
    assert (count(Advice), count(StoredFile), count(Duty)) == (0, 0, 0)


def test_a_gigantic_document_gets_a_clear_answer(cast: Cast, pages: Pages) -> None:
    assert "te groot" in receive(pages.as_(cast.cora), cast, 413, b"%PDF-" + b"\0" * (21 * MB)).text
    assert count(Advice) == 0


def test_an_advice_needs_words_or_a_document_and_a_day_that_was(cast: Cast, pages: Pages) -> None:
    cora = pages.as_(cast.cora)
    assert "voeg het document toe" in receive(cora, cast, 422, text="").text
    late = (today() + timedelta(days=1)).isoformat()
    assert "Deze dag moet nog komen" in receive(cora, cast, 422, received_on=late).text
    assert count(Advice) == 0
    receive(cora, cast, content=a_pdf(), text="")


def test_an_advice_is_about_signals_and_counts_where_nothing_is_answered(cast: Cast, pages: Pages) -> None:
    signal, cora = a_signal(a_consultation(cast.youth), "We willen langer fuiven."), pages.as_(cast.cora)
    receive(cora, cast, signals=[signal.id])
    assert "We willen langer fuiven." in pages.get(f"/m/{cast.town.slug}/advice").text
    assert "Meer fuiven" in cora.get(f"/desk/decisions/signal/{signal.id}").text
    waiting = report(cast.town.id).counts(Unit.ADVICE)
    assert (waiting[Fate.UNDECIDED], waiting[Fate.TOLD]) == (1, 0)
    assert "Adviezen" in cora.get("/desk/unanswered").text
    reply(cora)
    answered = report(cast.town.id).counts(Unit.ADVICE)
    assert (answered[Fate.UNDECIDED], answered[Fate.TOLD]) == (0, 1)


def test_the_dossier_holds_every_advice_with_its_answer(cast: Cast, pages: Pages) -> None:
    cora, paper = pages.as_(cast.cora), Word("Dossier", "Oudenhove", "nl-BE")
    receive(cora, cast)
    chapters.decisions(paper, gather(cast.town.id, period_of(SCHOOL, today())))
    reply(cora)
    chapters.decisions(paper, gather(cast.town.id, period_of(SCHOOL, today())))
    rows = [[cell.text for cell in table.rows[1].cells] for table in Document(io.BytesIO(paper.bytes())).tables]
    assert [row[1:] for row in rows if "Meer fuiven" in row] == [
        ["Meer fuiven", "Nog geen antwoord.", ""],
        ["Meer fuiven", "We volgen het advies", "Omdat jullie gelijk hebben."],
    ]


def test_another_department_neither_reads_nor_answers_it(cast: Cast, pages: Pages) -> None:
    receive(pages.as_(cast.cora), cast)
    at = f"{ADVICE}/{the_advice().id}"
    for stranger in (cast.ada, cast.ben, cast.odette):
        pages.as_(stranger).get(at, status=404)
    assert pages.as_(cast.ben).client.post(f"{at}/answer", data=REPLY).status_code == 404
    assert pages.as_(cast.ada).client.post(ADVICE, data={"department": cast.youth.id}).status_code == 422
