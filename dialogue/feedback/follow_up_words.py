"""Follow-up questions that children answer in their own words: sealed at once, each once per receipt.

What asks for help is copied in the same transaction, for the safeguarding contact to read first.
"""

from collections import Counter
from collections.abc import Collection

from sqlalchemy import delete, func, insert, select

from dialogue.answering.letterbox import installation_key, opened, seal
from dialogue.answering.models import Concern, Contribution
from dialogue.answering.rules import asks_for_help
from dialogue.answering.services import help_wanted
from dialogue.feedback.follow_up_models import FollowUpLetter
from dialogue.feedback.follow_ups import follow_up_tag
from dialogue.shared.bands import Band
from dialogue.shared.database import db, writing
from dialogue.signals.follow_up_models import FollowUpQuestion
from dialogue.signals.models import Signal


def write(key: bytes, question: FollowUpQuestion, band: Band, text: str) -> bool:
    """Keep what a child writes, durably; what it wrote first stands. Never inside `writing()`.

    Returns whether it asks for help: then where to find it is shown at once.
    """
    mark, asks = follow_up_tag(key, question.id), asks_for_help(text)
    letter = {"tag": mark, "question_id": question.id}
    letter["body"] = seal(installation_key(), {"band": band.value, "text": text}, mark)
    concerns = help_wanted(question.signal.wave_id, band, [text])
    with writing() as session:  # in turn: nobody opens the box meanwhile
        if not written([mark]):
            session.execute(insert(FollowUpLetter), letter)
            if concerns:
                session.execute(insert(Concern), concerns)
    return asks


def written(tags: Collection[bytes]) -> set[bytes]:
    """Those of these tags of which words are there, in the box or out of it."""
    out = {opened(tag): tag for tag in tags}
    waiting = db.session.scalars(select(FollowUpLetter.tag).where(FollowUpLetter.tag.in_(tags)))
    read = db.session.scalars(select(Contribution.tag).where(Contribution.tag.in_(out)))
    return {*waiting, *(out[mark] for mark in read if mark)}


def answered_in_words(key: bytes) -> set[int]:
    """The questions to which the holder of this receipt wrote something."""
    tags = _tags(key)
    return {tags[tag] for tag in written(tags)}


def words_of(key: bytes) -> tuple[Contribution, ...]:
    """What the holder of this receipt wrote, as far as it is out of the box."""
    out = [opened(tag) for tag in _tags(key)]
    return tuple(db.session.scalars(select(Contribution).where(Contribution.tag.in_(out)).order_by(Contribution.key)))


def take_back_waiting(key: bytes) -> None:
    """Destroy what this receipt wrote and what waits in the box."""
    tags = list(_tags(key))
    with writing() as session:  # in turn, as above
        session.execute(delete(FollowUpLetter).where(FollowUpLetter.tag.in_(tags)))


def _tags(key: bytes) -> dict[bytes, int]:
    """The mark of this receipt for each question there ever was for own words."""
    ids = db.session.scalars(select(FollowUpQuestion.id).where(FollowUpQuestion.own_words))
    return {follow_up_tag(key, id_): id_ for id_ in ids}


def waiting_words(wave_ids: Collection[int]) -> Counter[int]:
    """How many of these letters wait in the box, per round of the signal."""
    chosen = select(Signal.wave_id, func.count()).join(FollowUpQuestion, FollowUpQuestion.signal_id == Signal.id)
    chosen = chosen.join(FollowUpLetter, FollowUpLetter.question_id == FollowUpQuestion.id)
    return Counter(dict(db.session.execute(chosen.where(Signal.wave_id.in_(wave_ids)).group_by(Signal.wave_id)).all()))
