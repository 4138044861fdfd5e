"""A municipality that asks a second step of everybody."""

from dialogue.shared.database import writing
from tests.builders import Cast, refresh
from tests.pages import Pages
from tests.people.second_steps import (
    OVERVIEW,
    path,
    turn_on,
)
from tests.people.test_team import settings


def test_the_municipality_can_ask_it_of_everybody(pages: Pages, cast: Cast) -> None:
    ada = pages.as_(cast.ada)
    assert path(ada.get("/desk/account")) == "/desk/account"
    with writing():
        cast.town.second_step_required = True
    page = ada.get("/desk")
    assert path(page) == OVERVIEW
    assert "vraagt een tweede stap" in page.text
    assert ada.client.post("/desk/account/details", data={"name": "Eva", "language": "nl"}).location == OVERVIEW
    assert refresh(cast.ada).name == "Ada"
    turn_on(ada)
    assert path(ada.get("/desk/account")) == "/desk/account"


def test_it_is_not_asked_of_another_town(pages: Pages, cast: Cast) -> None:
    with writing():
        cast.town.second_step_required = True
    assert path(pages.as_(cast.odette).get("/desk")) == "/desk"


def test_the_administrator_turns_the_rule_on_and_off(pages: Pages, cast: Cast) -> None:
    ines = pages.as_(cast.ines)
    ines.post("/desk/team/municipality", settings(second_step_required="y"))
    assert refresh(cast.town).second_step_required
    turn_on(ines)
    ines.post("/desk/team/municipality", settings())
    assert not refresh(cast.town).second_step_required
