"""Reactions: kept one per receipt, counted in lots of ten or more, and shown by the rules for small groups."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, func, select, update

from dialogue.answering.receipt import tag
from dialogue.feedback.models import Message
from dialogue.feedback.reaction_models import Asked, Opinion, Reaction
from dialogue.feedback.reaction_rules import moves_at, shown
from dialogue.feedback.words import ASKED_WORDS, OPINION_WORDS
from dialogue.results.disclosure import rounded
from dialogue.shared.database import db, upsert, writing

REACTION = "reaction"  # kind of tag
_NEW, _COUNTED = Reaction.counted != Reaction.opinion, Reaction.counted != ""


def reaction_tag(key: bytes, message_id: int, asked: Asked) -> bytes:
    """The mark of one receipt for one message and question: it joins nothing, not even its other reactions."""
    pepper = current_app.extensions["dialogue"].keys.pepper
    return tag(pepper, REACTION, key, f"{message_id}|{asked}".encode())


def react(key: bytes, message_id: int, asked: Asked, opinion: Opinion) -> None:
    """Keep what a child thinks, durably; who thinks otherwise later changes it. Never inside `writing()`."""
    mark = reaction_tag(key, message_id, asked)
    row = {"tag": mark, "message_id": message_id, "asked": asked, "opinion": opinion, "counted": ""}
    keep = upsert(Reaction).values(row).on_conflict_do_update(index_elements=["tag"], set_={"opinion": opinion})
    with writing(in_turn=False) as session:
        session.execute(keep)


def own(key: bytes, message_ids: Collection[int]) -> dict[tuple[int, Asked], Opinion]:
    """What the holder of this receipt said about these messages."""
    tags = {reaction_tag(key, id_, asked): (id_, asked) for id_ in message_ids for asked in Asked}
    found = db.session.execute(select(Reaction.tag, Reaction.opinion).where(Reaction.tag.in_(tags)))
    return {tags[mark]: opinion for mark, opinion in found}


@dataclass(frozen=True)
class Reactions:
    """What everybody may see of the reactions to one question about a message."""

    words: Any
    answered: str  # "± 35", or "" with too few
    rows: list[tuple[Any, str]]  # what was said and by which share; empty where no share may be shown
    most: Any  # what nearly all said, where that is all that may be shown


def reactions_to(message: Message) -> list[Reactions]:
    """Per question about this message what may be shown; a question of which nothing is counted yet is left out."""
    counts: dict[Asked, Counter[str]] = {}
    said = select(Reaction.asked, Reaction.counted, func.count()).where(_about(message.id), _COUNTED)
    for asked, opinion, count in db.session.execute(said.group_by(Reaction.asked, Reaction.counted)):
        counts.setdefault(asked, Counter())[opinion] = count
    smallest_group = message.decision.department.municipality.smallest_group
    return [_reactions(asked, counts[asked], smallest_group) for asked in Asked if asked in counts]


def _reactions(asked: Asked, counts: Counter[str], smallest_group: int) -> Reactions:
    answers = shown({opinion: counts[opinion] for opinion in Opinion}, smallest_group)
    shares = {opinion: answers.cells.get(opinion) for opinion in Opinion}
    rows = [
        (OPINION_WORDS[opinion], f"{round(100 * share / answers.answered)} %" if share is not None else "–")
        for opinion, share in shares.items()
    ]
    open_ = any(share is not None for share in shares.values())
    most = OPINION_WORDS[Opinion(answers.most)] if answers.most else ""
    total = rounded(answers.answered) if answers.answered else ""
    return Reactions(ASKED_WORDS[asked], total, rows if open_ else [], most)


def _about(message_id: int) -> ColumnElement[bool]:
    return Reaction.message_id == message_id


def with_news() -> list[tuple[Message, Asked]]:
    """Messages, and the question, with reactions that are not in the figures yet."""
    new = select(Reaction.message_id, Reaction.asked).where(_NEW).distinct()
    return [(db.session.get_one(Message, id_), asked) for id_, asked in db.session.execute(new).all()]


def opinions(message_id: int, asked: Asked) -> Counter[str]:
    """How often each was said by now, raw: for rules, never for showing."""
    said = select(Reaction.opinion, func.count()).where(_about(message_id), Reaction.asked == asked)
    return Counter(dict(db.session.execute(said.group_by(Reaction.opinion)).all()))


def move_figures(message: Message, asked: Asked) -> None:
    """Let the figures follow, all at once, as soon as enough is new: so that nobody's part can be told from it."""
    if _enough_new(message, asked):
        with writing() as session:
            message = session.get_one(Message, message.id)
            if _enough_new(message, asked):
                moved = update(Reaction).where(_about(message.id), Reaction.asked == asked, _NEW)
                session.execute(moved.values(counted=Reaction.opinion))


def _enough_new(message: Message, asked: Asked) -> bool:
    about = select(func.count()).where(_about(message.id), Reaction.asked == asked)
    new, counted = db.session.scalar(about.where(_NEW)) or 0, db.session.scalar(about.where(_COUNTED)) or 0
    pepper = current_app.extensions["dialogue"].keys.pepper
    smallest_group = message.decision.department.municipality.smallest_group
    return new >= moves_at(pepper, message.id, asked, counted, smallest_group)
