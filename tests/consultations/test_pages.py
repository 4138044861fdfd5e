"""The pages of consultations: list, new, promise, launch check, opening, renewing, closing, another round."""

from datetime import timedelta
from typing import Any

from flask import Flask

from dialogue.consultations.models import Consultation, State
from dialogue.duties.queries import duty
from dialogue.ledger.models import Entry
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from tests.builders import Cast, a_choice, a_consultation, refresh
from tests.pages import Pages


def new(cast: Cast, **values: Any) -> dict[str, Any]:
    defaults = {"department_id": cast.mobility.id, "title_nl": "Naar school", "bands": ["B"], "languages": ["nl"]}
    return defaults | {"starter": "mobility", "channel": "self"} | values


def promise(**values: Any) -> dict[str, Any]:
    texts = {"purpose": "Veilig naar school.", "still_open": "Twee straten.", "decided_by": "Schepen Ben"}
    days = {"opens_on": 0, "closes_on": 14, "hear_back_by": 44}
    return texts | {name: (today() + timedelta(days=number)).isoformat() for name, number in days.items()} | values


def test_the_empty_list_says_what_to_do_first(pages: Pages, cast: Cast) -> None:
    page = pages.as_(cast.ada).get("/desk/consultations")
    assert "Maak de eerste bevraging" in page.text


def test_the_list_shows_every_state_and_finds_by_title(pages: Pages, cast: Cast) -> None:
    for state in State:
        a_consultation(cast.mobility, f"Bevraging {state}", state=state)
    desk = pages.as_(cast.ada)
    assert all(f"Bevraging {state}" in desk.get("/desk/consultations").text for state in State)
    found = desk.get("/desk/consultations?q=BEVRAGING+open").text
    assert "Bevraging open" in found
    assert "Bevraging closed" not in found


def test_a_maker_sees_only_the_own_department_and_a_coordinator_everything(pages: Pages, cast: Cast) -> None:
    a_consultation(cast.mobility, "Fietsen")
    a_consultation(cast.youth, "Fuiven")
    assert "Fuiven" not in pages.as_(cast.ada).get("/desk/consultations").text
    text = pages.as_(cast.cora).get("/desk/consultations").text
    assert "Fietsen" in text
    assert "Fuiven" in text


def test_a_maker_of_one_department_need_not_choose_it(pages: Pages, cast: Cast) -> None:
    [department] = pages.as_(cast.ada).get("/desk/consultations/new").all("input", name="department_id")
    assert department.get("value") == str(cast.mobility.id)


def test_a_long_list_continues_by_key(pages: Pages, cast: Cast) -> None:
    titles = [f"Nummer {number:02}" for number in range(53)]
    for title in titles:
        a_consultation(cast.mobility, title, state=State.DRAFT)
    desk = pages.as_(cast.ada)
    first = desk.get("/desk/consultations")
    following = desk.get(next(link for link in first.links() if "after=" in link))
    shown = [title for title in titles if title in first.text]
    assert len(shown) == 50
    assert [title for title in titles if title in following.text] == titles[:3]


def test_a_new_consultation_begins_with_questions_for_each_age(pages: Pages, cast: Cast) -> None:
    page = pages.as_(cast.ada).post("/desk/consultations/new", new(cast, bands=["A", "B"]))
    assert page.h1 == "De belofte aan kinderen"
    versions = db.session.query(Consultation).one().versions
    assert [(v.band, len(v.items), v.next_item) for v in versions] == [("A", 5, 6), ("B", 10, 11)]


def test_a_new_consultation_can_begin_empty(pages: Pages, cast: Cast) -> None:
    pages.as_(cast.ada).post("/desk/consultations/new", new(cast, starter=""))
    assert db.session.query(Consultation).one().versions[0].items == []


def test_a_failed_form_keeps_what_was_typed(pages: Pages, cast: Cast) -> None:
    page = pages.as_(cast.ada).post(
        "/desk/consultations/new", new(cast, title_nl="Fietsen", languages=["nl", "en"]), status=422
    )
    assert "Fietsen" in page.html
    assert "Titel (English): Vul dit in." in page.text


def test_nobody_begins_for_another_department(pages: Pages, cast: Cast) -> None:
    pages.as_(cast.ada).post("/desk/consultations/new", new(cast, department_id=cast.youth.id), status=422)
    assert db.session.query(Consultation).count() == 0


def test_from_new_to_open_and_closed(pages: Pages, cast: Cast) -> None:
    desk = pages.as_(cast.ada)
    desk.post("/desk/consultations/new", new(cast))
    consultation = db.session.query(Consultation).one()
    home, wave_id = f"/desk/consultations/{consultation.id}", consultation.waves[0].id
    assert "Dit moet eerst" in desk.get(f"{home}/check").text
    desk.post(f"{home}/promise", promise())
    ready = desk.get(f"{home}/check").text
    assert "Dit moet eerst" not in ready
    assert "Kinderen en jongeren van 7–11 jaar kunnen meteen antwoorden" in ready
    assert f"/c/{consultation.code}" in desk.post(f"/desk/rounds/{wave_id}/open").text
    owed = duty("feedback", f"wave:{wave_id}")
    assert owed is not None
    assert owed.due == today() + timedelta(days=44)
    assert "Geen enkel kind kan nog antwoorden" in desk.get(f"/desk/rounds/{wave_id}/close").text
    desk.post(f"/desk/rounds/{wave_id}/close")
    assert refresh(consultation.waves[0]).state == State.CLOSED


def test_a_round_without_promise_does_not_open(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility, state=State.DRAFT, purpose="")
    page = pages.as_(cast.ada).post(f"/desk/rounds/{consultation.waves[0].id}/open", status=422)
    assert "Zeg waarom je dit vraagt." in page.text
    assert refresh(consultation.waves[0]).state == State.DRAFT


def test_putting_off_an_answer_moves_the_duty_and_stands_in_the_ledger(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    later = (today() + timedelta(days=60)).isoformat()
    pages.as_(cast.ada).post(f"/desk/consultations/{consultation.id}/promise", promise(hear_back_by=later))
    owed = duty("feedback", f"wave:{consultation.waves[0].id}")
    assert owed is not None
    assert owed.due == today() + timedelta(days=60)
    assert "consultation.promised" in [entry.verb for entry in db.session.query(Entry)]


def test_impossible_days_are_refused_in_words(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility, state=State.DRAFT)
    address = f"/desk/consultations/{consultation.id}/promise"
    desk = pages.as_(cast.ada)
    before = desk.post(address, promise(hear_back_by=today().isoformat()), status=422)
    assert "Kinderen horen iets terug ná de laatste dag" in before.text
    assert "Kijk het jaar na." in desk.post(address, promise(closes_on="9999-12-31"), status=422).text
    desk.post(address, promise(closes_on="morgen"), status=422)


def test_the_days_of_an_open_round_cannot_begin_again(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    began = consultation.waves[0].opens_on
    pages.as_(cast.ada).post(f"/desk/consultations/{consultation.id}/promise", promise(opens_on="2001-01-01"))
    assert refresh(consultation.waves[0]).opens_on == began


def test_changed_questions_reach_children_only_as_a_new_version(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    wave_id, desk = consultation.waves[0].id, pages.as_(cast.ada)
    assert "Nieuwe versie" not in desk.get(f"/desk/consultations/{consultation.id}").text
    with writing():
        consultation.versions[0].items = [a_choice(question="Hoe veilig of onveilig is je straat?")]
    assert "Nieuwe versie van de vragen" in desk.get(f"/desk/consultations/{consultation.id}").text
    assert "Kinderen van 7–11 jaar krijgen vanaf nu" in desk.get(f"/desk/rounds/{wave_id}/renew").text
    desk.post(f"/desk/rounds/{wave_id}/renew")
    assert [i.number for i in refresh(consultation.waves[0]).instruments] == [1, 2]
    assert "Er is niets veranderd" in desk.post(f"/desk/rounds/{wave_id}/renew", status=422).text


def test_another_round_asks_for_its_own_days(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility, state=State.CLOSED)
    page = pages.as_(cast.ada).post(f"/desk/consultations/{consultation.id}/rounds")
    assert "ronde 2" in page.text
    assert "Eerdere rondes" in pages.as_(cast.ada).get(f"/desk/consultations/{consultation.id}").text


def test_ages_and_languages_can_be_added_and_unasked_ages_can_go(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility, state=State.DRAFT, bands="AB")
    basics = {"title_nl": "Straten", "title_en": "Streets", "bands": ["B", "C"], "languages": ["nl", "en"]}
    pages.as_(cast.ada).post(f"/desk/consultations/{consultation.id}/basics", basics)
    found = refresh(consultation)
    assert [v.band for v in found.versions] == ["B", "C"]
    assert found.titles == {"nl": "Straten", "en": "Streets"}


def test_an_age_that_was_asked_stays(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    basics = {"title_nl": "Straten", "bands": ["C"], "languages": ["nl"]}
    page = pages.as_(cast.ada).post(f"/desk/consultations/{consultation.id}/basics", basics, status=422)
    assert "deze vragen zijn al gesteld" in page.text
    assert [v.band for v in refresh(consultation).versions] == ["B"]


def test_every_state_has_its_page(app: Flask, pages: Pages, cast: Cast) -> None:
    words = {
        State.DRAFT: "Klaar om te openen?",
        State.OPEN: "Affiches en QR-codes",
        State.CLOSED: "Kinderen wachten nu op antwoord",
        State.ANSWERED: "Kinderen hebben gehoord",
    }
    for state, sentence in words.items():
        consultation = a_consultation(cast.mobility, state=state)
        assert sentence in pages.as_(cast.ada).get(f"/desk/consultations/{consultation.id}").text


def test_answers_from_elsewhere_have_no_link_to_paste(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility, channel="interview", source="Kinderbarometer 2016")
    page = pages.as_(cast.ada).get(f"/desk/consultations/{consultation.id}")
    assert consultation.code not in page.text
    assert "Bron: Kinderbarometer 2016" in page.text


def test_the_first_day_may_stay_empty_and_the_others_may_not(pages: Pages, cast: Cast) -> None:
    consultation = a_consultation(cast.mobility, state=State.DRAFT)
    desk, address = pages.as_(cast.ada), f"/desk/consultations/{consultation.id}/promise"
    assert "De belofte is bewaard." in desk.post(address, promise(opens_on="")).text
    assert refresh(consultation.waves[0]).opens_on is None
    assert "Alles staat klaar" in desk.get(f"/desk/consultations/{consultation.id}").text
    refused = desk.post(address, promise(closes_on=""), status=422).text
    assert "Laatste dag om te antwoorden : Vul dit in." in refused.replace("antwoorden:", "antwoorden :")
