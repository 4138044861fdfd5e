"""The picture and the sound of a message: brought by who writes it, for everybody once it is told, and only then."""

import io
import secrets

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from dialogue.answering.letterbox import opened
from dialogue.answering.receipt import tag
from dialogue.decisions.models import Decision
from dialogue.feedback.editions import save_text
from dialogue.feedback.queries import message_for
from dialogue.feedback.receipts import NAMES
from dialogue.feedback.services import publish
from dialogue.feedback.versions import Version
from dialogue.ledger.models import Entry
from dialogue.shared.database import db, writing
from dialogue.shared.models import StoredFile
from dialogue.shared.sounds import MOST_BYTES
from tests.builders import Cast, a_consultation, a_decision, a_place, a_signal, actor_of, change, responses
from tests.feedback.reactions import sent
from tests.feedback.telling import PARTS, see_all
from tests.pages import Page, Pages
from tests.web.sounds import NO_SOUNDS, SOUNDS, a_wav

NL = Version("", "nl")


@pytest.fixture
def decision(cast: Cast) -> Decision:
    """A decision with a message that is being written."""
    decision = a_decision(a_signal(a_consultation(cast.mobility)), cast.ben)
    with writing():
        save_text(actor_of(cast.ada), decision, NL, PARTS)
    return decision


def bring(pages: Pages, decision: Decision, content: bytes, *, status: int = 200) -> Page:
    """Send this sound as a browser does."""
    sound = (io.BytesIO(content), "opname.mp3", "audio/mpeg")
    return pages.post(f"/desk/messages/{decision.id}/sound?version=nl", {"sound": sound}, status=status)


def tell(cast: Cast, decision: Decision) -> None:
    with writing():
        see_all(actor_of(cast.ada), decision)
        publish(actor_of(cast.ada), decision)


def heard(pages: Pages, decision: Decision) -> list[str]:
    """The addresses of what can be heard on the public page."""
    page = pages.get(f"/m/oudenhove/signal/{decision.answers[0].signal_id}")
    return [audio.get("src", "") for audio in page.all("audio")]


def files() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(StoredFile)) or 0


@pytest.mark.parametrize("media_type", SOUNDS)
def test_a_sound_is_heard_by_who_writes_then_by_everybody_once_it_is_told(
    pages: Pages, cast: Cast, decision: Decision, media_type: str
) -> None:
    page = bring(pages.as_(cast.ada), decision, SOUNDS[media_type])
    assert "Het geluid is bewaard" in page.text
    draft = pages.as_(cast.ada).client.get(f"/desk/messages/{decision.id}/sound?version=nl")
    assert (draft.status_code, draft.mimetype, draft.data) == (200, media_type, SOUNDS[media_type])
    address = f"/sound/{db.session.scalars(select(StoredFile.id)).one()}"
    assert pages.client.get(address).status_code == 404
    assert heard(pages, decision) == []
    tell(cast, decision)
    assert heard(pages, decision) == [address]
    answer = pages.client.get(address)
    assert (answer.status_code, answer.mimetype, answer.data) == (200, media_type, SOUNDS[media_type])


def test_it_is_heard_on_the_page_of_a_place_and_behind_four_words_too(
    app: Flask, pages: Pages, cast: Cast, decision: Decision
) -> None:
    bring(pages.as_(cast.ada), decision, a_wav())
    tell(cast, decision)
    [response] = responses(decision.answers[0].signal.consultation, 1)
    keys = [secrets.token_bytes(32) for _ in NAMES]
    change(response, tag=opened(tag(app.extensions["dialogue"].keys.pepper, "response", keys[0])))
    address = heard(pages, decision)
    for page in (pages.get(f"/m/oudenhove/p/{a_place(cast.town).code}"), pages.post("/r", sent(keys))):
        assert [audio.get("src") for audio in page.all("audio")] == address


def test_it_comes_in_parts_where_that_is_asked_and_can_never_run(pages: Pages, cast: Cast, decision: Decision) -> None:
    bring(pages.as_(cast.ada), decision, SOUNDS["audio/mpeg"])
    tell(cast, decision)
    [address] = heard(pages, decision)
    part = pages.client.get(address, headers={"Range": "bytes=0-1"})
    assert (part.status_code, len(part.data)) == (206, 2)
    assert part.headers["Content-Range"] == f"bytes 0-1/{len(SOUNDS['audio/mpeg'])}"
    beyond = pages.client.get(address, headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == 416
    for answer in (part, pages.client.get(address)):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("what", NO_SOUNDS)
def test_what_is_no_sound_is_refused_and_not_kept(pages: Pages, cast: Cast, decision: Decision, what: str) -> None:
    page = bring(pages.as_(cast.ada), decision, NO_SOUNDS[what], status=422)
    assert "geen geluid dat we kunnen gebruiken" in page.text
    assert files() == 0


def test_too_much_and_nothing_are_refused_clearly(pages: Pages, cast: Cast, decision: Decision) -> None:
    ada = pages.as_(cast.ada)
    assert "hoogstens 3 MB" in bring(ada, decision, a_wav() + bytes(MOST_BYTES), status=422).text
    assert "Neem eerst iets op" in ada.post(f"/desk/messages/{decision.id}/sound", status=422).text
    huge = bring(ada, decision, bytes(2 * MOST_BYTES), status=413)
    assert huge.status == 413
    assert files() == 0


def test_another_sound_takes_its_place_and_must_be_heard_before_it_is_told(
    pages: Pages, cast: Cast, decision: Decision
) -> None:
    ada = pages.as_(cast.ada)
    bring(ada, decision, a_wav(0.2))
    bring(ada, decision, a_wav(0.3))
    assert files() == 1  # what nobody was told is gone
    tell(cast, decision)
    [first] = heard(pages, decision)
    bring(ada, decision, a_wav(0.4))
    assert heard(pages, decision) == [first]
    refused = ada.post(f"/desk/messages/{decision.id}/publish", status=422)
    assert "nog niemand las dit na" in refused.text
    tell(cast, decision)
    [second] = heard(pages, decision)
    assert second != first
    assert pages.client.get(first).status_code == 404
    assert files() == 2  # the older edition stays as it was


def test_a_sound_can_be_taken_away(pages: Pages, cast: Cast, decision: Decision) -> None:
    ada = pages.as_(cast.ada)
    bring(ada, decision, a_wav())
    assert "Het geluid is weg" in ada.post(f"/desk/messages/{decision.id}/sound/away?version=nl").text
    assert files() == 0
    again = ada.post(f"/desk/messages/{decision.id}/sound/away?version=nl", status=422)
    assert "er niet meer" in again.text
    assert ada.client.get(f"/desk/messages/{decision.id}/sound?version=nl").status_code == 404


def test_a_picture_of_ours_stands_above_the_message_with_its_words(
    pages: Pages, cast: Cast, decision: Decision
) -> None:
    ada, address = pages.as_(cast.ada), f"/desk/messages/{decision.id}/picture?version=nl"
    chosen = ada.post(address, {"picture": "bench", "seen": ""})
    assert [field.get("value") for field in chosen.all("input", name="picture", checked="")] == ["bench"]
    tell(cast, decision)
    shown = pages.get(f"/m/oudenhove/signal/{decision.answers[0].signal_id}").html
    assert 'role="img" aria-label="bank om op te zitten"' in shown
    assert "Kies een prent uit de lijst" in ada.post(address, {"picture": "../keys"}, status=422).text
    ada.post(address, {"picture": "", "seen": "bench"})
    assert message_for(decision.id).draft[0].picture == ""


def test_every_change_is_in_the_ledger(pages: Pages, cast: Cast, decision: Decision) -> None:
    ada = pages.as_(cast.ada)
    bring(ada, decision, a_wav())
    ada.post(f"/desk/messages/{decision.id}/picture?version=nl", {"picture": "bench", "seen": ""})
    ada.post(f"/desk/messages/{decision.id}/sound/away?version=nl")
    verbs = list(
        db.session.scalars(select(Entry.verb).where(Entry.object == f"message:{decision.id}").order_by(Entry.sequence))
    )
    assert verbs[1:] == ["message.sound_kept", "message.picture_chosen", "message.sound_taken_away"]


def test_only_the_page_that_records_may_use_the_microphone(pages: Pages, cast: Cast, decision: Decision) -> None:
    ada = pages.as_(cast.ada)

    def may(address: str) -> tuple[str, str]:
        answer: TestResponse = ada.get(address).response
        return answer.headers["Permissions-Policy"], answer.headers["Content-Security-Policy"]

    allowed, policy = may(f"/desk/messages/{decision.id}/media?version=nl")
    assert "microphone=(self)" in allowed
    assert "media-src 'self' blob:" in policy
    for address in (f"/desk/messages/{decision.id}", "/m/oudenhove"):
        refused, policy = may(address)
        assert "microphone=()" in refused
        assert "blob:" not in policy


def test_a_version_that_was_not_saved_has_no_picture_and_no_sound(pages: Pages, cast: Cast, decision: Decision) -> None:
    ada = pages.as_(cast.ada).client
    for query in ("?version=A-nl", "?version=fr", "?version=x"):
        assert ada.get(f"/desk/messages/{decision.id}/media{query}").status_code == 404
        assert ada.post(f"/desk/messages/{decision.id}/picture{query}", data={"picture": "bench"}).status_code == 404
    assert pages.as_(cast.odette).client.get(f"/desk/messages/{decision.id}/media").status_code == 404
