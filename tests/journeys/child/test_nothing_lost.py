"""Whatever the network says or hides, an answer is kept until it is surely saved, and counts once."""

from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from dialogue.answering.models import Letter
from dialogue.consultations.models import Consultation, State
from dialogue.shared.database import db, writing
from tests.answering.sendings import letters
from tests.journeys.child.steps import SHEET, again, answer, saved, send, stored
from tests.journeys.conftest import Live

pytestmark = pytest.mark.journey


def test_without_connection_the_phone_keeps_the_answer_and_sends_it_later(live: Live, page: Page) -> None:
    answer(page, live.url + SHEET)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_role("heading", name="Nog niet verstuurd: blijf op deze pagina")).to_be_visible()
    assert not page.locator("[data-saved]").is_visible()
    assert "Meer bomen" in str(stored(page))
    assert letters() == []
    page.context.set_offline(False)
    saved(page)
    assert stored(page) == {}
    assert len(letters()) == 1


def test_a_page_opened_again_still_sends_what_waits(live: Live, page: Page) -> None:
    page.route(live.url + SHEET, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    answer(page, live.url + SHEET)
    send(page)
    expect(page.locator("#waiting")).to_be_visible()
    page.unroute(live.url + SHEET)
    page.reload()
    saved(page)
    assert len(letters()) == 1
    assert stored(page) == {}


@pytest.mark.parametrize(
    "portal",
    [
        {"status": 200, "content_type": "text/html", "body": "<h1>Welkom op de wifi</h1>"},
        {"status": 200, "json": {"saved": "0" * 64}},
        {"status": 503, "json": {"error": "vol"}},
        {"status": 404, "content_type": "text/html", "body": "weg"},
    ],
)
def test_an_answer_of_anyone_else_is_never_taken_for_saved(live: Live, page: Page, portal: dict[str, Any]) -> None:
    def pretend(route: Route) -> None:
        route.fulfill(**portal) if route.request.method == "POST" else route.continue_()

    page.route(live.url + SHEET, pretend)
    answer(page, live.url + SHEET)
    send(page)
    expect(page.locator("#waiting")).to_be_visible()
    assert not page.locator("[data-saved]").is_visible()
    page.unroute(live.url + SHEET)
    again(page)
    saved(page)
    assert len(letters()) == 1


def test_an_acknowledgement_that_got_lost_makes_no_second_answer(live: Live, page: Page) -> None:
    lost: list[Request] = []

    def lose_once(route: Route) -> None:
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.request)
        route.fetch()
        return route.abort()

    page.route(live.url + SHEET, lose_once)
    answer(page, live.url + SHEET)
    send(page)
    saved(page)
    assert len(lost) == 1
    assert len(letters()) == 1


def test_a_receipt_that_is_taken_is_replaced_and_sent_again(live: Live, page: Page) -> None:
    refused: list[str] = []

    def refuse_once(route: Route) -> None:
        if route.request.method != "POST" or refused:
            return route.continue_()
        refused.append(route.request.post_data_json["key"])
        return route.fulfill(status=422, json={"error": "Al gebruikt.", "code": "conflict"})

    page.route(live.url + SHEET, refuse_once)
    answer(page, live.url + SHEET)
    with page.expect_request(lambda request: request.method == "POST" and bool(refused)) as again:
        send(page)
    saved(page)
    assert again.value.post_data_json["key"] != refused[0]


def test_a_round_that_closed_meanwhile_is_told_honestly(live: Live, page: Page, consultation: Consultation) -> None:
    answer(page, live.url + SHEET)
    with writing():
        consultation.waves[0].state = State.CLOSED
    send(page)
    expect(page.locator("#refused")).to_be_visible()
    assert page.locator("#refused a").get_attribute("href") == "/m/oudenhove/what-happened?lang=nl"
    assert stored(page) == {}
    assert db.session.query(Letter).count() == 0
