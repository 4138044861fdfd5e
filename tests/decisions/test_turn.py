"""Who decides, one signal at a time: read, proposed to the college or decided alone, and public only when decided."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DatabaseError

from dialogue.decisions import reshaping, services, turn
from dialogue.decisions.models import Decision, Outcome, Proposal
from dialogue.decisions.queries import current_decision
from dialogue.decisions.turn_models import Brought, ReadBy
from dialogue.decisions.turn_queries import brought_about, waiting_for
from dialogue.decisions.turn_queries import turn as turn_of
from dialogue.duties.mailing import written
from dialogue.duties.models import Notice, NoticeKind
from dialogue.duties.queries import duty as find_duty
from dialogue.duties.services import owe
from dialogue.ledger.models import Entry
from dialogue.people import devices
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.signals.models import Signal
from tests.builders import Cast, a_consultation, a_decision, a_signal, actor_of, save
from tests.decisions.turns import ALONE, ANSWER, MINE, at, count
from tests.pages import Pages


@pytest.fixture
def signal(cast: Cast) -> Signal:
    return a_signal(a_consultation(cast.mobility), "Ik durf niet oversteken.")


def due(cast: Cast, signal: Signal, days: int) -> None:
    with writing():
        owe(
            "system",
            "decision",
            f"signal:{signal.id}",
            municipality_id=cast.town.id,
            department_id=signal.department_id,
            subject="Antwoord",
            due=today() + timedelta(days=days),
        )


def test_signals_come_one_at_a_time_the_most_urgent_first(cast: Cast, signal: Signal, pages: Pages) -> None:
    urgent = a_signal(signal.consultation, "De bus komt niet.")
    due(cast, signal, 9)
    due(cast, urgent, 2)
    ben = pages.as_(cast.ben)
    first = ben.get(MINE)
    assert first.h1 == "“De bus komt niet.”"
    assert "1 van 2" in first.text
    assert "2 van 2" in ben.get(f"{MINE}?signal={signal.id}").text


def test_what_is_proposed_to_the_college_is_not_public(cast: Cast, signal: Signal, pages: Pages) -> None:
    page = pages.as_(cast.ben).post(at(signal, "bring"), ANSWER)
    assert "Het is pas openbaar als het college beslist" in page.text
    assert current_decision(signal.id) is None
    story = pages.get(f"/m/{cast.town.slug}/signal/{signal.id}").text
    assert "zebrapad" not in story
    assert "te duur" not in story
    assert "zebrapad" not in pages.get(f"/m/{cast.town.slug}/what-happened").text


def test_what_lies_before_the_college_waits_for_the_college(cast: Cast, signal: Signal, pages: Pages) -> None:
    ben = pages.as_(cast.ben)
    assert "Niets wacht op jou" in ben.post(at(signal, "bring"), ANSWER).text
    assert "Hierover ligt al een voorstel bij het college" in ben.post(at(signal, "bring"), ANSWER, status=422).text
    assert "Hierover ligt al" in ben.post(at(signal, "decide"), ALONE, status=422).text
    assert count(Brought) == 1
    noted = ben.get(f"/desk/decisions/signal/{signal.id}/decide")
    assert "Een zebrapad." in noted.text


def test_what_the_department_proposed_is_brought_as_it_is(cast: Cast, signal: Signal, pages: Pages) -> None:
    with writing():
        made = services.propose(actor_of(cast.ada), signal, Outcome.PARTLY, ANSWER["what"], ANSWER["reason"])
    ben = pages.as_(cast.ben)
    page = ben.get(MINE)
    assert "Voorstel van Mobiliteit: Een zebrapad." in page.text
    assert page.all("input", name="outcome", value="partly", checked="")
    ben.post(at(signal, "bring"), ANSWER | {"proposal": made.id})
    lies = brought_about(signal.id)
    assert lies is not None
    assert (lies.proposal_id, count(Proposal)) == (made.id, 1)


def test_who_decides_may_propose_something_else_than_the_department(cast: Cast, signal: Signal, pages: Pages) -> None:
    with writing():
        made = services.propose(actor_of(cast.ada), signal, Outcome.ADOPTED, "Een brug.", "Veilig.")
    pages.as_(cast.ben).post(at(signal, "bring"), ANSWER | {"proposal": made.id})
    lies = brought_about(signal.id)
    assert lies is not None
    assert (lies.proposal.what, lies.proposal.by_id) == ("Een zebrapad.", cast.ben.id)


def test_a_study_keeps_its_day_until_the_college_decides(cast: Cast, signal: Signal, pages: Pages) -> None:
    ben, until = pages.as_(cast.ben), (today() + timedelta(days=60)).isoformat()
    study = ANSWER | {"outcome": "under_study"}
    assert "Kies de dag" in ben.post(at(signal, "bring"), study, status=422).text
    ben.post(at(signal, "bring"), study | {"under_study_until": until})
    assert ben.get(f"/desk/decisions/signal/{signal.id}/decide").all("input", name="under_study_until", value=until)


@pytest.mark.parametrize(
    ("verb", "sent"),
    [
        ("bring", ANSWER | {"reason": " "}),
        ("decide", ALONE | {"reason": " "}),
        ("bring", ANSWER | {"outcome": ""}),
        ("bring", ANSWER | {"outcome": "carried_out"}),
        ("bring", ANSWER | {"outcome": "not_ours"}),
        ("decide", ALONE | {"changes_practice": ""}),
        ("decide", ALONE | {"body": "college"}),
        ("decide", ALONE | {"body": "council"}),
    ],
)
def test_what_is_not_complete_is_shown_again_with_what_was_typed(
    cast: Cast, signal: Signal, pages: Pages, verb: str, sent: dict[str, str]
) -> None:
    sent = {name: value for name, value in sent.items() if value}
    page = pages.as_(cast.ben).post(at(signal, verb), sent, status=422)
    assert "Een zebrapad." in page.html
    assert page.all("p", role="alert")
    assert (count(Proposal), count(Decision), count(ReadBy)) == (0, 0, 0)


def test_what_goes_along_unseen_is_a_number_or_nothing(cast: Cast, signal: Signal, pages: Pages) -> None:
    page = pages.as_(cast.ben).post(at(signal, "bring"), {"seen": "\x01x", "proposal": "\x01"}, status=422)
    assert {field.get("value") for name in ("seen", "proposal") for field in page.all("input", name=name)} == {"0"}


def test_who_may_decide_alone_does(cast: Cast, signal: Signal, pages: Pages) -> None:
    pages.as_(cast.ben).post(at(signal, "decide"), ALONE)
    decision = current_decision(signal.id)
    assert decision is not None
    assert (decision.body, decision.decided_on, decision.recorded_by_id) == ("alderman", today(), cast.ben.id)
    assert "zebrapad" in pages.get(f"/m/{cast.town.slug}/signal/{signal.id}").text


def test_one_answer_may_do_for_several_signals(cast: Cast, signal: Signal, pages: Pages) -> None:
    other, ben = a_signal(signal.consultation, "De stoep is smal."), pages.as_(cast.ben)
    assert ben.get(f"{MINE}?signal={signal.id}").all("input", name="signals", value=str(other.id))
    ben.post(at(signal, "bring"), ANSWER | {"signals": other.id})
    assert brought_about(signal.id)
    assert brought_about(other.id)
    assert waiting_for(actor_of(cast.ben)) == []


def test_a_colleague_who_was_first_is_noticed_and_what_was_typed_stays(
    cast: Cast, signal: Signal, pages: Pages
) -> None:
    ben = pages.as_(cast.ben)
    with writing():
        services.propose(actor_of(cast.ada), signal, Outcome.ADOPTED, "Een brug.", "Veilig.")
    page = ben.post(at(signal, "bring"), ANSWER | {"proposal": 0}, status=422)
    assert "Een collega was je voor" in page.text
    assert "Een zebrapad." in page.html
    a_decision(signal, cast.cora)
    assert "noteerde intussen al" in ben.post(at(signal, "decide"), ALONE, status=422).text
    assert count(Decision) == 1


def test_who_read_it_is_told_to_children_by_role_and_once(cast: Cast, signal: Signal, pages: Pages) -> None:
    ben, story = pages.as_(cast.ben), f"/m/{cast.town.slug}/signal/{signal.id}"
    ben.get(MINE)
    assert count(ReadBy) == 0
    ben.post(at(signal, "later"))
    ben.post(at(signal, "bring"), ANSWER)
    assert count(ReadBy) == 1
    text_ = pages.get(story).text
    assert "Gelezen door: schepen van Mobiliteit, " in text_
    assert cast.ben.name not in text_
    assert db.session.scalar(select(func.count()).where(Entry.verb == "signal.read")) == 1


def test_a_correction_keeps_what_stood_there_before_for_everybody(cast: Cast, signal: Signal, pages: Pages) -> None:
    no = a_decision(signal, cast.ben, Outcome.NOT_ADOPTED, what="Er komt niets.", reason="Te duur.")
    story, list_ = f"/m/{cast.town.slug}/signal/{signal.id}", f"/m/{cast.town.slug}/what-happened"
    assert "Eerder stond er" not in pages.get(story).text
    yes = a_decision(signal, cast.ben, Outcome.ADOPTED, what="Het komt er.", reason="Veilig.", corrects_id=no.id)
    a_decision(signal, cast.ben, Outcome.PARTLY, what="Een stuk komt er.", reason="Smal.", corrects_id=yes.id)
    for page in (story, list_):
        told = pages.get(page).text
        assert "Eerder stond er: Nee. Er komt niets. Omdat Te duur." in told
        assert "Eerder stond er: Ja. Het komt er. Omdat Veilig." in told


def test_a_signal_that_was_withdrawn_waits_for_nobody_and_is_not_answered(
    cast: Cast, signal: Signal, pages: Pages
) -> None:
    with writing():
        made = services.propose(actor_of(cast.ada), signal, Outcome.PARTLY, ANSWER["what"], ANSWER["reason"])
        reshaping.withdraw(actor_of(cast.cora), signal, "Dit was een test.")
    assert waiting_for(actor_of(cast.ben)) == []
    ben = pages.as_(cast.ben)
    assert "Een zebrapad." in ben.post(at(signal, "bring"), ANSWER | {"proposal": made.id}, status=422).html
    ben.post(at(signal, "decide"), ALONE | {"proposal": made.id}, status=422)
    assert (count(Brought), count(Decision)) == (0, 0)


def test_the_link_in_a_mail_opens_the_signal_on_a_remembered_device_and_is_enough_to_answer(
    cast: Cast, signal: Signal, pages: Pages
) -> None:
    other = a_signal(signal.consultation, "De bus komt niet.")
    due(cast, signal, 3)
    duty = find_duty("decision", f"signal:{signal.id}")
    assert duty is not None
    notice = save(Notice(kind=NoticeKind.REMINDER, day=today(), duties=[duty.id], staff_member_id=cast.ben.id))
    links = re.findall(r"http://localhost(/open/\S+)", written(notice, [duty]).text)
    with writing():
        token = devices.remember("command", cast.ben, "Mijn telefoon")
    pages.client.set_cookie(devices.cookie_name(), token)
    page = pages.get(links[0])
    assert page.h1 == "“Ik durf niet oversteken.”"
    following = pages.post(at(signal, "bring"), ANSWER)
    assert following.h1 == "“De bus komt niet.”"
    assert pages.client.get(f"/desk/decisions/signal/{other.id}").status_code == 302  # the link opens nothing else


@pytest.mark.parametrize("table", ["read_by", "brought"])
@pytest.mark.parametrize("change", ["UPDATE {} SET as_who = 'iemand'", "DELETE FROM {}"])
def test_the_database_refuses_to_rewrite_who_read_and_what_was_brought(
    cast: Cast, signal: Signal, pages: Pages, table: str, change: str
) -> None:
    pages.as_(cast.ben).post(at(signal, "bring"), ANSWER)
    with pytest.raises(DatabaseError), writing() as session:
        session.execute(text(change.format(table)))


@pytest.mark.parametrize("verb", ["bring", "decide", "check", "later"])
def test_only_who_decides_there_gets_in(cast: Cast, signal: Signal, pages: Pages, verb: str) -> None:
    pages.as_(cast.ada).post(at(signal, verb), ALONE, status=403)
    pages.as_(cast.cleo).post(at(signal, verb), ALONE, status=404)
    pages.as_(cast.odette).post(at(signal, verb), ALONE, status=404)
    pages.as_(cast.cleo).post(f"{MINE}/999/{verb}", ALONE, status=404)
    assert (count(Proposal), count(Decision), count(ReadBy)) == (0, 0, 0)


def test_signals_of_others_cannot_be_slipped_in(cast: Cast, signal: Signal, pages: Pages) -> None:
    foreign = a_signal(a_consultation(cast.youth), "Geen speelplein.")
    pages.as_(cast.ben).post(at(signal, "bring"), ANSWER | {"signals": foreign.id}, status=404)
    pages.as_(cast.ben).post(at(signal, "bring"), ANSWER | {"signals": "x"}, status=404)
    assert count(Proposal) == 0


def test_what_is_under_study_waits_again_when_its_day_comes_near(cast: Cast, signal: Signal) -> None:
    study = turn.Verdict(Outcome.UNDER_STUDY, "Meten.", "Weten.", turn.Body.ALDERMAN, today(), today() + timedelta(90))
    with writing():
        turn.decide(actor_of(cast.ben), [signal], study, proposal=None, seen=0)
    assert waiting_for(actor_of(cast.ben)) == []
    due(cast, signal, 3)
    found = turn_of(actor_of(cast.ben))
    assert found is not None
    assert found.signal.id == signal.id


def test_the_page_is_small_and_asks_the_database_little_however_many_wait(
    cast: Cast, signal: Signal, pages: Pages
) -> None:
    ben = pages.as_(cast.ben)
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _u, sql, *_rest: asked.append(sql))
    ben.get(f"{MINE}?signal={signal.id}")
    one = len(asked)
    for number in range(40):
        a_signal(signal.consultation, f"Nog iets {number}.")
    asked.clear()
    page = ben.get(f"{MINE}?signal={signal.id}")
    assert len(asked) <= one + 1
    assert len(asked) <= 30
    assert len(page.html.encode()) <= 40_000
