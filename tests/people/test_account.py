"""One's own account: details, password, deputy, signing out everywhere."""

from datetime import timedelta

import flask_babel
from flask import Flask

from dialogue.people.passwords import fits
from dialogue.shared.clock import today
from tests.builders import PASSWORD, Cast, refresh
from tests.pages import Pages

NEW = "vier paarse olifanten"


def test_a_title_is_written_as_children_read_it(pages: Pages, cast: Cast) -> None:
    data = {"name": "Ada De Smet", "title": "werkt  bij Mobiliteit\u202e", "language": "nl"}
    page = pages.as_(cast.ada).post("/desk/account/details", data)
    assert "Bewaard." in page.text
    assert refresh(cast.ada).title == "werkt bij Mobiliteit"


def test_the_language_of_the_pages_can_change(pages: Pages, cast: Cast) -> None:
    signed_in = pages.as_(cast.ada)
    signed_in.post("/desk/account/details", {"name": "Ada", "title": "", "language": "en"})
    flask_babel.refresh()  # in these tests all requests share one context
    assert signed_in.get("/desk/account").root.get("lang") == "en"


def test_an_unknown_language_or_an_empty_name_is_refused_and_what_was_typed_stays(pages: Pages, cast: Cast) -> None:
    data = {"name": " ", "title": "schepen van Groen", "language": "xx"}
    page = pages.as_(cast.ada).post("/desk/account/details", data, status=422)
    assert "schepen van Groen" in page.html
    assert refresh(cast.ada).name == "Ada"


def test_fields_outside_the_form_change_nothing(pages: Pages, cast: Cast) -> None:
    data = {"name": "Ada", "title": "", "language": "nl", "email": "x@y.be", "municipality_id": "2", "disabled_at": "1"}
    before = (cast.ada.email, cast.ada.municipality_id)
    pages.as_(cast.ada).post("/desk/account/details", data)
    assert (refresh(cast.ada).email, cast.ada.municipality_id) == before


def test_a_new_password_asks_for_the_old_one(pages: Pages, cast: Cast) -> None:
    data = {"old": "geen idee", "password": NEW, "again": NEW}
    page = pages.as_(cast.ada).post("/desk/account/password", data, status=422)
    assert "niet je wachtwoord van nu" in page.text
    assert fits(PASSWORD, refresh(cast.ada).password_hash)


def test_a_new_password_signs_out_other_browsers_but_not_this_one(pages: Pages, cast: Cast) -> None:
    here, elsewhere = pages.as_(cast.ada), pages.as_(cast.ada)
    page = here.post("/desk/account/password", {"old": PASSWORD, "password": NEW, "again": NEW})
    assert "veranderd" in page.text
    assert fits(NEW, refresh(cast.ada).password_hash)
    assert elsewhere.client.get("/desk/account").status_code == 302


def test_a_weak_new_password_is_refused(pages: Pages, cast: Cast) -> None:
    data = {"old": PASSWORD, "password": "oudenhove2026", "again": "oudenhove2026"}
    assert "te raden" in pages.as_(cast.ada).post("/desk/account/password", data, status=422).text


def deputy(cast: Cast, **changes: str) -> dict[str, str]:
    end = today() + timedelta(days=6)
    return {"deputy": str(cast.ben.id), "begins": today().isoformat(), "ends": end.isoformat()} | changes


def test_a_deputy_reads_whom_they_replace_and_until_when(pages: Pages, cast: Cast) -> None:
    assert "Ben vervangt je" in pages.as_(cast.ada).post("/desk/account/deputy", deputy(cast)).text
    assert "Je vervangt Ada" in pages.as_(cast.ben).get("/desk/account").text


def test_a_replacement_can_be_stopped(pages: Pages, cast: Cast) -> None:
    signed_in = pages.as_(cast.ada)
    signed_in.post("/desk/account/deputy", deputy(cast))
    assert "Niemand vervangt je" in signed_in.post("/desk/account/deputy/end").text
    assert refresh(cast.ada).deputy_id is None


def test_days_that_do_not_fit_are_refused_with_the_reason(pages: Pages, cast: Cast) -> None:
    yesterday = (today() - timedelta(days=1)).isoformat()
    page = pages.as_(cast.ada).post("/desk/account/deputy", deputy(cast, ends=yesterday), status=422)
    assert "vóór de eerste dag" in page.text


def test_nobody_of_another_town_and_not_oneself_can_stand_in(pages: Pages, cast: Cast) -> None:
    for person in (cast.odette, cast.ada):
        pages.as_(cast.ada).post("/desk/account/deputy", deputy(cast, deputy=str(person.id)), status=422)
    assert refresh(cast.ada).deputy_id is None


def test_signing_out_everywhere_ends_all_browsers(app: Flask, pages: Pages, cast: Cast) -> None:
    here, elsewhere = pages.as_(cast.ada), pages.as_(cast.ada)
    here.post("/desk/account/sign-out-everywhere")
    assert elsewhere.client.get("/desk/account").status_code == 302
    assert here.client.get("/desk/account").status_code == 302


def test_a_person_alone_reads_that_nobody_can_stand_in(pages: Pages, cast: Cast) -> None:
    assert "nog niemand anders" in pages.as_(cast.odette).get("/desk/account").text
