"""Notes to the college: what stands in the document, on whose paper, and the college's answers in one form."""

import io
from datetime import timedelta
from typing import Any

import pytest
from docx import Document
from sqlalchemy import func, select

from dialogue.decisions import services
from dialogue.decisions.models import Decision, Outcome
from dialogue.decisions.note_models import CollegeNote
from dialogue.decisions.queries import current_decision
from dialogue.ledger.models import Entry
from dialogue.ledger.queries import head
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.signals import reshaping
from dialogue.signals.basis_queries import said
from dialogue.signals.models import Signal
from dialogue.signals.words import said_words
from tests.builders import Cast, a_signal, actor_of
from tests.decisions.heard import SECRET, a_heard_signal
from tests.pages import Page, Pages

NOTES = "/desk/decisions/notes"
HEARD = {"decided_on": today().isoformat(), "agenda_point": "12", "document_title": "Collegebesluit 2026/118"}


def proposed(cast: Cast, signal: Signal, what: str = "Een zebrapad.") -> Signal:
    with writing():
        services.propose(actor_of(cast.ada), signal, Outcome.PARTLY, what, "Een brug is te duur.")
    return signal


@pytest.fixture
def signal(cast: Cast) -> Signal:
    return proposed(cast, a_heard_signal(cast.mobility))


def make(pages: Pages, *signals: Signal, status: int = 200, **more: Any) -> Page:
    data = {"title": "Veilig naar school", "meets_on": (today() + timedelta(days=4)).isoformat()}
    return pages.post(NOTES, data | {"signals": [one.id for one in signals]} | more, status=status)


def the_note() -> CollegeNote:
    db.session.rollback()
    return db.session.scalars(select(CollegeNote).order_by(CollegeNote.id.desc()).limit(1)).one()


def document(pages: Pages) -> Any:
    response = pages.client.get(f"{NOTES}/{the_note().id}.docx")
    assert (response.status_code, response.headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert response.headers["Content-Disposition"] == 'attachment; filename="nota-veilig-naar-school.docx"'
    return Document(io.BytesIO(response.data))


def text_of(found: Any) -> str:
    return "\n".join(paragraph.text for paragraph in found.paragraphs)


def settled(signal: Signal, **more: Any) -> dict[str, Any]:
    """What the form of the college sends for one signal, as it was proposed."""
    answer = {"outcome": "partly", "what": "Een zebrapad.", "reason": "Een brug is te duur.", "changes_practice": "y"}
    return {f"signal-{signal.id}-{name}": value for name, value in (answer | more).items()}


def decisions() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Decision)) or 0


def test_the_document_says_what_the_screen_says(cast: Cast, signal: Signal, pages: Pages) -> None:
    ada = pages.as_(cast.ada)
    make(ada, signal)
    screen = ada.get(f"/desk/decisions/signal/{signal.id}").text
    found = document(ada)
    text = text_of(found)
    shown = said_words(said(signal))
    assert shown in screen
    assert shown in text
    for words in ("Een zebrapad.", "Een brug is te duur.", "Voorstel van Mobiliteit", "Naar school", "7–11 jaar"):
        assert words in text
    assert head() in text
    for raw in ("183", "611", "428", " 7 keer"):
        assert raw not in text.replace(head(), "")


def test_three_approved_quotes_stand_in_it_and_no_other_words(cast: Cast, signal: Signal, pages: Pages) -> None:
    ada = pages.as_(cast.ada)
    make(ada, signal)
    text = text_of(document(ada))
    assert sum(f"Citaat {number}." in text for number in range(4)) == 3
    assert SECRET not in text
    assert "woord 3" not in text


def test_the_document_can_be_read_by_everybody(cast: Cast, signal: Signal, pages: Pages) -> None:
    ada = pages.as_(cast.ada)
    make(ada, signal)
    found = document(ada)
    headings = [(p.style.name, p.text) for p in found.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert headings[:3] == [
        ("Title", "Veilig naar school"),
        ("Heading 1", "“Ik durf niet oversteken.”"),
        ("Heading 2", "Wat we vroegen"),
    ]
    [picture] = found.inline_shapes
    alt = picture._inline.docPr.get("descr")
    assert alt.startswith("Grafiek: ")
    assert "Heel onveilig 30" in alt
    assert found.core_properties.language == "nl-BE"
    assert 'w:lang w:val="nl-BE"' in found.styles.element.xml
    assert "NUMPAGES" in found.sections[0].footer._element.xml


def test_budget_and_plan_codes_go_into_the_note_and_the_decision(cast: Cast, signal: Signal, pages: Pages) -> None:
    cora = pages.as_(cast.cora)
    make(cora, signal)
    note = the_note()
    [stood] = cora.get(f"{NOTES}/{note.id}").all("input", name=f"signal-{signal.id}-seen")
    facts = {f"signal-{signal.id}-budget": "€ 12.000", f"signal-{signal.id}-plan_codes": "AP-3; ACT-17"}
    facts |= {f"signal-{signal.id}-seen": stood.get("value", "")}
    cora.post(f"{NOTES}/{note.id}/facts", facts)
    text = text_of(document(cora))
    assert "Budget: € 12.000" in text
    assert "Plancodes: AP-3, ACT-17" in text
    page = cora.get(f"{NOTES}/{note.id}/college")
    assert page.all("input", name=f"signal-{signal.id}-budget", value="€ 12.000")
    assert page.all("input", name=f"signal-{signal.id}-plan_codes", value="AP-3, ACT-17")


def test_a_note_needs_signals_with_a_proposal_that_stand_in_no_other(cast: Cast, signal: Signal, pages: Pages) -> None:
    bare, ada = a_signal(signal.consultation, "De bus komt niet."), pages.as_(cast.ada)
    assert "Vink aan" in make(ada, status=422).text
    assert "zonder voorstel" in make(ada, bare, status=422).text
    late = {"meets_on": (today() - timedelta(days=1)).isoformat()}
    page = make(ada, signal, status=422, **late)
    assert "Kies een dag die nog komt" in page.text
    assert page.all("input", name="title", value="Veilig naar school")
    assert page.all("input", name="signals", value=str(signal.id), checked="")
    make(ada, signal)
    assert "andere nota" in make(ada, signal, status=422).text
    ada.post(f"{NOTES}/{the_note().id}/take-back")
    make(ada, signal)


def test_the_college_answers_all_signals_of_a_note_in_one_form(cast: Cast, signal: Signal, pages: Pages) -> None:
    other, ben = proposed(cast, a_signal(signal.consultation, "De bus komt niet."), "Een bus."), pages.as_(cast.ben)
    make(ben, signal, other)
    at = f"{NOTES}/{the_note().id}/college"
    form = ben.get(at)
    assert form.all("input", name=f"signal-{other.id}-outcome", value="partly", checked="")
    refused = settled(other, outcome="not_adopted", what="Geen bus.", reason="De bus is van De Lijn.")
    ben.post(at, HEARD | settled(signal) | refused)
    first, second = current_decision(signal.id), current_decision(other.id)
    assert first
    assert second
    assert (first.body, first.document_title, first.outcome) == (
        "college",
        "Collegebesluit 2026/118, punt 12",
        "partly",
    )
    assert (second.outcome, second.reason, second.decided_on) == ("not_adopted", "De bus is van De Lijn.", today())
    told = list(db.session.scalars(select(Entry.verb).order_by(Entry.sequence.desc()).limit(6)))
    assert told.count("decision.recorded") == 2
    assert "note.settled" in told
    assert "te duur" in pages.get(f"/m/{cast.town.slug}/signal/{signal.id}").text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"decided_on": (today() + timedelta(days=1)).isoformat()}, "Deze dag moet nog komen"),
        ({"agenda_point": ""}, "Vul dit in"),
        ({"document_title": ""}, "Vul dit in"),
        ({"document_uri": "http://besluit.example/1"}, "https://"),
        ({"reason": " "}, "Vul dit in"),
        ({"outcome": "adopted", "changes_practice": ""}, "Vink aan wat er verandert"),
    ],
)
def test_nothing_is_noted_when_anything_is_wrong(
    cast: Cast, signal: Signal, pages: Pages, wrong: dict[str, str], says: str
) -> None:
    other, ben = proposed(cast, a_signal(signal.consultation, "De bus komt niet.")), pages.as_(cast.ben)
    make(ben, signal, other)
    ours = {name: value for name, value in wrong.items() if name not in (*HEARD, "document_uri")}
    whole = {name: value for name, value in wrong.items() if name not in ours}
    typed = HEARD | settled(signal) | settled(other, **{"what": "Wat ik typte."} | ours) | whole
    page = ben.post(f"{NOTES}/{the_note().id}/college", typed, status=422)
    assert says in page.text
    assert "Wat ik typte." in page.html
    assert decisions() == 0
    assert "zebrapad" not in pages.get(f"/m/{cast.town.slug}/signal/{signal.id}").text


def test_who_comes_second_is_told_and_keeps_what_was_typed(cast: Cast, signal: Signal, pages: Pages) -> None:
    ben, cora = pages.as_(cast.ben), pages.as_(cast.cora)
    make(ben, signal)
    at = f"{NOTES}/{the_note().id}/college"
    typed = HEARD | settled(signal)
    ben.post(at, typed)
    page = cora.post(at, typed | settled(signal, reason="Mijn eigen reden."), status=422)
    assert "Iemand noteerde intussen al wat het college over deze nota besliste" in page.text
    assert "Mijn eigen reden." in page.html
    assert decisions() == 1


def test_what_may_not_stand_in_a_page_does_not_come_back_in_one(cast: Cast, signal: Signal, pages: Pages) -> None:
    ben = pages.as_(cast.ben)
    make(ben, signal)
    odd = {f"signal-{signal.id}-seen": "7\x16\x82\ufdd0\ufffeé", "agenda_point": "12\x00"}
    page = ben.post(f"{NOTES}/{the_note().id}/college", HEARD | settled(signal) | odd, status=422)  # reads it strictly
    assert page.all("input", name=f"signal-{signal.id}-seen", value="7é")
    assert decisions() == 0


def test_what_was_decided_elsewhere_meanwhile_is_not_decided_twice(cast: Cast, signal: Signal, pages: Pages) -> None:
    ben = pages.as_(cast.ben)
    make(ben, signal)
    at, typed = f"{NOTES}/{the_note().id}/college", HEARD | settled(signal)
    alone = {"outcome": "not_adopted", "what": "Nee.", "reason": "Dit kan niet.", "body": "alderman"}
    ben.post(f"/desk/decisions/signal/{signal.id}/decide", alone | {"decided_on": today().isoformat()})
    page = ben.post(at, typed, status=422)
    assert "Ik durf niet oversteken.: Iemand noteerde intussen al een besluit over dit signaal" in page.text
    assert decisions() == 1
    assert ben.get(at).all("input", name=f"signal-{signal.id}-left_out", checked="")


def test_a_signal_can_be_left_out_and_a_withdrawn_one_is(cast: Cast, signal: Signal, pages: Pages) -> None:
    other = proposed(cast, a_signal(signal.consultation, "De bus komt niet."))
    third = proposed(cast, a_signal(signal.consultation, "Er is geen schaduw."))
    cora = pages.as_(cast.cora)
    make(cora, signal, other, third)
    at = f"{NOTES}/{the_note().id}/college"
    with writing():
        reshaping.withdraw(actor_of(cast.cora), db.session.get_one(Signal, third.id), "Dubbel.")
    assert "schaduw" not in cora.get(at).text
    none = {f"signal-{one.id}-left_out": "y" for one in (signal, other)}
    assert "minstens één beslissing" in cora.post(at, HEARD | none, status=422).text
    cora.post(at, HEARD | settled(signal) | {f"signal-{other.id}-left_out": "y"})
    assert decisions() == 1
    assert current_decision(other.id) is None
    assert "De bus komt niet." in cora.get(NOTES).text


def test_only_who_may_decide_all_of_it_notes_what_the_college_decided(cast: Cast, signal: Signal, pages: Pages) -> None:
    ada = pages.as_(cast.ada)
    make(ada, signal)
    at = f"{NOTES}/{the_note().id}"
    assert "Het college besliste" not in ada.get(at).text
    ada.get(f"{at}/college", status=403)
    for stranger in (cast.cleo, cast.odette):
        pages.as_(stranger).get(at, status=404)
        assert pages.as_(stranger).client.get(f"{at}.docx").status_code == 404
        assert pages.as_(stranger).client.post(f"{at}/take-back").status_code == 404
