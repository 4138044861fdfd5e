"""Nobody gets in: what is not in a form never changes a row, and an id of elsewhere is not there in a field either."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from dialogue.people.models import Department
from dialogue.shared.actor import MUNICIPALITY_WIDE, Role
from dialogue.shared.database import db
from tests.builders import Cast, a_consultation, a_place, a_signal, a_staff_member, save
from tests.pages import Pages
from tests.promises.conftest import Records
from tests.web.routes import guarded

LEADING_OUT = {"municipality_id": "{town}", "department_id": "{department}", "department": "{department}",
               "owner": "{person}", "owner_id": "{person}", "deputy": "{person}", "partner_id": "{place}",
               "parent_id": "{place}", "signal": "{signal}", "signals": "{signal}"}  # fmt: skip
INVENTED = {"role": "administrator", "state": "answered", "published_at": "2026-01-01", "is_example": "1",
            "slug": "hijacked", "country": "NL", "recorded_by_id": "1", "made_by_id": "1", "code": "HACKED",
            "disabled_at": "2026-01-01",
            "password_hash": "x", "invented": "1", "hash": "x", "number": "99"}  # fmt: skip
OF_EVERY_ROW = ("municipality_id", "is_example", "slug", "country", "code", "password_hash", "disabled_at", "state",
                "published_at", "recorded_by_id", "made_by_id")  # fmt: skip


@pytest.fixture
def elsewhere(cast: Cast) -> dict[str, int]:
    """Records of another town, for fields that name a record."""
    sport = save(Department(municipality_id=cast.other_town.id, name="Sport"))
    consultation = a_consultation(sport)
    return {
        "town": cast.other_town.id,
        "department": sport.id,
        "person": cast.odette.id,
        "place": a_place(cast.other_town, "Ver weg").id,
        "signal": a_signal(consultation, "Te weinig bankjes.").id,
    }


def rows() -> dict[tuple[str, Any], dict[str, Any]]:
    """What no form may change, of every row there is."""
    db.session.rollback()
    found = {}
    for table in db.metadata.sorted_tables:
        kept = [column for column in table.columns if column.name in OF_EVERY_ROW]
        keys = list(table.primary_key.columns)
        for row in db.session.execute(select(*keys, *kept)) if kept else ():
            found[(table.name, tuple(row[: len(keys)]))] = dict(
                zip([c.name for c in kept], row[len(keys) :], strict=True)
            )
    return found


def test_fields_outside_the_forms_never_change_a_row(
    app: Flask, pages: Pages, cast: Cast, records: Records, elsewhere: dict[str, int]
) -> None:
    every = [(role, None if role in MUNICIPALITY_WIDE else cast.mobility) for role in Role]
    client = pages.as_(a_staff_member(cast.town, "Mighty", *every)).client
    fields = {name: value.format(**elsewhere) for name, value in LEADING_OUT.items()} | INVENTED
    ordinary = {"title": "Titel", "title_nl": "Titel", "what": "Ja.", "reason": "Het kan."}
    before, done = rows(), 0
    for door in guarded(app):
        verb_of_state = door.endpoint.split(".")[1] in VERBS_OF_STATE
        if door.method == "POST" and not verb_of_state:
            path = door.address(records | records.get(door.endpoint.split(".")[0], {}))
            typed = fields | ordinary | {"name": f"Naam {door.endpoint}"}
            done += client.post(path, data=typed).status_code == 302
    after = rows()
    assert {key: (before[key], after.get(key)) for key in before if after.get(key) != before[key]} == {}
    ours = {
        values["municipality_id"] for key, values in after.items() if key not in before and "municipality_id" in values
    }
    assert ours <= {cast.town.id}
    assert done > 5  # forms that were right: this test can fail


VERBS_OF_STATE = {"sign_out", "sign_out_everywhere", "disable", "enable", "close_wave", "open_wave", "add_round",
                  "start", "do_step", "finish", "drop", "publish", "renew", "withdraw", "restore"}  # fmt: skip
