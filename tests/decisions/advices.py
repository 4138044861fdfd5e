"""Advice of the youth council, typed in at its door."""

import io
from typing import Any

from sqlalchemy import select

from dialogue.decisions.advice_models import Advice
from dialogue.shared.clock import today
from dialogue.shared.database import db
from tests.builders import Cast
from tests.pages import Page, Pages

ADVICE = "/desk/decisions/advice"
REPLY = {"followed": "wholly", "reason": "Omdat jullie gelijk hebben.", "body": "college"}


def receive(pages: Pages, cast: Cast, status: int = 200, content: bytes | None = None, **more: Any) -> Page:
    typed = {"title": "Meer fuiven", "text": "Laat ons langer fuiven.", "received_on": today().isoformat()}
    typed |= {"department": cast.youth.id} | more
    if content is not None:
        typed["file"] = (io.BytesIO(content), "../Advies é <b>.pdf")
    return pages.post(ADVICE, typed, status=status, content_type="multipart/form-data")


def the_advice() -> Advice:
    db.session.rollback()
    return db.session.scalars(select(Advice)).one()


def reply(pages: Pages, status: int = 200, **more: Any) -> Page:
    typed = REPLY | {"decided_on": today().isoformat()} | more
    return pages.post(f"{ADVICE}/{the_advice().id}/answer", typed, status=status)
