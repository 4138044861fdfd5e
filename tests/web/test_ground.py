"""The ground holds: guard, writing and the strict client itself."""

import pytest
from flask import Flask

from dialogue.people.models import Department
from dialogue.shared.database import db, writing
from tests.builders import Cast
from tests.pages import Pages


def test_a_stranger_at_a_staff_door_is_asked_to_sign_in(pages: Pages) -> None:
    response = pages.client.get("/desk/consultations")
    assert response.status_code == 302
    assert "/sign-in?next=/desk/consultations" in response.location


def test_a_signed_in_person_sees_the_menu_in_the_order_of_the_thread(pages: Pages, cast: Cast) -> None:
    page = pages.as_(cast.ada).get("/desk")
    order = [link for link in page.links() if link.startswith("/desk")]
    steps = [
        "/desk/consultations",
        "/desk/results",
        "/desk/signals",
        "/desk/decisions",
        "/desk/measures",
        "/desk/messages",
    ]
    assert [link for link in order if link in steps] == steps


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("/desk", "/desk"),
        ("/desk/decisions/notes", "/desk/decisions"),
        ("/desk/decisions/advice", "/desk/decisions"),
        ("/desk/measures", "/desk/measures"),
        ("/desk/duties/wishes", "/desk/duties"),
        ("/desk/account", None),
    ],
)
def test_the_menu_marks_where_somebody_is(pages: Pages, cast: Cast, path: str, entry: str | None) -> None:
    [menu] = pages.as_(cast.ada).get(path).all("nav", aria_label="Menu")
    marked = [link.get("href") for link in menu.iter("a") if link.get("aria-current")]
    assert marked == ([entry] if entry else [])


def test_a_write_outside_writing_is_refused(app: Flask, cast: Cast) -> None:
    db.session.add(Department(municipality_id=cast.town.id, name="Stiekem"))
    with pytest.raises(RuntimeError, match="outside"):
        db.session.flush()
    db.session.rollback()


def test_an_error_inside_writing_stores_nothing(app: Flask, cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), writing() as session:
        session.add(Department(municipality_id=cast.town.id, name="Half"))
        session.flush()
        raise ZeroDivisionError
    assert db.session.query(Department).filter_by(name="Half").count() == 0
