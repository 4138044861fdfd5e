"""The desk of a message: versions added and removed, the phone beside the form, and who reads which text."""

from typing import Any

import pytest
from flask import Flask
from flask_babel import refresh as forget_language
from sqlalchemy import event

from dialogue.decisions.models import Decision, Outcome
from dialogue.feedback.queries import message_for
from dialogue.results.models import Tally
from dialogue.shared.bands import Band
from dialogue.shared.database import db, writing
from tests.builders import Cast, a_consultation, a_decision, a_place, a_signal, actor_of, save
from tests.feedback.reactions import children, sent
from tests.feedback.telling import PARTS, a_message, tell
from tests.feedback.test_messages import a_decided_signal, digest, form
from tests.pages import Page, Pages

MOST_BYTES, MOST_QUERIES = 20_000, 25


@pytest.fixture
def decision(cast: Cast) -> Decision:
    return a_decided_signal(cast)


def areas(page: Page) -> dict[str, str]:
    """What stands in the form, by part."""
    return {str(area.get("name")): str(area.text or "").strip() for area in page.all("textarea")}


def add(pages: Pages, cast: Cast, decision: Decision, band: str, language: str) -> Page:
    """Add a version; the page to which it leads."""
    ada = pages.as_(cast.ada)
    ada.post(f"/desk/messages/{decision.id}/add", {"band": band, "language": language})
    return ada.get(f"/desk/messages/{decision.id}?version={'-'.join(filter(None, (band, language)))}")


def test_a_version_for_one_age_begins_empty_with_the_general_text_beside_it(
    pages: Pages, cast: Cast, decision: Decision
) -> None:
    pages.as_(cast.ada).post(f"/desk/messages/{decision.id}/save", form())
    page = add(pages, cast, decision, "A", "nl")
    assert set(areas(page).values()) == {""}
    assert "Algemeen: In mei staan er paaltjes." in page.text
    [phone] = page.all("section", class_="phone")
    assert "In mei staan er paaltjes." in "".join(phone.itertext())


def test_a_version_in_another_language_is_translated_by_a_person(pages: Pages, cast: Cast, decision: Decision) -> None:
    pages.as_(cast.ada).post(f"/desk/messages/{decision.id}/save", form())
    page = add(pages, cast, decision, "", "fr")
    assert areas(page)["because"] == ""
    assert "Algemeen: Daar is plaats." in page.text
    [phone] = page.all("section", class_="phone")
    assert "Daar is plaats." not in "".join(phone.itertext())


def test_versions_are_told_apart_and_one_is_shown_at_a_time(pages: Pages, cast: Cast, decision: Decision) -> None:
    ada, url = pages.as_(cast.ada), f"/desk/messages/{decision.id}"
    ada.post(f"{url}/save", form())
    add(pages, cast, decision, "A", "nl")
    ada.post(f"{url}/save?version=A-nl", {"because": "De bus is te groot."})
    assert areas(ada.get(url))["because"] == form()["because"]
    assert areas(ada.get(f"{url}?version=A-nl"))["because"] == "De bus is te groot."
    assert add(pages, cast, decision, "A", "nl").h1 == "Vertel het aan de kinderen"
    assert areas(ada.get(f"{url}?version=A-nl"))["because"] == "De bus is te groot."
    ada.post(f"{url}/remove?version=A-nl")
    ada.get(f"{url}?version=A-nl", status=404)


@pytest.mark.parametrize("code", ["B-nl", "fr", "E-nl", "xx", "nl-A", "%00"])
def test_a_version_that_is_not_there_is_not_found(pages: Pages, cast: Cast, decision: Decision, code: str) -> None:
    for path, method in (("", "get"), ("/check", "get"), ("/save", "post"), ("/seen", "post"), ("/remove", "post")):
        getattr(pages.as_(cast.ada), method)(f"/desk/messages/{decision.id}{path}?version={code}", status=404)


def test_the_general_text_cannot_be_taken_away(pages: Pages, cast: Cast, decision: Decision) -> None:
    ada, url = pages.as_(cast.ada), f"/desk/messages/{decision.id}"
    ada.post(f"{url}/save", form())
    assert "Verwijder deze tekst" not in ada.get(url).text
    ada.post(f"{url}/remove", status=422)
    assert message_for(decision.id).draft


def test_nothing_is_told_before_every_version_was_opened_as_a_child_sees_it(
    pages: Pages, cast: Cast, decision: Decision
) -> None:
    ada, url = pages.as_(cast.ada), f"/desk/messages/{decision.id}"
    ada.post(f"{url}/publish", status=422)
    ada.post(f"{url}/save", form())
    add(pages, cast, decision, "A", "nl")
    opened = digest(ada.get(f"{url}/check"))
    ada.post(f"{url}/seen", {"digest": opened})
    assert "4–6 jaar" in ada.post(f"{url}/publish", status=422).text
    ada.post(f"{url}/seen?version=A-nl", {"digest": opened}, status=422)
    ada.post(f"{url}/seen?version=A-nl", {"digest": digest(ada.get(f"{url}/check?version=A-nl"))})
    ada.post(f"{url}/save", form(because="Stil veranderd.", seen=ada.get(url).seen))
    ada.post(f"{url}/publish", status=422)
    assert message_for(decision.id).published_at is None
    for code in ("nl", "A-nl"):
        ada.post(f"{url}/seen?version={code}", {"digest": digest(ada.get(f"{url}/check?version={code}"))})
    ada.post(f"{url}/publish")
    assert message_for(decision.id).published_at


def test_advice_stands_beside_the_form_and_blocks_nothing(pages: Pages, cast: Cast, decision: Decision) -> None:
    ada, url = pages.as_(cast.ada), f"/desk/messages/{decision.id}"
    page = ada.post(f"{url}/preview", form(we_decided="Er komen verkeersbelemmeringen.", because="Zo is het."))
    for reason in ("verkeersbelemmeringen", "Zeg ook wat niet doorgaat", "Zeg ook wat anderen vonden"):
        assert reason in page.text
    ada.post(f"{url}/finish", form(we_decided="Er komen verkeersbelemmeringen.", because="Zo is het."))
    ada.post(f"{url}/seen", {"digest": digest(ada.get(f"{url}/check"))})
    ada.post(f"{url}/publish")
    assert message_for(decision.id).published_at


def test_a_receipt_reads_the_text_of_its_age_in_its_language(app: Flask, pages: Pages, cast: Cast) -> None:
    said = {"nl": PARTS, "B-nl": {"because": "Voor zeven tot elf."}, "A-nl": {"because": "Voor kleuters."}}
    _, [keys] = children(app, cast, 1, said | {"fr": PARTS | {"because": "En français."}})
    text = pages.post("/r", sent(keys)).text
    assert "Voor zeven tot elf." in text
    assert "Voor kleuters." not in text
    forget_language()
    assert "En français." in pages.post("/r?lang=fr", sent(keys)).text
    forget_language()
    german = pages.post("/r?lang=de", sent(keys))
    assert "Voor zeven tot elf." in german.text
    assert {part.get("lang") for part in german.all("p", class_="part-text")} == {"nl"}


def test_everybody_reads_the_general_text(pages: Pages, cast: Cast, decision: Decision) -> None:
    a_message(cast, decision, {"nl": PARTS, "A-nl": {"because": "Voor kleuters."}})
    for page in ("what-happened", f"signal/{decision.answers[0].signal_id}", ""):
        text = pages.get(f"/m/oudenhove/{page}".rstrip("/")).text
        assert "De bus." in text
        assert "Voor kleuters." not in text


def test_a_place_shows_first_what_was_told_last(pages: Pages, cast: Cast) -> None:
    place, consultation = a_place(cast.town), a_consultation(cast.mobility)
    save(Tally(wave_id=consultation.waves[-1].id, band=Band.B, place_id=place.id, item="", option="", count=40))
    older, newer = (a_decision(a_signal(consultation, title), cast.ben) for title in ("Ouder.", "Nieuwer."))
    a_message(cast, newer, {"nl": PARTS | {"we_decided": "Eerst verteld."}})
    with writing():
        tell(actor_of(cast.ada), db.session.merge(older), {"nl": PARTS | {"we_decided": "Net verteld."}})
    text = pages.get(f"/m/oudenhove/p/{place.code}").text
    assert text.index("Net verteld.") < text.index("Eerst verteld.")


def test_a_no_shows_its_reason_on_every_page(app: Flask, pages: Pages, cast: Cast) -> None:
    message, [keys] = children(app, cast, 1)
    assert message.decision.outcome == Outcome.NOT_ADOPTED
    signal_id = message.decision.answers[0].signal_id
    for page in (
        pages.post("/r", sent(keys)),
        pages.get("/m/oudenhove"),
        pages.get(f"/m/oudenhove/signal/{signal_id}"),
    ):
        shown = " ".join(part.text or "" for part in page.all("p", class_="part-text"))
        assert "Neen." in shown
        assert "De bus." in shown


def test_writing_and_reading_over_are_light_and_ask_little(pages: Pages, cast: Cast, decision: Decision) -> None:
    pages.as_(cast.ada).post(f"/desk/messages/{decision.id}/save", form())
    for code in ("A", "B", "C", "D"):
        add(pages, cast, decision, code, "nl")
    for path in ("", "/check"):
        asked: list[Any] = []
        event.listen(db.engine, "before_cursor_execute", note := lambda *args, into=asked: into.append(args[2]))
        page = pages.as_(cast.ada).client.get(f"/desk/messages/{decision.id}{path}")
        event.remove(db.engine, "before_cursor_execute", note)
        assert len(page.data) <= MOST_BYTES
        assert len(asked) <= MOST_QUERIES
