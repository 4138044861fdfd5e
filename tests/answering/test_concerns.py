"""Concerns: for the safeguarding contact only, noticed at once, and every look is in the ledger."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from dialogue.answering import jobs, queries
from dialogue.answering.models import Concern, Response
from dialogue.answering.queries import concerns, concerns_waiting, read_concerns
from dialogue.answering.services import look_at
from dialogue.consultations.models import State
from dialogue.desk.tasks import tasks_for
from dialogue.duties.models import Duty
from dialogue.ledger.models import Entry
from dialogue.shared.actor import Role
from dialogue.shared.bands import Band
from dialogue.shared.clock import next_working_day, now, pinned, today
from dialogue.shared.codes import new_key
from dialogue.shared.database import db, writing
from dialogue.shared.errors import NotAllowed, NotFound
from tests.builders import Cast, a_consultation, a_staff_member, actor_of, refresh, responses, save
from tests.pages import Pages

FRIDAY = datetime(2026, 3, 6, 9, tzinfo=UTC)


def a_concern(cast: Cast, text: str = "Papa slaat mij", **values: Any) -> Concern:
    wave_id = a_consultation(cast.mobility).waves[-1].id
    return save(Concern(**{"key": new_key(), "wave_id": wave_id, "band": Band.B, "text": text} | values))


def test_nobody_but_the_safeguarding_contact_sees_concerns(pages: Pages, cast: Cast) -> None:
    key = a_concern(cast).key.hex()
    for person in (cast.ada, cast.ben, cast.cora, cast.ines):
        pages.as_(person).get("/desk/concerns", status=403)
        pages.as_(person).get(f"/desk/concerns/{key}", status=403)
        pages.as_(person).post(f"/desk/concerns/{key}/follow-up", {"followed_up": "x"}, status=403)
        with pytest.raises(NotAllowed):
            concerns(actor_of(person))


def test_another_towns_contact_gets_not_found(pages: Pages, cast: Cast) -> None:
    key = a_concern(cast).key
    other = a_staff_member(cast.other_town, "Olaf", (Role.SAFEGUARDING, None))
    pages.as_(other).get(f"/desk/concerns/{key.hex()}", status=404)
    assert concerns(actor_of(other)) == []
    with pytest.raises(NotFound), writing():
        look_at(actor_of(other), key)
    assert refresh(db.session.get(Concern, key)).read_on is None


@pytest.mark.parametrize("key", ["zz", "00", "0" * 32, "é"])
def test_a_key_that_is_none_is_not_found(pages: Pages, cast: Cast, key: str) -> None:
    pages.as_(cast.sam).get(f"/desk/concerns/{key}", status=404)


def test_the_empty_list_says_what_to_do_first(pages: Pages, cast: Cast) -> None:
    assert "Spreek nu al af" in pages.as_(cast.sam).get("/desk/concerns").text


def test_the_list_shows_no_words_and_unread_first(pages: Pages, cast: Cast) -> None:
    key = a_concern(cast).key
    a_concern(cast, read_on=date(2026, 3, 6))
    page = pages.as_(cast.sam).get("/desk/concerns")
    assert "Papa slaat" not in page.text
    assert page.text.index("Nog niet gelezen") < page.text.index("Gelezen op")
    assert concerns(actor_of(cast.sam))[0].key == key
    assert concerns_waiting(actor_of(cast.sam)) == 1
    assert concerns_waiting(actor_of(cast.ada)) == 0


def test_every_look_is_in_the_ledger_and_the_first_is_remembered(pages: Pages, cast: Cast) -> None:
    concern = a_concern(cast)
    sam = pages.as_(cast.sam)
    assert "Papa slaat mij" in sam.get(f"/desk/concerns/{concern.key.hex()}").text
    sam.get(f"/desk/concerns/{concern.key.hex()}")
    looks = db.session.query(Entry).filter_by(verb="concern.read", object=f"concern:{concern.key.hex()}").all()
    assert [look.actor for look in looks] == [f"staff:{cast.sam.id}"] * 2
    assert refresh(concern).read_by_id == cast.sam.id


def test_what_was_done_is_kept_without_the_words_of_the_child(pages: Pages, cast: Cast) -> None:
    concern = a_concern(cast)
    url = f"/desk/concerns/{concern.key.hex()}"
    pages.as_(cast.sam).post(f"{url}/follow-up", {"followed_up": "Besproken met het CLB."})
    assert refresh(concern).followed_up == "Besproken met het CLB."
    page = pages.as_(cast.sam).post(f"{url}/follow-up", {"followed_up": " "}, status=422)
    assert "Vul dit in" in page.text
    assert refresh(concern).followed_up == "Besproken met het CLB."


def test_older_concerns_come_by_page(pages: Pages, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    for day in (3, 4, 4, 5):
        a_concern(cast, read_on=date(2026, 3, day))
    sam = actor_of(cast.sam)
    first = read_concerns(sam)
    second = read_concerns(sam, first[-1].key)
    assert [concern.read_on.day for concern in [*first, *second] if concern.read_on] == [5, 4, 4, 3]
    assert len({concern.key for concern in [*first, *second]}) == 4


def test_a_concern_is_noticed_once_and_owed_by_the_next_working_day(cast: Cast) -> None:
    concern = a_concern(cast)
    with pinned(FRIDAY):
        jobs.notice_concerns()
    for _look in range(2):
        jobs.notice_concerns()
    duty = db.session.query(Duty).one()
    assert refresh(concern).first_seen == date(2026, 3, 6)
    assert (duty.kind, duty.object, duty.due) == ("concern", f"concern:{concern.key.hex()}", date(2026, 3, 9))
    assert "slaat" not in duty.subject
    with writing():
        look_at(actor_of(cast.sam), concern.key)
    assert refresh(duty).kept_at


def test_no_record_tells_at_what_hour_or_in_which_order_children_asked_for_help(cast: Cast) -> None:
    with pinned(FRIDAY):
        for _child in range(8):
            a_concern(cast)
            jobs.notice_concerns()
        assert (db.session.query(Duty).count(), db.session.query(Entry).count()) == (0, 0)
    with pinned(FRIDAY + timedelta(days=1)):
        jobs.notice_concerns()
    objects = list(db.session.scalars(select(Duty.object).order_by(Duty.id)))
    assert len(objects) == 8
    assert objects == sorted(objects)


def test_a_new_concern_waits_for_the_safeguarding_contact_at_once(cast: Cast) -> None:
    a_concern(cast)
    tasks = [task for task in tasks_for(actor_of(cast.sam)) if task.endpoint == "answering.concerns"]
    assert [task.due for task in tasks] == [next_working_day(today())]


def test_a_concern_that_was_read_before_it_was_noticed_is_not_owed(cast: Cast) -> None:
    concern = a_concern(cast)
    with writing():
        look_at(actor_of(cast.sam), concern.key)
    jobs.notice_concerns()
    assert refresh(concern).first_seen
    assert db.session.query(Duty).count() == 0


def test_the_jobs_write_nothing_when_nothing_is_new(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "writing", None)
    jobs.notice_concerns()
    jobs.forget_fingerprints()


def test_fingerprints_are_forgotten_thirty_days_after_closing(cast: Cast) -> None:
    closed, still_open = a_consultation(cast.mobility, state=State.CLOSED), a_consultation(cast.youth)
    rows = responses(closed, 3) + responses(still_open, 1)
    with writing():
        for row in rows:
            row.fingerprint = bytes(16)

    def kept() -> int:
        db.session.rollback()
        return db.session.query(Response).filter(Response.fingerprint.is_not(None)).count()

    with pinned(now() + timedelta(days=29)):
        jobs.forget_fingerprints()
    assert kept() == 4
    with pinned(now() + timedelta(days=31)):
        jobs.forget_fingerprints()
    assert kept() == 1
