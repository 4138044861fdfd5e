"""What somebody recorded is heard at an address that never changes, only where children can be asked it now."""

import gzip

import pytest

from dialogue.consultations import round_services, sounds
from dialogue.consultations.models import Channel, Consultation, State
from dialogue.consultations.sound_rules import lines
from dialogue.places import tablets
from dialogue.shared.database import writing
from dialogue.web.i18n import LANGUAGES
from tests.answering.test_child_sheet import MOST_PAGE, fetch, full_questionnaire
from tests.builders import Cast, a_choice, a_consultation, a_place, actor_of, change
from tests.consultations.recording import record, version_of
from tests.pages import Page, Pages

SHEET = "/c/NAARSC/B/nl"


def opened(cast: Cast, code: str = "NAARSC", bands: str = "B", **values: object) -> Consultation:
    """A consultation that is open, of which the first question and one answer were recorded in Dutch."""
    consultation = a_consultation(cast.mobility, state=State.DRAFT, bands=bands, code=code, **values)
    for band in bands:
        record(cast.ada, consultation, "q1/question", "q1/a", "unsure", band=band)
    with writing():
        round_services.open_wave(actor_of(cast.ada), consultation.waves[0])
    return consultation


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    return opened(cast)


def heard(page: Page) -> list[str]:
    """The addresses of all that can be heard."""
    return [audio.get("src", "") for audio in page.all("audio")]


def test_each_text_that_was_recorded_has_its_own_sound_and_nothing_is_loaded(
    pages: Pages, cast: Cast, consultation: Consultation
) -> None:
    page = pages.get(SHEET)
    texts = ["q1/question", "q1/a", "unsure"]
    sha256 = consultation.waves[0].instruments[0].sha256
    assert heard(page) == [f"/c/NAARSC/sounds/{sha256}/nl/{name}" for name in texts]
    assert {audio.get("preload") for audio in page.all("audio")} == {"none"}
    assert {audio.get("class") for audio in page.all("audio")} == {"nojs"}
    recorded = {line.name: line.sound for line in lines(version_of(consultation), "nl")}
    for name, address in zip(texts, heard(page), strict=True):
        answer = pages.client.get(address)
        sound = recorded[name]
        assert sound
        assert (answer.status_code, answer.mimetype, answer.data) == (200, "audio/wav", sound.file.content)


def test_a_sound_is_kept_for_a_year_without_a_cookie_and_comes_in_parts(
    pages: Pages, consultation: Consultation
) -> None:
    address = heard(pages.get(SHEET))[0]
    answer = pages.client.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    part = pages.client.get(address, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.data) == (206, b"RIFF")


def test_another_language_and_another_age_hear_only_their_own(pages: Pages, consultation: Consultation) -> None:
    assert heard(pages.get("/c/NAARSC/B/en")) == []
    assert pages.client.get(heard(pages.get(SHEET))[0].replace("/nl/", "/en/")).status_code == 404


def test_what_stands_around_the_questions_in_another_language_is_not_heard_in_theirs(
    pages: Pages, consultation: Consultation
) -> None:
    names = [address.rpartition("/nl/")[2] for address in heard(pages.get(f"{SHEET}?lang=en"))]
    assert names == ["q1/question", "q1/a"]


def test_nothing_of_a_draft_is_heard(pages: Pages, cast: Cast) -> None:
    draft = a_consultation(cast.mobility, state=State.DRAFT, code="NAARSC")
    record(cast.ada, draft, "q1/a")
    other = opened(cast, "ANDERE")
    sha256 = other.waves[0].instruments[0].sha256
    for address in (f"/c/NAARSC/sounds/{sha256}/nl/q1/a", f"/c/ANDERE/sounds/{'0' * 64}/nl/q1/a"):
        assert pages.client.get(address).status_code == 404


def test_nothing_is_heard_under_the_address_of_somebody_else(pages: Pages, cast: Cast) -> None:
    ours = opened(cast)
    theirs = a_consultation(cast.youth, code="ANDERE", items=[a_choice("q1", "Hoe vaak speel je buiten?")])
    mine = heard(pages.get(SHEET))[1]
    assert pages.client.get(mine.replace("NAARSC", "ANDERE")).status_code == 404
    stranger = theirs.waves[0].instruments[0].sha256
    assert pages.client.get(mine.replace(ours.waves[0].instruments[0].sha256, stranger)).status_code == 404


@pytest.mark.parametrize("what", [{"state": State.CLOSED}, {"channel": Channel.PAPER}])
def test_when_no_child_can_be_asked_it_any_more_nobody_hears_it(
    pages: Pages, consultation: Consultation, what: dict[str, object]
) -> None:
    address = heard(pages.get(SHEET))[0]
    change(consultation.waves[0] if "state" in what else consultation, **what)
    assert pages.client.get(address).status_code == 404


def test_an_older_questionnaire_of_an_open_round_still_has_its_own_sounds(
    pages: Pages, cast: Cast, consultation: Consultation
) -> None:
    older = heard(pages.get(SHEET))
    before = pages.client.get(older[1]).data
    with writing():
        sounds.take_away(actor_of(cast.ada), version_of(consultation), "nl", "q1/a")
        round_services.renew(actor_of(cast.ada), consultation.waves[0])
    assert len(heard(pages.get(SHEET))) == 2
    assert pages.client.get(older[1]).data == before


def test_help_has_its_own_sound_and_describes_the_question_as_before(pages: Pages, cast: Cast) -> None:
    item = a_choice()
    item["words"]["nl"]["help"] = "Denk aan gisteren."
    consultation = a_consultation(cast.mobility, state=State.DRAFT, code="NAARSC", items=[item])
    record(cast.ada, consultation, "q1/help")
    with writing():
        round_services.open_wave(actor_of(cast.ada), consultation.waves[0])
    page = pages.get(SHEET)
    [help_] = page.all("span", id="q1-help")
    assert (help_.text, help_.get("class")) == ("Denk aan gisteren.", "say")
    assert heard(page)[0].endswith("/q1/help")


@pytest.mark.parametrize(("band", "questions"), [("A", 6), ("B", 12)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_largest_page_stays_small_when_all_of_it_was_recorded(
    pages: Pages, cast: Cast, band: str, questions: int, language: str
) -> None:
    items = full_questionnaire()[:questions]
    for item in items:
        item["words"] |= dict.fromkeys(LANGUAGES, item["words"]["nl"])  # type: ignore[index,operator]
    asked = {"items": items, "languages": list(LANGUAGES), "titles": dict.fromkeys(LANGUAGES, "Naar school")}
    consultation = a_consultation(cast.mobility, state=State.DRAFT, bands=band, code="NAARSC", **asked)
    names = [line.name for line in lines(version_of(consultation, band), language)]
    record(cast.ada, consultation, *names, band=band, language=language)
    with writing():
        round_services.open_wave(actor_of(cast.ada), consultation.waves[0])
    packed = fetch(pages, f"/c/NAARSC/{band}/{language}", Accept_Encoding="gzip").data
    assert gzip.decompress(packed).count(b"<audio") >= len(names)
    assert len(packed) <= MOST_PAGE


def test_a_tablet_keeps_all_that_can_be_heard_and_a_locked_one_opens_it(pages: Pages, cast: Cast) -> None:
    place = a_place(cast.town, code="7KQM93")
    opened(cast, bands="AB", items=[a_choice()])
    [keep] = pages.get("/t/7KQM93").all("template", id="keep")
    found = [address for band in "AB" for address in heard(pages.get(f"/t/7KQM93/NAARSC/{band}/nl"))]
    assert len(found) == 6
    assert set(found) <= set(keep.get("data-addresses", "").split())
    with writing():
        token = tablets.lock(actor_of(cast.ada), place, "Aan de balie", "482193")
    pages.client.set_cookie("dialogue-tablet", token)
    assert [pages.client.get(address).status_code for address in found] == [200] * 6
