"""Reading questions aloud: every text in a quiet list, with what was recorded of it and what does not fit any more."""

import io

import pytest
from sqlalchemy import func, select

from dialogue.consultations.models import Channel, Consultation, State
from dialogue.shared.database import db
from dialogue.shared.models import StoredFile
from tests.builders import Cast, a_consultation, change
from tests.consultations.recording import record
from tests.pages import Page, Pages
from tests.web.sounds import NO_SOUNDS, a_wav

HEEL_ONVEILIG = {"text": "q1/a", "said": "Heel onveilig"}


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    return a_consultation(cast.mobility, state=State.DRAFT, bands="ABC")


def address(consultation: Consultation, more: str = "", band: str = "B", language: str = "nl") -> str:
    return f"/desk/consultations/{consultation.id}/sounds/{band}{more}?language={language}"


def bring(pages: Pages, consultation: Consultation, sound: bytes, *, status: int = 200, **more: str) -> Page:
    """Send this sound of the first answer as a browser does."""
    file = (io.BytesIO(sound), "opname.mp3", "audio/mpeg")
    return pages.post(address(consultation), {"sound": file, **HEEL_ONVEILIG, **more}, status=status)


def files() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(StoredFile)) or 0


def test_the_list_has_every_text_and_how_many_are_done(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    ada = pages.as_(cast.ada)
    page = ada.get(address(consultation))
    assert [item.get("id") for item in page.all("li") if item.get("id")][:3] == ["q1-question", "q1-a", "q1-b"]
    assert "0 van 7 ingesproken" in page.text
    assert {f"?language={code}" for code in ("nl", "en")} <= {"?" + link.partition("?")[2] for link in page.links()}
    assert "Very unsafe" in ada.get(address(consultation, language="en")).text
    editor = ada.get(f"/desk/consultations/{consultation.id}/questions/B")
    assert "Inspreken · 0 van 14" in editor.text


def test_a_sound_is_kept_heard_by_its_maker_and_taken_away(
    pages: Pages, cast: Cast, consultation: Consultation
) -> None:
    ada = pages.as_(cast.ada)
    page = bring(ada, consultation, a_wav())
    assert "Bewaard. Luister nog eens." in page.text
    assert "1 van 7 ingesproken" in page.text
    [player] = page.all("audio")
    answer = ada.client.get(player.get("src"))
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "audio/wav", a_wav())
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Het geluid is weg" in ada.post(address(consultation, "/away"), HEEL_ONVEILIG).text
    assert ada.client.get(player.get("src")).status_code == 404
    assert files() == 0


def test_a_text_that_changed_says_what_was_said_and_asks(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    ada = pages.as_(cast.ada)
    record(cast.ada, consultation, "q1/a")
    editor = f"/desk/consultations/{consultation.id}/questions/B"
    typed = {"nl.question": "Hoe veilig is het?", "en.question": "How safe is it?", "nl.option.a": "Gevaarlijk"}
    saved = ada.post(f"{editor}/q1", typed)
    assert "Een ingesproken geluid past niet meer bij de tekst." in saved.text
    assert "Bij 1 tekst past het ingesproken geluid niet meer (Nederlands)." in saved.text
    page = ada.get(address(consultation))
    assert "dit geluid zegt nog “Heel onveilig”" in page.text
    assert "is veranderd na het inspreken" in ada.get(f"/desk/consultations/{consultation.id}/check").text
    again = ada.post(address(consultation, "/fits"), {"text": "q1/a", "said": "Gevaarlijk"})
    assert "Het geluid blijft bij deze tekst." in again.text
    assert "past het ingesproken geluid niet meer" not in ada.get(editor).text


def test_somebody_who_still_sees_the_old_text_is_asked_to_look_again(
    pages: Pages, cast: Cast, consultation: Consultation
) -> None:
    page = bring(pages.as_(cast.ada), consultation, a_wav(), said="Levensgevaarlijk", status=422)
    assert "intussen veranderd" in page.text
    assert files() == 0


@pytest.mark.parametrize("what", NO_SOUNDS)
def test_what_is_no_sound_is_refused_and_not_kept(
    pages: Pages, cast: Cast, consultation: Consultation, what: str
) -> None:
    page = bring(pages.as_(cast.ada), consultation, NO_SOUNDS[what], status=422)
    assert "geen geluid dat we kunnen gebruiken" in page.text
    assert files() == 0


def test_without_a_sound_it_says_so(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    assert "Neem eerst iets op" in pages.as_(cast.ada).post(address(consultation), HEEL_ONVEILIG, status=422).text


def test_nobody_hears_or_changes_what_is_recorded_elsewhere(
    pages: Pages, cast: Cast, consultation: Consultation
) -> None:
    record(cast.ada, consultation, "q1/a")
    heard = f"{address(consultation, '/heard')}&text=q1/a"
    for stranger in (cast.odette, cast.cleo):
        client = pages.as_(stranger).client
        assert client.get(heard).status_code == 404
        assert client.get(address(consultation)).status_code == 404
        assert client.post(address(consultation, "/away"), data=HEEL_ONVEILIG).status_code in (403, 404)
    cora = pages.as_(cast.cora).client
    assert cora.get(heard).status_code == 200
    assert cora.post(address(consultation, "/away"), data=HEEL_ONVEILIG).status_code == 403
    assert pages.client.get(heard).status_code in (302, 303)


def test_who_only_reads_gets_no_recorder(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    page = pages.as_(cast.cora).get(address(consultation))
    assert page.all("li", class_="line")
    assert not page.all("input", name="sound")


def test_what_nobody_hears_has_no_page(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    ada = pages.as_(cast.ada).client
    paths = [address(consultation, band="C"), address(consultation, band="X"), address(consultation, language="fr")]
    paths += [f"{address(consultation, '/heard')}&text={name}" for name in ("q1/a", "q9/a", "")]
    assert [ada.get(path).status_code for path in paths] == [404] * 6
    change(consultation, channel=Channel.PAPER)
    assert ada.get(address(consultation)).status_code == 404
    assert "Inspreken" not in pages.as_(cast.ada).get(f"/desk/consultations/{consultation.id}/questions/B").text


def test_while_a_round_is_open_it_says_when_children_hear_it(pages: Pages, cast: Cast) -> None:
    page = pages.as_(cast.ada).get(address(a_consultation(cast.mobility)))
    assert "horen kinderen pas na “Nieuwe versie van de vragen”" in page.text


def test_only_this_page_may_use_the_microphone(pages: Pages, cast: Cast, consultation: Consultation) -> None:
    ada = pages.as_(cast.ada)
    assert "microphone=(self)" in ada.get(address(consultation)).response.headers["Permissions-Policy"]
    editor = ada.get(f"/desk/consultations/{consultation.id}/questions/B").response
    assert "microphone=()" in editor.headers["Permissions-Policy"]
