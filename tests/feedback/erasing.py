"""Builders for the tests of answers that go: children with receipts, opened answers, words and figures."""

import secrets
from typing import Any

from flask import Flask

from dialogue.answering.letterbox import opened
from dialogue.answering.receipt import tag
from dialogue.consultations.models import Consultation
from dialogue.feedback.receipts import NAMES
from dialogue.places.models import Place
from dialogue.results.models import Tally
from dialogue.shared.codes import new_key
from dialogue.shared.database import db
from tests.builders import a_contribution, change, responses, save
from tests.feedback.reactions import Keys, sent
from tests.pages import Pages

YES = "/r/take-back/yes"


def opened_children(
    app: Flask, consultation: Consultation, count: int, *, place: Place | None = None, option: str = "a"
) -> list[Keys]:
    """So many receipts of one group whose answers are out of the box and counted: closed ones, and words (q2)."""
    pepper, receipts = app.extensions["dialogue"].keys.pepper, []
    where: dict[str, Any] = {"place_id": place.id if place else None, "lot": new_key()}
    for response in responses(consultation, count, place=place, q1=option):
        keys = [secrets.token_bytes(32) for _ in NAMES]
        change(response, tag=opened(tag(pepper, "response", keys[0])), lot=where["lot"])
        text = f"Meer bomen {secrets.token_hex(8)}"
        a_contribution(consultation, text, tag=tag(pepper, "said", keys[1]), **where)
        receipts.append(keys)
    cell = {"wave_id": consultation.waves[-1].id, "band": "B", "place_id": where["place_id"] or 0}
    save(*(Tally(**cell, item=item, option=chosen, count=count) for item, chosen in (("", ""), ("q1", option))))
    db.session.rollback()
    return receipts


def all_ask(pages: Pages, receipts: list[Keys]) -> None:
    """Each of these children wants its answer to be gone."""
    for keys in receipts:
        assert "Je vroeg ons je antwoord weg te doen." in pages.post(YES, sent(keys)).text
