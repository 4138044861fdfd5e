"""Days that are typed: a year that nobody means is asked again wherever a day is asked, and what was typed stays."""

from collections.abc import Iterator

import pytest
from flask import Flask
from wtforms import DateField

from dialogue.web.forms import Day, Form
from tests.builders import Cast, a_consultation, a_decision, a_signal
from tests.decisions.test_turn import ANSWER
from tests.pages import Pages

YEARS = ("0026-03-12", "1999-12-31", "2101-01-01", "9999-12-31")


def forms(of: type[Form] = Form) -> Iterator[type[Form]]:
    """Every form there is."""
    for one in of.__subclasses__():
        yield one
        yield from forms(one)


def test_every_day_that_is_typed_is_looked_at(app: Flask) -> None:
    with app.test_request_context():
        days = {(form.__name__, name): getattr(form, name) for form in forms() for name in dir(form)}
        asked = {
            key: field for key, field in days.items() if issubclass(getattr(field, "field_class", object), DateField)
        }
    assert len(asked) > 15
    assert {key for key, field in asked.items() if not issubclass(field.field_class, Day)} == set()


@pytest.mark.parametrize("day", YEARS)
def test_a_year_that_nobody_means_is_asked_again(cast: Cast, pages: Pages, day: str) -> None:
    ben, signal = pages.as_(cast.ben), a_signal(a_consultation(cast.mobility))
    decision = a_decision(a_signal(signal.consultation, "De stoep is smal."), cast.ben)
    asked = {
        f"/desk/decisions/signal/{signal.id}/decide": ("decided_on", ANSWER | {"changes_practice": "y"}),
        f"/desk/decisions/mine/{signal.id}/bring": ("under_study_until", ANSWER | {"outcome": "under_study"}),
        f"/desk/measures/new/{decision.id}": ("due", {"title": "Een drempel.", "owner": cast.ada.id}),
    }
    for address, (name, typed) in asked.items():
        page = ben.post(address, typed | {name: day}, status=422)
        assert "Kijk het jaar na." in page.text, address
        assert page.all("input", name=name, value=day), address
