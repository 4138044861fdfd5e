"""Reactions: kept one per receipt, counted in lots of ten or more, and shown by the rules for small groups."""

from collections import Counter
from collections.abc import Collection

from flask import current_app
from sqlalchemy import func, select

from dialogue.answering.receipt import tag
from dialogue.feedback import lots
from dialogue.feedback.lots import Figures, Lot
from dialogue.feedback.models import Message
from dialogue.feedback.reaction_models import Asked, Opinion, Reaction
from dialogue.feedback.words import ASKED_WORDS, OPINION_WORDS
from dialogue.shared.database import db

REACTION = "reaction"  # kind of tag


def reaction_tag(key: bytes, message_id: int, asked: Asked) -> bytes:
    """The mark of one receipt for one message and question: it joins nothing, not even its other reactions."""
    pepper = current_app.extensions["dialogue"].keys.pepper
    return tag(pepper, REACTION, key, f"{message_id}|{asked}".encode())


def react(key: bytes, message_id: int, asked: Asked, opinion: Opinion) -> None:
    """Keep what a child thinks, durably; who thinks otherwise later changes it. Never inside `writing()`."""
    mark = reaction_tag(key, message_id, asked)
    lots.keep(Reaction, {"tag": mark, "message_id": message_id, "asked": asked, "opinion": opinion}, "opinion")


def own(key: bytes, message_ids: Collection[int]) -> dict[tuple[int, Asked], Opinion]:
    """What the holder of this receipt said about these messages."""
    tags = {reaction_tag(key, id_, asked): (id_, asked) for id_ in message_ids for asked in Asked}
    found = db.session.execute(select(Reaction.tag, Reaction.opinion).where(Reaction.tag.in_(tags)))
    return {tags[mark]: opinion for mark, opinion in found}


def reactions_to(message: Message) -> list[Figures]:
    """Per question about this message what may be shown; a question of which nothing is counted yet is left out."""
    counts: dict[Asked, Counter[str]] = {}
    said = select(Reaction.asked, Reaction.counted, func.count())
    said = said.where(Reaction.message_id == message.id, Reaction.counted != "")
    for asked, opinion, count in db.session.execute(said.group_by(Reaction.asked, Reaction.counted)):
        counts.setdefault(asked, Counter())[opinion] = count
    smallest_group = message.decision.department.municipality.smallest_group
    return [
        lots.figures(ASKED_WORDS[asked], counts[asked], OPINION_WORDS, smallest_group)
        for asked in Asked
        if asked in counts
    ]


def with_news() -> list[tuple[Message, Asked]]:
    """Messages, and the question, with reactions that are not in the figures yet."""
    new = select(Reaction.message_id, Reaction.asked).where(Reaction.counted != Reaction.opinion).distinct()
    return [(db.session.get_one(Message, id_), asked) for id_, asked in db.session.execute(new).all()]


def lot_of(message: Message, asked: Asked) -> Lot:
    """The reactions to one question about a message."""
    among = (Reaction.message_id == message.id) & (Reaction.asked == asked)
    smallest_group = message.decision.department.municipality.smallest_group
    return Lot(f"reactions|{message.id}|{asked}", among, Reaction.opinion, Reaction.counted, smallest_group)
