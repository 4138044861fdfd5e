"""Builders for the tests of reactions: children with receipts, whose answers are in a signal with a message."""

import base64
import json
import secrets
from collections.abc import Mapping

from flask import Flask

from dialogue.answering.letterbox import opened
from dialogue.answering.models import Response
from dialogue.answering.queries import salt
from dialogue.answering.receipt import derive, key, tag, word_list
from dialogue.decisions.models import Outcome
from dialogue.feedback.editions import Parts
from dialogue.feedback.models import Message
from dialogue.feedback.receipts import NAMES
from tests.builders import Cast, a_consultation, a_decision, a_signal, change, responses
from tests.feedback.telling import a_message

Keys = list[bytes]
FOUR_WORDS = " ".join(word_list("nl")[number] for number in (12, 345, 678, 1901))


def children(
    app: Flask, cast: Cast, count: int, texts: Mapping[str, Parts] | None = None
) -> tuple[Message, list[Keys]]:
    """A message (with these texts), and the keys of so many receipts of children who hear it."""
    consultation = a_consultation(cast.mobility)
    decision = a_decision(a_signal(consultation), cast.ben, Outcome.NOT_ADOPTED, what="De Kerkstraat blijft open.")
    pepper, receipts = app.extensions["dialogue"].keys.pepper, []
    for response in responses(consultation, count):
        keys = [secrets.token_bytes(32) for _ in NAMES]
        change(response, tag=opened(tag(pepper, "response", keys[0])))
        receipts.append(keys)
    return a_message(cast, decision, texts), receipts


def opened_by(app: Flask, words: str, response: Response) -> bytes:
    """Let these four words open this response; returns what its other keys are made of."""
    master = derive(words, salt())
    change(response, tag=opened(tag(app.extensions["dialogue"].keys.pepper, "response", key(master, "response"))))
    return master


def sent(keys: Keys, **fields: str) -> dict[str, str]:
    """What a phone sends from an opened receipt."""
    return {"keys": json.dumps([base64.urlsafe_b64encode(key).decode().rstrip("=") for key in keys]), **fields}


def says(message: Message, opinion: str, asked: str = "answer") -> str:
    """The value of the button for this opinion."""
    return f"{message.id}|{asked}|{opinion}"
