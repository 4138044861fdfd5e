"""What a child finds behind a code: what is open, how old it is, and never a dead end."""

from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask

from dialogue.answering import queries
from dialogue.consultations.models import Channel, Consultation, State
from dialogue.people.models import Department
from dialogue.places.models import Place
from dialogue.shared.clock import now
from dialogue.shared.database import writing
from tests.builders import Cast, a_consultation, a_place, own_words, save
from tests.pages import Page, Pages

CODE = "7KQM93"
SVG = "{http://www.w3.org/2000/svg}svg"


@pytest.fixture
def school(cast: Cast) -> Place:
    return a_place(cast.town, code=CODE)


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    return a_consultation(cast.mobility, "Hoe kom jij naar school?", bands="AC", code="NAARSC")


@pytest.fixture
def always(cast: Cast) -> Consultation:
    say = own_words("q1", "Wat wil jij zeggen?")
    return a_consultation(cast.youth, "Wat wil jij zeggen?", items=[say], always_open=True, code="WATW22")


def test_the_qr_on_the_wall_asks_the_age_at_once(
    pages: Pages, school: Place, consultation: Consultation, always: Consultation
) -> None:
    page = pages.get(f"/p/{CODE}", headers={"Accept-Language": "nl"})
    assert page.h1 == "Hoe kom jij naar school?"
    assert school.name in page.text
    assert [link for link in page.links() if link.endswith("/nl")] == [
        f"/p/{CODE}/NAARSC/A/nl",
        f"/p/{CODE}/NAARSC/C/nl",
    ]
    assert f"/p/{CODE}/WATW22" in page.links()
    assert "4–6 jaar" in page.text
    assert "7–11 jaar" not in page.text


def test_before_it_starts_a_child_knows_what_is_done_with_it(
    pages: Pages, school: Place, consultation: Consultation
) -> None:
    text = pages.get(f"/p/{CODE}", headers={"Accept-Language": "nl"}).text
    assert "Geen naam." in text
    assert "Je mag vragen overslaan en altijd stoppen." in text
    assert "Wie beslist: Schepen Lies Claes en het college." in text
    assert ", of vroeger." in text


def test_with_several_things_open_a_child_chooses_one(
    pages: Pages, school: Place, consultation: Consultation, cast: Cast
) -> None:
    a_consultation(cast.youth, "Waar speel jij?", code="SPEE77")
    links = pages.get(f"/p/{CODE}").links()
    assert {f"/p/{CODE}/NAARSC", f"/p/{CODE}/SPEE77"} <= set(links)
    assert not [link for link in links if link.endswith("/nl")]


def test_when_nothing_else_is_open_what_happened_comes_first(pages: Pages, school: Place, always: Consultation) -> None:
    links = pages.get(f"/p/{CODE}", headers={"Accept-Language": "nl"}).links()
    assert links.index(f"/m/oudenhove/p/{CODE}") < links.index(f"/p/{CODE}/WATW22/B/nl")


@pytest.mark.parametrize("typed", ["7kqm93", "7KQM-93", "1kqm93", "7 k q m 9 3"])
def test_a_code_is_read_as_it_is_typed(pages: Pages, school: Place, consultation: Consultation, typed: str) -> None:
    assert school.name in pages.get(f"/p?code={typed}").text


def test_a_qr_code_in_capitals_opens_too(pages: Pages, school: Place, consultation: Consultation) -> None:
    assert school.name in pages.get(f"/P/{CODE}").text
    assert pages.get("/C/NAARSC").h1 == consultation.titles["nl"]


@pytest.mark.parametrize(
    ("typed", "true"),
    [
        (f"/T/{CODE}", f"/t/{CODE}"),
        ("/T/7kqm93", f"/t/{CODE}"),
        (f"/T/{CODE}/SUPERVISOR", f"/t/{CODE}/supervisor"),
        (f"/P/{CODE}/CLASS", f"/p/{CODE}/class"),
        (f"/P/{CODE}/CARDS", f"/p/{CODE}/cards"),
        (f"/P/{CODE}/NAARSC/C/NL", f"/p/{CODE}/NAARSC/C/nl"),
        ("/C/NAARSC/C/NL", "/c/NAARSC/C/nl"),
        ("/P", "/p"),
        ("/R", "/r"),
    ],
)
def test_an_address_in_capitals_leads_to_the_true_one(
    pages: Pages, school: Place, consultation: Consultation, typed: str, true: str
) -> None:
    answer = pages.client.get(typed)
    assert (answer.status_code, answer.location) == (303, true)
    assert pages.client.get(true, follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        "/P//evil.example/x",
        "/T/https://evil.example",
        "/C/%5C%5Cevil.example/A/nl",
        "/T/a%0d%0aSet-Cookie:x",
        "/T//",
        "/C/",
    ],
)
def test_no_address_in_capitals_leads_elsewhere(pages: Pages, consultation: Consultation, typed: str) -> None:
    answer = pages.client.get(typed)
    assert answer.status_code in (303, 308, 404)
    assert urlsplit(urljoin("http://localhost/", answer.location or "/")).netloc == "localhost"
    assert "Set-Cookie" not in answer.headers


def test_an_unknown_address_in_capitals_helps_to_type_it_again(pages: Pages, cast: Cast) -> None:
    assert pages.get("/T/222222/NIETS/HIER", status=404).all("input", name="code")


def test_an_empty_code_leads_back_to_the_start(pages: Pages) -> None:
    assert pages.get("/p?code=").h1 == pages.get("/").h1


def test_the_start_page_leads_to_place_receipt_and_staff(pages: Pages) -> None:
    page = pages.get("/")
    assert {"/r", "/sign-in"} <= set(page.links())
    assert page.all("form", action="/p", method="get")


@pytest.mark.parametrize("address", ["/p/222222", "/p/%00", "/c/222222", "/p/222222/NAARSC", "/c/NAARSC/B/nl"])
def test_an_unknown_code_helps_to_type_it_again(pages: Pages, cast: Cast, address: str) -> None:
    assert pages.get(address, status=404).all("input", name="code")


def test_a_withdrawn_code_shows_what_its_town_asks_now(pages: Pages, school: Place, consultation: Consultation) -> None:
    with writing():
        school.withdrawn_at = now()
    assert "/c/NAARSC" in pages.get(f"/p/{CODE}", status=404).links()


def test_a_consultation_of_another_town_is_not_asked_here(pages: Pages, school: Place, cast: Cast) -> None:
    department = save(Department(municipality_id=cast.other_town.id, name="Jeugd"))
    a_consultation(department, code="ANDERS")
    pages.get(f"/p/{CODE}/ANDERS", status=404)
    pages.get(f"/p/{CODE}/ANDERS/B/nl", status=404)
    pages.get("/c/ANDERS/B/nl")


def test_answers_collected_elsewhere_cannot_be_filled_in(pages: Pages, cast: Cast) -> None:
    a_consultation(cast.mobility, code="GESPRK", channel=Channel.INTERVIEW)
    pages.get("/c/GESPRK", status=404)


def test_a_draft_is_not_there_yet(pages: Pages, cast: Cast) -> None:
    a_consultation(cast.mobility, code="NAARSC", state=State.DRAFT)
    pages.get("/c/NAARSC", status=404)
    pages.get("/c/NAARSC/B/nl", status=404)


@pytest.mark.parametrize("address", ["/c/NAARSC", "/c/NAARSC/B/nl", f"/p/{CODE}/NAARSC", f"/p/{CODE}/NAARSC/B/nl"])
def test_a_closed_round_leads_to_what_happened(pages: Pages, school: Place, cast: Cast, address: str) -> None:
    a_consultation(cast.mobility, code="NAARSC", state=State.CLOSED)
    assert {"/m/oudenhove/what-happened", "/r"} <= set(pages.get(address).links())


@pytest.mark.parametrize("address", ["/c/NAARSC/B/nl", "/c/NAARSC/A/fr", "/c/NAARSC/A/xx", "/c/NAARSC/Z/nl"])
def test_only_bands_and_languages_that_are_asked_have_a_page(
    pages: Pages, consultation: Consultation, address: str
) -> None:
    pages.get(address, status=404)


def test_languages_stand_in_their_own_words(pages: Pages, school: Place, consultation: Consultation) -> None:
    page = pages.get(f"/p/{CODE}?lang=en")
    assert page.root.get("lang") == "en"
    assert "Nederlands" in page.text
    assert "English" in page.text
    assert f"/p/{CODE}/NAARSC/A/en" in page.links()


def test_a_consultation_in_one_language_leads_to_that_language(pages: Pages, school: Place, cast: Cast) -> None:
    a_consultation(cast.mobility, code="NAARSC", languages=["nl"])
    assert f"/p/{CODE}/NAARSC/B/nl?lang=en" in pages.get(f"/p/{CODE}?lang=en").links()


def every_page(pages: Pages) -> list[Page]:
    addresses = [f"/p/{CODE}", f"/p/{CODE}/class", f"/p/{CODE}/NAARSC", "/c/NAARSC", "/c/NAARSC/A/nl", "/c/CRSD22"]
    return [pages.get(address) for address in addresses]


def test_every_page_has_the_help_line_and_the_way_out(
    pages: Pages, school: Place, consultation: Consultation, cast: Cast
) -> None:
    a_consultation(cast.mobility, code="CRSD22", state=State.CLOSED)
    for page in every_page(pages):
        assert page.all("a", href="tel:102")
        assert page.all("a", href="https://www.google.be/search?q=weer", data_exit="")
    for page in (pages.get("/"), pages.get("/p/222222", status=404)):
        assert "102" in page.text
        assert "0800-0432" in page.text
        assert page.all("a", data_exit="")


def test_every_page_of_an_example_municipality_says_so(
    pages: Pages, school: Place, consultation: Consultation, cast: Cast
) -> None:
    a_consultation(cast.mobility, code="CRSD22", state=State.CLOSED)
    with writing():
        cast.town.is_example = True
    for page in every_page(pages):
        assert page.all("p", class_="example")


def test_nothing_of_a_child_is_kept_in_its_browser(
    pages: Pages, school: Place, consultation: Consultation, app: Flask
) -> None:
    for address in ("/", f"/p/{CODE}", "/c/NAARSC", "/c/NAARSC/A/nl", f"/p/{CODE}/class", "/p/222222"):
        response = pages.client.get(address)
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")
        assert response.headers["Referrer-Policy"] == "no-referrer"


def test_the_class_screen_can_be_read_scanned_and_copied(
    pages: Pages, school: Place, consultation: Consultation
) -> None:
    page = pages.get(f"/p/{CODE}/class", headers={"Accept-Language": "nl"})
    assert page.h1 == "Hoe kom jij naar school?"
    assert f"localhost/p/{CODE}" in page.text
    assert page.all("input", id="link", value=f"http://localhost/p/{CODE}")
    assert [
        svg for svg in page.root.iter("{http://www.w3.org/2000/svg}svg") if svg.get("shape-rendering") == "crispEdges"
    ]
    assert "Nog geen tien antwoorden" in page.text
    assert "zonder naam" in page.text


def test_the_class_screen_counts_in_tens(
    pages: Pages, school: Place, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "count_in_tens", lambda *_: 20)
    address = pages.get(f"/p/{CODE}/class?lang=nl").all("p", role="status")[0].get("data-count", "")
    assert pages.client.get(address).json == {"counted": "Al 20 antwoorden of meer"}


def test_the_word_list_may_be_kept_for_a_year_under_its_mark(pages: Pages) -> None:
    response = pages.client.get("/words/nl.json?v=1")
    assert len(response.json) == 2048
    assert "immutable" in response.headers["Cache-Control"]
    assert "immutable" not in pages.client.get("/words/nl.json").headers["Cache-Control"]
    assert pages.client.get("/words/xx.json").status_code == 404
