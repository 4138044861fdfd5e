"""Doors of the receipt: what became of one child's answers, and what it thinks of that. Every step brings the keys of
the receipt in its body again; nothing of a visitor is kept, and a receipt that is not known gets no further.
"""

from collections.abc import Callable
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from dialogue.answering.erasing import erase_later
from dialogue.answering.pages import words_address
from dialogue.answering.queries import salt
from dialogue.answering.receipt import ROUNDS, list_for
from dialogue.answering.services import take_back
from dialogue.feedback import queries, receipt_questions, receipts
from dialogue.feedback.public_routes import bp, public_page
from dialogue.feedback.reaction_models import Asked, Opinion
from dialogue.feedback.reaction_rules import asked_of
from dialogue.feedback.reactions import own, react
from dialogue.feedback.rules import Chain
from dialogue.feedback.stories import reading_of
from dialogue.feedback.words import ASKED_WORDS, OPINION_WORDS
from dialogue.shared.errors import Refused
from dialogue.signals.queries import signals_of_contribution, signals_of_response
from dialogue.web.i18n import spoken_here
from dialogue.web.limits import WRONG_RECEIPTS, spend

__all__ = ["bp"]
Step = Callable[[receipts.Opened, list[bytes]], ResponseReturnValue]


@bp.get("/r")
def receipt() -> str:
    return _receipt_form("")


@bp.post("/r")
def receipt_post() -> ResponseReturnValue:
    return _with_receipt(_thread)


@bp.post("/r/react")
def receipt_react() -> ResponseReturnValue:
    return _with_receipt(_react)


@bp.post("/r/follow-up")
def receipt_follow_up() -> ResponseReturnValue:
    return _with_receipt(_follow_up)


@bp.post("/r/take-back")
def receipt_take_back() -> ResponseReturnValue:
    return _with_receipt(_confirm)


@bp.post("/r/take-back/yes")
def receipt_take_back_yes() -> ResponseReturnValue:
    return _with_receipt(_take_back)


def _with_receipt(step: Step) -> ResponseReturnValue:
    """The next step with the receipt that was sent, as keys or in words; the form again where nothing is found."""
    typed = request.form.get("words", "")[: receipts.LONGEST_TYPED]
    try:
        spend(WRONG_RECEIPTS)
    except TooManyRequests as wait:
        return _receipt_form(typed, trouble="many"), 429, {"Retry-After": str(wait.retry_after)}
    keys = receipts.sent_keys(request.form.get("keys", "")) or receipts.keys_of_words(typed)
    found = receipts.opened(keys)
    if not found:
        return _receipt_form(typed, trouble="unknown"), 422
    spend(WRONG_RECEIPTS, -1)  # a right one costs nothing
    return step(found, keys)


def _receipt_form(typed: str, trouble: str = "") -> str:
    lists = {list_for(spoken_here(), "nl"), "nl"}  # in which a phone looks up what is typed
    addresses = " ".join(map(words_address, sorted(lists)))
    return public_page("receipt", None, typed=typed, trouble=trouble, salt=salt().hex(), rounds=ROUNDS, lists=addresses)


def _thread(
    found: receipts.Opened, keys: list[bytes], thanks_for: int = 0, answered: receipt_questions.Answered | None = None
) -> str:
    chains = _chains(found)
    news = {chain.message.id: chain for chain in chains if chain.message}
    return public_page(
        "receipt_opened",
        found.wave.consultation.municipality,
        found.response.band if found.response else "",
        wave=found.wave,
        waits=found.waits,
        leaves=found.leaves,
        reacts=found.response is not None,
        reading=reading_of(found.contributions),
        news=sorted(news.values(), key=_told_at, reverse=True),
        chains=chains,
        keys=receipts.spelled(keys),
        own=own(keys[0], news),
        thanks_for=thanks_for,
        asked_of=asked_of,
        asked_words=ASKED_WORDS,
        opinion_words=OPINION_WORDS,
        answered_now=answered,
        **receipt_questions.asked_again(found, keys[0], chains),
    )


def _react(found: receipts.Opened, keys: list[bytes]) -> str:
    message_id, asked, opinion = _wanted(found)
    react(keys[0], message_id, asked, opinion)
    found = receipts.opened(keys) or found
    return _thread(found, keys, message_id)


def _follow_up(found: receipts.Opened, keys: list[bytes]) -> ResponseReturnValue:
    answered = receipt_questions.answer(found, keys[0], _chains(found), request.form)
    return _thread(receipts.opened(keys) or found, keys, answered=answered), 422 if answered.wrong else 200


def _confirm(found: receipts.Opened, keys: list[bytes]) -> str:
    if found.leaves:
        return _thread(found, keys)
    return _taken_back(found, receipts.spelled(keys))


def _take_back(found: receipts.Opened, keys: list[bytes]) -> str:
    """Destroy what waits in the box; what is out of it goes later, with that of others."""
    if found.waits and take_back(keys[0]):
        return _taken_back(found)
    found = receipts.opened(keys) or found  # the box may have been opened meanwhile
    if found.said:
        receipt_questions.take_back(found, keys[0], _chains(found))
        erase_later(found.said)
    return _thread(receipts.opened(keys) or found, keys)


def _taken_back(found: receipts.Opened, keys: str = "") -> str:
    """What goes for good, before it does (with the keys to do it), and after."""
    town = found.wave.consultation.municipality
    return public_page("receipt_taken_back", town, wave=found.wave, keys=keys, waits=found.waits)


def _wanted(found: receipts.Opened) -> tuple[int, Asked, Opinion]:
    """What was chosen, of what this receipt was asked; raises Refused for anything else.

    Only who still has closed answers reacts: theirs is the key that makes it once per receipt.
    """
    for chain in _chains(found) if found.response else ():
        for asked in asked_of(chain):
            for opinion in Opinion:
                if chain.message and request.form.get("react") == f"{chain.message.id}|{asked}|{opinion}":
                    return chain.message.id, asked, opinion
    raise Refused


def _chains(found: receipts.Opened) -> list[Chain]:
    answered = signals_of_response(found.response) if found.response else []
    written = [signal for one in found.contributions for signal in signals_of_contribution(one)]
    return queries.chains_of(dict.fromkeys([*written, *answered]))


def _told_at(chain: Chain) -> Any:
    return chain.message and chain.message.published_at
