"""Plan codes: lists as programs export them, taken in whole or not at all, and picked where there is a list."""

import io
from typing import Any

import pytest
from sqlalchemy import select

from dialogue.decisions import services
from dialogue.decisions.models import Body, Decision, Outcome
from dialogue.decisions.plan import Plan, codes_typed
from dialogue.decisions.plan_file import MOST_LINES, Line, read, text_of
from dialogue.decisions.plan_models import PlanCode, PlanLevel
from dialogue.decisions.plan_queries import plan_codes
from dialogue.decisions.plan_services import take_in
from dialogue.decisions.rules import Verdict
from dialogue.ledger.models import Entry
from dialogue.people.models import StaffMember
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.shared.errors import Refused
from tests.builders import Cast, a_consultation, a_decision, a_signal, actor_of, refresh
from tests.decisions.test_pages import DECISION
from tests.pages import Page, Pages

LIST = (
    "code;naam;niveau;periode\n"
    "BD-1;Een stad voor kinderen;beleidsdoelstelling;2026-2031\n"
    "AP-1.2;Veilig naar school;actieplan;2026-2031\n"
)
ACTION = "ACT-7;Schoolstraten in de crèchebuurt;actie;2026-2031\n"
AT = "/desk/plan-codes"


def taken_in(person: StaffMember, text: str = LIST) -> None:
    with writing():
        take_in(actor_of(person), read(text).lines)


def codes(cast: Cast, **which: bool) -> list[str]:
    db.session.rollback()
    return sorted(one.code for one in plan_codes(cast.town.id, **which))


def looked_at(pages: Pages, content: bytes, status: int = 200) -> Page:
    return pages.post(f"{AT}/look", {"file": (io.BytesIO(content), "plan.csv")}, status=status)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_list_is_read_as_excel_and_others_write_it(encoding: str, delimiter: str) -> None:
    content = (LIST + ACTION).replace(";", delimiter).replace("\n", "\r\n").encode(encoding)
    found = read(text_of(content))
    assert found.problems == []
    assert found.lines[2] == Line("ACT-7", "Schoolstraten in de crèchebuurt", PlanLevel.ACTION, "2026-2031")


def test_columns_in_any_order_capitals_quotes_and_a_line_for_excel_make_no_difference() -> None:
    text = 'sep=;\nPeriode;NIVEAU;naam;extra;Code\n2026 – 2031;Actie;"Een ""stoep"";\nbreed";x;ACT-1\n;;;;\n'
    assert read(text).lines == [Line("ACT-1", 'Een "stoep"; breed', PlanLevel.ACTION, "2026-2031")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (";Naam;actie;2026-2031", "De code ontbreekt"),
        ("A,B;Naam;actie;2026-2031", "bevat een komma"),
        ("ACT-1;;actie;2026-2031", "De naam ontbreekt"),
        ("ACT-1;Naam;project;2026-2031", "Het niveau is"),
        ("ACT-1;Naam;actie;binnenkort", "2026-2031"),
        ("ACT-1;Naam", "Het niveau is"),
        ("ap-1.2;Nog eens;actie;2026-2031", "ap-1.2 staat er al"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(line: str, words: str) -> None:
    problems = read(LIST + "\n" + line + "\n").problems
    assert problems[0][0] == 5
    assert any(words in problem for _number, problem in problems)


def test_a_line_that_cannot_be_read_is_told_wherever_it_stands() -> None:
    endless = '"' + "x" * 140_000
    assert read(endless).problems == [(1, "Deze lijn is niet te lezen.")]
    assert read(LIST + endless).problems == [(4, "Deze lijn is niet te lezen.")]


@pytest.mark.parametrize(
    "text", ["", "naam;niveau\nx;y", LIST.splitlines()[0], "code;code;naam;niveau;periode\n", "x\n" * (MOST_LINES + 1)]
)
def test_what_is_no_list_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(Refused):
        read(text)


@pytest.mark.parametrize("content", [b"PK\x03\x04whatever", b"%PDF-1.7", b"\0\1\2", b"a\0b;c", b"\x81\x8d;x"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        text_of(content)


def test_a_new_list_renames_retires_and_brings_back_and_deletes_nothing(cast: Cast) -> None:
    taken_in(cast.cora)
    taken_in(cast.cora, LIST.replace("Veilig naar school", "Veilig op weg").replace("BD-1;", "BD-9;"))
    assert (codes(cast), codes(cast, retired=True)) == (["AP-1.2", "BD-9"], ["BD-1"])
    assert {one.code: one.name for one in plan_codes(cast.town.id)}["AP-1.2"] == "Veilig op weg"
    taken_in(cast.cora)
    assert (codes(cast), codes(cast, retired=True)) == (["AP-1.2", "BD-1"], ["BD-9"])
    assert list(db.session.scalars(select(Entry.verb))).count("plan.taken_in") == 3


def test_the_list_of_one_town_is_not_that_of_another(cast: Cast) -> None:
    taken_in(cast.odette)
    assert codes(cast) == []
    taken_in(cast.cora, LIST.splitlines()[0] + "\n" + ACTION)
    assert codes(cast) == ["ACT-7"]
    assert len(plan_codes(cast.other_town.id)) == 2


def test_a_list_is_looked_at_before_it_is_taken_in(cast: Cast, pages: Pages) -> None:
    taken_in(cast.cora)
    cora = pages.as_(cast.cora)
    preview = looked_at(cora, (LIST.replace("BD-1;", "BD-2;") + ACTION).encode("cp1252"))
    assert "2 nieuwe codes. 0 veranderd. 1 niet meer te kiezen. 1 blijft zoals ze is." in preview.text
    assert codes(cast) == ["AP-1.2", "BD-1"]
    [hidden] = preview.all("input", name="text")
    assert "ACT-7" in cora.post(AT, {"text": hidden.get("value", "")}).text
    assert codes(cast) == ["ACT-7", "AP-1.2", "BD-2"]


def test_a_list_with_a_mistake_takes_in_nothing(cast: Cast, pages: Pages) -> None:
    wrong = LIST + "ACT-8;Naam;project;2026\n"
    cora = pages.as_(cast.cora)
    assert "Lijn 4: Het niveau is" in looked_at(cora, wrong.encode(), status=422).text
    assert "Lijn 4: Het niveau is" in cora.post(AT, {"text": wrong}, status=422).text
    assert "geen CSV-bestand" in looked_at(cora, b"PK\x03\x04", status=422).text
    assert "Kies een bestand" in cora.post(f"{AT}/look", status=422).text
    assert codes(cast) == []


def test_only_the_coordinator_takes_in_a_list(cast: Cast, pages: Pages) -> None:
    assert pages.as_(cast.ada).client.get(AT).status_code == 403
    assert pages.as_(cast.ben).client.post(AT, data={"text": LIST}).status_code == 403


def a_verdict(*plan: str) -> Verdict:
    return Verdict(Outcome.NOT_ADOPTED, "Nee.", "Geen plaats.", Body.COLLEGE, today(), plan_codes=plan)


def decided(cast: Cast, *plan: str) -> Decision:
    signal = a_signal(a_consultation(cast.mobility))
    with writing():
        return services.decide(actor_of(cast.ben), [signal], a_verdict(*plan))


def test_without_a_list_any_code_may_be_written(cast: Cast) -> None:
    assert decided(cast, "AP-3.2", "wat dan ook").plan_codes == ["AP-3.2", "wat dan ook"]


def test_with_a_list_a_code_is_one_of_it_and_spelled_as_it_is(cast: Cast) -> None:
    taken_in(cast.cora)
    assert decided(cast, "ap-1.2", "AP-1.2", "BD-1").plan_codes == ["AP-1.2", "BD-1"]
    with pytest.raises(Refused, match="AP-3"):
        decided(cast, "AP-3")


def test_the_code_of_another_town_is_unknown_here(cast: Cast) -> None:
    taken_in(cast.odette, LIST.splitlines()[0] + "\n" + ACTION)
    taken_in(cast.cora)
    with pytest.raises(Refused, match="ACT-7"):
        decided(cast, "ACT-7")


def test_a_retired_code_stays_with_what_has_it_and_comes_to_nothing_new(cast: Cast) -> None:
    taken_in(cast.cora)
    decision = decided(cast, "BD-1")
    taken_in(cast.cora, LIST.replace("BD-1;", "BD-2;"))
    with pytest.raises(Refused, match="BD-1"):
        decided(cast, "BD-1")
    with writing():
        corrected = services.correct(actor_of(cast.ben), refresh(decision), a_verdict("BD-1", "AP-1.2"))
    assert corrected.plan_codes == ["BD-1", "AP-1.2"]


def test_a_code_that_is_not_in_the_list_is_told_at_its_field(cast: Cast, pages: Pages) -> None:
    taken_in(cast.cora)
    signal = a_signal(a_consultation(cast.mobility))
    data = DECISION | {"plan_codes": "AP-1.2, XX-9"}
    page = pages.as_(cast.ben).post(f"/desk/decisions/signal/{signal.id}/decide", data, status=422)
    assert "niet in de lijst met plancodes: XX-9" in page.text
    assert page.all("input", name="plan_codes", value="AP-1.2, XX-9", list="plan-codes")
    assert [option.get("value") for option in page.all("option") if option.get("value") in ("AP-1.2", "BD-1")]


def test_who_corrects_a_decision_may_leave_its_retired_code(cast: Cast, pages: Pages) -> None:
    taken_in(cast.cora)
    decision = a_decision(a_signal(a_consultation(cast.mobility)), cast.ben, plan_codes=["OUD-1"])
    pages.as_(cast.ben).post(f"/desk/decisions/{decision.id}/correct", DECISION | {"plan_codes": "OUD-1"})
    newest = db.session.scalars(select(Decision).order_by(Decision.id.desc())).first()
    assert newest is not None
    assert newest.plan_codes == ["OUD-1"]


def a_code(code: str) -> PlanCode:
    return PlanCode(code=code, name="x", level=PlanLevel.ACTION, period="2026-2031")


@pytest.mark.parametrize(
    ("plan", "typed", "why_not"),
    [
        (Plan(), "A, b", False),
        (Plan([a_code("A")]), "a", False),
        (Plan([a_code("A")]), "B", True),
        (Plan([a_code("A")], ["B"]), "b; A", False),
    ],
)
def test_codes_are_compared_with_the_list_and_with_what_was_kept(plan: Any, typed: str, why_not: bool) -> None:
    assert bool(plan.why_not(codes_typed(typed))) == why_not


def test_what_is_typed_counts_once() -> None:
    assert codes_typed(" AP-1, AP-1;; ACT-2 ,") == ["AP-1", "ACT-2"]


def test_what_was_looked_at_goes_along_clean_and_is_what_is_taken_in(cast: Cast, pages: Pages) -> None:
    cora = pages.as_(cast.cora)
    page = looked_at(cora, LIST.replace("Veilig", "Vei\x01lig\u202e").replace("\n", "\x0b\n").encode())
    [field] = page.all("input", name="text")
    text = field.get("value") or ""
    assert not set(text) & {"\x01", "\x0b", "\u202e"}
    assert [line.name for line in read(text).lines] == ["Een stad voor kinderen", "Veilig naar school"]
    cora.post(AT, {"text": text})
    assert codes(cast) == ["AP-1.2", "BD-1"]
