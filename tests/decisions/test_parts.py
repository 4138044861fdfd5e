"""A signal owed by several departments: each is asked for its part, and nothing is decided without a word about it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from dialogue.decisions import parts, reshaping
from dialogue.decisions.models import Decision
from dialogue.decisions.part_models import Early, Part
from dialogue.decisions.part_queries import early, missing
from dialogue.duties.queries import duty
from dialogue.ledger.models import Entry
from dialogue.people.models import Department
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.signals.models import Signal
from tests.builders import Cast, a_consultation, a_decision, a_signal, actor_of, save
from tests.decisions.test_turn import ALONE, ANSWER, MINE, at, count
from tests.pages import Pages

ASKED = "Kan de speelstraat op woensdag?"
GIVEN = "Ja, met de jeugddienst erbij."


@pytest.fixture
def signal(cast: Cast) -> Signal:
    return a_signal(a_consultation(cast.mobility), "Ik durf niet oversteken.")


@pytest.fixture
def part(cast: Cast, signal: Signal) -> Part:
    """What Mobility asked of Youth."""
    with writing():
        return parts.ask(actor_of(cast.ada), signal, cast.youth, ASKED, today() + timedelta(days=9))


def asking(department: Department, **changes: Any) -> dict[str, Any]:
    return {"department": department.id, "asked": ASKED, "due": today() + timedelta(days=9)} | changes


def verbs() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Entry.verb).order_by(Entry.sequence)))


def test_a_department_that_is_asked_sees_it_in_its_work_and_writes_its_part(
    cast: Cast, signal: Signal, pages: Pages
) -> None:
    ada, cleo = pages.as_(cast.ada), pages.as_(cast.cleo)
    page = ada.post(f"/desk/decisions/signal/{signal.id}/parts", asking(cast.youth))
    assert "Jeugd ontbreekt, gevraagd op" in page.text
    assert "Jullie deel van een antwoord schrijven" in cleo.get("/desk").text
    [found] = missing([signal.id])
    address = f"/desk/decisions/parts/{found.id}"
    assert address in cleo.get("/desk").links()
    assert ASKED in cleo.get(address).text
    assert GIVEN in cleo.post(address, {"answer": GIVEN, "seen": ""}).text
    owed = duty("part", f"part:{found.id}")
    assert owed is not None
    assert owed.kept_at
    assert "Jullie deel van een antwoord" not in cleo.get("/desk").text
    for seen in (ada.get(f"/desk/decisions/signal/{signal.id}"), pages.as_(cast.ben).get(MINE)):
        assert "Jeugd er sinds" in seen.text
        assert GIVEN in seen.text
    assert [verb for verb in verbs() if verb.startswith("part.")] == ["part.asked", "part.given"]


def test_who_decides_reads_whose_part_is_missing_and_since_when(
    cast: Cast, signal: Signal, part: Part, pages: Pages
) -> None:
    ben = pages.as_(cast.ben)
    for address in (MINE, f"/desk/decisions/signal/{signal.id}", f"/desk/decisions/signal/{signal.id}/decide"):
        assert "Jeugd ontbreekt, gevraagd op" in ben.get(address).text
    assert ben.get(MINE).all("textarea", name="cannot_wait")


def test_nothing_is_decided_before_all_parts_are_in_without_saying_why(
    cast: Cast, signal: Signal, part: Part, pages: Pages
) -> None:
    ben = pages.as_(cast.ben)
    page = ben.post(at(signal, "decide"), ALONE, status=422)
    assert "Het deel van Jeugd is er nog niet" in page.text
    assert "Een zebrapad." in page.html
    assert (count(Decision), count(Early)) == (0, 0)
    ben.post(at(signal, "decide"), ALONE | {"cannot_wait": "De werken beginnen maandag."})
    decision = db.session.scalars(select(Decision)).one()
    hurried = early(decision.id)
    assert hurried is not None
    assert (hurried.because, hurried.missing) == ("De werken beginnen maandag.", [part.id])
    told = pages.as_(cast.ada).get(f"/desk/decisions/signal/{signal.id}").text
    assert "Beslist zonder het deel van Jeugd, want: De werken beginnen maandag." in told
    assert "maandag" not in pages.get(f"/m/{cast.town.slug}/signal/{signal.id}").text
    assert "decision.early" in verbs()
    owed = duty("part", f"part:{part.id}")
    assert owed is not None
    assert owed.cancelled_because == "De werken beginnen maandag."


def test_what_the_college_decided_needs_the_same_word(cast: Cast, signal: Signal, part: Part, pages: Pages) -> None:
    cora, address = pages.as_(cast.cora), f"/desk/decisions/signal/{signal.id}/decide"
    noted = ALONE | {"body": "college", "decided_on": today()}
    page = cora.post(address, noted, status=422)
    assert "Het deel van Jeugd is er nog niet" in page.text
    assert page.all("textarea", name="cannot_wait")
    cora.post(address, noted | {"cannot_wait": "Het college kwam al samen."})
    assert (count(Decision), count(Early)) == (1, 1)


def test_the_part_of_another_signal_in_the_same_answer_counts_too(
    cast: Cast, signal: Signal, part: Part, pages: Pages
) -> None:
    other, ben = a_signal(signal.consultation, "De stoep is smal."), pages.as_(cast.ben)
    page = ben.post(at(other, "decide"), ALONE | {"signals": signal.id}, status=422)
    assert "Het deel van Jeugd" in page.text
    assert page.all("textarea", name="cannot_wait")
    ben.post(at(other, "decide"), ALONE)
    assert count(Early) == 0


def test_proposing_to_the_college_need_not_wait(cast: Cast, signal: Signal, part: Part, pages: Pages) -> None:
    assert "Voorgesteld aan het college" in pages.as_(cast.ben).post(at(signal, "bring"), ANSWER).text


def test_when_all_parts_are_in_nothing_more_is_asked(cast: Cast, signal: Signal, part: Part, pages: Pages) -> None:
    with writing():
        parts.give(actor_of(cast.cleo), part, GIVEN, seen="")
    pages.as_(cast.ben).post(at(signal, "decide"), ALONE)
    assert (count(Decision), count(Early)) == (1, 0)


def test_a_colleague_who_wrote_first_is_noticed_and_what_was_typed_stays(cast: Cast, part: Part, pages: Pages) -> None:
    cleo, address = pages.as_(cast.cleo), f"/desk/decisions/parts/{part.id}"
    with writing():
        parts.give(actor_of(cast.cleo), part, "Nee.", seen="")
    page = cleo.post(address, {"answer": GIVEN, "seen": ""}, status=422)
    assert "Een collega schreef intussen jullie deel" in page.text
    assert page.all("textarea")[0].text is not None
    assert GIVEN in page.html
    seen = page.all("input", name="seen")[0].get("value", "")
    cleo.post(address, {"answer": GIVEN, "seen": seen})
    assert db.session.scalars(select(Part.answer)).one() == GIVEN


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"asked": " "}, "Vul dit in"),
        ({"due": ""}, "Kies een dag"),
        ({"due": "2020-01-01"}, "Kies een dag die nog komt"),
        ({"department": ""}, "Vul dit in"),
    ],
)
def test_what_is_not_complete_is_asked_again_with_what_was_typed(
    cast: Cast, signal: Signal, pages: Pages, changes: dict[str, str], words: str
) -> None:
    page = pages.as_(cast.ada).post(
        f"/desk/decisions/signal/{signal.id}/parts", asking(cast.youth) | changes, status=422
    )
    assert words in page.text
    assert changes.get("asked", ASKED) in page.html
    assert count(Part) == 0


def test_the_same_department_is_asked_once_and_the_owner_never(
    cast: Cast, signal: Signal, part: Part, pages: Pages
) -> None:
    ada, address = pages.as_(cast.ada), f"/desk/decisions/signal/{signal.id}/parts"
    assert "al een deel gevraagd" in ada.post(address, asking(cast.youth), status=422).text
    ada.post(address, asking(cast.mobility), status=422)
    foreign = save(Department(municipality_id=cast.other_town.id, name="Sport"))
    ada.post(address, asking(foreign), status=422)
    assert count(Part) == 1


def test_what_is_asked_no_more_is_missing_no_more_and_can_be_asked_again(
    cast: Cast, signal: Signal, part: Part, pages: Pages
) -> None:
    ada = pages.as_(cast.ada)
    ada.post(f"/desk/decisions/parts/{part.id}/take-back")
    assert missing([signal.id]) == []
    assert "niet meer nodig" in pages.as_(cast.cleo).get(f"/desk/decisions/parts/{part.id}").text
    late = pages.as_(cast.cleo).post(f"/desk/decisions/parts/{part.id}", {"answer": GIVEN, "seen": ""}, status=422)
    assert GIVEN in late.html
    ada.post(f"/desk/decisions/signal/{signal.id}/parts", asking(cast.youth))
    assert len(missing([signal.id])) == 1


def test_a_signal_that_ended_or_was_answered_asks_for_no_part(
    cast: Cast, signal: Signal, part: Part, pages: Pages
) -> None:
    other = a_signal(signal.consultation, "De stoep is smal.")
    a_decision(other, cast.ben)
    ada = pages.as_(cast.ada)
    assert "al beslist" in ada.post(f"/desk/decisions/signal/{other.id}/parts", asking(cast.youth), status=422).text
    with writing():
        reshaping.withdraw(actor_of(cast.cora), signal, "Dit was een test.")
    assert missing([signal.id]) == []
    page = pages.as_(cast.cleo).post(f"/desk/decisions/parts/{part.id}", {"answer": GIVEN, "seen": ""}, status=422)
    assert "ingetrokken" in page.text
    page = ada.post(f"/desk/decisions/signal/{signal.id}/parts", asking(cast.youth), status=422)
    assert "ingetrokken" in page.text
    assert ASKED in page.html


def test_only_those_two_departments_and_the_coordinator_get_in(
    cast: Cast, signal: Signal, part: Part, pages: Pages
) -> None:
    address = f"/desk/decisions/parts/{part.id}"
    pages.as_(cast.ada).post(address, {"answer": GIVEN}, status=403)  # she reads it, but it is not hers to write
    pages.as_(cast.cleo).post(f"{address}/take-back", status=403)
    pages.as_(cast.cleo).get(
        f"/desk/decisions/signal/{signal.id}", status=404
    )  # being asked shows no more than the part
    pages.as_(cast.odette).get(address, status=404)
    pages.as_(cast.cora).get(address)


def test_the_database_keeps_why_it_could_not_wait(cast: Cast, signal: Signal, part: Part, pages: Pages) -> None:
    pages.as_(cast.ben).post(at(signal, "decide"), ALONE | {"cannot_wait": "Haast."})
    for change in ("UPDATE early SET because = 'x'", "DELETE FROM early"):
        with pytest.raises(DatabaseError), writing() as session:
            session.execute(text(change))
