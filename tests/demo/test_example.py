"""The example municipality, as `make run` makes it: every door opens, every state is there, nothing passes for real."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select

from dialogue import create_app, jobs
from dialogue.answering.models import Contribution, Response
from dialogue.consultations.models import Channel, Consultation, State, Wave
from dialogue.decisions.models import Decision, Outcome, Proposal
from dialogue.demo.said import DANI
from dialogue.feedback.models import MessageText
from dialogue.ledger.queries import verify
from dialogue.people.models import StaffMember
from dialogue.shared.database import db
from tests.conftest import settings_in
from tests.pages import Pages

FILES = (".csv", ".pdf", ".png", ".svg", ".docx", ".xlsx")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory, storage: None) -> Flask:
    """An application with the example municipality in it, made once for this file."""
    app = create_app(settings_in(Path(tmp_path_factory.mktemp("example"))))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    context = app.app_context()
    context.push()
    db.create_all()
    runner = app.test_cli_runner()
    for command in ("setup", "demo"):
        assert runner.invoke(args=[command]).exit_code == 0
    jobs.run_all()
    yield app
    db.session.remove()
    db.engine.dispose()
    context.pop()


@pytest.fixture
def links(example: Flask) -> dict:
    """What `flask demo --json` prints."""
    return json.loads(example.test_cli_runner().invoke(args=["demo", "--json"]).stdout)


def path(address: str) -> str:
    return urlsplit(address).path


def test_the_links_name_every_door(links: dict) -> None:
    assert set(links) == {"place", "consultation", "public", "desk", "evidence", "receipt", "accounts"}
    assert {"maker", "decider", "coordinator", "safeguarding", "administrator"} <= set(links["accounts"])


def test_running_it_again_makes_nothing_new(example: Flask, links: dict) -> None:
    before = db.session.scalar(select(func.count()).select_from(Response))
    again = json.loads(example.test_cli_runner().invoke(args=["demo", "--json"]).stdout)
    assert again == links
    assert db.session.scalar(select(func.count()).select_from(Response)) == before


@pytest.mark.parametrize("door", ["place", "consultation", "public"])
def test_every_public_door_opens_and_says_that_it_is_an_example(example: Flask, links: dict, door: str) -> None:
    assert "bestaat niet echt" in Pages(example).get(path(links[door])).text


@pytest.mark.parametrize("account", ["maker", "decider", "coordinator", "safeguarding", "administrator"])
def test_every_account_signs_in_and_sees_that_it_is_an_example(example: Flask, links: dict, account: str) -> None:
    page = Pages(example).post("/sign-in", links["accounts"][account])
    assert "voorbeeldgemeente" in page.text


def test_danis_four_words_show_a_decision_with_its_reason(example: Flask) -> None:
    page = Pages(example).post("/r", {"words": DANI})
    for words in ("schoolstraat", "In de Kerkstraat rijdt de bus", "Gedaan"):
        assert words in page.text


def test_six_year_olds_are_told_with_a_picture_and_a_sound_and_say_what_they_think(example: Flask) -> None:
    text = db.session.scalars(select(MessageText).where(MessageText.band == "A")).one()
    assert text.told
    assert 0 < text.sound.size <= 60_000
    address = f"/m/oudenhove/signal/{text.message.decision.answers[0].signal_id}"
    page = Pages(example).get(f"{address}?age=A")
    assert text.parts["we_decided"] in page.text
    assert 'role="img" aria-label="bank om op te zitten"' in page.html
    [audio] = page.all("audio")
    assert Pages(example).client.get(audio.get("src")).mimetype == "audio/mpeg"
    assert "± 40 reacties" in page.text


def test_there_is_a_round_in_every_state(example: Flask) -> None:
    assert set(db.session.scalars(select(Wave.state))) == set(State)


def test_the_open_consultation_is_asked_in_all_four_bands(example: Flask, links: dict) -> None:
    code = links["consultation"].rsplit("/", 1)[1]
    consultation = db.session.scalars(select(Consultation).where(Consultation.code == code)).one()
    assert [version.band for version in consultation.versions] == list("ABCD")


def test_the_real_interviews_are_all_there_and_every_answer_was_read(example: Flask) -> None:
    wave = db.session.scalars(select(Wave).join(Consultation).where(Consultation.channel == Channel.INTERVIEW)).one()
    said = select(func.count()).where(Contribution.wave_id == wave.id)
    assert db.session.scalar(said) == 414 * 3 - 16  # sixteen did not want to answer
    assert db.session.scalar(said.where(Contribution.reading == "unread")) == 0
    assert "Child Barometer 2016" in wave.consultation.source
    assert not wave.consultation.invented


def test_nobody_can_fill_in_the_interviews(example: Flask) -> None:
    consultation = db.session.scalars(select(Consultation).where(Consultation.channel == Channel.INTERVIEW)).one()
    assert Pages(example).client.get(f"/c/{consultation.code}/A/nl").status_code in (404, 410)


def test_every_decision_and_proposal_is_marked_as_invented_and_a_no_is_among_them(example: Flask) -> None:
    assert all(db.session.scalars(select(Decision.invented)))
    assert all(db.session.scalars(select(Proposal.invented)))
    assert Outcome.NOT_ADOPTED in set(db.session.scalars(select(Decision.outcome)))


def test_the_youth_council_advised_and_one_advice_was_answered(example: Flask) -> None:
    page = Pages(example).get("/m/oudenhove/advice")
    for words in ("Maak van elke straat met een school een schoolstraat", "We volgen het advies voor een stuk"):
        assert words in page.text
    assert "Een overdekte plek om af te spreken" in page.text


def test_the_ledger_of_the_example_holds(example: Flask) -> None:
    assert verify() is None


def test_all_pages_of_the_coordinator_are_good_pages(example: Flask) -> None:
    cora = db.session.scalars(select(StaffMember).where(StaffMember.email.startswith("cora"))).one()
    pages, seen = Pages(example).as_(cora), set()
    waiting = ["/desk"]
    while waiting:
        address = waiting.pop()
        seen.add(address)
        found = (urlsplit(link) for link in pages.get(address).links())
        inside = {link.path for link in found if link.path.startswith("/desk") and not link.netloc}
        new = [link for link in inside - seen - set(waiting) if not link.endswith(FILES)]
        waiting += new[:40]
        if len(seen) > 120:
            break
    assert len(seen) > 40
