"""The administrator's pages: people, roles, invitations, departments and the municipality."""

import re

import flask_babel
import pytest
from flask import Flask
from sqlalchemy import select

from dialogue.ledger.models import Entry
from dialogue.people.models import Department
from dialogue.people.towns import first_administrator
from dialogue.shared.actor import Role
from dialogue.shared.clock import now
from dialogue.shared.database import db, writing
from tests.builders import Cast, a_consultation, a_decision, a_signal, change, refresh, save
from tests.pages import Page, Pages


@pytest.fixture
def ines(pages: Pages, cast: Cast) -> Pages:
    """The administrator, signed in."""
    return pages.as_(cast.ines)


def test_only_an_administrator_comes_here(pages: Pages, cast: Cast) -> None:
    for person in (cast.ada, cast.ben, cast.cora, cast.sam):
        pages.as_(person).get("/desk/team", status=403)


def test_the_team_shows_people_roles_and_departments_of_the_own_town(ines: Pages, cast: Cast) -> None:
    text = ines.get("/desk/team").text
    assert "opsteller · Mobiliteit" in text
    assert "schepen van Mobiliteit" in text
    assert "Odette" not in text


def link_of(page: Page) -> str:
    found = re.search(r'value="(http://localhost/join/[^"]+)"', page.html)
    assert found
    return found[1]


def invite(ines: Pages, *, status: int = 200, **changes: str) -> Page:
    data = {"name": "Noor", "email": "noor@oudenhove.be", "role": "reader", "department": "1"} | changes
    return ines.post("/desk/team/invite", data, status=status)


def test_an_invitation_shows_its_link_once(ines: Pages, cast: Cast) -> None:
    page = invite(ines, department=str(cast.youth.id))
    assert link_of(page)
    again = ines.get(page.response.request.path)
    assert "/join/" not in again.html
    assert "maar één keer" in again.text


def test_the_link_comes_from_the_public_address_not_from_the_host_header(ines: Pages, cast: Cast) -> None:
    response = ines.client.post(
        "/desk/team/invite",
        data={"name": "Noor", "email": "noor@oudenhove.be", "role": "coordinator", "department": "0"},
        headers={"Host": "127.0.0.1"},
    )
    page = ines.client.get(response.location, headers={"Host": "127.0.0.1"})
    assert page.status_code in (200, 302)
    assert "http://127.0.0.1/join" not in page.get_data(as_text=True)


def test_who_was_invited_can_join(app: Flask, ines: Pages, cast: Cast) -> None:
    link = link_of(invite(ines, department=str(cast.youth.id)))
    page = Pages(app).post(
        link.removeprefix("http://localhost"),
        {"password": "vier paarse olifanten", "again": "vier paarse olifanten"},
    )
    assert "Noor" in page.text
    assert "lezer · Jeugd" in ines.get("/desk/team").text


def test_an_invitation_waits_in_the_list_until_it_is_withdrawn(ines: Pages, cast: Cast) -> None:
    invite(ines)
    assert "noor@oudenhove.be" in ines.get("/desk/team").text
    assert "noor@oudenhove.be" not in ines.post("/desk/team/invitations/1/withdraw").text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "geen adres"}, "geen e-mailadres"),
        ({"name": ""}, "Vul dit in"),
        ({"role": "reader", "department": "0"}, "voor welke dienst"),
        ({"role": "coordinator", "department": "1"}, "hele gemeente"),
        ({"role": "king"}, ""),
        ({"email": "ada@oudenhove.example"}, "staat al in de lijst"),
    ],
)
def test_a_failed_invitation_says_why_and_keeps_what_was_typed(
    ines: Pages, changes: dict[str, str], words: str
) -> None:
    page = invite(ines, status=422, **changes)
    assert words in page.text
    assert changes.get("email", "noor@oudenhove.be") in page.html


def test_a_department_of_another_town_cannot_be_chosen(ines: Pages, cast: Cast) -> None:
    elsewhere = save(Department(municipality_id=cast.other_town.id, name="Sport"))
    assert "Sport" not in ines.get("/desk/team/invite").text
    invite(ines, status=422, department=str(elsewhere.id))


def test_a_role_can_be_given_and_taken(ines: Pages, cast: Cast) -> None:
    ben = f"/desk/team/people/{cast.ben.id}"
    page = ines.post(f"{ben}/roles", {"role": "maker", "department": str(cast.youth.id)})
    assert "opsteller · Jeugd" in page.text
    membership = next(m for m in refresh(cast.ben).memberships if m.role == Role.MAKER)
    page = ines.post(f"{ben}/roles/{membership.id}/take")
    assert "opsteller · Jeugd" not in page.text


def test_a_role_given_twice_is_refused(ines: Pages, cast: Cast) -> None:
    data = {"role": "decider", "department": str(cast.mobility.id)}
    page = ines.post(f"/desk/team/people/{cast.ben.id}/roles", data, status=422)
    assert "heeft deze rol al" in page.text


def test_the_role_of_one_person_is_not_taken_through_another(ines: Pages, cast: Cast) -> None:
    membership = cast.ben.memberships[0].id
    ines.post(f"/desk/team/people/{cast.ada.id}/roles/{membership}/take", status=404)
    assert refresh(cast.ben).memberships


def test_before_somebody_is_disabled_the_page_says_what_will_happen(ines: Pages, cast: Cast) -> None:
    ada = f"/desk/team/people/{cast.ada.id}"
    assert "meteen overal afgemeld" in ines.get(ada).text
    assert "kan zich niet aanmelden" in ines.post(f"{ada}/disable").text
    assert refresh(cast.ada).disabled_at
    ines.post(f"{ada}/enable")
    assert refresh(cast.ada).disabled_at is None


def test_the_only_administrator_reads_why_they_must_stay(ines: Pages, cast: Cast) -> None:
    own = f"/desk/team/people/{cast.ines.id}"
    assert "enige beheerder" in ines.get(own).text
    ines.post(f"{own}/disable", status=422)
    ines.post(f"{own}/roles/{cast.ines.memberships[0].id}/take", status=422)
    assert refresh(cast.ines).disabled_at is None


def test_somebody_who_forgot_the_password_gets_a_new_link(app: Flask, ines: Pages, cast: Cast) -> None:
    link = link_of(ines.post(f"/desk/team/people/{cast.ada.id}/link"))
    assert "ada@oudenhove.example" in Pages(app).get(link.removeprefix("http://localhost")).text


def test_people_of_another_town_are_not_there(ines: Pages, cast: Cast) -> None:
    other = f"/desk/team/people/{cast.odette.id}"
    ines.get(other, status=404)
    for verb in ("roles", "link", "disable", "enable", f"roles/{cast.odette.memberships[0].id}/take"):
        ines.post(f"{other}/{verb}", {"role": "maker", "department": str(cast.youth.id)}, status=404)


def test_departments_are_added_and_renamed(ines: Pages, cast: Cast) -> None:
    assert "Groen" in ines.post("/desk/team/departments", {"name": "Groen"}).text
    ines.post(f"/desk/team/departments/{cast.youth.id}", {"name": "Jeugd en Spel"})
    assert refresh(cast.youth).name == "Jeugd en Spel"


def test_a_double_department_is_refused_and_stays_typed(ines: Pages, cast: Cast) -> None:
    page = ines.post("/desk/team/departments", {"name": "jeugd"}, status=422)
    assert "Er is al een dienst" in page.text
    assert 'value="jeugd"' in page.html
    page = ines.post(f"/desk/team/departments/{cast.mobility.id}", {"name": "Jeugd"}, status=422)
    assert "Er is al een dienst" in page.text


def settings(**changes: str) -> dict[str, str]:
    return {
        "name": "Oudenhove",
        "help_name": "Awel",
        "help_number": "102",
        "help_url": "https://awel.be",
        "help_checked_on": "2026-03-01",
        "exit_url": "https://www.buienradar.be",
        "disagree_text": "Praat met de jeugdraad.",
        "smallest_group": "12",
    } | changes


def test_the_settings_of_the_municipality_are_saved(ines: Pages, cast: Cast) -> None:
    page = ines.post("/desk/team/municipality", settings(disagree_text=""))
    assert "Bewaard." in page.text
    town = refresh(cast.town)
    assert (town.exit_url, town.smallest_group, town.disagree_text) == ("https://www.buienradar.be", 12, "")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"smallest_group": "9"}, "van 10 tot 1000"),
        ({"smallest_group": str(2**63)}, "van 10 tot 1000"),
        ({"smallest_group": "veel"}, ""),
        ({"help_url": "javascript:alert(1)"}, "geen webadres"),
        ({"exit_url": "//evil.example"}, "geen webadres"),
        ({"help_checked_on": "2099-01-01"}, "moet nog komen"),
        ({"help_checked_on": "2026-13-45"}, ""),
        ({"name": " "}, "Vul dit in"),
    ],
)
def test_settings_that_would_harm_are_refused(ines: Pages, cast: Cast, changes: dict[str, str], words: str) -> None:
    page = ines.post("/desk/team/municipality", settings(**changes), status=422)
    assert words in page.text
    assert refresh(cast.town).smallest_group == 10


def test_the_smallest_group_only_goes_up(ines: Pages, cast: Cast) -> None:
    ines.post("/desk/team/municipality", settings(smallest_group="20"))
    page = ines.post("/desk/team/municipality", settings(smallest_group="19"), status=422)
    assert "alleen groter" in page.text
    assert refresh(cast.town).smallest_group == 20


def test_the_command_that_lets_an_administrator_in_again_leaves_its_mark(cast: Cast) -> None:
    change(cast.ines, disabled_at=now())
    with writing():
        first_administrator(cast.town, cast.ines.name, cast.ines.email)
    assert refresh(cast.ines).disabled_at is None
    assert db.session.scalar(select(Entry.object).where(Entry.verb == "person.enabled")) == f"person:{cast.ines.id}"


def test_what_children_can_do_who_do_not_agree_is_said_in_several_languages(
    ines: Pages, cast: Cast, pages: Pages
) -> None:
    signal = a_signal(a_consultation(cast.mobility))
    a_decision(signal, cast.ben)
    english = {
        "disagree_texts-en": "Talk to https://youth.example.",
        "disagree_texts-fr": " ",
        "disagree_texts-xx": "x",
    }
    ines.post("/desk/team/municipality", settings(**english))
    assert refresh(cast.town).disagree_texts == {"en": "Talk to https://youth.example."}
    assert ines.get("/desk/team/municipality").all("textarea", id="disagree_texts-en")
    for language, words in (("en", "Talk to https://youth.example."), ("fr", "Praat met de jeugdraad.")):
        flask_babel.refresh()
        page = pages.get(f"/m/oudenhove/signal/{signal.id}?lang={language}")
        assert words in page.text
        assert ("https://youth.example" in page.links()) == (language == "en")


FRENCH = {"help_lines-fr-name": "Écoute-Enfants", "help_lines-fr-number": "103", "help_lines-fr-url": "https://103.be"}


def test_a_child_reads_the_help_line_that_speaks_its_language(ines: Pages, cast: Cast, pages: Pages) -> None:
    a_consultation(cast.mobility, code="NAARSC")
    ines.post("/desk/team/municipality", settings(**FRENCH))
    assert refresh(cast.town).help_lines == {"fr": {"name": "Écoute-Enfants", "number": "103", "url": "https://103.be"}}
    for language, number in (("fr", "103"), ("de", "102"), ("nl", "102")):
        flask_babel.refresh()
        for address in ("/c/NAARSC", "/c/NAARSC/B/nl", "/m/oudenhove"):
            page = pages.get(f"{address}?lang={language}")
            assert number in page.text
            assert ("https://103.be" in page.links()) == (language == "fr")


@pytest.mark.parametrize("missing", FRENCH)
def test_a_help_line_in_another_language_is_whole_or_not_there(ines: Pages, cast: Cast, missing: str) -> None:
    page = ines.post("/desk/team/municipality", settings(**FRENCH | {missing: " "}), status=422)
    assert [error.get("id") for error in page.all("p", class_="field-error")] == [f"{missing}-error"]
    assert "https://103.be" in page.html or missing.endswith("url")
    assert refresh(cast.town).help_lines == {}


def test_a_help_line_has_a_real_address(ines: Pages, cast: Cast) -> None:
    page = ines.post("/desk/team/municipality", settings(**FRENCH | {"help_lines-fr-url": "javascript:x"}), status=422)
    assert "geen webadres" in page.text
