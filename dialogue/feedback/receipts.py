"""From four words, or the keys a phone made of them, to what became of one child's answers.

Nothing is stored, counted or logged. A wrong receipt, one that was never used and one whose answers were taken back
all give the same nothing.
"""

import base64
import binascii
import json
from dataclasses import dataclass, replace

from flask import current_app

from dialogue.answering.erasing import is_leaving
from dialogue.answering.models import Contribution, Response
from dialogue.answering.queries import contribution_by_tag, letter_by_tag, response_by_tag, salt
from dialogue.answering.receipt import KEY_SIZE, MOST_OWN_WORDS, RESPONSE, SAID, derive, key, tag, typed_words
from dialogue.consultations.models import Wave
from dialogue.feedback.follow_up_words import words_of
from dialogue.shared.database import db

NAMES = (RESPONSE, *(f"{SAID}/{position}" for position in range(MOST_OWN_WORDS)))
LONGEST_TYPED = 200


@dataclass(frozen=True)
class Opened:
    """What a receipt gives: its round, and what is out of the box by now.

    `waits`: the letter is still in the box; `leaves`: the child asked that what came out of it goes.
    """

    wave: Wave
    response: Response | None
    contributions: tuple[Contribution, ...]
    waits: bool = False
    leaves: bool = False

    @property
    def said(self) -> list[Response | Contribution]:
        """All that is out of the box and not gone yet."""
        return [*([self.response] if self.response else []), *self.contributions]


def keys_of_words(typed: str) -> list[bytes]:
    """The 17 keys of four words; the same work for right and wrong ones."""
    master = derive(typed_words(typed[:LONGEST_TYPED]), salt())
    return [key(master, name) for name in NAMES]


def sent_keys(text: str) -> list[bytes] | None:
    """The 17 keys as a phone sends them (a JSON list of base64url), or None when it is something else."""
    try:
        found = [base64.urlsafe_b64decode(str(part) + "==") for part in json.loads(text)]
    except (ValueError, TypeError, RecursionError, binascii.Error):
        return None
    right = len(found) == len(NAMES) and all(len(part) == KEY_SIZE for part in found)
    return found if right else None


def spelled(keys: list[bytes]) -> str:
    """The keys as a phone sends them: for the next step from a page that was opened with words."""
    return json.dumps([base64.urlsafe_b64encode(key_).decode().rstrip("=") for key_ in keys])


def opened(keys: list[bytes]) -> Opened | None:
    """What lies behind these keys; None when there is nothing (any more). Always looks up all of them."""
    pepper = current_app.extensions["dialogue"].keys.pepper
    response_tag, *said_tags = [
        tag(pepper, name.partition("/")[0], key_) for name, key_ in zip(NAMES, keys, strict=True)
    ]
    letter, response = letter_by_tag(response_tag), response_by_tag(response_tag)
    contributions = tuple(found for one in said_tags if (found := contribution_by_tag(one)))
    contributions += words_of(keys[0])
    known = [one for one in (letter, response, *contributions) if one]
    if not known:
        return None
    wave = db.session.get_one(Wave, known[0].wave_id)
    behind = Opened(wave, response, contributions, waits=letter is not None)
    return replace(behind, leaves=is_leaving(behind.said))
