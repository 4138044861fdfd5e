"""Two who write the same version of a message: the second is told, sees both texts, and nothing is lost unseen."""

import pytest

from dialogue.feedback.desk import Writing
from dialogue.feedback.queries import message_for
from dialogue.shared.database import db
from tests.builders import Cast, a_consultation, a_decision, a_signal
from tests.pages import Pages

FIRST = {"you_said": "Te snel.", "we_decided": "Een drempel.", "because": "Het is smal."}
SECOND = FIRST | {"we_decided": "Een bocht."}


@pytest.fixture
def at(cast: Cast) -> str:
    """Where a message is written about which nothing was saved yet."""
    return f"/desk/messages/{a_decision(a_signal(a_consultation(cast.mobility)), cast.ben).id}"


def kept(at: str) -> str:
    db.session.rollback()
    message = message_for(int(at.rpartition("/")[2]))
    assert message
    return message.versions[-1].parts["we_decided"]


def test_who_saves_second_sees_both_texts_and_chooses(cast: Cast, pages: Pages, at: str) -> None:
    ada, ben = pages.as_(cast.ada), pages.as_(cast.ben)
    of_ada, of_ben = ada.get(at).seen, ben.get(at).seen
    ada.post(f"{at}/save", FIRST | {"seen": of_ada})
    page = ben.post(f"{at}/save", SECOND | {"seen": of_ben}, status=422)
    assert "Iemand anders bewaarde dit intussen" in page.text
    assert "Hier staat nu: Een drempel." in page.text
    assert "Hier staat nu: Te snel." not in page.text  # there they wrote the same
    assert "Een bocht." in page.html
    assert kept(at) == "Een drempel."
    ben.post(f"{at}/save", SECOND | {"seen": page.seen})
    assert kept(at) == "Een bocht."


def test_the_preview_does_not_make_anybody_forget_what_stood(cast: Cast, pages: Pages, at: str) -> None:
    ada, ben = pages.as_(cast.ada), pages.as_(cast.ben)
    ada.post(f"{at}/save", FIRST | {"seen": ada.get(at).seen})
    before = ben.get(at).seen
    ada.post(f"{at}/save", SECOND | {"seen": before})
    page = ben.post(f"{at}/preview", FIRST | {"because": "Anders.", "seen": before})
    assert page.seen == before
    ben.post(f"{at}/finish", FIRST | {"because": "Anders.", "seen": page.seen}, status=422)
    assert kept(at) == "Een bocht."


def test_the_same_twice_is_no_quarrel(cast: Cast, pages: Pages, at: str) -> None:
    ada = pages.as_(cast.ada)
    before = ada.get(at).seen
    for _tap in range(2):
        ada.post(f"{at}/save", FIRST | {"seen": before})
    assert kept(at) == "Een drempel."


def test_a_version_that_two_add_at_the_same_moment_is_not_begun_again(
    cast: Cast, pages: Pages, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = pages.as_(cast.ada)
    ada.post(f"{at}/save", FIRST | {"seen": ada.get(at).seen})
    ada.post(f"{at}/add", {"band": "A", "language": "nl"})
    small = f"{at}?version=A-nl"
    ada.post(f"{at}/save?version=A-nl", {"we_decided": "Een hobbel.", "seen": ada.get(small).seen})
    with monkeypatch.context() as earlier:
        earlier.setattr(Writing, "has", lambda *_: False)  # Ben looked before Ada added it
        earlier.setattr(Writing, "beginning", lambda *_: {})
        pages.as_(cast.ben).post(f"{at}/add", {"band": "A", "language": "nl"})
    assert "Een hobbel." in ada.get(small).html


def test_what_never_stood_there_is_no_way_around(cast: Cast, pages: Pages, at: str) -> None:
    ada = pages.as_(cast.ada)
    ada.post(f"{at}/save", FIRST | {"seen": ada.get(at).seen})
    for made_up in ({}, {"seen": ""}, {"seen": "0" * 64}, {"seen": "\x00"}):
        ada.post(f"{at}/save", SECOND | made_up, status=422)
    assert kept(at) == "Een drempel."


def test_who_chooses_another_picture_second_sees_the_first_and_chooses(cast: Cast, pages: Pages, at: str) -> None:
    ada, ben = pages.as_(cast.ada), pages.as_(cast.ben)
    ada.post(f"{at}/save", FIRST | {"seen": ada.get(at).seen})
    before = ben.get(f"{at}/media").seen
    ada.post(f"{at}/picture", {"picture": "bench", "seen": before})
    for seen in ({"seen": before}, {}):
        page = ben.post(f"{at}/picture", {"picture": "bus"} | seen, status=422)
        assert "Iemand anders veranderde intussen de prent" in page.text
        assert [one.get("value") for one in page.all("input", name="picture", checked="")] == ["bus"]
    assert message_for(int(at.rpartition("/")[2])).draft[0].picture == "bench"
    ben.post(f"{at}/picture", {"picture": "bus", "seen": page.seen})
    assert message_for(int(at.rpartition("/")[2])).draft[0].picture == "bus"
