"""What an operator does: the first administrator, and a check that says in plain words what is wrong."""

import re
from collections import namedtuple
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from dialogue import commands, health_check
from dialogue.answering.models import Concern, Letter, Waiting
from dialogue.consultations.models import State
from dialogue.people.models import Municipality, StaffMember
from dialogue.people.queries import administrators
from dialogue.shared import watching
from dialogue.shared.bands import Band
from dialogue.shared.clock import now, pinned, today
from dialogue.shared.codes import new_key
from dialogue.shared.database import db, writing
from dialogue.shared.models import Outbox
from dialogue.shared.startup import Dialogue
from dialogue.shared.watching import note_look
from tests.builders import Cast, a_consultation, change, refresh, save
from tests.pages import Pages

NEW = "vier paarse olifanten"
Disk = namedtuple("Disk", "total used free")


def create_admin(app: Flask, **changes: str) -> Result:
    options = {
        "municipality": "Oudenhove",
        "slug": "oudenhove",
        "country": "BE",
        "name": "Ines Peeters",
        "email": "ines@oudenhove.be",
    } | changes
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return app.test_cli_runner().invoke(args=["create-admin", *words])


def link_in(result: Result) -> str:
    found = re.search(r"http://localhost(/join/\S+)", result.output)
    assert found, result.output
    return found[1]


def test_a_new_installation_gets_a_municipality_and_an_administrator_with_a_link(app: Flask, pages: Pages) -> None:
    result = create_admin(app)
    assert result.exit_code == 0
    page = pages.post(link_in(result), {"password": NEW, "again": NEW})
    assert page.response.request.path == "/desk/first-steps"
    town = db.session.scalars(select(Municipality)).one()
    assert (town.name, town.help_name, town.help_number) == ("Oudenhove", "Awel", "102")
    assert [person.email for person in administrators(town.id)] == ["ines@oudenhove.be"]


def test_in_the_netherlands_the_help_line_is_the_kindertelefoon(app: Flask) -> None:
    create_admin(app, country="NL")
    assert db.session.scalars(select(Municipality.help_number)).one() == "0800-0432"


def test_the_command_never_takes_or_prints_a_password(app: Flask) -> None:
    names = {parameter.name for parameter in app.cli.commands["create-admin"].params}
    assert names == {"municipality", "slug", "country", "name", "email"}
    create_admin(app)
    assert db.session.scalars(select(StaffMember.password_hash)).one() == "!"


def test_an_administrator_who_lost_the_password_gets_a_new_link_and_the_town_stays_as_it_is(
    app: Flask, cast: Cast
) -> None:
    result = create_admin(app, municipality="Anders", email=cast.ines.email.upper())
    assert result.exit_code == 0
    assert db.session.scalar(select(func.count()).select_from(Municipality)) == 2
    assert (refresh(cast.town).name, refresh(cast.ines).name) == ("Oudenhove", "Ines")


def test_the_address_of_another_town_is_refused(app: Flask, cast: Cast) -> None:
    result = create_admin(app, email=cast.odette.email)
    assert result.exit_code == 1
    assert "andere gemeente" in result.output


@pytest.mark.parametrize("changes", [{"slug": "Sint Niklaas"}, {"slug": "../x"}, {"email": "ines"}, {"country": "FR"}])
def test_odd_input_is_refused_with_a_hint_and_nothing_is_made(app: Flask, changes: dict[str, str]) -> None:
    result = create_admin(app, **changes)
    assert result.exit_code != 0
    assert db.session.scalar(select(func.count()).select_from(Municipality)) == 0


@pytest.fixture
def ready(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An installation in which all is well (tests have no migration table, so the schema counts as right)."""
    for module in (health_check, commands):
        monkeypatch.setattr(module, "why_not_serve", lambda _dialogue: [])
    note_look(app.extensions["dialogue"].settings)
    return app


def installation(app: Flask) -> Dialogue:
    found: Dialogue = app.extensions["dialogue"]
    return found


def check(app: Flask) -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["check"])


def test_when_all_is_well_the_check_says_so(ready: Flask, cast: Cast) -> None:
    result = check(ready)
    assert (result.exit_code, result.output) == (0, "All is well.\n")


def complaint(app: Flask) -> str:
    result = check(app)
    assert result.exit_code == 1
    assert result.output.count("\n- ") == 0, "one thing is wrong, one complaint is expected"
    return result.output


def test_a_database_of_another_migration_is_named_first(app: Flask, cast: Cast) -> None:
    assert "db upgrade" in complaint(app)


def test_work_that_waits_says_that_the_jobs_do_not_run(ready: Flask) -> None:
    save(Outbox(kind="draw", payload={}, due=now() - timedelta(minutes=16)))
    assert "1 tasks wait longer" in complaint(ready)


def test_jobs_that_stopped_or_never_ran_are_named(ready: Flask, instance: Path) -> None:
    with pinned(now() + timedelta(minutes=16)):
        assert "have not run since" in complaint(ready)
    (instance / "jobs.looked").unlink()
    assert "have not run yet" in complaint(ready)
    assert ready.test_cli_runner().invoke(args=["jobs", "--once"]).exit_code == 0
    assert check(ready).exit_code == 0


def a_concern(cast: Cast, noticed_on: date | None, **values: object) -> Concern:
    wave_id = a_consultation(cast.mobility).waves[-1].id
    return save(Concern(key=new_key(), wave_id=wave_id, band=Band.B, text="help", first_seen=noticed_on, **values))


def test_a_concern_that_is_unread_for_more_than_one_working_day_is_an_alarm(ready: Flask, cast: Cast) -> None:
    friday = date(2026, 3, 6)
    a_concern(cast, friday)
    for days, alarm in ((0, False), (1, False), (3, False), (4, True)):  # it was owed on Monday
        with pinned(datetime(2026, 3, 6 + days, 12, tzinfo=UTC)):
            note_look(ready.extensions["dialogue"].settings)
            assert (
                any("concerns of children" in line for line in health_check.complaints(installation(ready)))
            ) is alarm


def test_a_concern_that_was_read_or_that_is_an_example_is_no_alarm(ready: Flask, cast: Cast) -> None:
    long_ago = today() - timedelta(days=30)
    a_concern(cast, long_ago, read_on=today())
    a_concern(cast, None)
    assert check(ready).exit_code == 0
    a_concern(cast, long_ago)
    change(cast.town, is_example=True)
    assert check(ready).exit_code == 0


def test_work_that_keeps_failing_is_named(ready: Flask) -> None:
    save(Outbox(kind="draw", payload={}, due=now() + timedelta(minutes=5), tries=4, trouble="OSError"))
    assert "keep failing" in complaint(ready)


def test_work_of_this_moment_and_work_that_is_done_are_no_complaint(ready: Flask) -> None:
    save(
        Outbox(kind="draw", payload={}, due=now() - timedelta(minutes=1)),
        Outbox(kind="draw", payload={}, due=now() - timedelta(days=1), done=now(), tries=1),
    )
    assert check(ready).exit_code == 0


def a_letter(wave_id: int) -> Letter:
    return Letter(tag=bytes(16), wave_id=wave_id, fingerprint=bytes(16), body=b"sealed")


def test_letters_left_in_a_closed_round_are_named(ready: Flask, cast: Cast) -> None:
    wave = a_consultation(cast.mobility, state=State.CLOSED).waves[-1]
    wave_id = wave.id
    save(a_letter(wave_id))
    assert check(ready).exit_code == 0  # it closed a moment ago
    with writing() as session:
        session.get_one(type(wave), wave_id).closed_at = now() - timedelta(hours=1)
    assert "1 answers of closed rounds" in complaint(ready)


def test_letters_in_an_open_round_may_wait(ready: Flask, cast: Cast) -> None:
    save(a_letter(a_consultation(cast.mobility).waves[-1].id))
    assert check(ready).exit_code == 0


def test_a_group_that_waits_longer_than_promised_is_named(ready: Flask, cast: Cast) -> None:
    wave_id = a_consultation(cast.mobility).waves[-1].id
    save(Waiting(wave_id=wave_id, band=Band.B, place_id=0, since=today() - timedelta(days=16)))
    assert "14 days" in complaint(ready)


def test_a_help_line_that_nobody_checked_for_a_year_is_named(ready: Flask, cast: Cast) -> None:
    with writing():
        cast.town.help_checked_on = today() - timedelta(days=366)
    assert "Awel 102" in complaint(ready)


def test_a_disk_that_is_nearly_full_is_named(ready: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching.shutil, "disk_usage", lambda _path: Disk(1, 1, 200 * 1024**2))
    assert "200 MB" in complaint(ready)


def test_a_proxy_that_hides_who_visits_is_named_in_production(ready: Flask) -> None:
    known = installation(ready)
    for mode, proxies, complaints in (("production", 0, 1), ("production", 1, 0), ("local", 0, 0)):
        settings = replace(known.settings, mode=mode, proxies=proxies)
        found = health_check.complaints(replace(known, settings=settings))
        assert sum("DIALOGUE_PROXIES" in line for line in found) == complaints
